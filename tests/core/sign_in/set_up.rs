//! `MFA_SETUP`: an authenticator app or an address for codes, set up during the sign-in.

use poolkey::domain::sign_in::{Answer, Move, QuestionKind, SignIn};
use poolkey::domain::{Secret, SignInMethod};
use poolkey::ops::sign_in::Outcome;
use poolkey::sandbox::{Fault, Mfa, NewUser, Status};

use super::{WITH_PASSWORD, asked_again, bench_by, sent_to};
use crate::support::{Bench, asked, bench, finished, secret};

const ASKED: &str = "MFA_SETUP";

/// `mia` has to set up an app.
async fn app(method: SignInMethod) -> (Bench, Box<SignIn>) {
    let bench = bench_by("mia", method).await;
    let outcome = bench.begin_as("mia").await;
    (bench, asked(outcome, ASKED))
}

/// `eve` has to set up one of these.
async fn one_of(factors: &[Mfa]) -> (Bench, Box<SignIn>) {
    let bench = bench("eve").await;
    let eve = NewUser {
        must_set_up: factors,
        ..NewUser::plain("eve", "Demo-Lantern-19!", "eve@example.com")
    };
    bench.sandbox.add_user(&eve).unwrap();
    let outcome = bench.begin("eve", &secret(eve.password)).await.unwrap();
    (bench, asked(outcome, ASKED))
}

/// What the app has to learn.
fn key(sign_in: &SignIn) -> Secret {
    match &sign_in.question().unwrap().kind {
        QuestionKind::SetUpSoftwareToken { secret, .. } => secret.duplicate(),
        other => panic!("{other:?}"),
    }
}

async fn show(bench: &Bench, sign_in: Box<SignIn>, key: &Secret) -> Outcome {
    let code = bench.code_by(key);
    bench.answer(sign_in, "user_code", &code).await.unwrap()
}

async fn address(bench: &Bench, sign_in: Box<SignIn>, address: &str) -> Outcome {
    let answer = Answer::default().with_text("email", address);
    bench.go_on(sign_in, Move::Answer(answer)).await.unwrap()
}

#[tokio::test]
async fn an_app_is_set_up_and_asked_for_from_then_on() {
    for method in WITH_PASSWORD {
        for with_secret in [false, true] {
            let mut bench = bench_by("mia", method).await;
            if with_secret {
                bench.confidential(None).await;
            }
            let password = bench.password("mia");
            let outcome = bench.begin("mia@example.com", &password).await.unwrap();
            let sign_in = asked(outcome, ASKED);
            let key = key(&sign_in);
            let outcome = show(&bench, sign_in, &key).await;
            bench.works_for(outcome, "mia").await;
            for operation in ["AssociateSoftwareToken", "VerifySoftwareToken"] {
                assert_eq!(bench.sandbox.calls(operation), 1);
            }
            bench.minutes_pass(1);
            let sign_in = asked(bench.begin_as("mia").await, "SOFTWARE_TOKEN_MFA");
            let code = bench.code_by(&key);
            let outcome = bench
                .answer(sign_in, "software_token_mfa_code", &code)
                .await;
            finished(outcome.unwrap());
        }
    }
}

#[tokio::test]
async fn a_wrong_first_code_keeps_the_key() {
    let (bench, sign_in) = app(SignInMethod::Srp).await;
    let first = key(&sign_in);
    let outcome = bench.answer(sign_in, "user_code", &secret("000000")).await;
    let sign_in = asked_again(outcome.unwrap(), ASKED, "EnableSoftwareTokenMFAException");
    assert!(key(&sign_in).is_same(&first));
    let outcome = show(&bench, sign_in, &first).await;
    bench.works_for(outcome, "mia").await;
    assert_eq!(bench.sandbox.calls("AssociateSoftwareToken"), 1);
}

/// The app has to learn a new key then, and the question says why.
#[tokio::test]
async fn a_set_up_that_took_too_long_begins_anew() {
    let (bench, sign_in) = app(SignInMethod::Srp).await;
    let first = key(&sign_in);
    bench.minutes_pass(4);
    let sign_in = asked(show(&bench, sign_in, &first).await, ASKED);
    let second = key(&sign_in);
    assert!(!second.is_same(&first));
    let notice = sign_in.question().unwrap().notice.unwrap();
    assert!(notice.contains("the key is a new one"), "{notice}");
    let outcome = show(&bench, sign_in, &second).await;
    bench.works_for(outcome, "mia").await;
}

#[tokio::test]
async fn a_code_that_never_arrived_may_be_given_again() {
    let (bench, sign_in) = app(SignInMethod::Srp).await;
    let key = key(&sign_in);
    let fault = Fault::Status500;
    bench.sandbox.next_answer("VerifySoftwareToken", fault);
    let sign_in = asked(show(&bench, sign_in, &key).await, ASKED);
    assert!(sign_in.question().unwrap().problem.is_some());
    finished(show(&bench, sign_in, &key).await);
}

#[tokio::test]
async fn an_address_is_set_up_with_its_first_code() {
    let (bench, sign_in) = one_of(&[Mfa::Email]).await;
    let sign_in = asked(address(&bench, sign_in, "nowhere").await, ASKED);
    assert!(sign_in.question().unwrap().problem.is_some());
    let outcome = address(&bench, sign_in, "new@example.org").await;
    let sign_in = asked(outcome, "EMAIL_OTP");
    assert_eq!(sent_to(&sign_in), "by e-mail to n***@e***");
    let code = bench.delivered("eve");
    let outcome = bench.answer(sign_in, "email_otp_code", &secret("x")).await;
    let sign_in = asked_again(outcome.unwrap(), "EMAIL_OTP", "CodeMismatchException");
    let outcome = bench.answer(sign_in, "email_otp_code", &code).await;
    bench.works_for(outcome.unwrap(), "eve").await;
    let outcome = bench.begin("eve", &secret("Demo-Lantern-19!")).await;
    let sign_in = asked(outcome.unwrap(), "EMAIL_OTP");
    assert_eq!(sent_to(&sign_in), "by e-mail to n***@e***");
}

/// Which address was typed is remembered for the new run.
#[tokio::test]
async fn a_new_code_goes_to_the_same_address() {
    let (bench, sign_in) = one_of(&[Mfa::Email]).await;
    let outcome = address(&bench, sign_in, "new@example.org").await;
    let sign_in = asked(outcome, "EMAIL_OTP");
    let outcome = bench.go_on(sign_in, Move::Resend).await.unwrap();
    let sign_in = asked(outcome, "EMAIL_OTP");
    assert_eq!(sent_to(&sign_in), "by e-mail to n***@e***");
    let code = bench.delivered("eve");
    finished(
        bench
            .answer(sign_in, "email_otp_code", &code)
            .await
            .unwrap(),
    );
}

#[tokio::test]
async fn one_of_two_is_chosen_and_the_other_after_all() {
    let (bench, sign_in) = one_of(&[Mfa::SoftwareToken, Mfa::Email]).await;
    let outcome = bench.choose(sign_in, "EMAIL_OTP").await.unwrap();
    let sign_in = asked(outcome, ASKED);
    let kind = &sign_in.question().unwrap().kind;
    assert!(matches!(kind, QuestionKind::SetUpEmail), "{kind:?}");
    let outcome = bench.go_on(sign_in, Move::OtherMethod).await.unwrap();
    let sign_in = asked(outcome, ASKED);
    let outcome = bench.choose(sign_in, "SOFTWARE_TOKEN_MFA").await.unwrap();
    let sign_in = asked(outcome, ASKED);
    let key = key(&sign_in);
    let outcome = show(&bench, sign_in, &key).await;
    bench.works_for(outcome, "eve").await;
}

/// A phone number cannot be set up here, so nothing is left.
#[tokio::test]
async fn what_poolkey_cannot_set_up_is_named() {
    let bench = bench("eve").await;
    let eve = NewUser {
        must_set_up: &[Mfa::Sms],
        ..NewUser::plain("eve", "Demo-Lantern-19!", "eve@example.com")
    };
    bench.sandbox.add_user(&eve).unwrap();
    let problem = bench.begin("eve", &secret(eve.password)).await.unwrap_err();
    assert!(problem.sentence.contains(ASKED), "{problem:?}");
    assert!(!problem.hints.is_empty());
}

#[tokio::test]
async fn everything_at_once_for_a_new_account_on_a_new_device() {
    let mut bench = bench("eve").await;
    bench.use_client("devices");
    let eve = NewUser {
        status: Status::MustChangePassword,
        missing_attributes: &["given_name", "custom:team"],
        must_set_up: &[Mfa::SoftwareToken],
        ..NewUser::plain("eve", "Demo-Lantern-19!", "eve@example.com")
    };
    bench.sandbox.add_user(&eve).unwrap();
    let outcome = bench.begin("eve", &secret(eve.password)).await.unwrap();
    let sign_in = asked(outcome, "NEW_PASSWORD_REQUIRED");
    let answer = Answer::of("new_password", secret("New-Lantern-20!"))
        .with_text("userattributes.given_name", "Eve")
        .with_text("userattributes.custom:team", "blue");
    let outcome = bench.go_on(sign_in, Move::Answer(answer)).await.unwrap();
    let sign_in = asked(outcome, ASKED);
    let key = key(&sign_in);
    let sign_in = asked(show(&bench, sign_in, &key).await, "DEVICE");
    let answer = Answer::default().with_text("remember_device", "yes");
    let outcome = bench.go_on(sign_in, Move::Answer(answer)).await.unwrap();
    bench.works_for(outcome, "eve").await;
    // The app was set up, and the device stands for it.
    let outcome = bench
        .begin("eve", &secret("New-Lantern-20!"))
        .await
        .unwrap();
    bench.works_for(outcome, "eve").await;
}
