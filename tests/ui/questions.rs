//! Every question of a sign-in, answered in the sheet by label, up to the call that the answer
//! becomes.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use poolkey::app::{Effect, SignInPhase};
use poolkey::domain::sign_in::{Answer, Call, Heard, Move, Response, SignIn, Step};
use poolkey::domain::{Problem, ProblemKind, Secret, SignInMethod};

use super::fixture::{challenge, sign_in_after};
use super::sign_in::with_sheet;
use super::support::{Window, open};

pub fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

/// What the sheet's last move makes the machine call.
pub fn called(window: &Window) -> Call {
    let mut effects = window.effects();
    let Some(Effect::SignIn {
        mut sign_in, moved, ..
    }) = effects.pop()
    else {
        panic!("nothing goes on");
    };
    assert!(effects.is_empty(), "{effects:?}");
    match sign_in.take(moved) {
        Ok(Step::Call(call)) => *call,
        other => panic!("{other:?}"),
    }
}

/// The response to a challenge, its fields as text.
pub fn responded(window: &Window, challenge: &str) -> Vec<(String, String)> {
    let Call::Respond(Response {
        challenge: name,
        fields,
        ..
    }) = called(window)
    else {
        panic!("no response");
    };
    assert_eq!(name, challenge);
    let plain = |(name, value): (String, Secret)| (name, value.expose().to_owned());
    fields.into_iter().map(plain).collect()
}

pub fn is(fields: &[(String, String)], expected: &[(&str, &str)]) {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(fields, expected);
}

pub fn asking(sign_in: Box<SignIn>) -> Window {
    open(with_sheet(SignInPhase::Asking(sign_in)))
}

pub fn after(name: &str, parameters: &[(&str, &str)]) -> Window {
    asking(sign_in_after(
        SignInMethod::Srp,
        [challenge(name, parameters)],
    ))
}

/// A question whose first answer was refused.
pub fn wrong(method: SignInMethod, asked: Heard) -> Box<SignIn> {
    let mut sign_in = sign_in_after(method, [asked]);
    let field = sign_in.question().unwrap().fields().remove(0);
    let answer = Answer::of(field.name, secret("000000"));
    let _call = sign_in.take(Move::Answer(answer)).unwrap();
    let refused = Problem::new(ProblemKind::Refused, "That is not right")
        .said(poolkey::domain::AwsSaid {
            operation: "RespondToAuthChallenge",
            code: "CodeMismatchException".to_owned(),
            message: "Invalid code received for user".to_owned(),
        })
        .hint("Try again.");
    let _asked = sign_in.hear(Heard::Refused(refused)).unwrap();
    sign_in
}

#[test]
fn an_sms_code_says_where_it_went_and_can_be_sent_again() {
    let went = [
        ("CODE_DELIVERY_DELIVERY_MEDIUM", "SMS"),
        ("CODE_DELIVERY_DESTINATION", "+*******0112"),
    ];
    let mut window = after("SMS_MFA", &went);
    assert!(window.has("Code from the SMS"));
    assert!(window.has("A code was sent by SMS to +*******0112."));
    window.type_text("482913");
    window.press("Continue");
    is(
        &responded(&window, "SMS_MFA"),
        &[("SMS_MFA_CODE", "482913")],
    );
    let mut window = after("SMS_MFA", &went);
    window.press("Send a new code");
    assert!(
        matches!(called(&window), Call::Initiate(_)),
        "the sign-in sends it anew"
    );
}

#[test]
fn an_email_code_may_have_eight_digits() {
    let mut window = after("EMAIL_OTP", &[("CODE_DELIVERY_DESTINATION", "a***@e***")]);
    assert!(window.has("A code was sent to a***@e***."));
    assert!(window.get(Role::TextInput, "Code").is_focused());
    assert!(!window.can_press("Continue"));
    window.type_text(" 12345678 ");
    window.key(Key::Enter);
    is(
        &responded(&window, "EMAIL_OTP"),
        &[("EMAIL_OTP_CODE", "12345678")],
    );
    let drafts = window.harness.state().drafts();
    assert_eq!(drafts.sign_in.char_count("email_otp_code"), 0);
}

#[test]
fn a_wrong_code_is_said_and_asked_again() {
    let window = asking(wrong(
        SignInMethod::Srp,
        challenge("SOFTWARE_TOKEN_MFA", &[]),
    ));
    window.get(Role::Alert, "That is not right. Try again.");
    assert!(window.get(Role::TextInput, "6-digit code").is_focused());
}

#[test]
fn a_first_password_is_chosen_twice_with_what_the_account_lacks() {
    let lacks = [("requiredAttributes", "[\"userAttributes.given_name\"]")];
    let asked = challenge("NEW_PASSWORD_REQUIRED", &lacks);
    let mut window = asking(sign_in_after(SignInMethod::Password, [asked]));
    assert!(window.has("Choose a new password"));
    assert!(window.texts().contains("password accepted"));
    assert!(window.get(Role::PasswordInput, "New password").is_focused());
    window.type_text("canary-New-1!");
    window.key(Key::Enter);
    assert!(
        window
            .get(Role::PasswordInput, "The same again")
            .is_focused()
    );
    window.type_text("canary-New-2!");
    assert!(window.has("The two passwords differ"));
    window.write(Role::TextInput, "Given name", "Nina");
    assert!(!window.can_press("Continue"));
    window.get(Role::PasswordInput, "The same again").focus();
    window.harness.run();
    window.key(Key::Backspace);
    window.key(Key::Backspace);
    window.type_text("1!");
    assert!(!window.texts().contains("canary"));
    window.press("Continue");
    is(
        &responded(&window, "NEW_PASSWORD_REQUIRED"),
        &[
            ("NEW_PASSWORD", "canary-New-1!"),
            ("userAttributes.given_name", "Nina"),
        ],
    );
    let drafts = window.harness.state().drafts();
    for field in ["new_password", "new_password again"] {
        assert_eq!(drafts.sign_in.char_count(field), 0, "{field}");
    }
}

fn new_app() -> Box<SignIn> {
    let can = [("MFAS_CAN_SETUP", "[\"SOFTWARE_TOKEN_MFA\"]")];
    let told = Heard::Associated {
        secret: secret("CANARYKEYCANARYKEYCANARYKEYCANAR"),
        session: Some(secret("canary-session")),
    };
    sign_in_after(SignInMethod::Srp, [challenge("MFA_SETUP", &can), told])
}

#[test]
fn a_new_app_is_set_up_with_a_picture_or_the_key() {
    let mut window = asking(new_app());
    assert!(window.has("Set up an authenticator app"));
    window.get(Role::Image, "QR code for the authenticator app");
    window.press("Show the key");
    window.press("Hide the key");
    window.press("Show the key");
    assert!(
        !window.texts().contains("CANARYKEY"),
        "the key is in a text"
    );
    assert!(
        !window.texts().contains("CANA RYKE"),
        "the key is in a text"
    );
    window.press("Copy the key");
    let effects = window.effects();
    let [Effect::Copy { what: "Key", text }] = &effects[..] else {
        panic!("{effects:?}");
    };
    assert!(matches!(text, poolkey::app::effect::CopyText::Secret(_)));
    window.write(Role::TextInput, "6-digit code", "123456");
    window.press("Continue");
    let Call::Verify { code, .. } = called(&window) else {
        panic!("not verified");
    };
    assert_eq!(code.expose(), "123456");
    window.get(Role::Image, "QR code for the authenticator app");
}

#[test]
fn codes_by_email_can_be_set_up() {
    let mut window = after("MFA_SETUP", &[("MFAS_CAN_SETUP", "[\"EMAIL_OTP\"]")]);
    assert!(window.has("Set up codes by e-mail"));
    window.type_text("mia@example.com");
    window.key(Key::Enter);
    is(
        &responded(&window, "MFA_SETUP"),
        &[("EMAIL", "mia@example.com")],
    );
}

#[test]
fn a_custom_challenge_is_shown_as_it_is() {
    let riddle = [
        ("question", "Say <b>friend</b> and enter"),
        ("hint", "In Elvish"),
    ];
    let asked = challenge("CUSTOM_CHALLENGE", &riddle);
    let mut window = asking(sign_in_after(SignInMethod::Custom, [asked]));
    assert!(window.has("The user pool asks"));
    for text in [
        "question",
        "Say <b>friend</b> and enter",
        "hint",
        "In Elvish",
    ] {
        assert!(window.has(text), "{text}");
    }
    window.type_text("mellon");
    window.key(Key::Enter);
    is(
        &responded(&window, "CUSTOM_CHALLENGE"),
        &[("ANSWER", "mellon")],
    );
    assert!(
        window.has("In Elvish"),
        "it stays while the answer is checked"
    );
    let drafts = window.harness.state().drafts();
    assert_eq!(drafts.sign_in.char_count("answer"), 0);
}
