//! Secrets that move to another store, with real files: two windows, work that waits, a cancellation.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use poolkey::adapters::lock::ProfileLocks;
use poolkey::adapters::vault::{SecretVault, StorePlan};
use poolkey::app::{Attempt, Driver as _, Effect, Event, SettingsEvent};
use poolkey::domain::{Problem, ProblemKind, SettingChange, StoreChoice, Surroundings};
use poolkey::ops::ports::{Locks as _, Vault as _};
use poolkey::ops::{Deps, secrets, session};
use poolkey::runtime::{Machine, Runtime, Store, tokio_runtime};

use crate::support::{Bench, Quiet, bench};
use crate::window::{until, window_on};

fn locks(home: &Path, choice: StoreChoice, wait: Duration) -> Arc<ProfileLocks> {
    let locks = ProfileLocks::new(home.join("locks"), wait);
    Arc::new(locks.while_store_is(choice, home.join("profiles.toml")))
}

pub fn file_store(home: &Path) -> Arc<SecretVault> {
    let passphrase = home.join("passphrase");
    std::fs::write(&passphrase, "open sesame\n").unwrap();
    let plan = StorePlan {
        choice: StoreChoice::File,
        file: home.join("secrets.age"),
        passphrase_file: Some(passphrase),
    };
    Arc::new(SecretVault::new(plan, Duration::from_secs(30)).unwrap())
}

/// Signed in, with all of it in the store that the configuration names.
pub async fn signed_in() -> Bench {
    let mut bench = bench("ana").await;
    let profiles = &bench.deps.profiles;
    profiles.put(None, &bench.profile).await.unwrap();
    profiles.set("secret_store", "memory").await.unwrap();
    bench.sign_in().await;
    let wait = Duration::from_secs(30);
    bench.deps.locks = locks(bench.home.path(), StoreChoice::Memory, wait);
    bench
}

async fn moved(deps: &Deps, to: &SecretVault) -> Result<usize, Problem> {
    let read = secrets::read(deps, to, StoreChoice::File).await?;
    let copied = secrets::copy(read, to, &|_, _| true).await?;
    Ok(secrets::settle(deps, to, copied, || ()).await?.0)
}

#[tokio::test]
async fn a_window_that_does_not_know_of_a_move_deletes_nothing() {
    let bench = signed_in().await;
    let file = file_store(bench.home.path());
    assert!(moved(&bench.deps, &file).await.unwrap() >= 2);
    let again = moved(&bench.deps, &file).await.unwrap_err();
    assert_eq!(again.sentence, "The secret store changed: restart Poolkey");
    assert!(file.sign_in(&bench.profile).await.unwrap().is_some());
    assert!(file.session(&bench.profile).await.unwrap().is_some());

    // Nor does one that is in the right store.
    let mut newer = bench.deps.clone();
    newer.vault = file.clone();
    let wait = Duration::from_secs(30);
    newer.locks = locks(bench.home.path(), StoreChoice::File, wait);
    let onto_itself = moved(&newer, &file).await.unwrap_err();
    assert_eq!(
        onto_itself.sentence,
        "Secrets are kept in that store already"
    );
    assert!(file.sign_in(&bench.profile).await.unwrap().is_some());
}

#[tokio::test]
async fn nobody_keeps_anything_in_a_store_that_was_left() {
    let bench = signed_in().await;
    let tokens = bench.tokens("ana").await;
    let file = file_store(bench.home.path());
    let read = secrets::read(&bench.deps, file.as_ref(), StoreChoice::File);
    let read = read.await.unwrap();
    // The lock covers a profile that nobody knew of when the move began, too.
    let hasty = locks(bench.home.path(), StoreChoice::Memory, Duration::ZERO);
    let busy = hasty.lock(&"new".parse().unwrap()).await;
    assert_eq!(busy.err().unwrap().kind, ProblemKind::SecretStore);
    let copied = secrets::copy(read, file.as_ref(), &|_, _| true).await;
    let settled = secrets::settle(&bench.deps, file.as_ref(), copied.unwrap(), || ());
    settled.await.unwrap();

    let changed = "The secret store changed: restart Poolkey";
    assert_eq!(bench.finish(tokens).await.unwrap_err().sentence, changed);
    let renewed = session::renew(&bench.deps, &bench.profile, &Quiet).await;
    assert_eq!(renewed.unwrap_err().sentence, changed);
    let left = bench.deps.vault.sign_in(&bench.profile).await;
    assert!(left.unwrap().is_none(), "nothing lies in the old store");
}

struct ToFile(Store);

impl Machine for ToFile {
    fn surroundings(&self) -> Result<Surroundings, Problem> {
        Ok(Surroundings::default())
    }
    fn reconnect(&self, deps: &Deps) -> Result<Deps, Problem> {
        Ok(deps.clone())
    }
    fn open_store(&self, _: StoreChoice) -> Result<Store, Problem> {
        Ok(self.0.clone())
    }
}

pub fn window(bench: &Bench, file: &Arc<SecretVault>) -> Runtime {
    let wait = Duration::from_secs(30);
    let machine = ToFile(Store {
        vault: file.clone(),
        locks: locks(bench.home.path(), StoreChoice::File, wait),
    });
    window_on(bench, Some(Arc::new(machine)))
}

pub fn move_to_file() -> Effect {
    Effect::MoveSecrets {
        attempt: Attempt(7),
        to: StoreChoice::File,
        passphrase: None,
    }
}

fn how_it_ended(window: &mut Runtime) -> Result<usize, Problem> {
    let heard = until(window, |event| {
        matches!(event, Event::Settings(SettingsEvent::SecretsMoved { .. }))
    });
    match heard.into_iter().next_back() {
        Some(Event::Settings(SettingsEvent::SecretsMoved { result, .. })) => result,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_the_window_does_meanwhile_goes_to_the_new_store() {
    let threads = tokio_runtime().unwrap();
    let bench = threads.block_on(signed_in());
    let file = file_store(bench.home.path());
    let mut window = window(&bench, &file);
    // A change of a setting and a renewal that may begin before, in and after the move.
    window.run(move_to_file());
    window.run(Effect::SaveSetting(SettingChange::Proxy(None)));
    window.run(Effect::Renew {
        attempt: Attempt(1),
        profile: Box::new(bench.profile.clone()),
        forced: true,
    });
    let ended = std::cell::Cell::new(0);
    let _heard = until(&mut window, |event| {
        match event {
            Event::Settings(SettingsEvent::SecretsMoved { result, .. }) => {
                assert!(result.is_ok(), "{result:?}");
            }
            Event::Settings(SettingsEvent::SettingSaved { result, .. }) => {
                assert_eq!(*result, Ok(()));
            }
            Event::Failed { problem, .. } => panic!("{problem:?}"),
            Event::Succeeded { .. } => {}
            _ => return false,
        }
        ended.set(ended.get() + 1);
        ended.get() == 3
    });
    window.run(Effect::SignOut {
        profile: Box::new(bench.profile.clone()),
        scope: poolkey::domain::SignOutScope::Here,
    });
    let _heard = until(&mut window, |event| {
        matches!(event, Event::SignedOut { .. })
    });
    let kept = threads.block_on(file.sign_in(&bench.profile));
    assert!(kept.unwrap().is_none(), "the window works in the new store");
}

#[test]
fn a_move_that_waits_for_somebody_is_cancelled() {
    let threads = tokio_runtime().unwrap();
    let bench = threads.block_on(signed_in());
    let name = bench.profile.name.clone();
    let busy = threads.block_on(bench.deps.locks.lock(&name)).unwrap();
    let file = file_store(bench.home.path());
    let mut window = window(&bench, &file);
    window.run(move_to_file());
    window.run(Effect::Cancel(Attempt(7)));
    let ended = how_it_ended(&mut window).unwrap_err();
    assert_eq!(ended.sentence, "The move was stopped");
    drop(busy);
    let kept = threads.block_on(bench.deps.vault.sign_in(&bench.profile));
    assert!(kept.unwrap().is_some());
}
