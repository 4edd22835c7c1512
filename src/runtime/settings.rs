//! What follows from a setting: adapters are made anew, secrets move, a request is tried.
//!
//! Work that runs meanwhile comes to its end with the adapters it began with.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use super::{Machine, Shared, World};
use crate::adapters::activity;
use crate::adapters::blocking::blocking;
use crate::adapters::folder;
use crate::app::{Attempt, Event, SettingsEvent};
use crate::domain::{Problem, Profile, Secret, SettingChange, StoreChoice, Surroundings};
use crate::ops::ports::{Vault, VaultState};
use crate::ops::secrets::{self, Entries};
use crate::ops::{Deps, settings};

pub(super) async fn save(shared: &Shared, world: &World, change: SettingChange) {
    let result = async {
        settings::change(&world.deps, &change).await?;
        if change.reconnects() {
            reconnect(shared, world, world.deps.clone()).await?;
        }
        Ok(())
    };
    let result = result.await;
    shared
        .tell(Event::Settings(SettingsEvent::SettingSaved {
            change,
            result,
        }))
        .await;
}

/// From now on everything goes through adapters that are as the settings say.
async fn reconnect(shared: &Shared, world: &World, deps: Deps) -> Result<(), Problem> {
    let Some(machine) = world.machine.clone() else {
        return Ok(());
    };
    let deps = blocking(move || machine.reconnect(&deps)).await?;
    shared.enter(World {
        deps,
        ..world.clone()
    });
    Ok(())
}

pub(super) async fn look_around(shared: &Shared, world: &World) {
    let seen = match world.machine.clone() {
        Some(machine) => blocking(move || machine.surroundings()).await,
        None => Ok(Surroundings::default()),
    };
    // A configuration that cannot be read is told by whoever loads it.
    if let Ok(seen) = seen {
        shared
            .tell(Event::Settings(SettingsEvent::SurroundingsSeen(Box::new(
                seen,
            ))))
            .await;
    }
}

pub(super) async fn try_network(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    profile: &Profile,
) {
    let tried = settings::try_network(&world.deps, profile);
    let result = activity::about(Some(profile.name.clone()), tried).await;
    shared
        .tell(Event::Settings(SettingsEvent::NetworkTried {
            attempt,
            result,
        }))
        .await;
}

pub(super) async fn show_folder(shared: &Shared, path: PathBuf) {
    if let Err(problem) = blocking(move || folder::show(&path)).await {
        shared.tell(Event::Trouble(problem)).await;
    }
}

/// The new store while its passphrase is waited for: opened once for each move.
#[derive(Default)]
pub(super) struct Opened(Mutex<Option<(Attempt, Arc<dyn Vault>)>>);

impl Opened {
    fn of(&self, attempt: Attempt) -> Option<Arc<dyn Vault>> {
        let opened = self.0.lock().ok()?;
        let (_, vault) = opened.as_ref().filter(|(of, _)| *of == attempt)?;
        Some(vault.clone())
    }

    fn keep(&self, opened: Option<(Attempt, Arc<dyn Vault>)>) {
        if let Ok(mut held) = self.0.lock() {
            *held = opened;
        }
    }
}

pub(super) async fn move_secrets(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    to: StoreChoice,
    passphrase: Option<Secret>,
) {
    let Some(machine) = world.machine.clone() else {
        return;
    };
    let _unfinished = shared.unfinished.read().await;
    let result = match open(shared, machine, attempt, to, passphrase).await {
        Ok(Ok(vault)) => moved(shared, world, attempt, to, vault).await,
        Ok(Err((is_new, problem))) => {
            let locked = Event::Settings(SettingsEvent::MoveLocked {
                attempt,
                is_new,
                problem,
            });
            return shared.tell(locked).await;
        }
        Err(problem) => Err(problem),
    };
    shared.new_store.keep(None);
    shared
        .tell(Event::Settings(SettingsEvent::SecretsMoved {
            attempt,
            result,
        }))
        .await;
}

/// A store that works, or what its passphrase is asked with.
async fn open(
    shared: &Shared,
    machine: Arc<dyn Machine>,
    attempt: Attempt,
    to: StoreChoice,
    passphrase: Option<Secret>,
) -> Result<Result<Arc<dyn Vault>, (bool, Problem)>, Problem> {
    let vault = match shared.new_store.of(attempt) {
        Some(vault) => vault,
        None => blocking(move || machine.open_store(to)).await?,
    };
    shared.new_store.keep(Some((attempt, vault.clone())));
    let state = match passphrase {
        Some(passphrase) => vault.unlock(passphrase).await?,
        None => vault.probe().await?,
    };
    Ok(match state {
        VaultState::Ready { .. } => Ok(vault),
        VaultState::NeedsPassphrase { is_new, problem } => Err((is_new, problem)),
    })
}

async fn moved(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    to: StoreChoice,
    vault: Arc<dyn Vault>,
) -> Result<usize, Problem> {
    let go_on = |done, of| {
        shared.tell_now(Event::Settings(SettingsEvent::MoveStep {
            attempt,
            done,
            of,
        }));
        !shared.is_cancelled(attempt)
    };
    let entries: &dyn Entries = vault.as_ref();
    let copied = secrets::copy(&world.deps, entries, to, &go_on).await?;
    // What began before the setting changed meanwhile has its place there as well.
    let world = shared.world();
    let (count, left) = secrets::settle(&world.deps, entries, copied).await?;
    let deps = Deps {
        vault,
        ..world.deps.clone()
    };
    reconnect(shared, &world, deps).await?;
    if let Some(problem) = left {
        let told = problem.hint(
            "The old store still holds some secrets; they are of no use to Poolkey any more.",
        );
        shared.tell(Event::Trouble(told)).await;
    }
    Ok(count)
}
