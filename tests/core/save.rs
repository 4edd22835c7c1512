//! Saving and removing profiles: configuration file and secret store together.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use poolkey::adapters::lock::ProfileLocks;
use poolkey::domain::sign_in::KeptDevice;
use poolkey::domain::{Problem, ProblemKind, Profile, ProfileName};
use poolkey::ops::ports::{Locks, Profiles};
use poolkey::ops::profiles;
use poolkey::sandbox::Fault;

use crate::support::{Bench, bench, secret};

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
    bench.profile.endpoints.url = Some("http://127.9.9.9:1".parse().unwrap());
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

#[tokio::test]
async fn a_removed_profile_ends_its_sign_in_at_the_pool() {
    for with_secret in [false, true] {
        let mut bench = bench("ana").await;
        if with_secret {
            bench.confidential(None).await;
        }
        profiles::save(&bench.deps, None, &bench.profile, None)
            .await
            .unwrap();
        bench.sign_in().await;
        let client = bench.deps.app_client(&bench.profile).await.unwrap();
        let kept = bench.deps.vault.sign_in(&bench.profile).await.unwrap();
        let removed = profiles::remove(&bench.deps, &bench.profile.name).await;
        assert_eq!(removed, Ok(None));
        let pool = &bench.deps.user_pool;
        assert!(pool.refresh(&client, &kept.unwrap()).await.is_err());
        assert_eq!(bench.sandbox.calls("RevokeToken"), 1);
    }
}

/// Two names and one lock: whoever renames does not wait for themselves, and others do.
#[tokio::test]
async fn a_name_may_change_in_case_alone() {
    let mut bench = bench("ana").await;
    profiles::save(&bench.deps, None, &bench.profile, None)
        .await
        .unwrap();
    bench.sign_in().await;
    let former = bench.profile.name.clone();
    bench.profile.name = "Dev".parse().unwrap();
    profiles::save(&bench.deps, Some(&former), &bench.profile, None)
        .await
        .unwrap();
    assert!(bench.renew().await.is_ok());

    let folder = bench.home.path().join("locks");
    let locks = ProfileLocks::new(folder, Duration::ZERO);
    let _held = locks.lock(&former).await.ok().unwrap();
    let busy = locks.lock(&bench.profile.name).await.err().unwrap();
    assert!(busy.sentence.ends_with("busy with Dev"), "{busy}");
}

/// Nor does the pool hold a removal up: when it is asked, the profile is gone.
#[tokio::test]
async fn a_profile_is_removed_also_without_a_network() {
    let bench = bench("ana").await;
    profiles::save(&bench.deps, None, &bench.profile, None)
        .await
        .unwrap();
    bench.sign_in().await;
    let never = Fault::Delay(Duration::from_mins(10));
    bench.sandbox.next_answer("RevokeToken", never);
    let removing = profiles::remove(&bench.deps, &bench.profile.name);
    let asked = async {
        while bench.sandbox.calls("RevokeToken") == 0 {
            tokio::task::yield_now().await;
        }
        let configuration = bench.deps.profiles.load().await.unwrap();
        assert!(configuration.profiles.is_empty());
        assert_eq!(bench.kept().await, None);
    };
    let (removed, ()) = tokio::join!(removing, asked);
    let remark = removed.unwrap().unwrap();
    assert!(remark.sentence.starts_with("dev is removed, but"));
}

/// A folder in the way of the configuration's lock: it can be read and not written.
fn block_configuration(bench: &Bench) {
    let lock = bench.home.path().join(".profiles.toml.poolkey-lock");
    std::fs::remove_file(&lock).unwrap();
    std::fs::create_dir(&lock).unwrap();
}

#[tokio::test]
async fn a_configuration_that_cannot_be_written_changes_no_secret() {
    let mut bench = bench("ana").await;
    bench.confidential(None).await;
    profiles::save(&bench.deps, None, &bench.profile, None)
        .await
        .unwrap();
    bench.sign_in().await;
    let device = KeptDevice {
        username: "ana".to_owned(),
        typed: "ana".to_owned(),
        device_key: "us-east-1_0a".to_owned(),
        device_group_key: "-0a".to_owned(),
        password: secret("of-the-device"),
    };
    let vault = bench.deps.vault.clone();
    vault
        .keep_device(&bench.profile, Some(&device))
        .await
        .unwrap();
    let token = bench.kept().await;
    block_configuration(&bench);

    assert!(
        profiles::remove(&bench.deps, &bench.profile.name)
            .await
            .is_err()
    );
    let mut renamed = bench.profile.clone();
    renamed.name = name("other");
    let former = bench.profile.name.clone();
    let typed = secret("another-secret-of-the-client");
    for (profile, typed) in [(&renamed, None), (&bench.profile, Some(&typed))] {
        let saved = profiles::save(&bench.deps, Some(&former), profile, typed).await;
        assert!(saved.is_err());
    }
    assert_eq!(bench.kept().await, token);
    let device = vault.device(&bench.profile).await.unwrap();
    assert_eq!(device.unwrap().device_key, "us-east-1_0a");
    assert!(vault.sign_in(&renamed).await.unwrap().is_none());
    // With the client secret as it was.
    assert!(bench.renew().await.is_ok());
    assert_eq!(bench.sandbox.calls("RevokeToken"), 0);
}

/// What another process changed since is not written back.
#[tokio::test]
async fn a_remembered_username_changes_nothing_else() {
    let mut bench = bench("ana").await;
    bench.deps.profiles.put(None, &bench.profile).await.unwrap();
    bench.profile.group = Some("work".to_owned());
    let name = bench.profile.name.clone();
    let put = bench.deps.profiles.put(Some(&name), &bench.profile);
    put.await.unwrap();
    profiles::remember_username(&bench.deps, &name, "eve".to_owned())
        .await
        .unwrap();
    let stored = bench.deps.profile("dev").await.unwrap();
    assert_eq!(stored.username.as_deref(), Some("eve"));
    assert_eq!(stored.group.as_deref(), Some("work"));
}

/// Another process adds a profile while this one waits for its first lock.
struct Meanwhile {
    inner: Arc<dyn Locks>,
    profiles: Arc<dyn Profiles>,
    added: Mutex<Option<Profile>>,
    asked: Mutex<Vec<ProfileName>>,
}

#[async_trait]
impl Locks for Meanwhile {
    async fn lock(&self, profile: &ProfileName) -> Result<Box<dyn Send + Sync>, Problem> {
        self.asked.lock().unwrap().push(profile.clone());
        let added = self.added.lock().unwrap().take();
        if let Some(added) = added {
            self.profiles.put(None, &added).await?;
        }
        self.inner.lock(profile).await
    }
    async fn lock_all(&self) -> Result<Box<dyn Send + Sync>, Problem> {
        self.inner.lock_all().await
    }
}

fn meanwhile(bench: &mut Bench, added: Option<Profile>) -> Arc<Meanwhile> {
    let locks = Arc::new(Meanwhile {
        inner: bench.deps.locks.clone(),
        profiles: bench.deps.profiles.clone(),
        added: Mutex::new(added),
        asked: Mutex::default(),
    });
    bench.deps.locks = locks.clone();
    locks
}

fn sharer(bench: &Bench) -> Profile {
    Profile {
        name: name("more"),
        shares_sign_in: Some(bench.profile.name.clone()),
        ..bench.profile.clone()
    }
}

#[tokio::test]
async fn who_comes_to_share_a_sign_in_meanwhile_inherits_it() {
    let mut bench = bench("ana").await;
    profiles::save(&bench.deps, None, &bench.profile, None)
        .await
        .unwrap();
    bench.sign_in().await;
    let token = bench.kept().await;
    let added = sharer(&bench);
    let locks = meanwhile(&mut bench, Some(added));
    let removed = profiles::remove(&bench.deps, &bench.profile.name).await;
    removed.unwrap();
    bench.profile = bench.deps.profile("more").await.unwrap();
    assert_eq!(bench.kept().await, token);
    assert!(bench.renew().await.is_ok(), "nor was it revoked");
    let asked = locks.asked.lock().unwrap().clone();
    assert!(asked.contains(&bench.profile.name), "{asked:?}");
}

#[tokio::test]
async fn who_comes_to_share_a_sign_in_waits_for_its_lock() {
    let mut bench = bench("ana").await;
    profiles::save(&bench.deps, None, &bench.profile, None)
        .await
        .unwrap();
    let locks = meanwhile(&mut bench, None);
    let more = sharer(&bench);
    profiles::save(&bench.deps, None, &more, None)
        .await
        .unwrap();
    let asked = locks.asked.lock().unwrap().clone();
    assert!(asked.contains(&bench.profile.name), "{asked:?}");
}
