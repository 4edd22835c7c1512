//! The list of profiles and its search.

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, Theme, vec2};
use egui_kittest::kittest::Queryable as _;
use poolkey::app::Effect;
use poolkey::domain::{Arrangement, ListOrder, Spot};

use super::fixture::model;
use super::support::{Window, open, open_sized};

const PROD: &str = "acme-prod, 42 m";
const STAGING: &str = "acme-staging, 6 m";
const GUEST: &str = "acme-guest, 58 m";
const EMEA: &str = "field-emea, signed out";

fn names(window: &Window) -> Vec<String> {
    let profiles = &window.harness.state().model().profiles;
    profiles
        .iter()
        .map(|state| state.profile.name.to_string())
        .collect()
}

fn marked(window: &Window) -> String {
    let marked = &window.harness.state().model().list.marked;
    let names: Vec<&str> = marked
        .iter()
        .map(poolkey::domain::ProfileName::as_str)
        .collect();
    names.join(" ")
}

pub fn selected(window: &Window) -> String {
    let selected = &window.harness.state().model().selected;
    selected
        .as_ref()
        .map_or_else(String::new, ToString::to_string)
}

/// Presses a key with others held.
fn held(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.harness.key_press_modifiers(modifiers, key);
    window.harness.run();
}

fn click_with(window: &mut Window, modifiers: Modifiers, row: &str) {
    let at = window.get(Role::ListItem, row).rect().center();
    window.harness.event(Event::PointerMoved(at));
    for pressed in [true, false] {
        window.harness.event_modifiers(
            Event::PointerButton {
                pos: at,
                button: PointerButton::Primary,
                pressed,
                modifiers,
            },
            modifiers,
        );
    }
    window.harness.run();
}

fn right_click(window: &mut Window, row: &str) {
    let at = window.get(Role::ListItem, row).rect().center();
    window.harness.event(Event::PointerMoved(at));
    for pressed in [true, false] {
        window.harness.event(Event::PointerButton {
            pos: at,
            button: PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    window.harness.run();
}

fn drag(window: &mut Window, row: &str, to: Pos2) {
    let from = window.get(Role::ListItem, row).rect().center();
    window.harness.event(Event::PointerMoved(from));
    window.harness.event(Event::PointerButton {
        pos: from,
        button: PointerButton::Primary,
        pressed: true,
        modifiers: Modifiers::NONE,
    });
    window.harness.run_steps(2);
    for step in [0.5, 1.0] {
        let at = from + (to - from) * step;
        window.harness.event(Event::PointerMoved(at));
        window.harness.run_steps(2);
    }
}

fn drop(window: &mut Window, at: Pos2) {
    window.harness.event(Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed: false,
        modifiers: Modifiers::NONE,
    });
    window.harness.run_steps(3);
}

#[test]
fn rows_say_how_each_profile_stands() {
    let window = open(model());
    for row in [PROD, STAGING, EMEA, "field-apac, expired", "demo, 59 m"] {
        window.get(Role::ListItem, row);
    }
    for group in ["Acme", "Field app", "Sandbox"] {
        window.get(Role::Heading, group);
    }
}

#[test]
fn the_search_finds_and_enter_selects_the_first_match() {
    let mut window = open(model());
    window.ctrl(Key::F);
    assert!(window.get(Role::TextInput, "Search profiles").is_focused());
    window.type_text("OTP");
    assert!(!window.has(PROD));
    assert!(window.has(EMEA));
    window.key(Key::Enter);
    assert_eq!(selected(&window), "field-emea");
    assert!(matches!(window.effects()[..], [Effect::ReadExports(..)]));
}

#[test]
fn a_search_goes_on_into_the_list_with_the_arrow_down() {
    let mut window = open(model());
    window.ctrl(Key::F);
    window.type_text("field");
    window.key(Key::ArrowDown);
    assert!(window.get(Role::ListItem, EMEA).is_focused());
}

#[test]
fn a_search_without_a_match_says_so_and_can_be_cleared() {
    let mut window = open(model());
    window.ctrl(Key::F);
    window.type_text("nobody");
    assert!(window.has("No profile matches"));
    window.key(Key::Escape);
    assert!(window.has(PROD));
    window.ctrl(Key::F);
    window.type_text("nobody");
    window.press("Clear search");
    assert!(window.has(PROD));
}

#[test]
fn a_click_selects() {
    let mut window = open(model());
    window.click(Role::ListItem, STAGING);
    window.get(Role::Heading, "acme-staging");
    window.get(Role::Status, "Expires soon");
}

#[test]
fn the_arrows_go_through_the_list_which_is_one_stop() {
    let mut window = open_sized(Theme::Dark, vec2(1180.0, 420.0), model());
    window.get(Role::ListItem, PROD).focus();
    window.harness.run();
    window.key(Key::ArrowDown);
    assert!(window.get(Role::ListItem, STAGING).is_focused());
    assert_eq!(selected(&window), "acme-staging");
    window.key(Key::End);
    assert_eq!(selected(&window), "demo");
    assert!(is_last_in_sight(&window), "it is scrolled into sight");
    window.key(Key::Home);
    assert!(
        window.get(Role::Heading, "Acme").is_focused(),
        "headings are rows, too"
    );
    window.type_text("f");
    assert_eq!(selected(&window), "field-emea");
    window.key(Key::Tab);
    let rows = window.harness.state().model().profiles.len();
    let names = names(&window);
    let focused = names.iter().filter(|name| {
        let rows = window.harness.query_all_by_label_contains(name.as_str());
        rows.into_iter().any(|row| row.is_focused())
    });
    assert_eq!((focused.count(), rows), (0, 6), "Tab leaves the list");
}

#[test]
fn left_collapses_the_group_and_right_opens_it() {
    let mut window = open(model());
    window.get(Role::ListItem, STAGING).focus();
    window.harness.run();
    window.click(Role::ListItem, STAGING);
    window.key(Key::ArrowLeft);
    assert!(!window.has(STAGING) && !window.has(PROD));
    assert!(window.get(Role::Heading, "Acme").is_focused());
    window.key(Key::ArrowRight);
    assert!(window.has(STAGING));
    window.click(Role::Heading, "Field app");
    assert!(!window.has(EMEA));
}

#[test]
fn several_are_chosen_by_pointer_and_keyboard() {
    let mut window = open(model());
    click_with(&mut window, Modifiers::COMMAND, GUEST);
    assert_eq!(marked(&window), "acme-guest acme-prod");
    window.get(Role::Label, "2 selected");
    click_with(&mut window, Modifiers::SHIFT, EMEA);
    assert_eq!(marked(&window), "acme-guest field-emea");
    held(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(marked(&window), "acme-guest field-apac field-emea");
    window.ctrl(Key::A);
    window.get(Role::Label, "6 selected");
    window.key(Key::Escape);
    assert_eq!(marked(&window), "");
    assert!(window.has("New profile"));
}

#[test]
fn several_are_refreshed_signed_out_and_removed() {
    let mut window = open(model());
    click_with(&mut window, Modifiers::COMMAND, GUEST);
    let _before = window.effects();
    window.press("Refresh");
    let renewals = window.effects();
    let renews = |effect: &&Effect| matches!(effect, Effect::Renew { .. });
    assert_eq!(renewals.iter().filter(renews).count(), 2);
    window.press("More for the selected");
    window.click(Role::MenuItem, "Sign out…");
    window.get(Role::Dialog, "Sign out of 2 profiles?");
    window.press("Sign out");
    let ends = |effect: &&Effect| matches!(effect, Effect::SignOut { .. });
    assert_eq!(window.effects().iter().filter(ends).count(), 2);
    window.press("More for the selected");
    window.click(Role::MenuItem, "Remove");
    assert_eq!(names(&window).len(), 4);
    window.press("Undo");
    assert_eq!(names(&window).len(), 6);
}

#[test]
fn the_menu_of_a_row_opens_by_pointer_and_key() {
    let mut window = open(model());
    right_click(&mut window, STAGING);
    for item in [
        "Refresh now",
        "Sign out",
        "Rename…",
        "Duplicate",
        "Remove profile",
    ] {
        window.get(Role::MenuItem, item);
    }
    window.click(Role::MenuItem, "Add to favorites");
    assert!(matches!(
        &window.effects()[..],
        [Effect::Arrange(names, Arrangement::Favorite(true))] if names[0].as_str() == "acme-staging"
    ));
    window.get(Role::Heading, "Favorites");
    window.click(Role::ListItem, GUEST);
    held(&mut window, Modifiers::SHIFT, Key::F10);
    window.click(Role::MenuItem, "Rename…");
    window.replace("Name", "acme-staging");
    assert!(window.has("There is already a profile named acme-staging"));
    window.replace("Name", "visitors");
    let _before = window.effects();
    window.press("Rename");
    assert!(
        matches!(&window.effects()[..], [Effect::Save(draft)] if draft.profile.name.as_str() == "visitors")
    );
}

#[test]
fn a_copy_opens_in_the_form() {
    let mut window = open(model());
    right_click(&mut window, STAGING);
    window.click(Role::MenuItem, "Duplicate");
    assert_eq!(
        window.value(Role::TextInput, "Profile name"),
        "acme-staging-copy"
    );
    assert!(window.has("Not saved yet: a copy of acme-staging"));
}

#[test]
fn a_row_is_dragged_into_another_group_or_left_where_it_is() {
    let mut window = open(model());
    let target = window.get(Role::ListItem, EMEA).rect();
    let to = target.center() + vec2(0.0, target.height() / 3.0);
    drag(&mut window, PROD, to);
    window.key(Key::Escape);
    drop(&mut window, to);
    assert_eq!(names(&window)[0], "acme-prod", "Escape leaves it");
    drag(&mut window, PROD, to);
    drop(&mut window, to);
    assert_eq!(
        names(&window)[..4],
        ["acme-staging", "acme-guest", "field-emea", "acme-prod"]
    );
    let arranged = window.effects();
    let arranged = arranged.iter().find_map(|effect| match effect {
        Effect::Arrange(_, Arrangement::Place { spot, group }) => Some((spot, group)),
        _ => None,
    });
    let spot = Spot::After("field-emea".parse().unwrap());
    assert_eq!(arranged, Some((&spot, &Some("Field app".to_owned()))));
}

#[test]
fn the_keyboard_moves_a_row_too() {
    let mut window = open(model());
    window.click(Role::ListItem, PROD);
    let alt_shift = Modifiers::ALT | Modifiers::SHIFT;
    for order in ["staging prod guest", "staging guest prod"] {
        held(&mut window, alt_shift, Key::ArrowDown);
        let now: Vec<String> = names(&window)[..3]
            .iter()
            .map(|name| name.trim_start_matches("acme-").to_owned())
            .collect();
        assert_eq!(now.join(" "), order);
    }
    held(&mut window, alt_shift, Key::ArrowDown);
    let model = window.harness.state().model();
    let prod = model.profile(&"acme-prod".parse().unwrap()).unwrap();
    assert_eq!(prod.profile.group.as_deref(), Some("Field app"));
    held(&mut window, alt_shift, Key::ArrowUp);
    let model = window.harness.state().model();
    let prod = model.profile(&"acme-prod".parse().unwrap()).unwrap();
    assert_eq!(prod.profile.group.as_deref(), Some("Acme"));
}

#[test]
fn sorted_by_expiry_rows_stay_under_the_pointer() {
    let mut sorted = model();
    sorted.settings.list_order = ListOrder::Expiry;
    let mut window = open(sorted);
    window.get(Role::Heading, "Expires first");
    let top = |window: &Window, row: &str| window.get(Role::ListItem, row).rect().top();
    assert!(top(&window, STAGING) < top(&window, PROD));
    let over = window.get(Role::ListItem, PROD).rect().center();
    window.harness.event(Event::PointerMoved(over));
    let before = top(&window, PROD);
    window.wait(7 * 60);
    assert!((top(&window, "acme-prod, 35 m") - before).abs() < 1.0);
    window.harness.event(Event::PointerGone);
    window.wait(1);
    assert!(top(&window, "acme-prod, 35 m") < before);
}

#[test]
fn the_profile_that_a_search_found_stays_in_sight() {
    let mut window = open_sized(Theme::Dark, vec2(1180.0, 420.0), model());
    window.ctrl(Key::F);
    window.type_text("demo");
    window.key(Key::Enter);
    window.ctrl(Key::F);
    window.key(Key::Escape);
    assert!(window.value(Role::TextInput, "Search profiles").is_empty());
    assert!(is_last_in_sight(&window));
}

const LAST: &str = "demo, 59 m";

fn is_last_in_sight(window: &Window) -> bool {
    let foot = window.get(Role::Button, "New profile").rect();
    window.get(Role::ListItem, LAST).rect().bottom() <= foot.top() + 1.0
}
