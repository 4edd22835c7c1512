//! Signing out: the pool is told, and everything is forgotten here, also without a network.

use poolkey::domain::SignOutScope;
use poolkey::domain::{ExportTarget, KeptSignIn, Place, ProblemKind};
use poolkey::ops::export::{ExportOptions, export};
use poolkey::ops::sign_out::sign_out;
use poolkey::sandbox::Fault;

use crate::support::{Bench, Quiet, bench, secret};

/// What the pool says to a token that was kept.
async fn still_good(bench: &Bench, token: &str) -> bool {
    let kept = KeptSignIn {
        device_key: None,
        refresh_token: secret(token),
        username: "ana".to_owned(),
    };
    let client = bench.deps.app_client(&bench.profile).await.unwrap();
    bench.deps.user_pool.refresh(&client, &kept).await.is_ok()
}

async fn is_forgotten(bench: &Bench) -> bool {
    bench.kept().await.is_none()
        && bench
            .deps
            .vault
            .session(&bench.profile)
            .await
            .unwrap()
            .is_none()
}

#[tokio::test]
async fn this_sign_in_is_revoked_and_no_other() {
    for with_secret in [false, true] {
        let mut bench = bench("ana").await;
        if with_secret {
            bench.confidential(None).await;
        }
        bench.sign_in().await;
        let elsewhere = bench.kept().await.unwrap();
        bench.sign_in().await;
        let here = bench.kept().await.unwrap();
        sign_out(&bench.deps, &bench.profile, SignOutScope::Revoke)
            .await
            .unwrap();
        assert_eq!(bench.sandbox.calls("RevokeToken"), 1);
        assert!(is_forgotten(&bench).await);
        assert!(!still_good(&bench, &here).await);
        assert!(still_good(&bench, &elsewhere).await);
    }
}

#[tokio::test]
async fn scope_means_every_sign_in_of_the_user() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    let elsewhere = bench.kept().await.unwrap();
    bench.sign_in().await;
    sign_out(&bench.deps, &bench.profile, SignOutScope::Everywhere)
        .await
        .unwrap();
    assert_eq!(bench.sandbox.calls("GlobalSignOut"), 1);
    assert!(is_forgotten(&bench).await);
    assert!(!still_good(&bench, &elsewhere).await);
}

#[tokio::test]
async fn forgotten_here_also_when_the_pool_cannot_be_told() {
    for scope in [SignOutScope::Revoke, SignOutScope::Everywhere] {
        let bench = bench("ana").await;
        bench.sign_in().await;
        for operation in ["RevokeToken", "GetTokensFromRefreshToken"] {
            for _ in 0..3 {
                bench.sandbox.next_answer(operation, Fault::Drop);
            }
        }
        let problem = sign_out(&bench.deps, &bench.profile, scope)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(problem.kind, ProblemKind::Network);
        assert!(problem.sentence.starts_with("Forgotten on this machine"));
        assert!(is_forgotten(&bench).await);
    }
}

#[tokio::test]
async fn signing_out_twice_is_no_error() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    for scope in [
        SignOutScope::Revoke,
        SignOutScope::Revoke,
        SignOutScope::Everywhere,
    ] {
        sign_out(&bench.deps, &bench.profile, scope).await.unwrap();
    }
    assert_eq!(bench.sandbox.calls("RevokeToken"), 1);
}

#[tokio::test]
async fn the_client_secret_stays() {
    let mut bench = bench("ana").await;
    bench.confidential(None).await;
    bench.sign_in().await;
    sign_out(&bench.deps, &bench.profile, SignOutScope::Revoke)
        .await
        .unwrap();
    bench.sign_in().await;
}

#[tokio::test]
async fn keys_that_poolkey_wrote_go_with_the_sign_in() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    let files = &bench.deps.aws_profiles;
    let name = bench.profile.name.as_str();
    let options = ExportOptions::to(ExportTarget::CredentialsFile);
    export(&bench.deps, &bench.profile, &options, &Quiet)
        .await
        .unwrap();
    let place = files.read(name).await.unwrap().credentials_file;
    assert!(matches!(place, Place::Ours { .. }));
    assert_eq!(
        sign_out(&bench.deps, &bench.profile, SignOutScope::Revoke).await,
        Ok(None)
    );
    assert_eq!(
        files.read(name).await.unwrap().credentials_file,
        Place::Empty
    );
}
