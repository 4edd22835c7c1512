//! Sessions that expired: the sign-in starts over by itself with what was typed.

use poolkey::domain::SignInMethod;
use poolkey::domain::sign_in::{Answer, Move, QuestionKind};

use super::{WITH_PASSWORD, asked_again, bench_by, sent_to};
use crate::support::{asked, bench, finished, secret};

/// Longer than a session lives.
const TOO_LONG: i64 = 4;

/// The code has to be typed for the moment it arrives, so that only the session is too old.
#[tokio::test]
async fn a_code_of_an_app_is_given_again() {
    for method in WITH_PASSWORD {
        let bench = bench_by("tom", method).await;
        let sign_in = asked(bench.begin_as("tom").await, "SOFTWARE_TOKEN_MFA");
        bench.minutes_pass(TOO_LONG);
        let code = bench.code();
        let outcome = bench
            .answer(sign_in, "software_token_mfa_code", &code)
            .await;
        bench.works_for(outcome.unwrap(), "tom").await;
        assert_eq!(bench.sandbox.calls("InitiateAuth"), 2);
    }
}

#[tokio::test]
async fn a_code_that_is_too_old_itself_is_asked_again() {
    let bench = bench("tom").await;
    let sign_in = asked(bench.begin_as("tom").await, "SOFTWARE_TOKEN_MFA");
    let code = bench.code();
    bench.minutes_pass(TOO_LONG);
    let outcome = bench
        .answer(sign_in, "software_token_mfa_code", &code)
        .await;
    let name = "SOFTWARE_TOKEN_MFA";
    let sign_in = asked_again(outcome.unwrap(), name, "CodeMismatchException");
    let notice = sign_in.question().unwrap().notice.unwrap();
    assert!(notice.contains("started again"), "{notice}");
    let outcome = bench
        .answer(sign_in, "software_token_mfa_code", &bench.code())
        .await;
    finished(outcome.unwrap());
}

#[tokio::test]
async fn a_delivered_code_is_sent_anew() {
    for (username, challenge, field) in [
        ("sam", "SMS_MFA", "sms_mfa_code"),
        ("emma", "EMAIL_OTP", "email_otp_code"),
    ] {
        let bench = bench(username).await;
        let sign_in = asked(bench.begin_as(username).await, challenge);
        let first = bench.delivered(username);
        bench.minutes_pass(TOO_LONG);
        let outcome = bench.answer(sign_in, field, &first).await.unwrap();
        let sign_in = asked(outcome, challenge);
        let question = sign_in.question().unwrap();
        let notice = "It took too long, so a new code was sent.";
        assert_eq!(question.notice, Some(notice));
        assert!(!sent_to(&sign_in).is_empty());
        let code = bench.delivered(username);
        let outcome = bench.answer(sign_in, field, &code).await.unwrap();
        bench.works_for(outcome, username).await;
    }
}

#[tokio::test]
async fn a_choice_is_made_again_by_itself() {
    let bench = bench("cleo").await;
    let sign_in = asked(bench.begin_as("cleo").await, "SELECT_MFA_TYPE");
    bench.minutes_pass(TOO_LONG);
    let outcome = bench.choose(sign_in, "SMS_MFA").await.unwrap();
    let sign_in = asked(outcome, "SMS_MFA");
    bench.minutes_pass(TOO_LONG);
    let first = bench.delivered("cleo");
    let outcome = bench.answer(sign_in, "sms_mfa_code", &first).await.unwrap();
    let sign_in = asked(outcome, "SMS_MFA");
    let code = bench.delivered("cleo");
    finished(bench.answer(sign_in, "sms_mfa_code", &code).await.unwrap());
}

#[tokio::test]
async fn the_first_factor_is_chosen_again_by_itself() {
    for choice in ["PASSWORD_SRP", "PASSWORD"] {
        let bench = bench_by("ana", SignInMethod::Choice).await;
        let outcome = bench.begin_by_name("ana").await.unwrap();
        let sign_in = asked(outcome, "SELECT_CHALLENGE");
        bench.minutes_pass(TOO_LONG);
        let outcome = bench.choose(sign_in, choice).await.unwrap();
        let sign_in = asked(outcome, "PASSWORD");
        bench.minutes_pass(TOO_LONG);
        let password = bench.password("ana");
        let outcome = bench.answer(sign_in, "password", &password).await.unwrap();
        bench.works_for(outcome, "ana").await;
    }
}

#[tokio::test]
async fn a_new_password_is_given_again() {
    let bench = bench("nina").await;
    let sign_in = asked(bench.begin_as("nina").await, "NEW_PASSWORD_REQUIRED");
    bench.minutes_pass(TOO_LONG);
    let answer = Answer::of("new_password", secret("New-Orchard-12!"))
        .with_text("userattributes.given_name", "Nina");
    let outcome = bench.go_on(sign_in, Move::Answer(answer)).await.unwrap();
    bench.works_for(outcome, "nina").await;
}

/// What another program asks may be something else next time.
#[tokio::test]
async fn a_custom_challenge_is_asked_anew() {
    let bench = bench_by("ana", SignInMethod::Custom).await;
    let outcome = bench.begin_by_name("ana").await.unwrap();
    let sign_in = asked(outcome, "CUSTOM_CHALLENGE");
    bench.minutes_pass(TOO_LONG);
    let outcome = bench.choose(sign_in, "42").await.unwrap();
    let sign_in = asked(outcome, "CUSTOM_CHALLENGE");
    let question = sign_in.question().unwrap();
    assert!(question.notice.unwrap().contains("started again"));
    let QuestionKind::Custom { parameters } = &question.kind else {
        panic!("{question:?}")
    };
    assert_eq!(parameters[0].1, "Two digits");
    let outcome = bench.choose(sign_in, "42").await.unwrap();
    let sign_in = asked(outcome, "CUSTOM_CHALLENGE");
    finished(bench.choose(sign_in, "mellon").await.unwrap());
}

/// The password that was typed is not the right one any more.
#[tokio::test]
async fn what_was_typed_may_be_refused_the_second_time() {
    let bench = bench("tom").await;
    let sign_in = asked(bench.begin_as("tom").await, "SOFTWARE_TOKEN_MFA");
    bench.minutes_pass(TOO_LONG);
    assert!(bench.sandbox.set_enabled("tom", false));
    let outcome = bench
        .answer(sign_in, "software_token_mfa_code", &bench.code())
        .await;
    let problem = outcome.unwrap_err();
    assert_eq!(problem.sentence, "This user is disabled");
}
