//! `USER_AUTH`: the pool offers first factors, and the person chooses.

use poolkey::domain::SignInMethod;
use poolkey::domain::sign_in::{Answer, Move, QuestionKind, SignIn};
use poolkey::ops::sign_in::Outcome;

use super::{asked_again, bench_by, sent_to};
use crate::support::{Bench, asked, finished, secret};

/// The list of that user.
async fn list(username: &str) -> (Bench, Box<SignIn>) {
    let bench = bench_by(username, SignInMethod::Choice).await;
    let outcome = bench.begin_by_name(username).await.unwrap();
    (bench, asked(outcome, "SELECT_CHALLENGE"))
}

fn offered(sign_in: &SignIn) -> Vec<&'static str> {
    match &sign_in.question().unwrap().kind {
        QuestionKind::Choose { factors, .. } => {
            factors.iter().map(|factor| factor.name()).collect()
        }
        other => panic!("{other:?}"),
    }
}

/// The code by SMS, asked for after the choice.
async fn by_sms() -> (Bench, Box<SignIn>) {
    let (bench, sign_in) = list("otto").await;
    let outcome = bench.choose(sign_in, "SMS_OTP").await.unwrap();
    (bench, asked(outcome, "SMS_OTP"))
}

#[tokio::test]
async fn the_password_proved_or_sent() {
    for choice in ["PASSWORD_SRP", "PASSWORD"] {
        for (typed, with_secret) in [("ana", false), ("ana@example.com", true)] {
            let mut bench = bench_by("ana", SignInMethod::Choice).await;
            if with_secret {
                bench.confidential(None).await;
            }
            let outcome = bench.begin_by_name(typed).await.unwrap();
            let sign_in = asked(outcome, "SELECT_CHALLENGE");
            assert_eq!(offered(&sign_in), ["PASSWORD_SRP", "EMAIL_OTP"]);
            let outcome = bench.choose(sign_in, choice).await.unwrap();
            let sign_in = asked(outcome, "PASSWORD");
            let password = bench.password("ana");
            let outcome = bench.answer(sign_in, "password", &password).await.unwrap();
            bench.works_for(outcome, "ana").await;
        }
    }
}

#[tokio::test]
async fn a_second_factor_follows_the_password() {
    for choice in ["PASSWORD_SRP", "PASSWORD"] {
        let bench = bench_by("tom", SignInMethod::Choice).await;
        assert!(bench.sandbox.set_passkey("tom", true));
        let outcome = bench.begin_by_name("tom").await.unwrap();
        let sign_in = asked(outcome, "SELECT_CHALLENGE");
        let outcome = bench.choose(sign_in, choice).await.unwrap();
        let sign_in = asked(outcome, "PASSWORD");
        let password = bench.password("tom");
        let outcome = bench.answer(sign_in, "password", &password).await.unwrap();
        let sign_in = asked(outcome, "SOFTWARE_TOKEN_MFA");
        assert!(sign_in.password_accepted());
        let code = bench.code();
        let outcome = bench
            .answer(sign_in, "software_token_mfa_code", &code)
            .await;
        bench.works_for(outcome.unwrap(), "tom").await;
    }
}

/// Without a passkey `tom` has nothing but the password.
#[tokio::test]
async fn a_list_of_one_is_not_shown() {
    let bench = bench_by("tom", SignInMethod::Choice).await;
    asked(bench.begin_by_name("tom").await.unwrap(), "PASSWORD");
}

#[tokio::test]
async fn a_code_by_email_or_sms() {
    for (choice, field, destination) in [
        ("EMAIL_OTP", "email_otp_code", "by e-mail to o***@e***"),
        ("SMS_OTP", "sms_otp_code", "by SMS to +*******0118"),
    ] {
        for with_secret in [false, true] {
            let mut bench = bench_by("otto", SignInMethod::Choice).await;
            if with_secret {
                bench.confidential(None).await;
            }
            let outcome = bench.begin_by_name("otto@example.com").await.unwrap();
            let sign_in = asked(outcome, "SELECT_CHALLENGE");
            assert_eq!(offered(&sign_in), ["PASSWORD_SRP", "EMAIL_OTP", "SMS_OTP"]);
            let outcome = bench.choose(sign_in, choice).await.unwrap();
            let sign_in = asked(outcome, choice);
            assert_eq!(sent_to(&sign_in), destination);
            let code = bench.delivered("otto");
            assert_eq!(code.expose().len(), 8);
            let outcome = bench.answer(sign_in, field, &secret("00000000x")).await;
            let sign_in = asked_again(outcome.unwrap(), choice, "CodeMismatchException");
            let outcome = bench.answer(sign_in, field, &code).await.unwrap();
            bench.works_for(outcome, "otto").await;
        }
    }
}

#[tokio::test]
async fn a_passkey_is_the_browsers() {
    let bench = bench_by("ana", SignInMethod::Choice).await;
    assert!(bench.sandbox.set_passkey("ana", true));
    let outcome = bench.begin_by_name("ana").await.unwrap();
    let sign_in = asked(outcome, "SELECT_CHALLENGE");
    assert!(offered(&sign_in).contains(&"WEB_AUTHN"));
    let outcome = bench.choose(sign_in, "WEB_AUTHN").await.unwrap();
    assert!(matches!(outcome, Outcome::Browser), "{outcome:?}");
}

#[tokio::test]
async fn a_wrong_password_is_asked_again_and_the_choice_stays() {
    for choice in ["PASSWORD_SRP", "PASSWORD"] {
        let (bench, sign_in) = list("ana").await;
        let outcome = bench.choose(sign_in, choice).await.unwrap();
        let sign_in = asked(outcome, "PASSWORD");
        let outcome = bench.answer(sign_in, "password", &secret("wrong")).await;
        let sign_in = asked_again(outcome.unwrap(), "PASSWORD", "NotAuthorizedException");
        let password = bench.password("ana");
        finished(bench.answer(sign_in, "password", &password).await.unwrap());
    }
}

#[tokio::test]
async fn another_way_can_be_chosen_instead() {
    let (bench, sign_in) = by_sms().await;
    let outcome = bench.go_on(sign_in, Move::OtherMethod).await.unwrap();
    let sign_in = asked(outcome, "SELECT_CHALLENGE");
    let outcome = bench.choose(sign_in, "PASSWORD_SRP").await.unwrap();
    let sign_in = asked(outcome, "PASSWORD");
    let password = bench.password("otto");
    finished(bench.answer(sign_in, "password", &password).await.unwrap());
}

/// The choice goes with `InitiateAuth` then: one call, and no list.
#[tokio::test]
async fn a_new_code_comes_by_the_way_that_was_chosen() {
    let (bench, sign_in) = by_sms().await;
    let mut sign_in = sign_in;
    for sent in 2..4 {
        let first = bench.delivered("otto");
        let outcome = bench.go_on(sign_in, Move::Resend).await.unwrap();
        sign_in = asked(outcome, "SMS_OTP");
        assert_ne!(bench.delivered("otto").expose(), first.expose());
        assert_eq!(bench.sandbox.calls("InitiateAuth"), sent);
        assert_eq!(bench.sandbox.calls("RespondToAuthChallenge"), 1);
    }
    let code = bench.delivered("otto");
    finished(bench.answer(sign_in, "sms_otp_code", &code).await.unwrap());
}

#[tokio::test]
async fn a_temporary_password_is_replaced() {
    let bench = bench_by("nina", SignInMethod::Choice).await;
    let sign_in = asked(bench.begin_by_name("nina").await.unwrap(), "PASSWORD");
    let password = bench.password("nina");
    let outcome = bench.answer(sign_in, "password", &password).await.unwrap();
    let sign_in = asked(outcome, "NEW_PASSWORD_REQUIRED");
    let answer = Answer::of("new_password", secret("New-Orchard-12!"))
        .with_text("userattributes.given_name", "Nina");
    let outcome = bench.go_on(sign_in, Move::Answer(answer)).await.unwrap();
    bench.works_for(outcome, "nina").await;
}

/// The pool does not tell that there is nobody.
#[tokio::test]
async fn a_name_that_nobody_has_gets_a_list_and_no_way_in() {
    let (bench, sign_in) = list("nobody").await;
    let outcome = bench.choose(sign_in, "EMAIL_OTP").await.unwrap();
    let sign_in = asked(outcome, "EMAIL_OTP");
    let code = secret("12345678");
    let outcome = bench.answer(sign_in, "email_otp_code", &code).await;
    asked_again(outcome.unwrap(), "EMAIL_OTP", "CodeMismatchException");
}
