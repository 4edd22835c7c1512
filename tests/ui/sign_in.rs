//! The sign-in sheet.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use poolkey::app::{Attempt, Effect, Event, Model, Sheet, SignInPhase, Suggestion};
use poolkey::domain::{Problem, ProblemKind};

use super::fixture::{model, question, running};
use super::support::{Window, open};

const PASSWORD: &str = "canary-hunter2";

fn with_sheet(phase: SignInPhase, problem: Option<Problem>) -> Model {
    let mut model = model();
    if let Some(state) = model.profiles.first_mut() {
        running(state, "waiting for your code");
    }
    model.sheet = Some(Sheet::SignIn {
        profile: "acme-prod".parse().unwrap(),
        username: "ana@acme.example".to_owned(),
        phase,
        problem,
    });
    model
}

fn signing_in() -> Window {
    let mut window = open(model());
    window.click(Role::ListItem, "field-emea, signed out");
    window.effects();
    window.press("Sign in");
    window
}

#[test]
fn the_password_leaves_the_draft_and_does_not_come_back() {
    let mut window = signing_in();
    let password = window.get(Role::PasswordInput, "Password");
    assert!(
        password.is_focused(),
        "the name is known, so the password comes first"
    );
    assert!(!window.can_press("Continue"));
    window.type_text(PASSWORD);
    assert!(!window.texts().contains("canary"));
    window.press("Continue");
    let effects = window.effects();
    let [
        Effect::SignIn {
            username, password, ..
        },
    ] = &effects[..]
    else {
        panic!("{effects:?}");
    };
    assert_eq!(username, "otp@field.example");
    assert_eq!(password.expose(), PASSWORD);
    assert!(window.harness.state().drafts().sign_in.password.is_empty());
    assert!(!window.can_press("Checking…"));

    window.tell(Event::Failed {
        attempt: Attempt(1),
        problem: Problem::new(ProblemKind::Refused, "Wrong user name or password"),
    });
    window.get(Role::Alert, "Wrong user name or password");
    assert!(window.get(Role::PasswordInput, "Password").is_focused());
    window.ctrl(Key::Z);
    window.ctrl(Key::Z);
    assert!(window.harness.state().drafts().sign_in.password.is_empty());
}

#[test]
fn ctrl_z_does_not_undo_a_password() {
    let mut window = signing_in();
    for letter in ["a", "b", "c"] {
        window.type_text(letter);
        window.wait(5);
    }
    window.ctrl(Key::Z);
    let typed = window
        .harness
        .state()
        .drafts()
        .sign_in
        .password
        .char_count();
    assert_eq!(typed, 3, "the field has a history");
}

#[test]
fn enter_goes_from_the_name_to_the_password_and_on() {
    let mut window = signing_in();
    window.get(Role::TextInput, "Username").focus();
    window.harness.run();
    window.key(Key::Enter);
    assert!(window.get(Role::PasswordInput, "Password").is_focused());
    assert!(window.effects().is_empty());
    window.type_text(PASSWORD);
    window.key(Key::Enter);
    assert!(matches!(window.effects()[..], [Effect::SignIn { .. }]));
}

#[test]
fn a_check_under_way_can_be_cancelled() {
    let mut window = open(with_sheet(SignInPhase::Checking, None));
    assert!(!window.can_press("Checking…"));
    window.key(Key::Escape);
    assert!(matches!(window.effects()[..], [Effect::Cancel(Attempt(1))]));
    assert!(window.harness.state().model().sheet.is_none());
}

#[test]
fn typing_a_code_and_enter_submits_it() {
    let mut window = open(with_sheet(question(), None));
    assert!(window.has("password accepted") || window.has("Code from your authenticator app"));
    assert!(window.get(Role::TextInput, "6-digit code").is_focused());
    for digit in ["4", "0", "x", "7", "1"] {
        window.type_text(digit);
    }
    assert_eq!(window.value(Role::TextInput, "6-digit code"), "4071");
    window.key(Key::Backspace);
    assert_eq!(window.value(Role::TextInput, "6-digit code"), "407");
    window.key(Key::Enter);
    assert!(window.effects().is_empty(), "three digits are no code");
    assert!(window.get(Role::TextInput, "6-digit code").is_focused());
    window.type_text("123");
    window.type_text("9");
    assert_eq!(window.value(Role::TextInput, "6-digit code"), "407123");
    window.key(Key::Enter);
    let effects = window.effects();
    let [Effect::Answer { answer, .. }] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(answer.expose(), "407123");
    assert!(window.harness.state().drafts().sign_in.code.is_empty());
}

#[test]
fn a_pasted_code_fills_all_boxes() {
    let mut window = open(with_sheet(question(), None));
    assert!(!window.can_press("Continue"));
    window.paste("123 456\n");
    assert_eq!(window.value(Role::TextInput, "6-digit code"), "123456");
    window.press("Continue");
    let effects = window.effects();
    assert!(
        matches!(&effects[..], [Effect::Answer { answer, .. }] if answer.expose() == "123456"),
        "{effects:?}"
    );
}

#[test]
fn a_wrong_code_is_told_in_the_sheet_which_keeps_its_size() {
    let place = |window: &Window| {
        let title = window.get(Role::Label, "Sign in to acme-prod").rect();
        let cancel = window.harness.get_all_by_label("Cancel").last().unwrap();
        (title.min, cancel.rect())
    };
    let fresh = open(with_sheet(question(), None));
    let wrong = Problem::new(ProblemKind::Refused, "That code is not the right one");
    let again = open(with_sheet(question(), Some(wrong)));
    again.get(Role::Alert, "That code is not the right one");
    let first = open(with_sheet(SignInPhase::Password, None));
    assert_eq!(place(&fresh), place(&again));
    assert_eq!(place(&fresh), place(&first));
}

#[test]
fn the_focus_stays_in_the_sheet() {
    let mut window = signing_in();
    for _ in 0..12 {
        window.key(Key::Tab);
        let outside = window.get(Role::TextInput, "Search profiles").is_focused();
        assert!(!outside);
    }
}

#[test]
fn the_demo_says_what_to_type_and_types_it() {
    let mut demo = with_sheet(SignInPhase::Password, None);
    demo.demo = true;
    demo.suggestion = Some(Suggestion {
        label: "Demo password",
        value: "made-up".to_owned(),
    });
    let mut window = open(demo);
    assert!(window.has("Demo password: made-up"));
    window.press("Fill in");
    window.press("Continue");
    let effects = window.effects();
    let [Effect::SignIn { password, .. }] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(password.expose(), "made-up");
}
