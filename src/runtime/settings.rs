//! What follows from a setting: adapters are made anew, secrets move, a request is tried.
//!
//! Work that runs meanwhile comes to its end with the adapters it began with.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use super::{Machine, Shared, Store, World};
use crate::adapters::activity;
use crate::adapters::blocking::blocking;
use crate::adapters::folder;
use crate::app::{Attempt, Event, SettingsEvent};
use crate::domain::{Problem, Profile, Secret, SettingChange, StoreChoice, Surroundings};
use crate::ops::ports::VaultState;
use crate::ops::secrets::{self, Entries};
use crate::ops::{Deps, settings};

pub(super) async fn save(shared: &Shared, world: &World, change: SettingChange) {
    let result = async {
        // One after the other: each begins with what the one before left.
        let _turn = shared.entering.lock().await;
        settings::change(&world.deps, &change).await?;
        if change.reconnects()
            && let Some(now) = shared.same_world(world)
        {
            reconnect(shared, &now).await?;
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
async fn reconnect(shared: &Shared, world: &World) -> Result<(), Problem> {
    let Some(machine) = world.machine.clone() else {
        return Ok(());
    };
    let before = world.deps.clone();
    let deps = blocking(move || machine.reconnect(&before)).await?;
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
pub(super) struct Opened(Mutex<Option<(Attempt, Store)>>);

impl Opened {
    fn of(&self, attempt: Attempt) -> Option<Store> {
        let opened = self.0.lock().ok()?;
        let (_, store) = opened.as_ref().filter(|(of, _)| *of == attempt)?;
        Some(store.clone())
    }

    fn keep(&self, opened: Option<(Attempt, Store)>) {
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
    let opened = open(shared, machine, attempt, to, passphrase);
    // Nothing is written while it is opened.
    let opened = shared.unless_cancelled(attempt, opened).await;
    let result = match opened.unwrap_or_else(|| Err(secrets::stopped())) {
        Ok(Ok(store)) => moved(shared, world, attempt, to, store).await,
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
) -> Result<Result<Store, (bool, Problem)>, Problem> {
    let store = match shared.new_store.of(attempt) {
        Some(store) => store,
        None => blocking(move || machine.open_store(to)).await?,
    };
    shared.new_store.keep(Some((attempt, store.clone())));
    let state = match passphrase {
        Some(passphrase) => store.vault.unlock(passphrase).await?,
        None => store.vault.probe().await?,
    };
    Ok(match state {
        VaultState::Ready { .. } => Ok(store),
        VaultState::NeedsPassphrase { is_new, problem } => Err((is_new, problem)),
    })
}

async fn moved(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    to: StoreChoice,
    store: Store,
) -> Result<usize, Problem> {
    let go_on = |done, of| {
        shared.tell_now(Event::Settings(SettingsEvent::MoveStep {
            attempt,
            done,
            of,
        }));
        !shared.is_cancelled(attempt)
    };
    let quiet = shared.unless_cancelled(attempt, async {
        // Nothing of this window is under way in the old store, and none of its settings.
        (
            shared.unfinished.write().await,
            shared.entering.lock().await,
        )
    });
    let _quiet = quiet.await.ok_or_else(secrets::stopped)?;
    let world = shared.same_world(world).ok_or_else(secrets::stopped)?;
    let read = secrets::read(&world.deps, store.vault.as_ref(), to);
    let read = shared.unless_cancelled(attempt, read).await;
    let read = read.unwrap_or_else(|| Err(secrets::stopped()))?;
    let entries: &dyn Entries = store.vault.as_ref();
    let copied = secrets::copy(read, entries, &go_on).await?;
    // Made before the configuration names it: after that nothing may fail.
    let deps = Deps {
        vault: store.vault.clone(),
        locks: store.locks.clone(),
        ..world.deps.clone()
    };
    let (count, left) = secrets::settle(&world.deps, entries, copied, || {
        shared.enter(World {
            deps,
            ..world.clone()
        });
    })
    .await?;
    if let Some(problem) = left {
        let told = problem.hint(
            "The old store still holds some secrets; they are of no use to Poolkey any more.",
        );
        shared.tell(Event::Trouble(told)).await;
    }
    Ok(count)
}
