//! Somebody else signs in at the same profile: nothing of the person before is handed out.

use std::time::Duration;

use poolkey::domain::ProblemKind;
use poolkey::domain::sign_in::Finished;
use poolkey::ops::sign_in::Outcome;
use poolkey::sandbox::{Fault, NewUser};

use crate::support::{Bench, bench, finished, secret};
use crate::watched_vault::WatchedVault;

/// `ana` is signed in, and what the user pool gave `eve` is not kept yet.
async fn after_ana() -> (Bench, Finished) {
    let bench = bench("ana").await;
    bench.sign_in().await;
    let eve = NewUser::plain("eve", "Demo-Lantern-19!", "eve@example.com");
    bench.sandbox.add_user(&eve).unwrap();
    let outcome: Outcome = bench.begin("eve", &secret(eve.password)).await.unwrap();
    (bench, finished(outcome))
}

#[tokio::test]
async fn the_exchange_fails_and_the_next_credentials_are_the_new_persons() {
    let (bench, eve) = after_ana().await;
    for _ in 0..3 {
        bench
            .sandbox
            .next_answer("GetCredentialsForIdentity", Fault::Status500);
    }
    assert!(bench.finish(eve).await.is_err());
    let session = bench.credentials().await.unwrap().session;
    assert_eq!(session.username, "eve");
}

#[tokio::test]
async fn without_a_refresh_token_the_former_one_goes() {
    let (bench, mut eve) = after_ana().await;
    eve.tokens.refresh = None;
    let obtained = bench.finish(eve).await.unwrap();
    assert!(!obtained.sign_in_kept);
    assert_eq!(bench.credentials().await.unwrap().session.username, "eve");
    // What is left is hers to the end.
    bench.minutes_pass(50);
    let left = bench.credentials().await.unwrap();
    assert_eq!(left.session.username, "eve");
    assert!(!left.sign_in_kept);
    bench.minutes_pass(10);
    let problem = bench.credentials().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
}

/// Whatever ends the process now: nobody's credentials lie beside another's sign-in.
#[tokio::test]
async fn the_former_persons_credentials_go_before_the_new_sign_in_comes() {
    for failing in [&[][..], &["session"]] {
        let (mut bench, eve) = after_ana().await;
        for _ in 0..3 {
            bench
                .sandbox
                .next_answer("GetCredentialsForIdentity", Fault::Status500);
        }
        let watched = WatchedVault::watch(&mut bench, failing);
        assert!(bench.finish(eve).await.is_err());
        assert!(watched.place("forget_credentials") < watched.place("keep_sign_in"));
        watched.leave(&mut bench);
        let session = bench.credentials().await.unwrap().session;
        assert_eq!(session.username, "eve", "{failing:?}");
    }
}

#[tokio::test]
async fn a_former_sign_in_that_stays_is_told_as_that() {
    let (mut bench, mut eve) = after_ana().await;
    eve.tokens.refresh = None;
    WatchedVault::watch(&mut bench, &["forget_session"]);
    let obtained = bench.finish(eve).await.unwrap();
    assert!(!obtained.sign_in_kept);
    assert_eq!(
        obtained.remark.unwrap().sentence,
        "Signed in, but the former sign-in is still stored: It is asleep"
    );
}

/// Two failures: the exchange's is the problem, the store's must not go unsaid.
#[tokio::test]
async fn a_sign_in_that_was_not_stored_is_told_beside_the_exchange() {
    let (mut bench, eve) = after_ana().await;
    for _ in 0..3 {
        bench
            .sandbox
            .next_answer("GetCredentialsForIdentity", Fault::Status500);
    }
    WatchedVault::watch(&mut bench, &["keep_sign_in"]);
    let problem = bench.finish(eve).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Network);
    let told = "The sign-in could not be stored: It is asleep.".to_owned();
    assert!(problem.hints.contains(&told), "{problem:?}");
}

/// The same person again: what is cached works on while the exchange fails.
#[tokio::test]
async fn the_same_persons_credentials_stay() {
    let bench = bench("ana").await;
    assert!(bench.sandbox.set_rotation("public", Some(Duration::ZERO)));
    let first = bench.sign_in().await;
    let tokens = bench.tokens("ana").await;
    for _ in 0..3 {
        bench
            .sandbox
            .next_answer("GetCredentialsForIdentity", Fault::Status500);
    }
    assert!(bench.finish(tokens).await.is_err());
    let session = bench.credentials().await.unwrap().session;
    assert_eq!(
        session.credentials.access_key_id,
        first.credentials.access_key_id
    );
}
