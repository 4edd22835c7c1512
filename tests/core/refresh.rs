//! Renewing with a kept refresh token: when, how often, and what ends it.

use std::sync::Arc;

use poolkey::domain::ProblemKind;
use poolkey::sandbox::Fault;
use tokio::task::JoinSet;

use crate::support::{bench, secret};

#[tokio::test]
async fn cached_until_sixteen_minutes_before_the_end() {
    let bench = bench("ana").await;
    let first = bench.sign_in().await;
    bench.minutes_pass(43);
    let cached = bench.credentials().await.unwrap().session;
    assert_eq!(
        cached.credentials.access_key_id,
        first.credentials.access_key_id
    );
    assert_eq!(bench.refreshes(), 0);

    bench.minutes_pass(1);
    let renewed = bench.credentials().await.unwrap().session;
    assert_ne!(
        renewed.credentials.access_key_id,
        first.credentials.access_key_id
    );
    assert_eq!(bench.refreshes(), 1);
    assert_eq!(bench.sandbox.calls("InitiateAuth"), 1, "no password again");
    // Also kept, not only handed out.
    let again = bench.credentials().await.unwrap().session;
    assert_eq!(
        again.credentials.access_key_id,
        renewed.credentials.access_key_id
    );
    assert_eq!(bench.refreshes(), 1);
}

#[tokio::test]
async fn renewing_by_hand_does_not_wait() {
    let bench = bench("ana").await;
    let first = bench.sign_in().await;
    let second = bench.renew().await.unwrap().session;
    assert_ne!(
        second.credentials.access_key_id,
        first.credentials.access_key_id
    );
}

#[tokio::test]
async fn without_a_sign_in_somebody_has_to_sign_in() {
    let bench = bench("ana").await;
    for problem in [
        bench.credentials().await.unwrap_err(),
        bench.renew().await.unwrap_err(),
    ] {
        assert_eq!(problem.kind, ProblemKind::SignInNeeded);
        assert_eq!(problem.hints, ["Sign in: poolkey sign-in dev"]);
    }
    assert_eq!(bench.refreshes(), 0);
}

#[tokio::test]
async fn a_passing_failure_is_not_retried_and_ends_nothing() {
    for fault in [Fault::Drop, Fault::Status500, Fault::Throttle] {
        let bench = bench("ana").await;
        bench.sign_in().await;
        let token = bench.kept().await;
        bench
            .sandbox
            .next_answer("GetTokensFromRefreshToken", fault);
        let problem = bench.renew().await.unwrap_err();
        assert_ne!(problem.kind, ProblemKind::SignInNeeded, "{fault:?}");
        assert_eq!(bench.refreshes(), 1, "{fault:?}: the SDK tried again");
        assert_eq!(bench.sandbox.calls("InitiateAuth"), 1, "{fault:?}");
        assert_eq!(bench.kept().await, token, "{fault:?}");
        assert!(bench.renew().await.is_ok(), "{fault:?}");
    }
}

#[tokio::test]
async fn what_is_left_is_handed_out_when_renewing_early_fails() {
    for fault in [Fault::Drop, Fault::Status500, Fault::Throttle] {
        let bench = bench("ana").await;
        let first = bench.sign_in().await;
        bench.minutes_pass(50);
        bench
            .sandbox
            .next_answer("GetTokensFromRefreshToken", fault);
        let left = bench.credentials().await.unwrap().session;
        assert_eq!(
            left.credentials.access_key_id, first.credentials.access_key_id,
            "{fault:?}"
        );
        bench.minutes_pass(10);
        bench
            .sandbox
            .next_answer("GetTokensFromRefreshToken", fault);
        assert!(bench.credentials().await.is_err(), "{fault:?}: expired");
    }
}

/// A setting that is wrong for the moment costs nothing that still works.
#[tokio::test]
async fn what_is_left_is_handed_out_when_renewing_is_refused() {
    let mut bench = bench("ana").await;
    bench.confidential(None).await;
    let first = bench.sign_in().await;
    bench
        .confidential(Some("wrongwrongwrongwrongwrongwrong"))
        .await;
    bench.minutes_pass(50);
    let left = bench.credentials().await.unwrap();
    assert_eq!(
        left.session.credentials.access_key_id,
        first.credentials.access_key_id
    );
    assert!(left.sign_in_kept);
    let remark = left.remark.unwrap();
    assert!(
        remark.sentence.ends_with("The app client secret is wrong"),
        "{remark:?}"
    );
    bench.minutes_pass(10);
    let problem = bench.credentials().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Refused);
}

#[tokio::test]
async fn nothing_is_left_of_a_sign_in_that_was_ended() {
    let mut bench = bench("ana").await;
    bench.use_encrypted_file();
    bench.sign_in().await;
    bench.minutes_pass(50);
    bench.sandbox.delete_user("ana");
    // Even where the store does not forget it.
    let lock = bench.home.path().join(".secrets.age.poolkey-lock");
    std::fs::remove_file(&lock).unwrap();
    std::fs::create_dir(&lock).unwrap();
    let problem = bench.credentials().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
}

#[tokio::test]
async fn a_definitive_refusal_ends_the_sign_in() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    bench.sandbox.delete_user("ana");
    let problem = bench.renew().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
    assert!(problem.aws.is_some(), "what AWS said is kept: {problem:?}");
    assert_eq!(bench.kept().await, None);
    assert_eq!(
        bench.credentials().await.unwrap_err().kind,
        ProblemKind::SignInNeeded
    );
    assert_eq!(bench.refreshes(), 1, "a token that is gone is not tried");
}

#[tokio::test]
async fn a_refresh_token_lives_as_long_as_the_pool_says() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    bench.minutes_pass(30 * 24 * 60 - 1);
    assert!(bench.credentials().await.is_ok());
    bench.minutes_pass(61);
    let problem = bench.credentials().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
    assert_eq!(bench.kept().await, None);
}

#[tokio::test]
async fn a_wrong_client_secret_says_nothing_about_the_refresh_token() {
    let mut bench = bench("ana").await;
    bench.confidential(None).await;
    bench.sign_in().await;
    let token = bench.kept().await;
    bench
        .confidential(Some("wrongwrongwrongwrongwrongwrong"))
        .await;
    let problem = bench.renew().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Refused);
    assert_eq!(problem.sentence, "The app client secret is wrong");
    assert_eq!(bench.kept().await, token);
    bench.confidential(None).await;
    assert!(bench.renew().await.is_ok());
}

#[tokio::test]
async fn a_record_of_another_configuration_is_not_used() {
    let mut bench = bench("ana").await;
    bench.sign_in().await;
    bench.profile.user_pool.as_mut().unwrap().client_id = "anotherclient".parse().unwrap();
    assert_eq!(bench.kept().await, None);
    let problem = bench.credentials().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
    assert_eq!(bench.refreshes(), 0);
}

#[tokio::test]
async fn a_made_up_token_is_dropped() {
    let bench = bench("ana").await;
    let made_up = poolkey::domain::KeptSignIn {
        device_key: None,
        refresh_token: secret("made-up"),
        username: "ana".to_owned(),
    };
    bench
        .deps
        .vault
        .keep_sign_in(&bench.profile, &made_up)
        .await
        .unwrap();
    assert_eq!(
        bench.credentials().await.unwrap_err().kind,
        ProblemKind::SignInNeeded
    );
    assert_eq!(bench.kept().await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_at_once_refresh_once_and_get_the_same() {
    let bench = Arc::new(bench("ana").await);
    assert!(
        bench
            .sandbox
            .set_rotation("public", Some(std::time::Duration::ZERO))
    );
    bench.sign_in().await;
    bench.minutes_pass(61);
    let mut tasks = JoinSet::new();
    for _ in 0..20 {
        let bench = bench.clone();
        tasks.spawn(async move {
            let session = bench.credentials().await.unwrap().session;
            let keys = session.credentials;
            (
                keys.access_key_id,
                keys.secret_access_key.expose().to_owned(),
                keys.session_token.expose().to_owned(),
                keys.expires_at,
            )
        });
    }
    let answers = tasks.join_all().await;
    assert_eq!(answers.len(), 20);
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(bench.refreshes(), 1);
    assert_eq!(bench.sandbox.calls("GetCredentialsForIdentity"), 2);
}
