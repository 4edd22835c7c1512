//! What looking must not leave at an identity pool: a guest, a merged identity, a linked login.

use poolkey::domain::{CheckId, Outcome, Profile, ProviderLogin, SignInMethod, TokenSource};
use poolkey::ops::doctor::{self, Subject};
use poolkey::ops::{profiles, session};

use super::{Heard, failed, outcome};
use crate::exchange::{open_bench, without_pool};
use crate::support::{Bench, Quiet};

const FACEBOOK: &str = "graph.facebook.com";
const GOOGLE: &str = "accounts.google.com";

/// A token in a file: `provider`'s, about `who`.
fn of_file(bench: &Bench, provider: &str, who: &str) -> ProviderLogin {
    let path = bench.home.path().join(who);
    std::fs::write(&path, bench.sandbox.provider_token(provider, who)).unwrap();
    ProviderLogin {
        provider: provider.parse().unwrap(),
        token: TokenSource::File(path),
    }
}

async fn exchanged(bench: &Bench, profile: &Profile) -> poolkey::domain::Session {
    let renewed = session::renew(&bench.deps, profile, &Quiet).await;
    renewed.unwrap().session
}

#[tokio::test]
async fn no_guest_is_made_or_carried_over() {
    let mut bench = open_bench().await;
    let guest = without_pool(&bench, "guest", SignInMethod::Guest);
    let user = std::mem::replace(&mut bench.profile, guest.clone());
    let checks = bench.examine().await;
    assert_eq!(failed(&checks), [], "{checks:#?}");
    assert_eq!(bench.sandbox.calls("GetId"), 0);

    let was = exchanged(&bench, &guest).await;
    // Signed in, but never exchanged.
    bench.profile = user;
    bench
        .sandbox
        .next_answer("GetId", poolkey::sandbox::Fault::Throttle);
    bench
        .sandbox
        .next_answer("GetId", poolkey::sandbox::Fault::Throttle);
    bench
        .sandbox
        .next_answer("GetId", poolkey::sandbox::Fault::Throttle);
    let tokens = bench.tokens("ana").await;
    assert!(bench.finish(tokens).await.is_err());
    bench.profile.carries_over_guest = true;
    let checks = bench.examine().await;
    assert_eq!(
        outcome(&checks, CheckId::SignIn),
        Outcome::Passed,
        "{checks:#?}"
    );
    assert_eq!(exchanged(&bench, &guest).await.identity_id, was.identity_id);
    assert_eq!(bench.sandbox.identity_count(), 1);
}

#[tokio::test]
async fn no_login_of_a_draft_is_linked() {
    for provider in [GOOGLE, FACEBOOK] {
        let mut bench = open_bench().await;
        let saved = Profile {
            logins: vec![of_file(&bench, provider, "ana")],
            ..bench.profile.clone()
        };
        profiles::save(&bench.deps, None, &saved, None)
            .await
            .unwrap();
        bench.profile = saved;
        let ana = bench.sign_in().await;
        let checks = bench.examine().await;
        assert_eq!(
            outcome(&checks, CheckId::Role),
            Outcome::Passed,
            "{checks:#?}"
        );

        // Another person's token is tried before anything is saved.
        bench.profile.logins = vec![of_file(&bench, provider, "zoe")];
        let checks = bench.examine().await;
        assert_eq!(failed(&checks), [], "{checks:#?}");
        assert_eq!(outcome(&checks, CheckId::SignIn), Outcome::Passed);
        assert_eq!(outcome(&checks, CheckId::Role), Outcome::Skipped);
        let zoe = Profile {
            logins: bench.profile.logins.clone(),
            ..without_pool(&bench, "zoe", SignInMethod::Provider)
        };
        let zoe = exchanged(&bench, &zoe).await;
        assert_ne!(zoe.identity_id, ana.identity_id, "{provider}");
    }
}

/// They would wait for one another, and each spend a refresh token.
#[tokio::test]
async fn a_shared_sign_in_is_tried_once() {
    let bench = open_bench().await;
    let more = Profile {
        name: "more".parse().unwrap(),
        shares_sign_in: Some(bench.profile.name.clone()),
        ..bench.profile.clone()
    };
    for profile in [&bench.profile, &more] {
        profiles::save(&bench.deps, None, profile, None)
            .await
            .unwrap();
    }
    bench.sign_in().await;
    let before = bench.refreshes();
    let subjects = [Subject::of(&more), Subject::of(&bench.profile)];
    let found = doctor::check_all(&bench.deps, &subjects, &Heard::default()).await;
    let [first, second] = &found.profiles[..] else {
        panic!("{found:#?}");
    };
    assert_eq!(
        outcome(first, CheckId::SignIn),
        Outcome::Passed,
        "{first:#?}"
    );
    assert_eq!(
        outcome(second, CheckId::SignIn),
        Outcome::Skipped,
        "{second:#?}"
    );
    assert_eq!(bench.refreshes(), before + 1);
}
