//! `USER_SRP_AUTH` and `USER_PASSWORD_AUTH`: right and wrong passwords, aliases, client secrets,
//! users who may not, flows that are off.

use poolkey::domain::{ProblemKind, SignInMethod};
use poolkey::sandbox::{Fault, Flow};

use super::{WITH_PASSWORD, bench_by};
use crate::support::{bench, finished, secret};

#[tokio::test]
async fn srp_and_the_exchange() {
    let bench = bench("ana").await;
    let session = bench.sign_in().await;
    assert_eq!(session.username, "ana");
    assert_eq!(session.groups, ["developers", "on-call"]);
    let caller = session.caller.expect("STS answered");
    assert_eq!(caller.account, "123456789012");
    assert_eq!(caller.role(), "poolkey-sandbox-developers");
    let calls = [
        "InitiateAuth",
        "RespondToAuthChallenge",
        "GetId",
        "GetCredentialsForIdentity",
        "GetCallerIdentity",
    ];
    for operation in calls {
        assert_eq!(bench.sandbox.calls(operation), 1, "{operation}");
    }
    assert!(bench.kept().await.is_some());
}

#[tokio::test]
async fn every_method_and_alias_with_and_without_a_client_secret() {
    for method in WITH_PASSWORD {
        for with_secret in [false, true] {
            let mut bench = bench_by("ana", method).await;
            if with_secret {
                bench.confidential(None).await;
            }
            let outcome = bench
                .begin("Ana@Example.com", &bench.password("ana"))
                .await
                .unwrap();
            // The real name, which the hash of a refresh needs.
            bench.works_for(outcome, "ana").await;
        }
    }
}

#[tokio::test]
async fn a_wrong_password_is_sent_once() {
    for (method, operation) in [
        (SignInMethod::Srp, "RespondToAuthChallenge"),
        (SignInMethod::Password, "InitiateAuth"),
    ] {
        let bench = bench_by("ana", method).await;
        let problem = bench.begin("ana", &secret("wrong")).await.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Refused);
        assert_eq!(problem.sentence, "The username or the password is wrong");
        assert_eq!(bench.sandbox.calls("InitiateAuth"), 1);
        assert_eq!(bench.sandbox.calls(operation), 1);
        assert_eq!(bench.kept().await, None);
    }
}

#[tokio::test]
async fn a_password_is_not_sent_again_by_the_sdk() {
    for fault in [Fault::Drop, Fault::Status500, Fault::Throttle] {
        let bench = bench_by("ana", SignInMethod::Password).await;
        bench.sandbox.next_answer("InitiateAuth", fault);
        assert!(bench.begin("ana", &bench.password("ana")).await.is_err());
        assert_eq!(bench.sandbox.calls("InitiateAuth"), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn what_comes_before_the_password_may_be_sent_again() {
    for fault in [Fault::Drop, Fault::Status500, Fault::Throttle] {
        let bench = bench("ana").await;
        bench.sandbox.next_answer("InitiateAuth", fault);
        finished(bench.begin_as("ana").await);
        assert_eq!(bench.sandbox.calls("InitiateAuth"), 2, "{fault:?}");
    }
}

#[tokio::test]
async fn a_pool_that_is_asked_too_often_says_so() {
    let bench = bench_by("ana", SignInMethod::Password).await;
    bench.sandbox.next_answer("InitiateAuth", Fault::Throttle);
    let problem = bench
        .begin("ana", &bench.password("ana"))
        .await
        .unwrap_err();
    assert_eq!(problem.aws_code(), Some("TooManyRequestsException"));
    assert_eq!(problem.sentence, "AWS asks to slow down");
}

#[tokio::test]
async fn users_who_may_not_sign_in_are_told_why() {
    for method in WITH_PASSWORD {
        let bench = bench_by("ana", method).await;
        let password = bench.password("ana");
        assert!(bench.sandbox.set_enabled("ana", false));
        let problem = bench.begin("ana", &password).await.unwrap_err();
        assert_eq!(problem.sentence, "This user is disabled");
        let problem = bench.begin("nobody", &password).await.unwrap_err();
        assert_eq!(problem.sentence, "The username or the password is wrong");
    }
}

#[tokio::test]
async fn a_flow_that_the_client_does_not_allow_is_named() {
    for method in [
        SignInMethod::Srp,
        SignInMethod::Password,
        SignInMethod::Choice,
        SignInMethod::Custom,
        SignInMethod::CustomSrp,
    ] {
        let bench = bench_by("ana", method).await;
        assert!(bench.sandbox.set_flows("public", &[Flow::Refresh]));
        let problem = bench
            .begin("ana", &bench.password("ana"))
            .await
            .unwrap_err();
        assert_eq!(
            problem.sentence, "The app client does not allow this sign-in method",
            "{method}"
        );
    }
}

#[tokio::test]
async fn too_many_wrong_passwords() {
    let bench = bench("ana").await;
    for _ in 0..5 {
        assert!(bench.begin("ana", &secret("wrong")).await.is_err());
    }
    let problem = bench
        .begin("ana", &bench.password("ana"))
        .await
        .unwrap_err();
    assert_eq!(problem.sentence, "Too many wrong passwords");
    bench.minutes_pass(1);
    finished(bench.begin_as("ana").await);
}
