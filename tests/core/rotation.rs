//! Refresh token rotation: the new token is stored before anything else happens with the answer.

use std::time::Duration;

use poolkey::domain::ProblemKind;
use poolkey::sandbox::Fault;

use crate::support::{Bench, bench};
use crate::watched_vault::WatchedVault;

async fn rotating(grace: Duration) -> Bench {
    let bench = bench("ana").await;
    assert!(bench.sandbox.set_rotation("public", Some(grace)));
    bench.sign_in().await;
    bench
}

#[tokio::test]
async fn each_refresh_brings_and_keeps_a_new_token() {
    let bench = rotating(Duration::ZERO).await;
    let mut seen = vec![bench.kept().await.unwrap()];
    for _ in 0..3 {
        bench.renew().await.unwrap();
        let token = bench.kept().await.unwrap();
        assert!(!seen.contains(&token));
        seen.push(token);
    }
    assert_eq!(bench.refreshes(), 3);
    assert_eq!(
        bench.sandbox.calls("InitiateAuth"),
        1,
        "never the old refresh flow"
    );
}

#[tokio::test]
async fn without_rotation_the_token_stays() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    let token = bench.kept().await;
    bench.renew().await.unwrap();
    assert_eq!(bench.kept().await, token);
}

/// The exchange fails after the refresh: with no grace period the old token is worth nothing now.
#[tokio::test]
async fn the_new_token_is_kept_before_the_exchange() {
    let bench = rotating(Duration::ZERO).await;
    let old = bench.kept().await;
    for _ in 0..3 {
        bench
            .sandbox
            .next_answer("GetCredentialsForIdentity", Fault::Status500);
    }
    let problem = bench.renew().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Network);
    assert_ne!(bench.kept().await, old);
    assert!(bench.renew().await.is_ok());
}

/// The same, and the store did not take the new token: both are told.
#[tokio::test]
async fn a_new_token_that_is_not_stored_is_told_beside_the_exchange() {
    let mut bench = rotating(Duration::ZERO).await;
    for _ in 0..3 {
        bench
            .sandbox
            .next_answer("GetCredentialsForIdentity", Fault::Status500);
    }
    WatchedVault::watch(&mut bench, &["keep_sign_in"]);
    let problem = bench.renew().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Network);
    let told = "The sign-in could not be stored: It is asleep.".to_owned();
    assert!(problem.hints.contains(&told), "{problem:?}");
}

/// The answer with the new token was lost. Within the grace period the old token opens the next.
#[tokio::test]
async fn a_lost_answer_costs_nothing_within_the_grace_period() {
    let bench = rotating(Duration::from_mins(1)).await;
    bench
        .sandbox
        .next_answer("GetTokensFromRefreshToken", Fault::Drop);
    let problem = bench.renew().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Network);
    assert!(bench.renew().await.is_ok());
    assert_eq!(bench.refreshes(), 2);
}

/// Whoever waited goes while the pool makes the new token: it is kept all the same.
#[tokio::test]
async fn a_refresh_that_nobody_waits_for_any_more_is_kept() {
    let bench = rotating(Duration::ZERO).await;
    let old = bench.kept().await;
    let late = Fault::Delay(Duration::from_millis(300));
    bench.sandbox.next_answer("GetTokensFromRefreshToken", late);
    let asked = async {
        while bench.refreshes() == 0 {
            tokio::task::yield_now().await;
        }
        "stopped"
    };
    let unbroken = &bench.deps.unbroken;
    let ended = unbroken.unless(asked, bench.renew()).await;
    assert_eq!(ended.unwrap_err(), "stopped");
    assert_eq!(bench.sandbox.calls("GetCredentialsForIdentity"), 1);
    assert!(!unbroken.is_busy());
    assert_ne!(bench.kept().await, old);
    assert!(bench.renew().await.is_ok());
}

/// Outside of it nobody is held up.
#[tokio::test]
async fn work_that_has_nothing_to_lose_is_stopped_at_once() {
    let bench = rotating(Duration::ZERO).await;
    let never = Fault::Delay(Duration::from_mins(10));
    let operation = "GetCredentialsForIdentity";
    bench.sandbox.next_answer(operation, never);
    let asked = async {
        while bench.sandbox.calls(operation) < 2 {
            tokio::task::yield_now().await;
        }
    };
    let unbroken = &bench.deps.unbroken;
    assert!(unbroken.unless(asked, bench.renew()).await.is_err());
}

#[tokio::test]
async fn a_token_used_twice_ends_the_sign_in() {
    let bench = rotating(Duration::ZERO).await;
    bench
        .sandbox
        .next_answer("GetTokensFromRefreshToken", Fault::Drop);
    assert_eq!(bench.renew().await.unwrap_err().kind, ProblemKind::Network);
    assert!(bench.kept().await.is_some(), "nothing is known yet");
    let problem = bench.renew().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
    assert_eq!(problem.aws_code(), Some("RefreshTokenReuseException"));
    assert_eq!(bench.kept().await, None);
}
