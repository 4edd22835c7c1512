//! `NEW_PASSWORD_REQUIRED`: a temporary password, required attributes, the pool's policy.

use poolkey::domain::SignInMethod;
use poolkey::domain::sign_in::{Answer, Move, QuestionKind, SignIn};
use poolkey::ops::sign_in::Outcome;
use poolkey::sandbox::{NewUser, Status};

use super::{WITH_PASSWORD, asked_again, bench_by, problem};
use crate::support::{Bench, asked, bench, secret};

const ASKED: &str = "NEW_PASSWORD_REQUIRED";
const NEW: &str = "New-Orchard-12!";

/// `nina` has typed the temporary password.
async fn first_time(method: SignInMethod) -> (Bench, Box<SignIn>) {
    let bench = bench_by("nina", method).await;
    let outcome = bench.begin_as("nina").await;
    (bench, asked(outcome, ASKED))
}

async fn give(bench: &Bench, sign_in: Box<SignIn>, password: &str, given_name: &str) -> Outcome {
    let answer = Answer::of("new_password", secret(password))
        .with_text("userattributes.given_name", given_name);
    bench.go_on(sign_in, Move::Answer(answer)).await.unwrap()
}

fn attributes(sign_in: &SignIn) -> &[String] {
    match &sign_in.question().unwrap().kind {
        QuestionKind::NewPassword { attributes } => attributes,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn with_a_required_attribute() {
    for method in WITH_PASSWORD {
        let (bench, sign_in) = first_time(method).await;
        assert_eq!(attributes(&sign_in), ["given_name"]);
        let outcome = give(&bench, sign_in, NEW, "Nina").await;
        bench.works_for(outcome, "nina").await;
        // It holds, and the temporary one does not any more.
        let outcome = bench.begin("nina", &secret(NEW)).await.unwrap();
        bench.works_for(outcome, "nina").await;
        let old = bench.password("nina");
        assert!(bench.begin("nina", &old).await.is_err());
    }
}

#[tokio::test]
async fn with_a_client_secret_and_an_alias() {
    let mut bench = bench("nina").await;
    bench.confidential(None).await;
    let password = bench.password("nina");
    let outcome = bench.begin("nina@example.com", &password).await.unwrap();
    let outcome = give(&bench, asked(outcome, ASKED), NEW, "Nina").await;
    bench.works_for(outcome, "nina").await;
}

#[tokio::test]
async fn a_password_against_the_policy_is_asked_again() {
    let (bench, sign_in) = first_time(SignInMethod::Srp).await;
    let outcome = give(&bench, sign_in, "orchard", "Nina").await;
    let sign_in = asked_again(outcome, ASKED, "InvalidPasswordException");
    let problem = problem(&sign_in);
    assert_eq!(
        problem.sentence,
        "The user pool does not accept this password: Password not long enough"
    );
    assert_eq!(attributes(&sign_in), ["given_name"]);
    let outcome = give(&bench, sign_in, NEW, "Nina").await;
    bench.works_for(outcome, "nina").await;
    assert_eq!(bench.sandbox.calls("InitiateAuth"), 1);
}

#[tokio::test]
async fn an_attribute_that_was_left_out_is_asked_again() {
    let (bench, sign_in) = first_time(SignInMethod::Srp).await;
    let outcome = give(&bench, sign_in, NEW, "").await;
    let sign_in = asked_again(outcome, ASKED, "InvalidParameterException");
    let problem = problem(&sign_in);
    assert_eq!(
        problem.sentence,
        "The account lacks something: given_name is missing"
    );
    let outcome = give(&bench, sign_in, NEW, "Nina").await;
    bench.works_for(outcome, "nina").await;
}

#[tokio::test]
async fn without_attributes_and_with_a_second_factor_after_it() {
    let bench = bench("eve").await;
    let eve = NewUser {
        status: Status::MustChangePassword,
        totp_secret: Some("POOLKEYSANDBOXDEMOEVECODE2345672"),
        ..NewUser::plain("eve", "Demo-Lantern-19!", "eve@example.com")
    };
    bench.sandbox.add_user(&eve).unwrap();
    let outcome = bench.begin("eve", &secret(eve.password)).await.unwrap();
    let sign_in = asked(outcome, ASKED);
    assert!(attributes(&sign_in).is_empty());
    let outcome = bench.answer(sign_in, "new_password", &secret(NEW)).await;
    let sign_in = asked(outcome.unwrap(), "SOFTWARE_TOKEN_MFA");
    let code = bench.code_by(&secret(eve.totp_secret.unwrap()));
    let outcome = bench
        .answer(sign_in, "software_token_mfa_code", &code)
        .await;
    assert!(matches!(outcome.unwrap(), Outcome::Finished(_)));
}

/// Until the service has taken the new password, starting over needs the old one; after, the new.
#[tokio::test]
async fn starting_over_knows_which_password_holds() {
    let bench = bench("eve").await;
    let eve = NewUser {
        status: Status::MustChangePassword,
        phone: Some("+15555550119"),
        delivered_mfa: &[poolkey::sandbox::Mfa::Sms],
        ..NewUser::plain("eve", "Demo-Lantern-19!", "eve@example.com")
    };
    bench.sandbox.add_user(&eve).unwrap();
    let outcome = bench.begin("eve", &secret(eve.password)).await.unwrap();
    let sign_in = asked(outcome, ASKED);
    bench.minutes_pass(4);
    let outcome = bench.answer(sign_in, "new_password", &secret(NEW)).await;
    let sign_in = asked(outcome.unwrap(), "SMS_MFA");
    let outcome = bench.go_on(sign_in, Move::Resend).await.unwrap();
    let sign_in = asked(outcome, "SMS_MFA");
    let code = bench.delivered("eve");
    let outcome = bench.answer(sign_in, "sms_mfa_code", &code).await.unwrap();
    assert!(matches!(outcome, Outcome::Finished(_)), "{outcome:?}");
}
