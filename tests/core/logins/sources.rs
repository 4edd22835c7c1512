//! Files, commands, and what a person typed.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use poolkey::adapters::lock::ProfileLocks;
use poolkey::domain::{ProblemKind, SignOutScope, TokenSource};
use poolkey::ops::{logins, sign_out};

use super::{FACEBOOK, GOOGLE, file, vouched};
use crate::support::secret;

#[tokio::test]
async fn a_file_and_a_command_are_read_anew_each_time() {
    let mut bench = vouched(vec![(GOOGLE, file("~/google"))]).await;
    let command = format!("cat '{}'", bench.home.path().join("facebook").display());
    bench.profile.logins.push(poolkey::domain::ProviderLogin {
        provider: FACEBOOK.parse().unwrap(),
        token: TokenSource::Command(command),
    });
    bench.write("google", &format!("{}\n", bench.token(GOOGLE, 10)));
    bench.write("facebook", &bench.token(FACEBOOK, 10));
    let obtained = bench.vouched_for().await.unwrap();
    assert_eq!(obtained.session.logins, [GOOGLE, FACEBOOK]);
    assert!(obtained.sign_in_kept);
    // Nothing of them is kept: what is there now is what counts.
    bench.sandbox.clock().advance(SignedDuration::from_mins(13));
    let calls = bench.sandbox.calls("GetCredentialsForIdentity");
    let problem = bench.vouched_for().await.unwrap_err();
    assert!(
        problem.sentence.ends_with("google expired 3 minutes ago"),
        "{problem}"
    );
    assert_eq!(bench.sandbox.calls("GetCredentialsForIdentity"), calls);
    bench.write("google", &bench.token(GOOGLE, 10));
    bench.write("facebook", &bench.token(FACEBOOK, 10));
    bench.vouched_for().await.unwrap();
}

#[tokio::test]
async fn sources_that_fail_say_which_provider() {
    for (source, kind, words) in [
        (file("~/gone"), ProblemKind::File, "~/gone cannot be read"),
        (
            TokenSource::Command("echo nobody is signed in >&2; exit 4".to_owned()),
            ProblemKind::Unexpected,
            "exit status 4: nobody is signed in",
        ),
        (
            TokenSource::Typed,
            ProblemKind::SignInNeeded,
            "needs a token",
        ),
    ] {
        let bench = vouched(vec![(GOOGLE, source)]).await;
        let problem = bench.vouched_for().await.unwrap_err();
        assert_eq!(problem.kind, kind, "{problem}");
        assert!(problem.sentence.contains(words), "{problem}");
        assert!(problem.sentence.contains("Google"), "{problem}");
        assert_eq!(bench.sandbox.calls("GetId"), 0);
    }
}

#[tokio::test]
async fn a_typed_token_serves_until_its_last_minute() {
    let bench = vouched(vec![(GOOGLE, TokenSource::Typed)]).await;
    let google = GOOGLE.parse().unwrap();
    let (deps, profile) = (&bench.deps, &bench.profile);
    let missing = || async { logins::missing(deps, profile).await.unwrap() };
    assert_eq!(missing().await, [GOOGLE.parse().unwrap()]);
    let token = secret(&bench.token(GOOGLE, 10));
    let kept = super::keep_typed(deps, profile, &google, token).await;
    kept.unwrap();
    assert!(missing().await.is_empty());
    assert!(bench.vouched_for().await.unwrap().sign_in_kept);
    let clock = bench.sandbox.clock();
    clock.advance(SignedDuration::from_mins(9));
    assert!(missing().await.is_empty());
    bench.vouched_for().await.unwrap();
    clock.advance(SignedDuration::from_secs(1));
    assert_eq!(missing().await.len(), 1);
    let problem = bench.vouched_for().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignInNeeded);
    // One that has ended is not taken at all.
    let old = secret(&bench.token(GOOGLE, -5));
    let refused = super::keep_typed(deps, profile, &google, old).await;
    let sentence = refused.unwrap_err().sentence;
    assert_eq!(sentence, "The token of Google expired 5 minutes ago");
}

#[tokio::test]
async fn signing_out_forgets_what_was_typed() {
    let bench = vouched(vec![(FACEBOOK, TokenSource::Typed)]).await;
    let facebook = FACEBOOK.parse().unwrap();
    let (deps, profile) = (&bench.deps, &bench.profile);
    for way in ["sign out", "forget", "remove"] {
        let token = secret(&bench.token(FACEBOOK, 10));
        let kept = super::keep_typed(deps, profile, &facebook, token).await;
        kept.unwrap();
        bench.vouched_for().await.unwrap();
        match way {
            "sign out" => {
                let ended = sign_out::sign_out(deps, profile, SignOutScope::Revoke).await;
                assert!(ended.unwrap().is_none());
            }
            "forget" => deps
                .vault
                .forget_logins(profile.sign_in_name())
                .await
                .unwrap(),
            _ => {
                deps.profiles.put(None, profile).await.unwrap();
                let removed = poolkey::ops::profiles::remove(deps, &profile.name).await;
                assert!(removed.unwrap().is_none());
            }
        }
        assert_eq!(
            logins::missing(deps, profile).await.unwrap().len(),
            1,
            "{way}"
        );
    }
}

/// Another process is at work: what was typed is not asked for again.
#[tokio::test]
async fn a_busy_lock_does_not_cost_what_was_typed() {
    let mut bench = vouched(vec![(FACEBOOK, TokenSource::Typed)]).await;
    let locks = ProfileLocks::new(bench.home.path().join("locks"), Duration::ZERO);
    bench.deps.locks = Arc::new(locks);
    let (deps, profile) = (&bench.deps, &bench.profile);
    let _held = deps.locks.lock(&profile.name).await.unwrap();
    assert!(deps.locks.lock(&profile.name).await.is_err(), "it is busy");
    let token = secret(&bench.token(FACEBOOK, 10));
    let kept = super::keep_typed(deps, profile, &FACEBOOK.parse().unwrap(), token).await;
    kept.unwrap();
    assert!(logins::missing(deps, profile).await.unwrap().is_empty());
}

#[tokio::test]
async fn only_what_is_typed_can_be_typed() {
    let bench = vouched(vec![(GOOGLE, file("~/google"))]).await;
    for (provider, words) in [
        (GOOGLE, "comes from a file"),
        (FACEBOOK, "has no provider graph.facebook.com"),
    ] {
        let provider = provider.parse().unwrap();
        let token = secret("canary");
        let kept = super::keep_typed(&bench.deps, &bench.profile, &provider, token).await;
        let problem = kept.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Usage);
        assert!(problem.sentence.contains(words), "{problem}");
    }
}
