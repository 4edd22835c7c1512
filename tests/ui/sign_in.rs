//! The sign-in sheet: password and code, keys, focus, and what it forgets.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use poolkey::app::{Attempt, Effect, Event, Model, SignInPhase, Suggestion};
use poolkey::domain::sign_in::{Answer, Call, Move, SignIn};
use poolkey::domain::{Problem, ProblemKind, SignInMethod};

use super::fixture::{challenge, model, question, running, sign_in_after, sign_in_sheet};
use super::questions::{called, wrong};
use super::support::{Window, open};

const PASSWORD: &str = "canary-hunter2";

pub fn with_sheet(phase: SignInPhase) -> Model {
    let mut model = model();
    if let Some(state) = model.profiles.first_mut() {
        running(state, "waiting for you");
    }
    model.sheet = Some(sign_in_sheet("acme-prod", phase));
    model
}

pub fn first() -> SignInPhase {
    let sign_in = SignIn::new(SignInMethod::Srp, Some("ana@acme.example".to_owned()));
    SignInPhase::Asking(Box::new(sign_in))
}

fn signing_in() -> Window {
    let mut window = open(model());
    window.click(Role::ListItem, "field-emea, signed out");
    window.effects();
    window.press("Sign in");
    window
}

pub fn typed(window: &Window, field: &str) -> usize {
    window.harness.state().drafts().sign_in.char_count(field)
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
    let [Effect::SignIn { moved, .. }] = &effects[..] else {
        panic!("{effects:?}");
    };
    let Move::Answer(answer) = moved else {
        panic!("{moved:?}");
    };
    assert_eq!(answer.text("username"), Some("otp@field.example"));
    assert_eq!(answer.text("password"), None, "a password is no plain text");
    assert_eq!(typed(&window, "password"), 0);
    assert!(!window.can_press("Checking…"));

    window.tell(Event::Failed {
        attempt: Attempt(1),
        problem: Problem::new(ProblemKind::Refused, "Wrong user name or password"),
    });
    window.get(Role::Alert, "Wrong user name or password");
    assert!(window.get(Role::PasswordInput, "Password").is_focused());
    window.ctrl(Key::Z);
    window.ctrl(Key::Z);
    assert_eq!(typed(&window, "password"), 0);
}

#[test]
fn ctrl_z_does_not_undo_a_password() {
    let mut window = signing_in();
    for letter in ["a", "b", "c"] {
        window.type_text(letter);
        window.wait(5);
    }
    window.ctrl(Key::Z);
    assert_eq!(typed(&window, "password"), 3, "the field has a history");
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
    let mut window = signing_in();
    window.type_text(PASSWORD);
    window.key(Key::Enter);
    window.effects();
    assert!(!window.can_press("Checking…"));
    window.key(Key::Escape);
    assert!(matches!(window.effects()[..], [Effect::Cancel(Attempt(1))]));
    assert!(window.harness.state().model().sheet.is_none());
}

#[test]
fn typing_a_code_and_enter_submits_it() {
    let mut window = open(with_sheet(question()));
    assert!(window.has("Code from your authenticator app"));
    assert!(window.has("The app shows a new code every 30 seconds."));
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
    let Call::Respond(response) = called(&window) else {
        panic!("no answer");
    };
    assert_eq!(response.fields[0].1.expose(), "407123");
    assert_eq!(typed(&window, "software_token_mfa_code"), 0);
}

#[test]
fn a_pasted_code_fills_all_boxes() {
    let mut window = open(with_sheet(question()));
    assert!(!window.can_press("Continue"));
    window.paste("123 456\n");
    assert_eq!(window.value(Role::TextInput, "6-digit code"), "123456");
    window.press("Continue");
    let Call::Respond(response) = called(&window) else {
        panic!("no answer");
    };
    assert_eq!(response.fields[0].1.expose(), "123456");
}

#[test]
fn a_pasted_code_takes_the_place_of_typed_digits() {
    for typed in ["1", "12", "123456"] {
        let mut window = open(with_sheet(question()));
        window.type_text(typed);
        window.paste("654-321");
        let code = window.value(Role::TextInput, "6-digit code");
        assert_eq!(code, "654321", "over {typed}");
    }
    let mut window = open(with_sheet(question()));
    window.type_text("12");
    window.paste("34");
    let code = window.value(Role::TextInput, "6-digit code");
    assert_eq!(code, "1234", "a part of one goes on");
}

#[test]
fn the_sheet_stands_still_from_step_to_step() {
    let place = |window: &Window| {
        let title = window.get(Role::Heading, "Sign in to acme-prod").rect();
        let cancel = window.harness.get_all_by_label("Cancel").last().unwrap();
        (title.min, cancel.rect())
    };
    let begun = open(with_sheet(first()));
    let mut code = open(with_sheet(question()));
    let asked = place(&code);
    assert_eq!(place(&begun), asked);
    code.paste("123456");
    code.press("Continue");
    assert_eq!(place(&code), asked, "while it is checked");
    let refused = wrong(SignInMethod::Srp, challenge("SOFTWARE_TOKEN_MFA", &[]));
    let again = open(with_sheet(SignInPhase::Asking(refused)));
    again.get(Role::Alert, "That is not right. Try again.");
    assert_eq!(place(&again), asked, "after a wrong one");
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
    let mut demo = with_sheet(first());
    demo.demo = true;
    demo.suggestion = Some(Suggestion {
        label: "Demo password",
        value: "made-up".to_owned(),
    });
    let mut window = open(demo);
    assert!(window.has("Demo password: made-up"));
    // Somebody was there before: the caret stood where nothing was.
    window.get(Role::PasswordInput, "Password").focus();
    window.harness.run();
    window.press("Fill in");
    // The caret stands behind what was filled in.
    window.key(Key::Backspace);
    assert_eq!(typed(&window, "password"), "made-u".len());
    window.press("Continue");
    let effects = window.effects();
    let [Effect::SignIn { moved, .. }] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert!(matches!(moved, Move::Answer(_)));
}

#[test]
fn a_forgotten_password_needs_the_name_only() {
    let mut window = open(with_sheet(first()));
    window.press("Forgot password?");
    let Call::ForgotPassword { username } = called(&window) else {
        panic!("not asked for");
    };
    assert_eq!(username, "ana@acme.example");
    let nameless = SignIn::new(SignInMethod::Srp, None);
    let window = open(with_sheet(SignInPhase::Asking(Box::new(nameless))));
    assert!(!window.can_press("Forgot password?"));
}

#[test]
fn an_answer_in_the_sheet_is_not_printed() {
    let answer = Answer::of(
        "password",
        poolkey::domain::Secret::new(PASSWORD.to_owned()),
    );
    let moved = Move::Answer(answer);
    assert!(!format!("{moved:?}").contains("canary"));
    let sign_in = sign_in_after(SignInMethod::Srp, [challenge("SMS_MFA", &[])]);
    assert!(!format!("{sign_in:?}").contains("canary"));
}
