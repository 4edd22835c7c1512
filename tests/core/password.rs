//! Another password: the sign-in stays, and a rotated refresh token is not lost over it.

use std::time::Duration;

use poolkey::domain::ProblemKind;
use poolkey::ops::password::change;
use poolkey::sandbox::Fault;

use crate::support::{bench, finished, secret};
use crate::watched_vault::WatchedVault;

const NEW: &str = "New-Sunrise-43!";

#[tokio::test]
async fn the_new_password_holds_and_the_sign_in_stays() {
    for with_secret in [false, true] {
        let mut bench = bench("ana").await;
        if with_secret {
            bench.confidential(None).await;
        }
        bench.sign_in().await;
        let (old, new) = (bench.password("ana"), secret(NEW));
        let remark = change(&bench.deps, &bench.profile, (&old, &new), &|| true).await;
        assert_eq!(remark.unwrap(), None);
        assert!(bench.renew().await.is_ok());
        assert!(bench.begin("ana", &old).await.is_err());
        finished(bench.begin("ana", &new).await.unwrap());
    }
}

#[tokio::test]
async fn a_rotated_token_is_kept_even_where_the_password_is_refused() {
    let bench = bench("ana").await;
    assert!(bench.sandbox.set_rotation("public", Some(Duration::ZERO)));
    bench.sign_in().await;
    let first = bench.kept().await;
    let (wrong, new) = (secret("Wrong-1!"), secret(NEW));
    let refused = change(&bench.deps, &bench.profile, (&wrong, &new), &|| true);
    let problem = refused.await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Refused);
    assert_eq!(problem.sentence, "The present password is wrong");
    assert_ne!(bench.kept().await, first);
    assert!(bench.renew().await.is_ok());
}

/// Two failures: the pool's refusal is the problem, the store's must not go unsaid.
#[tokio::test]
async fn a_rotated_token_that_is_not_stored_is_told_beside_the_refusal() {
    let mut bench = bench("ana").await;
    assert!(bench.sandbox.set_rotation("public", Some(Duration::ZERO)));
    bench.sign_in().await;
    WatchedVault::watch(&mut bench, &["keep_sign_in"]);
    let (wrong, new) = (secret("Wrong-1!"), secret(NEW));
    let refused = change(&bench.deps, &bench.profile, (&wrong, &new), &|| true);
    let problem = refused.await.unwrap_err();
    assert_eq!(problem.sentence, "The present password is wrong");
    let told = "The sign-in could not be stored: It is asleep.".to_owned();
    assert!(problem.hints.contains(&told), "{problem:?}");
}

#[tokio::test]
async fn a_weak_password_is_refused_with_the_pools_rule() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    let (old, weak) = (bench.password("ana"), secret("sunrise"));
    let refused = change(&bench.deps, &bench.profile, (&old, &weak), &|| true);
    let problem = refused.await.unwrap_err();
    assert_eq!(problem.aws_code(), Some("InvalidPasswordException"));
    assert!(
        problem.sentence.ends_with(": Password not long enough"),
        "{problem:?}"
    );
}

#[tokio::test]
async fn nobody_is_signed_in_or_nobody_answers() {
    let bench = bench("ana").await;
    let (old, new) = (bench.password("ana"), secret(NEW));
    let change = || change(&bench.deps, &bench.profile, (&old, &new), &|| true);
    let problem = change().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
    bench.sign_in().await;
    for _ in 0..3 {
        bench
            .sandbox
            .next_answer("ChangePassword", Fault::Status500);
    }
    let problem = change().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Network);
    assert!(bench.kept().await.is_some());
}

/// Whoever stops waiting before the pool was told has the password that was.
#[tokio::test]
async fn a_change_that_nobody_wants_any_more_does_not_happen() {
    let bench = bench("ana").await;
    assert!(bench.sandbox.set_rotation("public", Some(Duration::ZERO)));
    bench.sign_in().await;
    let first = bench.kept().await;
    let (old, new) = (bench.password("ana"), secret(NEW));
    let stopped = change(&bench.deps, &bench.profile, (&old, &new), &|| false);
    assert!(stopped.await.is_err());
    finished(bench.begin("ana", &old).await.unwrap());
    // What was refreshed for it is kept.
    assert_ne!(bench.kept().await, first);
}
