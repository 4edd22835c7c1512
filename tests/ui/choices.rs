//! Lists to choose from, and the device that may be remembered, in the sheet.

use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use poolkey::app::Effect;
use poolkey::domain::sign_in::{Answer, Call, Challenge, Heard, Move, NewDevice, Reply, Step};
use poolkey::domain::{SignInMethod, Tokens};

use super::fixture::{challenge, sign_in_after};
use super::questions::{after, asking, called, is, responded, secret};
use super::support::Window;

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

#[test]
fn escape_twice_keeps_the_finished_sign_in() {
    let mut window = remembering();
    window.key(Key::Escape);
    assert!(matches!(window.effects()[..], [Effect::SignIn { .. }]));
    window.key(Key::Escape);
    assert!(window.effects().is_empty(), "the answer is on its way");
    assert!(window.harness.state().model().sheet.is_some());
}
