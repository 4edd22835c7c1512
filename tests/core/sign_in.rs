//! Signing in: each method, wrong passwords and codes, wrong secrets, wrong clocks.

use jiff::SignedDuration;
use poolkey::domain::sign_in::Pending;
use poolkey::domain::{ProblemKind, Secret, SignInMethod};
use poolkey::ops::sign_in::Outcome;
use poolkey::ops::{session, sign_in};
use poolkey::sandbox::{Fault, Flow, Status};

use crate::support::{Bench, Quiet, bench, bench_with, secret};

async fn answer(
    bench: &Bench,
    pending: Pending,
    code: &Secret,
) -> Result<Outcome, poolkey::domain::Problem> {
    sign_in::answer(&bench.deps, &bench.profile, pending, code, &Quiet).await
}

async fn asked(bench: &Bench, typed: &str) -> Pending {
    match bench.begin(typed, &bench.password("tom")).await.unwrap() {
        Outcome::Asked(pending, None) => *pending,
        other => panic!("{other:?}"),
    }
}

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
    for method in [SignInMethod::Srp, SignInMethod::Password] {
        for with_secret in [false, true] {
            let mut bench = bench("ana").await;
            bench.profile.sign_in = method;
            if with_secret {
                bench.confidential(None).await;
            }
            let tokens = bench.tokens("Ana@Example.com").await;
            let obtained = session::finish_sign_in(&bench.deps, &bench.profile, tokens, &Quiet)
                .await
                .unwrap();
            // The real name, which the hash of a refresh needs.
            assert_eq!(obtained.session.username, "ana", "{method} {with_secret}");
            assert!(bench.renew().await.is_ok(), "{method} {with_secret}");
        }
    }
}

#[tokio::test]
async fn a_code_after_every_method_with_an_alias_and_a_client_secret() {
    for method in [SignInMethod::Srp, SignInMethod::Password] {
        for with_secret in [false, true] {
            let mut bench = bench("tom").await;
            bench.profile.sign_in = method;
            if with_secret {
                bench.confidential(None).await;
            }
            let pending = asked(&bench, "tom@example.com").await;
            assert_eq!(pending.question.username, "tom");
            let outcome = answer(&bench, pending, &bench.code()).await.unwrap();
            assert!(matches!(outcome, Outcome::Tokens(_)), "{outcome:?}");
        }
    }
}

#[tokio::test]
async fn a_wrong_password_is_sent_once() {
    for (method, operation) in [
        (SignInMethod::Srp, "RespondToAuthChallenge"),
        (SignInMethod::Password, "InitiateAuth"),
    ] {
        let mut bench = bench("ana").await;
        bench.profile.sign_in = method;
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
        let mut bench = bench("ana").await;
        bench.profile.sign_in = SignInMethod::Password;
        bench.sandbox.next_answer("InitiateAuth", fault);
        assert!(bench.begin("ana", &bench.password("ana")).await.is_err());
        assert_eq!(bench.sandbox.calls("InitiateAuth"), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_wrong_code_asks_again_and_the_right_one_signs_in() {
    let bench = bench("tom").await;
    let pending = asked(&bench, "tom").await;
    let wrong = answer(&bench, pending, &secret("000000")).await.unwrap();
    let Outcome::Asked(pending, Some(problem)) = wrong else {
        panic!("{wrong:?}")
    };
    assert_eq!(problem.aws_code(), Some("CodeMismatchException"));
    let outcome = answer(&bench, *pending, &bench.code()).await.unwrap();
    assert!(matches!(outcome, Outcome::Tokens(_)), "{outcome:?}");
}

#[tokio::test]
async fn an_answer_that_never_arrived_may_be_given_again() {
    let bench = bench("tom").await;
    let pending = asked(&bench, "tom").await;
    bench
        .sandbox
        .next_answer("RespondToAuthChallenge", Fault::Status500);
    let problem = answer(&bench, pending, &bench.code()).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Network);
    // One for the password, one for the code.
    assert_eq!(bench.sandbox.calls("RespondToAuthChallenge"), 2);
}

#[tokio::test]
async fn a_code_that_comes_too_late_ends_the_sign_in() {
    let bench = bench("tom").await;
    let pending = asked(&bench, "tom").await;
    bench.minutes_pass(4);
    let problem = answer(&bench, pending, &bench.code()).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Refused);
    assert_eq!(problem.sentence, "The sign-in took too long");
}

#[tokio::test]
async fn users_who_may_not_sign_in_are_told_why() {
    let bench = bench("ana").await;
    let password = bench.password("ana");
    assert!(bench.sandbox.set_status("ana", Status::Unconfirmed));
    let problem = bench.begin("ana", &password).await.unwrap_err();
    assert_eq!(problem.aws_code(), Some("UserNotConfirmedException"));
    assert!(bench.sandbox.set_enabled("ana", false));
    let problem = bench.begin("ana", &password).await.unwrap_err();
    assert_eq!(problem.sentence, "This user is disabled");
    let problem = bench.begin("nobody", &password).await.unwrap_err();
    assert_eq!(problem.sentence, "The username or the password is wrong");
}

#[tokio::test]
async fn a_flow_that_the_client_does_not_allow_is_named() {
    for (method, allowed) in [
        (SignInMethod::Srp, Flow::Password),
        (SignInMethod::Password, Flow::Srp),
    ] {
        let mut bench = bench("ana").await;
        bench.profile.sign_in = method;
        assert!(bench.sandbox.set_flows("public", &[allowed]));
        let problem = bench
            .begin("ana", &bench.password("ana"))
            .await
            .unwrap_err();
        assert_eq!(
            problem.sentence,
            "The app client does not allow this sign-in method"
        );
    }
}

#[tokio::test]
async fn a_wrong_clock_is_hinted_at() {
    let late = bench_with("ana", SignedDuration::from_mins(-6)).await;
    let problem = late.begin("ana", &late.password("ana")).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Refused);
    assert!(problem.hints[0].contains("clock"), "{problem:?}");

    let slightly = bench_with("ana", SignedDuration::from_mins(4)).await;
    let session = slightly.sign_in().await;
    let left = session.remaining(slightly.deps.clock.now());
    assert_eq!(left, SignedDuration::from_mins(56));
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
}
