//! Accounts that are not ready: a password forgotten or reset, an account never confirmed.

use poolkey::domain::ProblemKind;
use poolkey::domain::sign_in::{Answer, Move, SignIn};
use poolkey::ops::sign_in::Outcome;
use poolkey::sandbox::Status;

use super::{WITH_PASSWORD, asked_again, bench_by, problem, sent_to};
use crate::support::{Bench, asked, bench, finished, secret};

const RESET: &str = "RESET_REQUIRED";
const UNCONFIRMED: &str = "UNCONFIRMED";
const NEW: &str = "New-Sunrise-43!";

async fn forgot(bench: &Bench, username: &str) -> Outcome {
    let moved = Move::ForgotPassword {
        username: username.to_owned(),
    };
    bench.go_on(bench.first_question(), moved).await.unwrap()
}

async fn reset(bench: &Bench, sign_in: Box<SignIn>, code: &str, password: &str) -> Outcome {
    let answer =
        Answer::of("confirmation_code", secret(code)).with("new_password", secret(password));
    bench.go_on(sign_in, Move::Answer(answer)).await.unwrap()
}

async fn confirm(bench: &Bench, sign_in: Box<SignIn>, code: &str) -> Outcome {
    let answer = bench
        .answer(sign_in, "confirmation_code", &secret(code))
        .await;
    answer.unwrap()
}

fn code(bench: &Bench, username: &str) -> String {
    bench.sandbox.last_code(username).unwrap()
}

#[tokio::test]
async fn a_forgotten_password_is_set_and_signs_in() {
    for method in WITH_PASSWORD {
        for (typed, with_secret) in [("ana", false), ("ana@example.com", true)] {
            let mut bench = bench_by("ana", method).await;
            if with_secret {
                bench.confidential(None).await;
            }
            let sign_in = asked(forgot(&bench, typed).await, RESET);
            assert_eq!(sent_to(&sign_in), "by e-mail to a***@e***");
            let code = code(&bench, "ana");
            let outcome = reset(&bench, sign_in, &code, NEW).await;
            bench.works_for(outcome, "ana").await;
            finished(bench.begin(typed, &secret(NEW)).await.unwrap());
            let old = bench.password("ana");
            assert!(bench.begin(typed, &old).await.is_err());
        }
    }
}

#[tokio::test]
async fn after_it_the_second_factor_is_asked_for() {
    let bench = bench("tom").await;
    let sign_in = asked(forgot(&bench, "tom").await, RESET);
    let outcome = reset(&bench, sign_in, &code(&bench, "tom"), NEW).await;
    let sign_in = asked(outcome, "SOFTWARE_TOKEN_MFA");
    let notice = sign_in.question().unwrap().notice;
    assert_eq!(notice, Some("The new password is set."));
    let outcome = bench
        .answer(sign_in, "software_token_mfa_code", &bench.code())
        .await;
    finished(outcome.unwrap());
}

#[tokio::test]
async fn a_wrong_code_or_a_weak_password_is_asked_again() {
    let bench = bench("ana").await;
    let sign_in = asked(forgot(&bench, "ana").await, RESET);
    let outcome = reset(&bench, sign_in, "x", NEW).await;
    let sign_in = asked_again(outcome, RESET, "CodeMismatchException");
    let code = code(&bench, "ana");
    let outcome = reset(&bench, sign_in, &code, "sunrise").await;
    let sign_in = asked_again(outcome, RESET, "InvalidPasswordException");
    bench
        .works_for(reset(&bench, sign_in, &code, NEW).await, "ana")
        .await;
}

#[tokio::test]
async fn a_code_that_is_too_old_is_sent_anew() {
    let bench = bench("ana").await;
    let sign_in = asked(forgot(&bench, "ana").await, RESET);
    bench.minutes_pass(61);
    let old = code(&bench, "ana");
    let outcome = reset(&bench, sign_in, &old, NEW).await;
    let sign_in = asked_again(outcome, RESET, "ExpiredCodeException");
    let outcome = bench.go_on(sign_in, Move::Resend).await.unwrap();
    let sign_in = asked(outcome, RESET);
    let question = sign_in.question().unwrap();
    assert_eq!(question.notice, Some("A new code was sent."));
    let new = code(&bench, "ana");
    finished(reset(&bench, sign_in, &new, NEW).await);
}

#[tokio::test]
async fn too_many_codes_are_refused_where_they_were_asked_for() {
    let bench = bench("ana").await;
    let mut sign_in = asked(forgot(&bench, "ana").await, RESET);
    for _ in 0..4 {
        let outcome = bench.go_on(sign_in, Move::Resend).await.unwrap();
        sign_in = asked(outcome, RESET);
    }
    let outcome = bench.go_on(sign_in, Move::Resend).await.unwrap();
    let sign_in = asked_again(outcome, RESET, "LimitExceededException");
    // The last code is still good.
    let code = code(&bench, "ana");
    finished(reset(&bench, sign_in, &code, NEW).await);
    // The password is asked for as before.
    let outcome = forgot(&bench, "ana").await;
    let sign_in = asked_again(outcome, "PASSWORD", "LimitExceededException");
    let answer = Answer::of("password", secret(NEW)).with_text("username", "ana");
    finished(bench.go_on(sign_in, Move::Answer(answer)).await.unwrap());
}

#[tokio::test]
async fn somebody_who_never_chose_a_password_cannot_forget_it() {
    let bench = bench("nina").await;
    let outcome = forgot(&bench, "nina").await;
    let sign_in = asked_again(outcome, "PASSWORD", "NotAuthorizedException");
    let problem = problem(&sign_in);
    assert_eq!(problem.sentence, "The password cannot be reset now");
}

/// The pool does not tell that there is nobody.
#[tokio::test]
async fn a_name_that_nobody_has() {
    let bench = bench("nobody").await;
    let sign_in = asked(forgot(&bench, "nobody").await, RESET);
    assert_eq!(sent_to(&sign_in), "by e-mail to n***@e***");
    let outcome = reset(&bench, sign_in, "123456", NEW).await;
    asked_again(outcome, RESET, "CodeMismatchException");
}

#[tokio::test]
async fn a_password_that_an_administrator_reset() {
    for method in WITH_PASSWORD {
        let bench = bench_by("rita", method).await;
        let sign_in = asked(bench.begin_as("rita").await, RESET);
        // The code was sent by then; whoever lost it gets another.
        assert!(sign_in.question().unwrap().delivery.is_none());
        let outcome = bench.go_on(sign_in, Move::Resend).await.unwrap();
        let sign_in = asked(outcome, RESET);
        assert_eq!(sent_to(&sign_in), "by e-mail to r***@e***");
        let code = code(&bench, "rita");
        let outcome = reset(&bench, sign_in, &code, NEW).await;
        bench.works_for(outcome, "rita").await;
    }
}

#[tokio::test]
async fn an_account_is_confirmed_and_signed_in() {
    for method in WITH_PASSWORD {
        for with_secret in [false, true] {
            let mut bench = bench_by("uma", method).await;
            if with_secret {
                bench.confidential(None).await;
            }
            let password = bench.password("uma");
            let outcome = bench.begin("uma@example.com", &password).await.unwrap();
            let sign_in = asked(outcome, UNCONFIRMED);
            let outcome = bench.go_on(sign_in, Move::Resend).await.unwrap();
            let sign_in = asked(outcome, UNCONFIRMED);
            assert_eq!(sent_to(&sign_in), "by e-mail to u***@e***");
            let outcome = confirm(&bench, sign_in, "x").await;
            let sign_in = asked_again(outcome, UNCONFIRMED, "CodeMismatchException");
            let code = code(&bench, "uma");
            let outcome = confirm(&bench, sign_in, &code).await;
            bench.works_for(outcome, "uma").await;
        }
    }
}

/// In the browser, by an administrator, in another window.
#[tokio::test]
async fn an_account_that_was_confirmed_meanwhile() {
    let bench = bench("uma").await;
    let sign_in = asked(bench.begin_as("uma").await, UNCONFIRMED);
    assert!(bench.sandbox.set_status("uma", Status::Confirmed));
    let outcome = confirm(&bench, sign_in, "123456").await;
    bench.works_for(outcome, "uma").await;
}

#[tokio::test]
async fn a_wrong_password_is_noticed_after_the_confirmation() {
    let bench = bench("uma").await;
    let outcome = bench.begin("uma", &secret("wrong")).await.unwrap();
    let outcome = bench.go_on(asked(outcome, UNCONFIRMED), Move::Resend).await;
    let sign_in = asked(outcome.unwrap(), UNCONFIRMED);
    let code = secret(&code(&bench, "uma"));
    let refused = bench.answer(sign_in, "confirmation_code", &code).await;
    let problem = refused.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Refused);
    assert_eq!(problem.sentence, "The username or the password is wrong");
    finished(bench.begin_as("uma").await);
}
