//! The commands: the palette, the page of shortcuts, keys anywhere in the window, and a place for
//! each to be found with the pointer.

use std::collections::BTreeSet;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use poolkey::app::{
    Action, Command, Effect, Endpoint, EndpointAt, LastChange, Model, Page, Pick, Sheet,
    StoreState, Tab, Theme, hits,
};
use poolkey::domain::{
    ListOrder, ManagedLogin, Place, Problem, ProblemKind, ProfileName, RoleArn, SignInMethod,
    SignOutScope,
};

use super::fixture::{empty_model, live, model, profile, question, running, sign_in_sheet};
use super::support::{Window, open};

fn name(text: &str) -> ProfileName {
    text.parse().unwrap()
}

fn shown(window: &Window) -> &Model {
    window.harness.state().model()
}

fn rows(window: &Window) -> Vec<String> {
    let root = window.harness.root();
    let rows = root.children_recursive();
    let rows = rows.filter(|node| node.accesskit_node().role() == Role::ListBoxOption);
    rows.filter_map(|node| node.accesskit_node().label())
        .collect()
}

#[test]
fn the_palette_finds_a_profile_and_signs_in() {
    let mut window = open(model());
    window.ctrl(Key::K);
    window.get(Role::Dialog, "Commands and profiles");
    let field = window.get(Role::TextInput, "Commands and profiles");
    assert!(field.accesskit_node().is_focused_in_tree());
    window.type_text("sign emea");
    assert_eq!(rows(&window)[0], "Sign in to field-emea");
    window.key(Key::Enter);
    assert!(
        matches!(&shown(&window).sheet, Some(Sheet::SignIn(sheet)) if sheet.profile == name("field-emea"))
    );
}

#[test]
fn arrows_choose_and_escape_gives_the_keyboard_back() {
    let mut window = open(model());
    window.get(Role::TextInput, "Search profiles").focus();
    window.harness.run();
    window.ctrl(Key::K);
    window.type_text("acme");
    let found = rows(&window);
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    window.key(Key::ArrowUp);
    let chosen = window.get(Role::ListBoxOption, &found[1]);
    assert_eq!(chosen.accesskit_node().is_selected(), Some(true));
    window.key(Key::Escape);
    window.harness.run();
    assert!(shown(&window).sheet.is_none());
    assert!(window.get(Role::TextInput, "Search profiles").is_focused());
    window.ctrl(Key::K);
    assert_eq!(window.value(Role::TextInput, "Commands and profiles"), "");
    window.ctrl(Key::K);
    assert!(shown(&window).sheet.is_none(), "the same keys close it");
}

#[test]
fn what_was_picked_comes_first_the_next_time() {
    let mut window = open(model());
    window.ctrl(Key::K);
    assert_ne!(rows(&window)[0], "Activity");
    window.type_text("activity");
    window.click(Role::ListBoxOption, "Activity");
    assert_eq!(shown(&window).tab, Tab::Activity);
    window.ctrl(Key::Num1);
    window.ctrl(Key::K);
    assert_eq!(rows(&window)[0], "Activity");
}

#[test]
fn what_fits_nothing_says_so_and_enter_does_nothing() {
    let mut window = open(model());
    window.ctrl(Key::K);
    window.type_text("zzzqqq");
    assert!(window.has("Nothing has this name"));
    window.key(Key::Enter);
    assert!(window.effects().is_empty());
    assert!(matches!(shown(&window).sheet, Some(Sheet::Palette)));
    // The panel grows again with what is found.
    window.replace("Commands and profiles", "");
    let found = rows(&window).len();
    assert!(found >= 9, "{found}");
}

#[test]
fn other_words_find_a_command_too() {
    let offers = model().offers();
    let first = |typed: &str| {
        let hit = &hits(&offers, typed)[0];
        offers[hit.offer].label.clone()
    };
    assert_eq!(first("logout every"), "Sign out everywhere");
    assert_eq!(first("quit"), "Close the window");
    assert_eq!(first("aws_secret"), "Copy Secret key");
}

#[test]
fn thousands_of_profiles_make_only_the_rows_in_sight() {
    let mut many = model();
    for number in 0..2_000 {
        let name = format!("team-{number}");
        many.profiles
            .push(live(profile(&name, None, "ana", "eu-west-1"), 3_000));
    }
    let mut window = open(many);
    window.ctrl(Key::K);
    window.type_text("team-1999");
    assert_eq!(rows(&window)[0], "team-1999");
    for _ in 0..7 {
        window.key(Key::Backspace);
    }
    assert!(rows(&window).len() < 15, "{}", rows(&window).len());
}

#[test]
fn keys_work_anywhere_but_not_below_a_sheet() {
    let mut window = open(model());
    window.ctrl(Key::F);
    assert!(window.get(Role::TextInput, "Search profiles").is_focused());
    window.ctrl(Key::R);
    assert!(
        matches!(&window.effects()[..], [Effect::Renew { profile, .. }] if profile.name == name("acme-prod"))
    );
    window.ctrl(Key::Num3);
    assert_eq!(shown(&window).tab, Tab::Export);
    window
        .harness
        .key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    window.harness.run();
    assert_eq!(shown(&window).selected, Some(name("acme-staging")));
    let mut asking = model();
    asking.sheet = Some(sign_in_sheet("field-emea", question()));
    let mut window = open(asking);
    for key in [Key::K, Key::N, Key::R, Key::Num3] {
        window.ctrl(key);
    }
    assert!(window.effects().is_empty());
    assert!(matches!(shown(&window).sheet, Some(Sheet::SignIn(_))));
    assert_eq!(shown(&window).page, Page::Profile);
}

#[test]
fn a_locked_window_does_nothing_by_key() {
    let mut locked = model();
    locked.lock.on = true;
    let mut window = open(locked);
    let held = Modifiers::COMMAND.plus(Modifiers::SHIFT);
    window.harness.key_press_modifiers(held, Key::S);
    for key in [Key::K, Key::R, Key::N, Key::F] {
        window.ctrl(key);
    }
    assert!(window.effects().is_empty());
    assert!(shown(&window).sheet.is_none());
}

#[test]
fn a_key_pressed_in_the_palette_closes_it() {
    let mut window = open(model());
    window.ctrl(Key::K);
    window.ctrl(Key::N);
    assert!(shown(&window).sheet.is_none());
    assert_eq!(shown(&window).page, Page::NewProfile);
}

#[test]
fn the_page_of_shortcuts_has_every_one() {
    let mut window = open(model());
    window.ctrl(Key::Slash);
    window.get(Role::Heading, "Keyboard shortcuts");
    for command in Command::all() {
        for keys in command.all_keys() {
            let row = format!("{}: ", command.label());
            let texts = window.texts();
            let row = texts.lines().find(|line| line.starts_with(&row));
            assert!(row.unwrap().contains(&keys.text(false)), "{row:?}");
        }
    }
    // What works in the list alone is no command.
    for line in [
        "Move up or down in the list: Alt Shift ↑ ↓",
        "Mark or unmark one: Ctrl click",
        "Mark several: Shift ↑ ↓",
    ] {
        window.get(Role::Label, line);
    }
    window.press("Close");
    assert_eq!(shown(&window).page, Page::Profile);
    window.key(Key::F1);
    assert_eq!(shown(&window).page, Page::Shortcuts);
}

/// Windows in which everything is possible somewhere.
fn windows() -> Vec<Model> {
    let prod = |change: fn(&mut Model)| {
        let mut model = model();
        change(&mut model);
        model
    };
    vec![
        prod(|_| {}),
        prod(|model| model.selected = "field-emea".parse().ok()),
        prod(|model| {
            model.profiles[0].profile.managed_login = Some(ManagedLogin::at(
                "acme.auth.eu-west-1.amazoncognito.com".parse().unwrap(),
            ));
            model.profiles[0].profile.keep_fresh = false;
            model.profiles[0].profile.favorite = true;
            model.profiles[0].revealed = true;
            model.profiles[0].exports.credentials_file = Place::Empty;
            model.profiles[0].exports.credential_process = Place::Empty;
            model.profiles[0].endpoint = Endpoint::On(EndpointAt {
                uri: "http://127.0.0.1:4000/".to_owned(),
                token_file: "/run/poolkey/token".to_owned(),
            });
            let role: RoleArn = "arn:aws:iam::123456789012:role/dev".parse().unwrap();
            model.profiles[0].profile.exchange =
                poolkey::domain::Exchange::Enhanced { role: Some(role) };
        }),
        prod(|model| {
            model.tab = Tab::Tokens;
            running(&mut model.profiles[0], "proving the password");
        }),
        prod(|model| {
            model.selected = "field-emea".parse().ok();
            model.profiles[3].profile.sign_in = SignInMethod::Guest;
            model.profiles[3].profile.user_pool = None;
            model.profiles[3].refreshable = true;
        }),
        prod(|model| {
            model.profiles[0].exports.web_identity = Place::Ours { expires_at: None };
            model.last_change = Some(LastChange {
                at: model.now,
                what: "wrote [acme-prod]".to_owned(),
            });
            model.theme = Theme::Dark;
            model.settings.list_order = ListOrder::Expiry;
            model.store =
                StoreState::Broken(Problem::new(ProblemKind::SecretStore, "No keyring here"));
        }),
        prod(|model| {
            model.page = Page::Settings;
            model.settings.text_size_percent = 110;
        }),
        empty_model(),
    ]
}

#[test]
fn every_command_is_possible_somewhere() {
    let windows = windows();
    for command in Command::all() {
        let possible = windows.iter().any(|model| command.action(model).is_some());
        assert!(possible, "{command:?}");
    }
}

#[test]
fn signing_out_of_the_browser_is_both() {
    let model = &windows()[2];
    let Some(Action::All(both)) = Command::SignOutOfBrowser.action(model) else {
        panic!("not possible");
    };
    assert!(matches!(
        both[0],
        Action::SignOut {
            scope: SignOutScope::Revoke,
            ..
        }
    ));
    assert!(matches!(both[1], Action::SignOutOfBrowser(_)));
    let mut window = open(windows().remove(2));
    window.ctrl(Key::K);
    window.type_text("in the browser");
    window.key(Key::Enter);
    assert_eq!(window.effects().len(), 2);
}

#[test]
fn what_is_no_longer_possible_is_not_done() {
    let mut model = model();
    let pick = Pick {
        command: Command::Refresh,
        profile: Some(name("gone")),
    };
    assert!(model.act(Action::Pick(pick)).is_empty());
    assert!(model.recent.is_empty());
}

/// Where a command can be pressed: by its own words, or by those of the rows and switches that it
/// stands for.
fn says(command: Command, seen: &BTreeSet<String>) -> bool {
    let other = match command {
        Command::Previous | Command::Next => {
            return seen.iter().any(|name| name.starts_with("acme-staging, "));
        }
        Command::Theme(Theme::System) => "System",
        Command::Theme(Theme::Light) => "Light",
        Command::Theme(Theme::Dark) => "Dark",
        Command::Sort(order) => order.label(),
        _ => command.label(),
    };
    seen.contains(command.label()) || seen.contains(other)
}

#[test]
fn every_command_is_on_a_menu_or_a_button() {
    let mut seen = BTreeSet::new();
    for model in windows() {
        let mut window = open(model);
        collect(&window, &mut seen);
        window.ctrl(Key::Num3);
        collect(&window, &mut seen);
        window.ctrl(Key::Num1);
        let openers = ["More", "Menu", "Sign out"].map(|name| (Role::Button, name));
        for (role, name) in openers.into_iter().chain([(Role::ComboBox, "Theme")]) {
            if window.harness.query_by_role_and_label(role, name).is_some() {
                window.click(role, name);
                collect(&window, &mut seen);
                window.key(Key::Escape);
            }
        }
    }
    let missing: Vec<Command> = Command::all()
        .filter(|command| !says(*command, &seen))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn collect(window: &Window, seen: &mut BTreeSet<String>) {
    let root = window.harness.root();
    for node in root.children_recursive() {
        let node = node.accesskit_node();
        let pressed = [
            Role::Button,
            Role::MenuItem,
            Role::MenuItemRadio,
            Role::Tab,
            Role::TextInput,
            Role::ListItem,
        ];
        if pressed.contains(&node.role()) {
            seen.extend(node.label());
        }
    }
}

#[test]
fn a_menu_has_the_room_of_the_window_before_it_scrolls() {
    let mut window = open(model());
    window.press("More");
    let last = window.get(Role::MenuItem, "Remove profile").rect();
    assert!(last.bottom() < 760.0, "{last:?}");
    window.click(Role::MenuItem, "Remove profile");
    assert!(shown(&window).profile(&name("acme-prod")).is_none());
}
