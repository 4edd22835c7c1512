//! Every question of a sign-in, answered in the sheet by label, up to the call that the answer
//! becomes.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use poolkey::app::{Effect, SignInPhase};
use poolkey::domain::sign_in::{
    Answer, Call, Challenge, Delivery, Heard, Move, NewDevice, Reply, Response, SignIn, Step,
};
use poolkey::domain::{Problem, ProblemKind, Secret, SignInMethod, Tokens};

use super::fixture::{challenge, sign_in_after};
use super::sign_in::with_sheet;
use super::support::{Window, open};

fn secret(text: &str) -> Secret {
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
fn responded(window: &Window, challenge: &str) -> Vec<(String, String)> {
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

fn is(fields: &[(String, String)], expected: &[(&str, &str)]) {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(fields, expected);
}

fn asking(sign_in: Box<SignIn>) -> Window {
    open(with_sheet(SignInPhase::Asking(sign_in)))
}

fn after(name: &str, parameters: &[(&str, &str)]) -> Window {
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

#[test]
fn a_second_factor_is_chosen_by_a_click_or_a_key() {
    let offered = [("MFAS_CAN_CHOOSE", "[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\"]")];
    let mut window = after("SELECT_MFA_TYPE", &offered);
    assert!(window.has("How do you want to get the code?"));
    window.press("Code by SMS");
    is(
        &responded(&window, "SELECT_MFA_TYPE"),
        &[("ANSWER", "SMS_MFA")],
    );
    let mut window = after("SELECT_MFA_TYPE", &offered);
    assert!(window.get(Role::Button, "Authenticator app").is_focused());
    window.key(Key::Enter);
    let chosen = responded(&window, "SELECT_MFA_TYPE");
    is(&chosen, &[("ANSWER", "SOFTWARE_TOKEN_MFA")]);
}

fn choice(available: &[&str]) -> Heard {
    let available = available.iter().map(|name| (*name).to_owned());
    Heard::Reply(Reply::Challenge(Challenge {
        name: "SELECT_CHALLENGE".to_owned(),
        parameters: std::collections::BTreeMap::new(),
        available: available.collect(),
        session: Some(secret("canary-session")),
    }))
}

#[test]
fn a_first_factor_is_chosen_and_another_one_can_be() {
    let all = [
        "PASSWORD",
        "PASSWORD_SRP",
        "EMAIL_OTP",
        "SMS_OTP",
        "WEB_AUTHN",
    ];
    let mut window = asking(sign_in_after(SignInMethod::Choice, [choice(&all)]));
    assert!(window.has("How do you want to sign in?"));
    for label in [
        "Password",
        "Code by e-mail",
        "Code by SMS",
        "Passkey, in the browser",
    ] {
        assert!(window.can_press(label), "{label}");
    }
    window.press("Code by e-mail");
    is(
        &responded(&window, "SELECT_CHALLENGE"),
        &[("ANSWER", "EMAIL_OTP")],
    );

    let mut sign_in = sign_in_after(SignInMethod::Choice, [choice(&all)]);
    let password = Answer::default().with_text("answer", "PASSWORD_SRP");
    assert!(matches!(
        sign_in.take(Move::Answer(password)),
        Ok(Step::Ask)
    ));
    let mut window = asking(sign_in);
    assert!(window.has("Your password"));
    window.type_text("canary-hunter2");
    window.key(Key::Enter);
    is(
        &responded(&window, "SELECT_CHALLENGE"),
        &[("ANSWER", "PASSWORD_SRP")],
    );

    let mut sign_in = sign_in_after(SignInMethod::Choice, [choice(&all)]);
    let mail = Answer::default().with_text("answer", "EMAIL_OTP");
    let _call = sign_in.take(Move::Answer(mail)).unwrap();
    let _asked = sign_in.hear(challenge("EMAIL_OTP", &[])).unwrap();
    let mut window = asking(sign_in);
    window.press("Use another method");
    assert!(matches!(called(&window), Call::Initiate(_)));
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

fn remembering() -> Window {
    let tokens = Tokens {
        id: secret("canary-id"),
        access: secret("canary-access"),
        refresh: Some(secret("canary-refresh")),
    };
    let device = NewDevice {
        device_key: "us-east-1_device".to_owned(),
        device_group_key: "-group".to_owned(),
    };
    let device_kept = poolkey::domain::sign_in::KeptDevice {
        username: "ana".to_owned(),
        typed: "ana@acme.example".to_owned(),
        device_key: device.device_key.clone(),
        device_group_key: device.device_group_key.clone(),
        password: secret("canary-device"),
    };
    let heard = [
        Heard::Reply(Reply::Tokens {
            tokens,
            new_device: Some(device),
        }),
        Heard::DeviceConfirmed {
            device: device_kept,
            ask: true,
        },
    ];
    asking(sign_in_after(SignInMethod::Srp, heard))
}

#[test]
fn a_device_is_remembered_only_when_the_person_says_so() {
    let decided = |window: &Window| match called(window) {
        Call::UpdateDevice { remembered, .. } => remembered,
        other => panic!("{other:?}"),
    };
    let mut window = remembering();
    assert!(window.has("Remember this device?"));
    assert!(window.get(Role::Button, "Remember it").is_focused());
    window.key(Key::Enter);
    assert!(decided(&window));
    let mut window = remembering();
    window.press("Not now");
    assert!(!decided(&window));
    let mut window = remembering();
    window.key(Key::Escape);
    assert!(!decided(&window), "the sign-in is not thrown away");
}
