//! `CUSTOM_AUTH`: the questions of a customer's own program, with and without the password first.

use poolkey::domain::sign_in::{QuestionKind, SignIn};
use poolkey::domain::{ProblemKind, SignInMethod};

use super::{asked_again, bench_by};
use crate::support::{Bench, asked, finished, secret};

const ASKED: &str = "CUSTOM_CHALLENGE";

/// The first question for `ana`.
async fn first() -> (Bench, Box<SignIn>) {
    let bench = bench_by("ana", SignInMethod::Custom).await;
    let outcome = bench.begin_by_name("ana").await.unwrap();
    (bench, asked(outcome, ASKED))
}

fn parameters(sign_in: &SignIn) -> Vec<(&str, &str)> {
    match &sign_in.question().unwrap().kind {
        QuestionKind::Custom { parameters } => parameters
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn one_question_after_another_with_its_parameters() {
    for (typed, with_secret) in [("ana", false), ("ana@example.com", true)] {
        let mut bench = bench_by("ana", SignInMethod::Custom).await;
        if with_secret {
            bench.confidential(None).await;
        }
        let outcome = bench.begin_by_name(typed).await.unwrap();
        let sign_in = asked(outcome, ASKED);
        assert_eq!(
            parameters(&sign_in),
            [
                ("hint", "Two digits"),
                ("question", "What is six times seven?")
            ]
        );
        let outcome = bench.choose(sign_in, "42").await.unwrap();
        let sign_in = asked(outcome, ASKED);
        // Markup is text, and what would steer a terminal is gone.
        assert_eq!(
            parameters(&sign_in),
            [
                ("hint", "In Elvish"),
                ("question", "Say <b>friend</b>  and enter")
            ]
        );
        let outcome = bench.choose(sign_in, "mellon").await.unwrap();
        bench.works_for(outcome, "ana").await;
    }
}

#[tokio::test]
async fn after_the_password_come_the_questions_and_the_second_factor() {
    for with_secret in [false, true] {
        let mut bench = bench_by("tom", SignInMethod::CustomSrp).await;
        if with_secret {
            bench.confidential(None).await;
        }
        let outcome = bench
            .begin("tom@example.com", &bench.password("tom"))
            .await
            .unwrap();
        let sign_in = asked(outcome, ASKED);
        assert!(sign_in.password_accepted());
        let sign_in = asked(bench.choose(sign_in, "42").await.unwrap(), ASKED);
        let outcome = bench.choose(sign_in, "mellon").await.unwrap();
        let sign_in = asked(outcome, "SOFTWARE_TOKEN_MFA");
        assert_eq!(sign_in.detail(), "SRP + custom challenge");
        let code = bench.code();
        let outcome = bench
            .answer(sign_in, "software_token_mfa_code", &code)
            .await;
        bench.works_for(outcome.unwrap(), "tom").await;
    }
}

#[tokio::test]
async fn a_wrong_password_before_the_questions() {
    let bench = bench_by("ana", SignInMethod::CustomSrp).await;
    let problem = bench.begin("ana", &secret("wrong")).await.unwrap_err();
    assert_eq!(problem.sentence, "The username or the password is wrong");
}

#[tokio::test]
async fn a_wrong_answer_is_asked_again() {
    let (bench, sign_in) = first().await;
    let sign_in = asked(bench.choose(sign_in, "41").await.unwrap(), ASKED);
    assert_eq!(parameters(&sign_in)[0], ("hint", "Two digits"));
    let sign_in = asked(bench.choose(sign_in, "42").await.unwrap(), ASKED);
    let sign_in = asked(bench.choose(sign_in, "foe").await.unwrap(), ASKED);
    finished(bench.choose(sign_in, "mellon").await.unwrap());
}

#[tokio::test]
async fn the_pool_ends_it_after_too_many() {
    let (bench, mut sign_in) = first().await;
    for answer in ["41", "40"] {
        sign_in = asked(bench.choose(sign_in, answer).await.unwrap(), ASKED);
    }
    let problem = bench.choose(sign_in, "43").await.unwrap_err();
    assert_eq!(problem.aws_code(), Some("NotAuthorizedException"));
}

/// Whether nothing is an answer, the pool decides; it is sent.
#[tokio::test]
async fn an_empty_answer_is_the_pools_affair() {
    let (bench, sign_in) = first().await;
    let outcome = bench.choose(sign_in, "").await.unwrap();
    let sign_in = asked_again(outcome, ASKED, "InvalidParameterException");
    asked(bench.choose(sign_in, "42").await.unwrap(), ASKED);
    assert_eq!(bench.sandbox.calls("RespondToAuthChallenge"), 2);
}

#[tokio::test]
async fn a_program_that_fails_is_quoted() {
    let (bench, sign_in) = first().await;
    let problem = bench.choose(sign_in, "boom").await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Refused);
    assert_eq!(problem.aws_code(), Some("UserLambdaValidationException"));
    assert_eq!(
        problem.sentence,
        "The user pool's own program refuses: \
         DefineAuthChallenge failed with error The answer was boom"
    );
}
