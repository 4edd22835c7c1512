//! Saving and removing profiles: configuration file and secret store together.

use poolkey::domain::{ProblemKind, ProfileName};
use poolkey::ops::profiles;

use crate::support::{bench, secret};

fn name(text: &str) -> ProfileName {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_renamed_profile_keeps_its_secrets() {
    let mut bench = bench("ana").await;
    bench.confidential(None).await;
    profiles::save(&bench.deps, None, &bench.profile, None)
        .await
        .unwrap();
    bench.sign_in().await;
    let token = bench.kept().await;
    let before = bench.profile.clone();
    bench.profile.name = name("development");
    profiles::save(&bench.deps, Some(&before.name), &bench.profile, None)
        .await
        .unwrap();
    assert_eq!(bench.kept().await, token);
    assert!(bench.renew().await.is_ok());
    assert!(bench.deps.vault.sign_in(&before).await.unwrap().is_none());
    assert!(
        bench
            .deps
            .vault
            .client_secret(&before)
            .await
            .unwrap()
            .is_none()
    );
}

/// A refresh token belongs to the pool that gave it: no other address may get it.
#[tokio::test]
async fn a_renamed_profile_with_another_endpoint_is_signed_out() {
    let mut bench = bench("ana").await;
    profiles::save(&bench.deps, None, &bench.profile, None)
        .await
        .unwrap();
    bench.sign_in().await;
    let before = bench.profile.name.clone();
    bench.profile.name = name("elsewhere");
    bench.profile.endpoint_url = Some("http://127.9.9.9:1".parse().unwrap());
    profiles::save(&bench.deps, Some(&before), &bench.profile, None)
        .await
        .unwrap();
    assert_eq!(bench.kept().await, None);
}

#[tokio::test]
async fn a_taken_name_is_refused() {
    let bench = bench("ana").await;
    profiles::save(&bench.deps, None, &bench.profile, None)
        .await
        .unwrap();
    let mut other = bench.profile.clone();
    other.username = Some("eve".to_owned());
    let typed = secret("a-secret-of-twenty-four-chars");
    let problem = profiles::save(&bench.deps, None, &other, Some(&typed))
        .await
        .unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Usage);
    let stored = bench.deps.profiles.load().await.unwrap().profiles;
    assert_eq!(stored, std::slice::from_ref(&bench.profile));
}

/// The check and the write are one: of two that add the same name, one is told.
#[tokio::test]
async fn the_same_name_is_not_added_twice_by_two() {
    let bench = bench("ana").await;
    let mut other = bench.profile.clone();
    other.username = Some("eve".to_owned());
    bench.deps.profiles.put(None, &bench.profile).await.unwrap();
    let problem = bench.deps.profiles.put(None, &other).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Usage);
    let stored = bench.deps.profiles.load().await.unwrap().profiles;
    assert_eq!(stored, std::slice::from_ref(&bench.profile));
}

#[tokio::test]
async fn a_removed_profile_leaves_no_secret() {
    let mut bench = bench("ana").await;
    bench.confidential(None).await;
    profiles::save(&bench.deps, None, &bench.profile, None)
        .await
        .unwrap();
    bench.sign_in().await;
    profiles::remove(&bench.deps, &bench.profile.name)
        .await
        .unwrap();
    let vault = &bench.deps.vault;
    assert!(vault.sign_in(&bench.profile).await.unwrap().is_none());
    assert!(vault.session(&bench.profile).await.unwrap().is_none());
    assert!(vault.client_secret(&bench.profile).await.unwrap().is_none());
}
