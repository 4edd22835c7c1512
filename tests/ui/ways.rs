//! The less common ways through the sheet: other methods, a second factor to choose, and what
//! happened meanwhile.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use poolkey::app::SignInPhase;
use poolkey::domain::sign_in::{Answer, AuthFlow, Call, Heard, Move, SignIn};
use poolkey::domain::{AwsSaid, Problem, ProblemKind, SignInMethod};

use super::fixture::{challenge, sign_in_after};
use super::questions::{after, asking, called, is, responded, secret, wrong};
use super::sign_in::with_sheet;
use super::support::{Window, open};

/// The first sheet of a method.
fn begun(method: SignInMethod) -> Window {
    let sign_in = SignIn::new(method, Some("ana@acme.example".to_owned()));
    open(with_sheet(SignInPhase::Asking(Box::new(sign_in))))
}

/// What the first call of a method starts with.
fn first_call(window: &mut Window) -> Call {
    assert!(window.get(Role::PasswordInput, "Password").is_focused());
    window.type_text("canary-hunter2");
    window.key(Key::Enter);
    assert!(!window.can_press("Checking…"));
    called(window)
}

#[test]
fn a_password_can_go_as_it_is() {
    let mut window = begun(SignInMethod::Password);
    let call = first_call(&mut window);
    let Call::Initiate(request) = call else {
        panic!("{call:?}");
    };
    assert_eq!(request.flow, AuthFlow::Password);
    assert!(!request.with_srp_a);
    assert!(!format!("{request:?}").contains("canary"));
}

#[test]
fn a_custom_sign_in_can_begin_with_the_password() {
    let mut window = begun(SignInMethod::CustomSrp);
    let call = first_call(&mut window);
    let Call::Initiate(request) = call else {
        panic!("{call:?}");
    };
    assert_eq!(request.flow, AuthFlow::Custom);
    assert!(request.with_srp_a);
    // Without, the name is all that is asked first.
    let window = begun(SignInMethod::Custom);
    assert!(!window.has("Password"));
    assert!(window.can_press("Continue"));
}

#[test]
fn a_second_factor_to_set_up_is_chosen_from_a_list() {
    let can = "[\"SOFTWARE_TOKEN_MFA\",\"EMAIL_OTP\"]";
    let mut window = after("MFA_SETUP", &[("MFAS_CAN_SETUP", can)]);
    assert!(window.has("Which second factor do you want?"));
    assert!(window.has("Your user pool wants one from now on."));
    assert!(window.can_press("Code by e-mail"));
    window.press("Authenticator app");
    let call = called(&window);
    assert!(matches!(call, Call::Associate { .. }), "{call:?}");
}

fn too_late() -> Heard {
    let said = AwsSaid::new(
        "RespondToAuthChallenge",
        "NotAuthorizedException",
        "Invalid session for the user, session is expired.",
    );
    Heard::Refused(Problem::new(ProblemKind::Refused, "The session is over").said(said))
}

#[test]
fn what_took_too_long_is_said_and_goes_on() {
    let mut sign_in = sign_in_after(SignInMethod::Password, [challenge("SMS_MFA", &[])]);
    let code = Answer::of("sms_mfa_code", secret("000000"));
    let _call = sign_in.take(Move::Answer(code)).unwrap();
    for heard in [too_late(), challenge("SMS_MFA", &[])] {
        let _step = sign_in.hear(heard).unwrap();
    }
    let mut window = asking(sign_in);
    window.get(Role::Status, "It took too long, so a new code was sent.");
    assert!(window.get(Role::TextInput, "6-digit code").is_focused());
    window.type_text("482913");
    window.key(Key::Enter);
    let sent = responded(&window, "SMS_MFA");
    is(&sent, &[("SMS_MFA_CODE", "482913")]);
}

#[test]
fn a_new_code_is_announced() {
    let mut sign_in = sign_in_after(SignInMethod::Password, [challenge("SMS_MFA", &[])]);
    let _call = sign_in.take(Move::Resend).unwrap();
    let _asked = sign_in.hear(challenge("SMS_MFA", &[])).unwrap();
    let window = asking(sign_in);
    window.get(Role::Status, "A new code was sent.");
    let refused = wrong(SignInMethod::Srp, challenge("SMS_MFA", &[]));
    let window = asking(refused);
    assert!(!window.has("A new code was sent."));
}
