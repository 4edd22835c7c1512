//! Tokens of other providers go straight to the identity pool, or beside the user pool's.

use poolkey::domain::{ProblemKind, SignInMethod};
use poolkey::ops::session;

use super::{credentials, login_of, open_bench, renewed, without_pool};
use crate::support::Quiet;

const GOOGLE: &str = "accounts.google.com";
const FACEBOOK: &str = "graph.facebook.com";

#[tokio::test]
async fn one_provider_or_several() {
    let bench = open_bench().await;
    let mut profile = without_pool(&bench, "mail", SignInMethod::Provider);
    profile.logins = vec![login_of(&bench, GOOGLE, "ana")];
    let first = credentials(&bench, &profile).await;
    assert_eq!(first.logins, [GOOGLE]);
    assert!(first.username.contains("ana"), "{}", first.username);
    assert_eq!(first.caller.unwrap().role(), "authenticated");
    assert_eq!(
        renewed(&bench, &profile).await.identity_id,
        first.identity_id
    );
    assert_eq!(bench.sandbox.calls("GetId"), 1);

    profile.logins.push(login_of(&bench, FACEBOOK, "ana"));
    let both = credentials(&bench, &profile).await;
    assert_eq!(both.logins, [GOOGLE, FACEBOOK]);
    assert_eq!(both.identity_id, first.identity_id, "they are linked");
    // The order says nothing about the person.
    profile.logins.reverse();
    let calls = bench.sandbox.calls("GetId");
    assert_eq!(
        renewed(&bench, &profile).await.identity_id,
        first.identity_id
    );
    assert_eq!(bench.sandbox.calls("GetId"), calls);
}

#[tokio::test]
async fn beside_the_user_pool() {
    let mut bench = open_bench().await;
    bench.profile.logins = vec![login_of(&bench, GOOGLE, "ana")];
    let session = bench.sign_in().await;
    assert_eq!(session.username, "ana");
    assert_eq!(session.logins.len(), 2);
    assert_eq!(session.logins[1], GOOGLE);
    let again = bench.renew().await.unwrap().session;
    assert_eq!(again.identity_id, session.identity_id);
    assert_eq!(again.logins, session.logins);
}

/// A token that is not there costs no refresh token, and no sign-in.
#[tokio::test]
async fn what_is_missing_is_found_before_a_refresh() {
    let mut bench = open_bench().await;
    bench.sign_in().await;
    bench.profile.logins = vec![login_of(&bench, GOOGLE, "ana")];
    std::fs::remove_file(bench.home.path().join(GOOGLE)).unwrap();
    let problem = bench.renew().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::File);
    assert_eq!(bench.refreshes(), 0);
    assert!(bench.kept().await.is_some());
}

#[tokio::test]
async fn another_persons_token_leaves_nothing_of_the_first() {
    let bench = open_bench().await;
    let mut profile = without_pool(&bench, "mail", SignInMethod::Provider);
    profile.logins = vec![login_of(&bench, GOOGLE, "ana")];
    let ana = credentials(&bench, &profile).await;
    login_of(&bench, GOOGLE, "eve");
    for _ in 0..3 {
        let fault = poolkey::sandbox::Fault::Status500;
        bench.sandbox.next_answer("GetId", fault);
    }
    let failed = session::renew(&bench.deps, &profile, &Quiet).await;
    assert_eq!(failed.unwrap_err().kind, ProblemKind::Network);
    let eve = credentials(&bench, &profile).await;
    assert_ne!(eve.identity_id, ana.identity_id);
    assert_ne!(eve.username, ana.username);
}
