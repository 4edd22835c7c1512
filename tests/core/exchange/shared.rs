//! Profiles that share a sign-in: one refresh token, one lock, a session each.

use poolkey::domain::{ProblemKind, Profile, SignOutScope};
use poolkey::ops::{profiles, sign_out};
use poolkey::sandbox::NewUser;

use super::{credentials, pool_id};
use crate::support::{Bench, bench, finished, secret};

/// `dev` owns the sign-in; `more` has the other identity pool.
async fn sharing() -> (Bench, Profile) {
    let mut bench = bench("ana").await;
    bench.confidential(None).await;
    bench.use_client("confidential");
    let more = Profile {
        name: "more".parse().unwrap(),
        shares_sign_in: Some(bench.profile.name.clone()),
        identity_pool_id: pool_id(&bench, "open").parse().unwrap(),
        ..bench.profile.clone()
    };
    for profile in [&bench.profile, &more] {
        profiles::save(&bench.deps, None, profile, None)
            .await
            .unwrap();
    }
    bench.sign_in().await;
    (bench, more)
}

async fn named(bench: &Bench, name: &str) -> Profile {
    bench.deps.profile(name).await.unwrap()
}

#[tokio::test]
async fn one_refresh_serves_all() {
    let (bench, more) = sharing().await;
    let rotation = Some(std::time::Duration::ZERO);
    assert!(bench.sandbox.set_rotation("confidential", rotation));
    let second = credentials(&bench, &more).await;
    assert_eq!(second.username, "ana");
    assert_eq!(
        (bench.sandbox.calls("InitiateAuth"), bench.refreshes()),
        (1, 1)
    );
    // Both are due: whoever asks first renews the other, too.
    bench.minutes_pass(50);
    let first = bench.credentials().await.unwrap().session;
    let other = credentials(&bench, &more).await;
    assert_eq!(bench.refreshes(), 2);
    assert_ne!(
        other.credentials.access_key_id,
        second.credentials.access_key_id
    );
    assert_ne!(first.identity_id, other.identity_id);
}

#[tokio::test]
async fn signing_out_signs_all_out() {
    let (bench, more) = sharing().await;
    credentials(&bench, &more).await;
    let ended = sign_out::end(&bench.deps, &more, SignOutScope::Revoke).await;
    let ended = ended.unwrap();
    assert!(ended.was_signed_in && ended.remark.is_none(), "{ended:?}");
    assert_eq!(bench.sandbox.calls("RevokeToken"), 1);
    for profile in [&bench.profile, &more] {
        let vault = &bench.deps.vault;
        assert!(vault.sign_in(profile).await.unwrap().is_none());
        assert!(vault.session(profile).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_sign_in_that_ended_ends_for_all() {
    let (bench, more) = sharing().await;
    credentials(&bench, &more).await;
    bench.sandbox.delete_user("ana");
    assert!(bench.renew().await.is_err());
    assert!(bench.deps.vault.session(&more).await.unwrap().is_none());
}

#[tokio::test]
async fn another_person_leaves_no_session_of_the_first() {
    let (bench, more) = sharing().await;
    credentials(&bench, &more).await;
    let eve = NewUser::plain("eve", "Demo-Lantern-19!", "eve@example.com");
    bench.sandbox.add_user(&eve).unwrap();
    let outcome = bench.begin("eve", &secret(eve.password)).await.unwrap();
    bench.finish(finished(outcome)).await.unwrap();
    assert_eq!(credentials(&bench, &more).await.username, "eve");
}

#[tokio::test]
async fn who_shares_follows_a_new_name() {
    let (mut bench, _) = sharing().await;
    let former = bench.profile.name.clone();
    bench.profile.name = "renamed".parse().unwrap();
    profiles::save(&bench.deps, Some(&former), &bench.profile, None)
        .await
        .unwrap();
    let more = named(&bench, "more").await;
    assert_eq!(more.shares_sign_in.as_ref(), Some(&bench.profile.name));
    assert_eq!(credentials(&bench, &more).await.username, "ana");
    assert!(bench.renew().await.is_ok());
    assert_eq!(bench.sandbox.calls("InitiateAuth"), 1);
    // The one that shares may have another name, too.
    let renamed = Profile {
        name: "most".parse().unwrap(),
        ..more.clone()
    };
    profiles::save(&bench.deps, Some(&more.name), &renamed, None)
        .await
        .unwrap();
    assert!(bench.deps.vault.session(&renamed).await.unwrap().is_some());
    assert!(bench.renew().await.is_ok());
}

#[tokio::test]
async fn a_removed_profile_leaves_the_sign_in_to_the_others() {
    let (bench, more) = sharing().await;
    let name = &bench.profile.name;
    assert_eq!(profiles::remove(&bench.deps, name).await, Ok(None));
    let heir = named(&bench, "more").await;
    assert_eq!(heir.shares_sign_in, None);
    assert_eq!(credentials(&bench, &heir).await.username, "ana");
    assert_eq!(bench.sandbox.calls("RevokeToken"), 0);
    assert!(
        bench
            .deps
            .vault
            .sign_in(&bench.profile)
            .await
            .unwrap()
            .is_none()
    );
    // The last one takes it along.
    assert_eq!(profiles::remove(&bench.deps, &more.name).await, Ok(None));
    assert_eq!(bench.sandbox.calls("RevokeToken"), 1);
    assert!(bench.deps.vault.sign_in(&heir).await.unwrap().is_none());
}

#[tokio::test]
async fn one_that_only_shares_goes_alone() {
    let (bench, more) = sharing().await;
    credentials(&bench, &more).await;
    assert_eq!(profiles::remove(&bench.deps, &more.name).await, Ok(None));
    assert!(bench.deps.vault.session(&more).await.unwrap().is_none());
    assert!(bench.renew().await.is_ok());
}

#[tokio::test]
async fn sharing_takes_the_same_place() {
    let (bench, more) = sharing().await;
    let mut elsewhere = more.clone();
    elsewhere.user_pool.as_mut().unwrap().client_id = "another".parse().unwrap();
    let saved = profiles::save(&bench.deps, Some(&more.name), &elsewhere, None).await;
    assert_eq!(saved.unwrap_err().kind, ProblemKind::Usage);
    // Nor may the owner go away from those that share.
    let mut moved = bench.profile.clone();
    moved.user_pool.as_mut().unwrap().client_id = "another".parse().unwrap();
    let saved = profiles::save(&bench.deps, Some(&moved.name), &moved, None).await;
    assert_eq!(saved.unwrap_err().kind, ProblemKind::Usage);
    let stored = bench.deps.profiles.load().await.unwrap().profiles;
    assert_eq!(stored, [bench.profile.clone(), more]);
}

/// Who leaves takes the client secret along, and signs in anew.
#[tokio::test]
async fn one_that_shares_no_more_has_to_sign_in() {
    let (bench, more) = sharing().await;
    credentials(&bench, &more).await;
    let alone = Profile {
        shares_sign_in: None,
        ..more.clone()
    };
    profiles::save(&bench.deps, Some(&more.name), &alone, None)
        .await
        .unwrap();
    let vault = &bench.deps.vault;
    assert!(vault.client_secret(&alone).await.unwrap().is_some());
    assert!(vault.sign_in(&alone).await.unwrap().is_none());
    assert!(vault.session(&alone).await.unwrap().is_none());
    assert!(bench.renew().await.is_ok());
}
