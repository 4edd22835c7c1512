//! Somebody signs in although the lock cannot be had: whoever holds it puts nothing over that.

use std::sync::Arc;
use std::time::Duration;

use poolkey::adapters::lock::ProfileLocks;
use poolkey::domain::Problem;
use poolkey::domain::sign_in::Finished;
use poolkey::ops::session::{self, Obtained};
use poolkey::sandbox::{Fault, NewUser};

use crate::support::{Bench, Quiet, bench, finished, secret};

const REFRESH: &str = "GetTokensFromRefreshToken";
const EXCHANGE: &str = "GetCredentialsForIdentity";

/// `ana` is signed in, her credentials are due, and `eve` has answered everything.
async fn ana_and_eve() -> (Bench, Finished) {
    let bench = bench("ana").await;
    assert!(bench.sandbox.set_rotation("public", Some(Duration::ZERO)));
    bench.sign_in().await;
    bench.minutes_pass(50);
    let eve = NewUser::plain("eve", "Demo-Lantern-19!", "eve@example.com");
    bench.sandbox.add_user(&eve).unwrap();
    let outcome = bench.begin("eve", &secret(eve.password)).await.unwrap();
    (bench, finished(outcome))
}

/// Asks for `ana`'s credentials; `eve`'s sign-in ends while the answer of `operation` is on its way.
async fn overtaken(bench: &Bench, eve: Finished, operation: &str) -> Result<Obtained, Problem> {
    let before = bench.sandbox.calls(operation);
    let late = Fault::Delay(Duration::from_secs(2));
    bench.sandbox.next_answer(operation, late);
    let mut elsewhere = bench.deps.clone();
    let locks = bench.home.path().join("other-locks");
    elsewhere.locks = Arc::new(ProfileLocks::new(locks, Duration::from_secs(1)));
    let overtaking = async {
        while bench.sandbox.calls(operation) == before {
            tokio::task::yield_now().await;
        }
        let eves = session::finish_sign_in(&elsewhere, &bench.profile, eve, &[], &Quiet).await;
        assert_eq!(eves.unwrap().remark, None);
    };
    let (anas, ()) = tokio::join!(bench.credentials(), overtaking);
    anas
}

/// What is kept is `eve`'s, all of it.
async fn is_eves(bench: &Bench) {
    let vault = &bench.deps.vault;
    let sign_in = vault.sign_in(&bench.profile).await.unwrap().unwrap();
    assert_eq!(sign_in.username, "eve");
    let session = vault.session(&bench.profile).await.unwrap().unwrap();
    assert_eq!(session.username, "eve");
    assert_eq!(bench.renew().await.unwrap().session.username, "eve");
}

#[tokio::test]
async fn while_the_user_pool_is_asked_or_the_identity_pool() {
    for operation in [REFRESH, EXCHANGE] {
        let (bench, eve) = ana_and_eve().await;
        let handed_out = overtaken(&bench, eve, operation).await.unwrap();
        assert_eq!(handed_out.session.username, "eve", "{operation}");
        assert_eq!(handed_out.remark, None, "{operation}");
        is_eves(&bench).await;
    }
}

/// `ana`'s sign-in has ended; that is no reason to forget `eve`'s.
#[tokio::test]
async fn while_the_user_pool_refuses() {
    let (bench, eve) = ana_and_eve().await;
    bench.sandbox.delete_user("ana");
    let handed_out = overtaken(&bench, eve, REFRESH).await.unwrap();
    assert_eq!(handed_out.session.username, "eve");
    is_eves(&bench).await;
}
