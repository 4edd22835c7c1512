//! What somebody meets who sees the window for the first time: where the keyboard is, why a switch
//! cannot be used, the way to sign in, the way out of a sheet.

use std::path::PathBuf;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use poolkey::app::{Effect, ImportFrom, Model, Page, Sheet};
use poolkey::domain::{Problem, ProblemKind, SignInMethod};

use super::fixture::{empty_model, model, sign_in_sheet};
use super::support::{Window, open};

fn showing(name: &str) -> Model {
    let mut model = model();
    model.selected = name.parse().ok();
    model
}

fn description(window: &Window, role: Role, name: &str) -> String {
    let node = window.get(role, name);
    node.accesskit_node().description().unwrap_or_default()
}

#[test]
fn the_keyboard_begins_at_the_profile_that_is_shown_or_at_the_demo() {
    let window = open(showing("field-emea"));
    assert!(
        window
            .get(Role::ListItem, "field-emea, signed out")
            .is_focused()
    );
    let window = open(empty_model());
    assert!(window.get(Role::Button, "Open the demo").is_focused());
    // Nothing to search in yet.
    let search = window.get(Role::TextInput, "Search profiles");
    assert!(search.accesskit_node().is_disabled());
}

#[test]
fn a_profile_tells_its_place_in_the_list_without_the_headings() {
    let window = open(model());
    let places = ["acme-staging, 6 m", "demo, 59 m"].map(|name| {
        let node = window.get(Role::ListItem, name);
        let node = node.accesskit_node();
        let data = node.data();
        (data.position_in_set(), data.size_of_set())
    });
    assert_eq!(places, [(Some(2), Some(6)), (Some(6), Some(6))]);
    assert_eq!(description(&window, Role::List, "Profiles"), "6 profiles");
    let row = description(&window, Role::ListItem, "acme-staging, 6 m");
    assert!(row.starts_with("ana@acme.example · "), "{row}");
}

#[test]
fn a_switch_that_cannot_be_used_says_when_it_can() {
    let window = open(showing("field-emea"));
    for name in ["Credentials file", "Container endpoint"] {
        let switch = window.get(Role::Switch, name);
        assert!(switch.accesskit_node().is_disabled(), "{name}");
        let why = description(&window, Role::Switch, name);
        assert!(why.ends_with("after you sign in"), "{why}");
        assert!(window.has(&why));
    }
    let window = open(model());
    for name in ["Credentials file", "Container endpoint"] {
        let about = description(&window, Role::Switch, name);
        assert!(!about.contains("after you sign in"), "{about}");
    }
}

#[test]
fn the_sentence_about_signing_in_has_its_button() {
    for (method, name) in [
        (SignInMethod::Srp, "Sign in with your username and password"),
        (SignInMethod::Browser, "Sign in with your browser"),
    ] {
        let mut shown = showing("field-emea");
        for state in &mut shown.profiles {
            state.profile.sign_in = method;
        }
        let mut window = open(shown);
        window.press(name);
        let sheet = &window.harness.state().model().sheet;
        assert!(matches!(sheet, Some(Sheet::SignIn(_))), "{method}");
    }
}

#[test]
fn a_sheet_has_a_button_that_closes_it() {
    let mut window = open({
        let mut model = model();
        model.sheet = Some(sign_in_sheet("acme-prod", super::fixture::question()));
        model
    });
    window.press("Close this sheet");
    assert!(window.harness.state().model().sheet.is_none());
}

#[test]
fn a_refusal_stands_directly_below_the_field() {
    use poolkey::app::SignInPhase;
    use poolkey::domain::sign_in::SignIn;
    let wrong = Problem::new(ProblemKind::Refused, "The password is wrong");
    let name = Some("ana".to_owned());
    let sign_in = SignIn::new(SignInMethod::Srp, name).after(wrong);
    let mut shown = model();
    shown.sheet = Some(sign_in_sheet(
        "acme-prod",
        SignInPhase::Asking(Box::new(sign_in)),
    ));
    let window = open(shown);
    let password = window.get(Role::PasswordInput, "Password").rect();
    let message = window
        .harness
        .get_by_label_contains("The password is wrong");
    let gap = message.rect().top() - password.bottom();
    assert!((0.0..20.0).contains(&gap), "{gap}");
    let forgotten = window.get(Role::Button, "Forgot password?").rect();
    assert!(forgotten.bottom() <= password.top(), "{forgotten}");
}

#[test]
fn import_looks_into_the_config_file_that_is_in_use() {
    let mut shown = model();
    shown.page = Page::Import;
    shown.surroundings.aws_files = ["/etc/aws/keys", "/etc/aws/config"].map(str::to_owned);
    let mut window = open(shown);
    window.press("Look in /etc/aws/config");
    let effects = window.effects();
    let [Effect::ReadImport { from, .. }] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(*from, ImportFrom::File(PathBuf::from("/etc/aws/config")));
}

#[test]
fn a_search_beside_the_page_opens_no_drawer_later() {
    let mut window = open(model());
    window.ctrl(Key::F);
    window.key(Key::Escape);
    window.harness.set_size(vec2(590.0, 380.0));
    window.harness.run();
    assert!(window.has("Show the profiles"));
    assert!(!window.has("Search profiles"));
}
