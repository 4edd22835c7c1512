//! A password that has to be reset, in the sheet: what is typed again, and what is not.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use poolkey::app::{Attempt, Effect, Event};
use poolkey::domain::sign_in::{Call, Heard, Step};
use poolkey::domain::{AwsSaid, Problem, ProblemKind, SignInMethod};

use super::fixture::sign_in_after;
use super::questions::{asking, called};
use super::sign_in::typed;
use super::support::Window;

fn refused(code: &str) -> Heard {
    let said = AwsSaid::new("ConfirmForgotPassword", code, "");
    Heard::Refused(Problem::new(ProblemKind::Refused, "The user pool refused it").said(said))
}

/// Code and new password were sent, and refused for this reason.
fn reset_refused(code: &str) -> Window {
    let required = refused("PasswordResetRequiredException");
    let mut window = asking(sign_in_after(SignInMethod::Srp, [required]));
    assert!(window.has("Reset your password"));
    window.type_text("482913");
    for field in ["New password", "The same again"] {
        window.write(Role::PasswordInput, field, "canary-short");
    }
    window.press("Continue");
    assert_eq!(typed(&window, "new_password"), 0);
    let Some(Effect::SignIn {
        attempt,
        mut sign_in,
        moved,
        ..
    }) = window.effects().pop()
    else {
        panic!("nothing is sent");
    };
    assert_eq!(attempt, Attempt(1));
    assert!(matches!(sign_in.take(moved), Ok(Step::Call(_))));
    assert!(matches!(sign_in.hear(refused(code)), Ok(Step::Ask)));
    window.tell(Event::Asked { attempt, sign_in });
    window.get(Role::Alert, "The user pool refused it");
    window
}

#[test]
fn a_good_code_is_not_typed_again_when_the_new_password_is_refused() {
    for why in [
        "InvalidPasswordException",
        "PasswordHistoryPolicyViolationException",
    ] {
        let mut window = reset_refused(why);
        assert_eq!(typed(&window, "confirmation_code"), 6, "{why}");
        assert_eq!(typed(&window, "new_password"), 0);
        assert!(window.get(Role::PasswordInput, "New password").is_focused());
        window.type_text("canary-New-1!");
        window.write(Role::PasswordInput, "The same again", "canary-New-1!");
        window.key(Key::Enter);
        let Call::ResetPassword { code, .. } = called(&window) else {
            panic!("not sent");
        };
        assert_eq!(code.expose(), "482913");
        window.key(Key::Escape);
        assert_eq!(typed(&window, "confirmation_code"), 0);
    }
}

#[test]
fn a_wrong_code_of_a_reset_is_forgotten() {
    for why in ["CodeMismatchException", "ExpiredCodeException"] {
        let window = reset_refused(why);
        assert_eq!(typed(&window, "confirmation_code"), 0, "{why}");
        assert!(window.get(Role::TextInput, "Code").is_focused());
    }
}
