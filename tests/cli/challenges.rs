//! Every challenge after the password, without a terminal.

use jiff::SignedDuration;
use poolkey::sandbox::{Mfa, NewUser, Settings};

use crate::answering::Answering;
use crate::local::Local;
use crate::support::Home;

const SIGN_IN: [&str; 3] = ["sign-in", "dev", "--password-stdin"];

fn at(username: &str) -> (Local, Home) {
    let local = Local::start(Settings::default());
    let home = local.home(username, "srp", "public");
    (local, home)
}

/// `sign-in` with the password and these answers, waiting for lines.
fn begin(local: &Local, home: &Home, username: &str, answers: &[&str]) -> Answering {
    let answers = answers.iter().flat_map(|answer| ["--answer", answer]);
    let arguments: Vec<&str> = SIGN_IN.into_iter().chain(answers).collect();
    let mut run = Answering::start(home, &arguments);
    run.line(&local.password(username));
    run
}

#[test]
fn a_new_password_and_what_the_account_lacks() {
    let (local, home) = at("nina");
    begin(&local, &home, "nina", &[])
        .ended()
        .fails(3)
        .says("NEW_PASSWORD_REQUIRED")
        .says("--new-password-stdin");
    let with_new = [&SIGN_IN[..], &["--new-password-stdin"]].concat();
    let both = |new: &str| format!("{}{new}\n", local.password("nina"));
    home.poolkey_reads(both("Brand-New-81!"), &with_new)
        .fails(3)
        .says("NEW_PASSWORD_REQUIRED")
        .says("userattributes.given_name=");
    let name = ["--answer", "userAttributes.given_name=Nina"];
    let complete = [&with_new[..], &name].concat();
    // A password that is refused is not sent twice.
    let before = local.sandbox.calls("RespondToAuthChallenge");
    let ran = home
        .poolkey_reads(both("short"), &complete)
        .fails(5)
        .says("Password not long enough");
    assert!(!ran.err.contains("short"), "{ran:?}");
    assert_eq!(local.sandbox.calls("RespondToAuthChallenge"), before + 2);
    home.poolkey_reads(both("Brand-New-81!"), &complete).ok();
    home.poolkey_reads("Brand-New-81!\n", &SIGN_IN).ok();
}

#[test]
fn a_code_by_sms_and_one_by_e_mail() {
    for (username, challenge, field, sent) in [
        ("sam", "SMS_MFA", "sms_mfa_code", "by SMS to +*******0112"),
        (
            "emma",
            "EMAIL_OTP",
            "email_otp_code",
            "by e-mail to e***@e***",
        ),
    ] {
        let (local, home) = at(username);
        begin(&local, &home, username, &[])
            .ended()
            .fails(3)
            .says(&format!("{challenge} is needed"))
            .says(sent)
            .says(&format!("--answer {field}=-"));
        // Given beforehand it is wrong, and is sent once.
        let before = local.sandbox.calls("RespondToAuthChallenge");
        let wrong = format!("{field}=000000");
        begin(&local, &home, username, &[&wrong])
            .ended()
            .fails(5)
            .says("CodeMismatchException");
        assert_eq!(local.sandbox.calls("RespondToAuthChallenge"), before + 2);

        let before = local.sandbox.last_code(username);
        let asked = format!("{field}=-");
        let mut run = begin(&local, &home, username, &[&asked, &asked]);
        let code = local.next_code(username, before.as_deref());
        run.line("000000").line(&code);
        run.ended().ok().says("The code is wrong").says(sent);
    }
}

#[test]
fn a_code_that_comes_too_late_is_sent_anew() {
    let (local, home) = at("sam");
    let asked = "sms_mfa_code=-";
    let mut run = begin(&local, &home, "sam", &[asked, asked]);
    let first = local.next_code("sam", None);
    local.sandbox.clock().advance(SignedDuration::from_mins(4));
    run.line(&first);
    let second = local.next_code("sam", Some(&first));
    run.line(&second);
    run.ended()
        .ok()
        .says("It took too long, so a new code was sent.");
    assert_eq!(local.sandbox.calls("InitiateAuth"), 2);
}

#[test]
fn one_of_several_second_factors() {
    let (local, home) = at("cleo");
    begin(&local, &home, "cleo", &[])
        .ended()
        .fails(3)
        .says("SELECT_MFA_TYPE")
        .says("answer=EMAIL_OTP or answer=SOFTWARE_TOKEN_MFA or answer=SMS_MFA");
    let code = format!("software_token_mfa_code={}", local.app_code("cleo"));
    begin(&local, &home, "cleo", &["answer=SOFTWARE_TOKEN_MFA", &code])
        .ended()
        .ok();
    for (choice, field) in [
        ("SMS_MFA", "sms_mfa_code=-"),
        ("email_otp", "email_otp_code=-"),
    ] {
        let before = local.sandbox.last_code("cleo");
        let choice = format!("answer={choice}");
        let mut run = begin(&local, &home, "cleo", &[&choice, field]);
        run.line(&local.next_code("cleo", before.as_deref()));
        run.ended().ok();
    }
}

#[test]
fn an_app_has_to_be_set_up() {
    let (local, home) = at("mia");
    begin(&local, &home, "mia", &[])
        .ended()
        .fails(3)
        .says("MFA_SETUP")
        .says("on a terminal");
    // The key is shown as letters, too; a wrong code is not sent twice.
    let mut run = begin(&local, &home, "mia", &["user_code=-"]);
    run.line("000000");
    let ran = run.ended();
    assert_eq!(ran.code, Some(5), "{ran:?}");
    assert!(ran.err.contains("\nKey: ") && ran.err.contains("EnableSoftwareTokenMFA"));
    assert_eq!(local.sandbox.calls("VerifySoftwareToken"), 1);
}

#[test]
fn an_address_for_codes_has_to_be_set_up() {
    let local = Local::start(Settings::default());
    let user = NewUser {
        must_set_up: &[Mfa::SoftwareToken, Mfa::Email],
        ..NewUser::plain("eve", "Demo-Valley-19!", "")
    };
    local.sandbox.add_user(&user).unwrap();
    let home = local.home("eve", "srp", "public");
    home.poolkey_reads("Demo-Valley-19!\n", &SIGN_IN)
        .fails(3)
        .says("MFA_SETUP")
        .says("answer=SOFTWARE_TOKEN_MFA or answer=EMAIL");
    let offered = home.poolkey_reads("Demo-Valley-19!\n", &SIGN_IN);
    let email = if offered.err.contains("EMAIL_OTP") {
        "answer=EMAIL_OTP"
    } else {
        "answer=EMAIL_MFA"
    };
    let answers = ["--answer", email, "--answer", "email=eve@example.com"];
    let arguments = [&SIGN_IN[..], &answers, &["--answer", "email_otp_code=-"]].concat();
    let mut run = Answering::start(&home, &arguments);
    run.line("Demo-Valley-19!");
    run.line(&local.next_code("eve", None));
    run.ended().ok().says("by e-mail to e***@e***");
}
