//! The second factor: codes from an app, by SMS and by e-mail, and the choice between them.

use poolkey::domain::ProblemKind;
use poolkey::domain::sign_in::{Move, QuestionKind, SignIn};
use poolkey::sandbox::Fault;

use super::{WITH_PASSWORD, asked_again, bench_by, problem, sent_to};
use crate::support::{Bench, asked, bench, finished, secret};

/// User, challenge, field, and where the code goes.
const DELIVERED: [(&str, &str, &str, &str); 2] = [
    ("sam", "SMS_MFA", "sms_mfa_code", "by SMS to +*******0112"),
    (
        "emma",
        "EMAIL_OTP",
        "email_otp_code",
        "by e-mail to e***@e***",
    ),
];

const APP: &str = "software_token_mfa_code";

/// `cleo` has three second factors.
async fn list() -> (Bench, Box<SignIn>) {
    let bench = bench("cleo").await;
    let outcome = bench.begin_as("cleo").await;
    (bench, asked(outcome, "SELECT_MFA_TYPE"))
}

#[tokio::test]
async fn an_apps_code_after_every_method_with_an_alias_and_a_client_secret() {
    for method in WITH_PASSWORD {
        for with_secret in [false, true] {
            let mut bench = bench_by("tom", method).await;
            if with_secret {
                bench.confidential(None).await;
            }
            let outcome = bench
                .begin("tom@example.com", &bench.password("tom"))
                .await
                .unwrap();
            let sign_in = asked(outcome, "SOFTWARE_TOKEN_MFA");
            assert_eq!(sign_in.question().unwrap().username, "tom");
            let outcome = bench.answer(sign_in, APP, &bench.code()).await.unwrap();
            bench.works_for(outcome, "tom").await;
        }
    }
}

#[tokio::test]
async fn a_wrong_code_of_an_app_keeps_the_session() {
    let bench = bench("tom").await;
    let mut sign_in = asked(bench.begin_as("tom").await, "SOFTWARE_TOKEN_MFA");
    for _ in 0..2 {
        let outcome = bench.answer(sign_in, APP, &secret("000000")).await.unwrap();
        sign_in = asked_again(outcome, "SOFTWARE_TOKEN_MFA", "CodeMismatchException");
        let problem = problem(&sign_in);
        assert_eq!(problem.sentence, "The code is wrong");
    }
    finished(bench.answer(sign_in, APP, &bench.code()).await.unwrap());
    assert_eq!(bench.sandbox.calls("InitiateAuth"), 1);
}

#[tokio::test]
async fn a_code_works_once() {
    let bench = bench("tom").await;
    let sign_in = asked(bench.begin_as("tom").await, "SOFTWARE_TOKEN_MFA");
    finished(bench.answer(sign_in, APP, &bench.code()).await.unwrap());
    let sign_in = asked(bench.begin_as("tom").await, "SOFTWARE_TOKEN_MFA");
    let outcome = bench.answer(sign_in, APP, &bench.code()).await.unwrap();
    let sign_in = asked_again(outcome, "SOFTWARE_TOKEN_MFA", "ExpiredCodeException");
    let problem = problem(&sign_in);
    assert_eq!(problem.sentence, "The code was used already");
    bench.minutes_pass(1);
    finished(bench.answer(sign_in, APP, &bench.code()).await.unwrap());
}

#[tokio::test]
async fn a_delivered_code_after_every_method_and_a_client_secret() {
    for (username, challenge, field, destination) in DELIVERED {
        for method in WITH_PASSWORD {
            for with_secret in [false, true] {
                let mut bench = bench_by(username, method).await;
                if with_secret {
                    bench.confidential(None).await;
                }
                let sign_in = asked(bench.begin_as(username).await, challenge);
                assert_eq!(sent_to(&sign_in), destination);
                let code = bench.delivered(username);
                let outcome = bench.answer(sign_in, field, &code).await.unwrap();
                bench.works_for(outcome, username).await;
            }
        }
    }
}

#[tokio::test]
async fn a_wrong_delivered_code_keeps_the_session() {
    for (username, challenge, field, destination) in DELIVERED {
        let bench = bench(username).await;
        let sign_in = asked(bench.begin_as(username).await, challenge);
        let code = bench.delivered(username);
        let outcome = bench.answer(sign_in, field, &secret("x")).await.unwrap();
        let sign_in = asked_again(outcome, challenge, "CodeMismatchException");
        assert_eq!(sent_to(&sign_in), destination);
        finished(bench.answer(sign_in, field, &code).await.unwrap());
        assert_eq!(bench.sandbox.calls("InitiateAuth"), 1);
    }
}

/// The service has no call for a new code: the sign-in is made anew with the password typed.
#[tokio::test]
async fn a_new_code_may_be_asked_for() {
    for (username, challenge, field, destination) in DELIVERED {
        for method in WITH_PASSWORD {
            let bench = bench_by(username, method).await;
            let sign_in = asked(bench.begin_as(username).await, challenge);
            let first = bench.delivered(username);
            let outcome = bench.go_on(sign_in, Move::Resend).await.unwrap();
            let sign_in = asked(outcome, challenge);
            let question = sign_in.question().unwrap();
            assert_eq!(question.notice, Some("A new code was sent."));
            assert_eq!(sent_to(&sign_in), destination);
            let outcome = bench.answer(sign_in, field, &first).await.unwrap();
            let sign_in = asked_again(outcome, challenge, "CodeMismatchException");
            let code = bench.delivered(username);
            finished(bench.answer(sign_in, field, &code).await.unwrap());
        }
    }
}

#[tokio::test]
async fn an_app_sends_no_code() {
    let bench = bench("tom").await;
    let sign_in = asked(bench.begin_as("tom").await, "SOFTWARE_TOKEN_MFA");
    let problem = bench.go_on(sign_in, Move::Resend).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Unexpected);
}

#[tokio::test]
async fn each_of_several_second_factors_can_be_chosen() {
    for (choice, challenge, field) in [
        ("SMS_MFA", "SMS_MFA", "sms_mfa_code"),
        ("EMAIL_OTP", "EMAIL_OTP", "email_otp_code"),
        ("SOFTWARE_TOKEN_MFA", "SOFTWARE_TOKEN_MFA", APP),
    ] {
        let (bench, sign_in) = list().await;
        let QuestionKind::Choose { factors, .. } = &sign_in.question().unwrap().kind else {
            panic!("{sign_in:?}")
        };
        assert_eq!(factors.len(), 3);
        let outcome = bench.choose(sign_in, choice).await.unwrap();
        let sign_in = asked(outcome, challenge);
        let code = if field == APP {
            bench.code_of("cleo")
        } else {
            bench.delivered("cleo")
        };
        let outcome = bench.answer(sign_in, field, &code).await.unwrap();
        bench.works_for(outcome, "cleo").await;
    }
}

#[tokio::test]
async fn another_second_factor_can_be_chosen_instead() {
    let (bench, sign_in) = list().await;
    let outcome = bench.choose(sign_in, "SMS_MFA").await.unwrap();
    let sign_in = asked(outcome, "SMS_MFA");
    assert!(sign_in.question().unwrap().other_method);
    let outcome = bench.go_on(sign_in, Move::OtherMethod).await.unwrap();
    let sign_in = asked(outcome, "SELECT_MFA_TYPE");
    let outcome = bench.choose(sign_in, "SOFTWARE_TOKEN_MFA").await.unwrap();
    let sign_in = asked(outcome, "SOFTWARE_TOKEN_MFA");
    let code = bench.code_of("cleo");
    finished(bench.answer(sign_in, APP, &code).await.unwrap());
}

#[tokio::test]
async fn a_choice_that_is_not_on_the_list_is_not_sent() {
    let (bench, sign_in) = list().await;
    let sent = bench.sandbox.calls("RespondToAuthChallenge");
    let outcome = bench.choose(sign_in, "CARRIER_PIGEON").await.unwrap();
    let sign_in = asked(outcome, "SELECT_MFA_TYPE");
    let problem = problem(&sign_in);
    assert_eq!(problem.kind, ProblemKind::Usage);
    assert_eq!(bench.sandbox.calls("RespondToAuthChallenge"), sent);
}

/// A code is sent once; whoever typed it decides whether it is sent again.
#[tokio::test]
async fn a_code_that_never_arrived_may_be_given_again() {
    for (fault, kind) in [
        (Fault::Status500, ProblemKind::Network),
        (Fault::Throttle, ProblemKind::Refused),
    ] {
        let bench = bench("tom").await;
        let sign_in = asked(bench.begin_as("tom").await, "SOFTWARE_TOKEN_MFA");
        bench.sandbox.next_answer("RespondToAuthChallenge", fault);
        let outcome = bench.answer(sign_in, APP, &bench.code()).await.unwrap();
        let sign_in = asked(outcome, "SOFTWARE_TOKEN_MFA");
        let problem = problem(&sign_in);
        assert_eq!(problem.kind, kind, "{fault:?}");
        // One for the password, one for the code.
        assert_eq!(bench.sandbox.calls("RespondToAuthChallenge"), 2);
        finished(bench.answer(sign_in, APP, &bench.code()).await.unwrap());
    }
}

/// The code was taken and the answer lost: the session is used up, so all of it is done once more.
#[tokio::test]
async fn an_answer_that_was_lost_costs_a_new_code() {
    let bench = bench("tom").await;
    let sign_in = asked(bench.begin_as("tom").await, "SOFTWARE_TOKEN_MFA");
    bench
        .sandbox
        .next_answer("RespondToAuthChallenge", Fault::Drop);
    let outcome = bench.answer(sign_in, APP, &bench.code()).await.unwrap();
    let sign_in = asked(outcome, "SOFTWARE_TOKEN_MFA");
    let outcome = bench.answer(sign_in, APP, &bench.code()).await.unwrap();
    let sign_in = asked_again(outcome, "SOFTWARE_TOKEN_MFA", "ExpiredCodeException");
    bench.minutes_pass(1);
    finished(bench.answer(sign_in, APP, &bench.code()).await.unwrap());
}
