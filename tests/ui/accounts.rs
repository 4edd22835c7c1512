//! Accounts that are not ready, and passwords that were forgotten, in the sheet.

use eframe::egui::Key;
use poolkey::domain::sign_in::{Call, Delivery, Heard, Move, SignIn};
use poolkey::domain::{Problem, ProblemKind, SignInMethod};

use super::fixture::sign_in_after;
use super::questions::{asking, called};

fn refused(code: &str) -> Heard {
    let said = poolkey::domain::AwsSaid {
        operation: "InitiateAuth",
        code: code.to_owned(),
        message: String::new(),
    };
    Heard::Refused(Problem::new(ProblemKind::Refused, "Not yet").said(said))
}

#[test]
fn an_unconfirmed_account_is_confirmed() {
    let heard = [refused("UserNotConfirmedException")];
    let mut window = asking(sign_in_after(SignInMethod::Srp, heard));
    assert!(window.has("Confirm your account"));
    window.type_text("123456");
    window.key(Key::Enter);
    let Call::ConfirmAccount { username, code } = called(&window) else {
        panic!("not confirmed");
    };
    assert_eq!(
        (username.as_str(), code.expose()),
        ("ana@acme.example", "123456")
    );
    let heard = [refused("UserNotConfirmedException")];
    let mut window = asking(sign_in_after(SignInMethod::Srp, heard));
    window.press("Send a new code");
    assert!(matches!(called(&window), Call::ResendConfirmation { .. }));
}

#[test]
fn a_reset_password_needs_code_and_password() {
    let mut sign_in = Box::new(SignIn::new(SignInMethod::Srp, None));
    let username = "ana@acme.example".to_owned();
    let _call = sign_in.take(Move::ForgotPassword { username }).unwrap();
    let delivery = Delivery {
        medium: "EMAIL".to_owned(),
        destination: "a***@e***".to_owned(),
    };
    let _asked = sign_in.hear(Heard::Sent(Some(delivery))).unwrap();
    let mut window = asking(sign_in);
    assert!(window.has("Reset your password"));
    assert!(window.has("A code was sent by e-mail to a***@e***."));
    window.type_text("123456");
    window.key(Key::Enter);
    window.type_text("canary-New-1!");
    window.key(Key::Enter);
    window.type_text("canary-New-1!");
    window.key(Key::Enter);
    let Call::ResetPassword {
        code, new_password, ..
    } = called(&window)
    else {
        panic!("not reset");
    };
    assert_eq!(code.expose(), "123456");
    assert_eq!(new_password.expose(), "canary-New-1!");
    let asked = sign_in_after(
        SignInMethod::Srp,
        [refused("PasswordResetRequiredException")],
    );
    assert!(asking(asked).has("Reset your password"));
}
