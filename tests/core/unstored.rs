//! A store that takes nothing: what a sign-in or a rotation brought is used, told and stored later.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use poolkey::domain::ProblemKind;

use crate::support::{Bench, bench};

/// Rotation without a grace period, and secrets in an encrypted file.
async fn rotating() -> Bench {
    let mut bench = bench("ana").await;
    assert!(bench.sandbox.set_rotation("public", Some(Duration::ZERO)));
    bench.use_encrypted_file();
    bench
}

/// The lock file as a folder: the store can be read and not written.
pub fn block(bench: &Bench) -> PathBuf {
    let lock = bench.home.path().join(".secrets.age.poolkey-lock");
    if lock.exists() {
        fs::remove_file(&lock).unwrap();
    }
    fs::create_dir(&lock).unwrap();
    lock
}

#[tokio::test]
async fn a_rotated_token_is_used_from_memory_and_stored_when_the_store_takes_it() {
    let mut bench = rotating().await;
    bench.sign_in().await;
    let stored = bench.kept().await;
    let blocked = block(&bench);
    for _ in 0..2 {
        let obtained = bench.renew().await.unwrap();
        assert!(obtained.sign_in_kept, "the next renewal needs no password");
        let remark = obtained.remark.unwrap();
        assert!(
            remark.sentence.contains("only until Poolkey ends"),
            "{remark:?}"
        );
    }
    assert_eq!(bench.refreshes(), 2);
    let held = bench.kept().await;
    assert_ne!(held, stored);

    fs::remove_dir(blocked).unwrap();
    assert_eq!(bench.kept().await, held);
    // Another process finds it now.
    bench.use_encrypted_file();
    assert_eq!(bench.kept().await, held);
    assert_eq!(bench.renew().await.unwrap().remark, None);
}

/// This process holds what it could not store; another one signed in, or out, since.
#[tokio::test]
async fn what_another_process_did_since_goes_first() {
    for signs_in in [true, false] {
        let mut bench = rotating().await;
        bench.sign_in().await;
        let blocked = block(&bench);
        bench.renew().await.unwrap();
        fs::remove_dir(blocked).unwrap();

        let here = bench.deps.vault.clone();
        bench.use_encrypted_file();
        if signs_in {
            bench.sign_in().await;
        } else {
            let forgotten = bench.deps.vault.forget_session(&bench.profile);
            forgotten.await.unwrap();
        }
        let theirs = bench.kept().await;
        assert_eq!(theirs.is_some(), signs_in);
        bench.deps.vault = here;
        assert_eq!(bench.kept().await, theirs);
    }
}

#[tokio::test]
async fn a_sign_in_that_cannot_be_stored_lasts_as_long_as_the_process() {
    let mut bench = rotating().await;
    let _blocked = block(&bench);
    let tokens = bench.tokens("ana").await;
    let obtained = bench.finish(tokens).await.unwrap();
    assert!(obtained.sign_in_kept && obtained.remark.is_some());
    assert!(bench.renew().await.is_ok());
    bench.use_encrypted_file();
    let problem = bench.renew().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
}
