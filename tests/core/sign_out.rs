//! Signing out: everything is forgotten here first, and the pool is told as far as it can be.

use std::time::{Duration, Instant};

use poolkey::domain::SignOutScope;
use poolkey::domain::{ExportTarget, KeptSignIn, Place, ProblemKind};
use poolkey::ops::export::{ExportOptions, export};
use poolkey::ops::sign_out::{sign_out, undo};
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

/// Whatever the sections are called, and whatever was done to them before.
#[tokio::test]
async fn keys_are_gone_for_good() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    let (deps, profile) = (&bench.deps, &bench.profile);
    let path = bench.home.path().join("credentials");
    let theirs = "[static]\naws_access_key_id = AKIA\n";
    std::fs::write(&path, theirs).unwrap();
    let mut options = ExportOptions::to(ExportTarget::CredentialsFile);
    for name in ["dev", "lab", "gone"] {
        options.aws_profile = Some(name.to_owned());
        export(deps, profile, &options, &Quiet).await.unwrap();
    }
    let target = ExportTarget::CredentialsFile;
    let removed = deps.aws_profiles.remove("gone", target, false).await;
    removed.unwrap();
    let told = sign_out(deps, profile, SignOutScope::Revoke).await;
    assert_eq!(told, Ok(None));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), theirs);
    for _ in 0..10 {
        let _undone = deps.aws_profiles.undo(false, None).await;
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("aws_session_token"), "{text}");
    }
}

#[tokio::test]
async fn here_means_that_the_pool_is_not_told() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    let token = bench.kept().await.unwrap();
    let told = sign_out(&bench.deps, &bench.profile, SignOutScope::Here).await;
    assert_eq!(told, Ok(None));
    assert!(is_forgotten(&bench).await);
    assert!(still_good(&bench, &token).await);
}

/// The pool does not answer: by the time it is asked, this machine has forgotten already.
#[tokio::test]
async fn forgotten_before_the_pool_is_asked() {
    for (scope, operation) in [
        (SignOutScope::Revoke, "RevokeToken"),
        (SignOutScope::Everywhere, "GetTokensFromRefreshToken"),
    ] {
        let bench = bench("ana").await;
        bench.sign_in().await;
        let never = Fault::Delay(Duration::from_mins(10));
        bench.sandbox.next_answer(operation, never);
        let signing_out = sign_out(&bench.deps, &bench.profile, scope);
        let asked = async {
            while bench.sandbox.calls(operation) == 0 {
                tokio::task::yield_now().await;
            }
            // Nobody is kept waiting either.
            let lock = bench.deps.locks.lock(&bench.profile.name).await;
            (is_forgotten(&bench).await, lock.is_ok())
        };
        tokio::select! {
            said = signing_out => panic!("{said:?} without an answer"),
            seen = asked => assert_eq!(seen, (true, true)),
        }
    }
}

/// However the network is broken, a sign-out ends.
#[tokio::test]
async fn a_pool_that_never_answers_is_not_waited_for_long() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    let never = Fault::Delay(Duration::from_mins(10));
    bench.sandbox.next_answer("RevokeToken", never);
    let started = Instant::now();
    let told = sign_out(&bench.deps, &bench.profile, SignOutScope::Revoke).await;
    assert_eq!(told.unwrap().unwrap().kind, ProblemKind::Network);
    assert!(started.elapsed() < Duration::from_secs(8));
}

/// The others cannot be ended, but this one can.
#[tokio::test]
async fn where_the_others_cannot_be_ended_this_one_is() {
    for rotating in [false, true] {
        let bench = bench("ana").await;
        let grace = rotating.then_some(Duration::ZERO);
        assert!(bench.sandbox.set_rotation("public", grace));
        bench.sign_in().await;
        let elsewhere = bench.kept().await.unwrap();
        bench.sign_in().await;
        let here = bench.kept().await.unwrap();
        for _ in 0..3 {
            let fault = Fault::Status500;
            bench.sandbox.next_answer("GlobalSignOut", fault);
        }
        let told = sign_out(&bench.deps, &bench.profile, SignOutScope::Everywhere).await;
        let problem = told.unwrap().unwrap();
        assert!(
            problem.sentence.starts_with("This sign-in has ended, but"),
            "{problem:?}"
        );
        assert!(is_forgotten(&bench).await);
        assert!(!still_good(&bench, &here).await);
        assert!(still_good(&bench, &elsewhere).await);
    }
}

/// Without new tokens nobody else can be signed out, but this sign-in can be ended.
#[tokio::test]
async fn where_new_tokens_are_refused_this_one_is_ended() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    let token = bench.kept().await.unwrap();
    let fault = Fault::Status500;
    bench
        .sandbox
        .next_answer("GetTokensFromRefreshToken", fault);
    let told = sign_out(&bench.deps, &bench.profile, SignOutScope::Everywhere).await;
    let problem = told.unwrap().unwrap();
    assert!(
        problem.sentence.starts_with("This sign-in has ended, but"),
        "{problem:?}"
    );
    assert_eq!(bench.sandbox.calls("RevokeToken"), 1);
    assert!(!still_good(&bench, &token).await);
}

#[tokio::test]
async fn the_next_sign_in_asks_for_the_identity_anew() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    sign_out(&bench.deps, &bench.profile, SignOutScope::Revoke)
        .await
        .unwrap();
    bench.sign_in().await;
    assert_eq!(bench.sandbox.calls("GetId"), 2);
}

/// A store that does not forget: then at least the pool ends what is left in it.
#[tokio::test]
async fn a_store_that_does_not_forget_is_told_and_the_pool_all_the_same() {
    let mut bench = bench("ana").await;
    bench.use_encrypted_file();
    bench.sign_in().await;
    let token = bench.kept().await.unwrap();
    let lock = bench.home.path().join(".secrets.age.poolkey-lock");
    std::fs::remove_file(&lock).unwrap();
    std::fs::create_dir(&lock).unwrap();
    let problem = sign_out(&bench.deps, &bench.profile, SignOutScope::Revoke)
        .await
        .unwrap_err();
    assert_eq!(problem.kind, ProblemKind::File);
    assert!(
        problem
            .hints
            .iter()
            .any(|hint| hint.contains("opens nothing"))
    );
    assert!(!still_good(&bench, &token).await);
}

#[tokio::test]
async fn undoing_a_sign_in_leaves_the_one_that_took_its_place() {
    let bench = bench("ana").await;
    bench.sign_in().await;
    let cancelled = secret(&bench.kept().await.unwrap());
    bench.sign_in().await;
    let present = bench.kept().await.unwrap();
    for token in [Some(&cancelled), None] {
        let undone = undo(&bench.deps, &bench.profile, token).await;
        assert!(undone.unwrap().is_none());
        assert_eq!(bench.kept().await.as_ref(), Some(&present));
        assert_eq!(bench.sandbox.calls("RevokeToken"), 0);
    }
    let own = secret(&present);
    let undone = undo(&bench.deps, &bench.profile, Some(&own)).await;
    assert!(undone.unwrap().is_none());
    assert!(is_forgotten(&bench).await);
    assert!(!still_good(&bench, &present).await);
}
