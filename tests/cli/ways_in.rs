//! Every flow without a terminal: what is sent, how often, and what is named where it is missing.

use poolkey::sandbox::{Flow, Settings};

use crate::answering::Answering;
use crate::local::Local;
use crate::support::{Home, Ran};

const SIGN_IN: [&str; 3] = ["sign-in", "dev", "--password-stdin"];

fn local() -> Local {
    Local::start(Settings::default())
}

/// `sign-in` with the password and these answers.
fn sign_in(local: &Local, home: &Home, username: &str, answers: &[&str]) -> Ran {
    let answers = answers.iter().flat_map(|answer| ["--answer", answer]);
    let arguments: Vec<&str> = SIGN_IN.into_iter().chain(answers).collect();
    home.poolkey_reads(local.password(username), &arguments)
}

#[track_caller]
fn calls(local: &Local, initiate: usize, respond: usize) {
    assert_eq!(local.sandbox.calls("InitiateAuth"), initiate);
    assert_eq!(local.sandbox.calls("RespondToAuthChallenge"), respond);
}

/// The number of calls tells the flows apart: one that proves the password needs a second call.
#[test]
fn a_password_that_is_proved_and_one_that_is_sent() {
    for client in ["public", "confidential"] {
        for (method, respond) in [("srp", 1), ("password", 0)] {
            let local = local();
            let home = local.home("ana@example.com", method, client);
            let ran = sign_in(&local, &home, "ana", &[]).ok();
            assert!(ran.out.starts_with("Signed in to dev as ana\n"), "{ran:?}");
            calls(&local, 1, respond);
        }
    }
}

#[test]
fn a_flow_that_the_client_does_not_allow() {
    let local = local();
    assert!(
        local
            .sandbox
            .set_flows("public", &[Flow::Srp, Flow::Refresh])
    );
    for method in ["password", "choice", "custom"] {
        let home = local.home("ana", method, "public");
        sign_in(&local, &home, "ana", &[])
            .fails(5)
            .says("The app client does not allow this sign-in method");
    }
}

#[test]
fn a_choice_is_named_with_what_is_offered() {
    let local = local();
    let home = local.home("otto", "choice", "public");
    sign_in(&local, &home, "otto", &[])
        .fails(3)
        .says("SELECT_CHALLENGE")
        .says("answer=PASSWORD_SRP or answer=EMAIL_OTP or answer=SMS_OTP");
    sign_in(&local, &home, "otto", &["ANSWER=telepathy"])
        .fails(2)
        .says("The choices are: PASSWORD_SRP, EMAIL_OTP, SMS_OTP");
}

#[test]
fn the_password_is_chosen() {
    // In whatever case; what is sent needs one call less than what is proved.
    for (choice, respond) in [("answer=PASSWORD", 1), ("ANSWER=password_srp", 2)] {
        let local = local();
        let home = local.home("otto", "choice", "public");
        sign_in(&local, &home, "otto", &[choice]).ok();
        calls(&local, 1, respond);
    }
    let local = local();
    let home = local.home("otto", "choice", "public");
    home.poolkey(&["sign-in", "dev", "--answer", "answer=PASSWORD_SRP"])
        .fails(3)
        .says("PASSWORD is needed")
        .says("--password-stdin");
    let wrong = [&SIGN_IN[..], &["--answer", "answer=PASSWORD_SRP"]].concat();
    home.poolkey_reads("wrong\n", &wrong)
        .fails(5)
        .says("Incorrect username or password.");
}

#[test]
fn a_code_is_chosen() {
    let local = local();
    for (choice, field, medium) in [
        (
            "answer=EMAIL_OTP",
            "email_otp_code=-",
            "by e-mail to o***@e***",
        ),
        ("answer=SMS_OTP", "SMS_OTP_CODE=-", "by SMS to +*******0118"),
    ] {
        let home = local.home("otto", "choice", "confidential");
        let before = local.sandbox.last_code("otto");
        let mut run = Answering::start(
            &home,
            &["sign-in", "dev", "--answer", choice, "--answer", field],
        );
        let code = local.next_code("otto", before.as_deref());
        assert_eq!(code.len(), 8);
        run.line(&code);
        run.ended().ok().says(medium);
        let (challenge, _) = field.split_once("_CODE").unwrap_or(("EMAIL_OTP", ""));
        home.poolkey(&["sign-in", "dev", "--answer", choice])
            .fails(3)
            .says(&format!("{challenge} is needed"))
            .says(medium);
    }
}

#[test]
fn a_passkey_needs_the_browser() {
    let local = local();
    assert!(local.sandbox.set_passkey("otto", true));
    let home = local.home("otto", "choice", "public");
    for more in [None, Some("--no-input")] {
        let answer = ["sign-in", "dev", "--answer", "answer=WEB_AUTHN"];
        let arguments: Vec<&str> = answer.into_iter().chain(more).collect();
        home.poolkey(&arguments)
            .fails(3)
            .says("WEB_AUTHN")
            .says("poolkey sign-in dev --browser");
    }
}

#[test]
fn custom_challenges() {
    let local = local();
    let home = local.home("ana", "custom", "public");
    let right = [
        "sign-in",
        "dev",
        "--answer",
        "answer=42",
        "--answer",
        "answer=mellon",
    ];
    home.poolkey(&right).ok();
    calls(&local, 1, 2);
    home.poolkey(&right[..4])
        .fails(3)
        .says("CUSTOM_CHALLENGE")
        .says("--answer answer=");
    // Three wrong ones end it, each given once.
    let before = local.sandbox.calls("RespondToAuthChallenge");
    let wrong = ["answer=1", "answer=2", "answer=3", "answer=4"];
    let wrong = wrong.into_iter().flat_map(|answer| ["--answer", answer]);
    let wrong: Vec<&str> = ["sign-in", "dev"].into_iter().chain(wrong).collect();
    home.poolkey(&wrong).fails(5);
    assert_eq!(local.sandbox.calls("RespondToAuthChallenge"), before + 3);
    home.poolkey(&["sign-in", "dev", "--answer", "answer=boom"])
        .fails(5)
        .says("The answer was boom");
}

/// What another program asks is shown, but not what it could steer a terminal with.
#[test]
fn a_custom_challenge_is_shown() {
    let local = local();
    let home = local.home("ana", "custom", "public");
    let mut run = Answering::start(
        &home,
        &[
            "sign-in",
            "dev",
            "--answer",
            "answer=42",
            "--answer",
            "answer=-",
        ],
    );
    run.line("mellon");
    let ran = run
        .ended()
        .ok()
        .says("hint      In Elvish")
        .says("question  Say <b>friend</b>");
    assert!(!ran.err.contains('\u{7}'), "{ran:?}");
}

#[test]
fn custom_challenges_after_the_password() {
    let local = local();
    let home = local.home("ana", "custom-srp", "confidential");
    sign_in(&local, &home, "ana", &["answer=42", "answer=mellon"]).ok();
    calls(&local, 1, 3);
    home.poolkey(&["sign-in", "dev"]).fails(3).says("PASSWORD");
    sign_in(&local, &home, "ana", &[])
        .fails(3)
        .says("CUSTOM_CHALLENGE");
}
