//! The list of profiles and its search.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Theme, vec2};
use poolkey::app::Effect;

use super::fixture::model;
use super::support::{Window, open, open_sized};

#[test]
fn rows_say_how_each_profile_stands() {
    let window = open(model());
    for row in [
        "acme-prod, 42 m",
        "acme-staging, 6 m",
        "field-emea, signed out",
        "field-apac, expired",
        "demo, 59 m",
    ] {
        window.get(Role::ListItem, row);
    }
    for group in ["Acme", "Field app", "Sandbox"] {
        window.get(Role::Heading, group);
    }
}

#[test]
fn a_profile_without_a_group_stands_under_profiles() {
    let mut plain = model();
    for state in &mut plain.profiles {
        state.profile.group = None;
    }
    open(plain).get(Role::Heading, "Profiles");
}

#[test]
fn ctrl_k_searches_and_enter_selects_the_first_match() {
    let mut window = open(model());
    window.ctrl(Key::F);
    assert!(window.get(Role::TextInput, "Search profiles").is_focused());
    window.type_text("OTP");
    assert!(!window.has("acme-prod, 42 m"));
    assert!(window.has("field-emea, signed out"));
    window.key(Key::Enter);
    let selected = window.harness.state().model().selected.clone();
    assert_eq!(selected, "field-emea".parse().ok());
    assert!(matches!(window.effects()[..], [Effect::ReadExports(..)]));
}

#[test]
fn a_search_without_a_match_says_so_and_escape_ends_it() {
    let mut window = open(model());
    window.ctrl(Key::F);
    window.type_text("nobody");
    assert!(window.has("No profile matches"));
    window.key(Key::Escape);
    assert!(window.has("acme-prod, 42 m"));
}

#[test]
fn a_click_selects() {
    let mut window = open(model());
    window.click(Role::ListItem, "acme-staging, 6 m");
    window.get(Role::Heading, "acme-staging");
    window.get(Role::Status, "Expires soon");
}

#[test]
fn what_the_keyboard_comes_to_is_scrolled_into_sight() {
    let mut window = open_sized(Theme::Dark, vec2(1180.0, 420.0), model());
    assert!(!is_last_in_sight(&window));
    window.get(Role::ListItem, LAST).focus();
    window.harness.run();
    assert!(is_last_in_sight(&window));
}

#[test]
fn the_profile_that_a_search_found_stays_in_sight() {
    let mut window = open_sized(Theme::Dark, vec2(1180.0, 420.0), model());
    window.ctrl(Key::F);
    window.type_text("demo");
    window.key(Key::Enter);
    window.ctrl(Key::F);
    window.key(Key::Escape);
    assert!(window.has("acme-prod, 42 m"));
    assert!(is_last_in_sight(&window));
}

const LAST: &str = "demo, 59 m";

fn is_last_in_sight(window: &Window) -> bool {
    let foot = window.get(Role::Button, "New profile").rect();
    window.get(Role::ListItem, LAST).rect().bottom() <= foot.top()
}
