//! The identity ID: asked once per person and pool, mended by itself.

use poolkey::domain::ProblemKind;
use poolkey::sandbox::{Fault, NewUser};

use crate::support::{Quiet, bench, secret};

#[tokio::test]
async fn asked_once_over_many_refreshes_and_sign_ins() {
    let bench = bench("ana").await;
    let first = bench.sign_in().await.identity_id;
    for _ in 0..4 {
        let session = bench.renew().await.unwrap().session;
        assert_eq!(session.identity_id, first);
    }
    assert_eq!(bench.sign_in().await.identity_id, first);
    assert_eq!(bench.sandbox.calls("GetId"), 1);
}

#[tokio::test]
async fn a_deleted_identity_is_asked_anew_once() {
    let bench = bench("ana").await;
    let first = bench.sign_in().await.identity_id;
    assert!(bench.sandbox.delete_identity(first.as_str()));
    let second = bench.renew().await.unwrap().session.identity_id;
    assert_ne!(second, first);
    assert_eq!(bench.sandbox.calls("GetId"), 2);
    let third = bench.renew().await.unwrap().session.identity_id;
    assert_eq!(third, second, "the new one is cached");
    assert_eq!(bench.sandbox.calls("GetId"), 2);
}

/// Somebody else at the same profile must not get the first one's identity.
#[tokio::test]
async fn another_person_has_another_identity() {
    let bench = bench("ana").await;
    let ana = bench.sign_in().await.identity_id;
    let eve = NewUser::plain("eve", "Demo-Lantern-19!", "eve@example.com");
    bench.sandbox.add_user(&eve).unwrap();
    let outcome = bench.begin("eve", &secret(eve.password)).await.unwrap();
    let poolkey::ops::sign_in::Outcome::Finished(tokens) = outcome else {
        panic!("{outcome:?}")
    };
    let obtained =
        poolkey::ops::session::finish_sign_in(&bench.deps, &bench.profile, *tokens, &[], &Quiet)
            .await
            .unwrap();
    assert_ne!(obtained.session.identity_id, ana);
    assert_eq!(obtained.session.username, "eve");
}

#[tokio::test]
async fn an_unreachable_sts_does_not_cost_the_credentials() {
    let bench = bench("ana").await;
    for _ in 0..3 {
        bench
            .sandbox
            .next_answer("GetCallerIdentity", Fault::Status500);
    }
    assert_eq!(bench.sign_in().await.caller, None);
}

#[tokio::test]
async fn an_identity_pool_that_does_not_exist() {
    let mut bench = bench("ana").await;
    bench.profile.identity_pool_id = "us-east-1:00000000-0000-0000-0000-000000000000"
        .parse()
        .unwrap();
    let tokens = bench.tokens("ana").await;
    let problem =
        poolkey::ops::session::finish_sign_in(&bench.deps, &bench.profile, tokens, &[], &Quiet)
            .await
            .unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Refused);
    assert!(
        bench.kept().await.is_some(),
        "the sign-in itself was good: no password again"
    );
}

#[tokio::test]
async fn calls_that_may_be_repeated_are_repeated() {
    let bench = bench("ana").await;
    bench.sandbox.next_answer("GetId", Fault::Drop);
    bench
        .sandbox
        .next_answer("GetCredentialsForIdentity", Fault::Throttle);
    bench.sign_in().await;
    assert_eq!(bench.sandbox.calls("GetId"), 2);
    assert_eq!(bench.sandbox.calls("GetCredentialsForIdentity"), 2);
}
