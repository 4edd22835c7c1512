//! The secret store opened by a test itself, through the library: to age what is kept, and to keep
//! what no sign-in would.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use poolkey::adapters::config_file::ConfigFile;
use poolkey::adapters::vault::{SecretVault, StoreChoice, StorePlan};
use poolkey::domain::sign_in::KeptDevice;
use poolkey::domain::{Profile, Secret};
use poolkey::ops::ports::{Profiles as _, Vault as _};

use super::env::TestEnv;
use super::process::{DEADLINE, poll};

fn open(plan: StorePlan) -> SecretVault {
    SecretVault::new(plan, Duration::from_secs(20)).unwrap()
}

async fn profile(file: &Path, name: &str) -> Profile {
    let configuration = ConfigFile::new(file.to_owned()).load().await.unwrap();
    let mut profiles = configuration.profiles.into_iter();
    profiles
        .find(|profile| profile.name.as_str() == name)
        .unwrap()
}

/// The encrypted file of `env`, and one of its profiles.
async fn file_store(env: &TestEnv, name: &str) -> (SecretVault, Profile) {
    let vault = open(StorePlan {
        choice: StoreChoice::File,
        file: env.path("state/secrets.age"),
        passphrase_file: Some(env.path("passphrase")),
    });
    let profile = profile(&env.path("config/profiles.toml"), name).await;
    (vault, profile)
}

/// A device's key, group key and password, as the sign-in to a profile of that user's name kept it.
#[tokio::main(flavor = "current_thread")]
pub async fn device(env: &TestEnv, name: &str) -> [String; 3] {
    let (vault, profile) = file_store(env, name).await;
    let kept = vault.device(&profile).await.unwrap().unwrap();
    let password = kept.password.expose().to_owned();
    [kept.device_key, kept.device_group_key, password]
}

/// Keeps such a device.
#[tokio::main(flavor = "current_thread")]
pub async fn keep_device(env: &TestEnv, name: &str, device: [&str; 3]) {
    let (vault, profile) = file_store(env, name).await;
    let [device_key, device_group_key, password] = device.map(str::to_owned);
    let device = KeptDevice {
        username: name.to_owned(),
        typed: name.to_owned(),
        device_key,
        device_group_key,
        password: Secret::new(password),
    };
    vault.keep_device(&profile, Some(&device)).await.unwrap();
}

/// Makes the credentials kept in the encrypted file of `env` expire a minute ago.
#[tokio::main(flavor = "current_thread")]
pub async fn expire(env: &TestEnv, name: &str) {
    let (vault, profile) = file_store(env, name).await;
    let mut session = vault.session(&profile).await.unwrap().unwrap();
    session.credentials.expires_at = Timestamp::now() - Duration::from_mins(1);
    vault.keep_session(&profile, &session).await.unwrap();
}

/// Keeps texts of many lengths in a store of this process, and reads each through a new opening.
#[tokio::main(flavor = "current_thread")]
pub async fn keep_long_texts(choice: StoreChoice) {
    let (plan, profile) = somewhere(choice).await;
    for length in [2_560, 2_561, 31_999, 32_001, 100_000, 10] {
        let text: String = "aä€😀".chars().cycle().take(length).collect();
        let secret = Secret::new(text.clone());
        let vault = open(plan.clone());
        vault.keep_client_secret(&profile, &secret).await.unwrap();
        let read = open(plan.clone()).client_secret(&profile).await.unwrap();
        let is_same = read.is_some_and(|read| read.expose() == text);
        assert!(is_same, "{length} characters did not come back");
    }
}

/// Keeps a text, makes the file `kept` here, waits for the file `restarted`, and reads and writes
/// through the same opening.
#[tokio::main(flavor = "current_thread")]
pub async fn outlive_a_restart(choice: StoreChoice) {
    let (plan, profile) = somewhere(choice).await;
    let vault = open(plan);
    let secret = |text: &str| Secret::new(text.to_owned());
    let before = secret("before the restart");
    vault.keep_client_secret(&profile, &before).await.unwrap();
    std::fs::write("kept", "").unwrap();
    assert!(poll(DEADLINE, || Path::new("restarted").exists()));
    let read = vault.client_secret(&profile).await.unwrap().unwrap();
    assert_eq!(read.expose(), "before the restart");
    let after = secret("after the restart");
    vault.keep_client_secret(&profile, &after).await.unwrap();
}

/// A store, and a profile to keep something for.
async fn somewhere(choice: StoreChoice) -> (StorePlan, Profile) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("profiles.toml");
    let text = "[[profile]]\nname = \"long\"\nuser_pool_id = \"us-east-1_A\"\nclient_id = \"c\"\n\
                identity_pool_id = \"us-east-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e\"\n";
    std::fs::write(&file, text).unwrap();
    let plan = StorePlan {
        choice,
        file: folder.path().join("unused"),
        passphrase_file: None,
    };
    (plan, profile(&file, "long").await)
}
