//! Bringing all secrets from one store to another.
//!
//! Every entry is copied, read back and compared; then the configuration names the new store; then
//! the old entries go. Whoever dies in between leaves a configuration that names a store with all of
//! them. Deliberately absent: the stores, and a way back (it is a move to the old one).

use async_trait::async_trait;

use crate::domain::{Problem, ProblemKind, ProfileName, Secret, StoreChoice};
use crate::ops::ports::{Deps, Profiles, Vault, VaultState};

/// A place in a secret store, and what lies there.
#[derive(Debug)]
pub struct Entry {
    /// The place.
    pub key: String,
    /// None where nothing lies there.
    pub text: Option<Secret>,
}

/// The entries of a secret store as they lie, to bring them to another.
#[async_trait]
pub trait Entries: Send + Sync {
    /// Every place that a profile has, in the order in which they are forgotten.
    async fn entries(&self, of: &ProfileName) -> Result<Vec<Entry>, Problem>;
    /// Makes the place hold this and nothing else, and reads it back.
    async fn put_entry(&self, entry: &Entry) -> Result<(), Problem>;
}

/// Every secret of the profiles as it lies, and nobody renews them meanwhile.
pub struct Read {
    entries: Vec<Entry>,
    to: StoreChoice,
    lock: Box<dyn Send + Sync>,
}

/// Every secret of the profiles lies in both stores, and nobody renews them meanwhile.
pub struct Copied {
    entries: Vec<Entry>,
    to: StoreChoice,
    _lock: Box<dyn Send + Sync>,
}

/// A lock that somebody holds for too long, or cannot be had, does not keep a sign-in from being kept;
/// a store that is not the one any more does.
pub(in crate::ops) fn same_store<T>(
    lock: Result<T, Problem>,
) -> Result<Result<T, Problem>, Problem> {
    match lock {
        Err(problem) if problem.kind == ProblemKind::SecretStore => Err(problem),
        lock => Ok(lock),
    }
}

/// Waits for everybody else, then reads what lies in the store of `deps`. Nothing is written: this
/// may be torn down.
///
/// # Errors
/// What the store refuses, that the configuration names another store by now, and that the new one
/// is the old one.
pub async fn read(deps: &Deps, to: &dyn Vault, choice: StoreChoice) -> Result<Read, Problem> {
    // Who gets it knows that the configuration still names the store of `deps`.
    let lock = deps.locks.lock_all().await?;
    let configuration = deps.profiles.load().await?;
    let named = configuration.secret_store.as_deref();
    let is_there = named == Some(choice.name());
    if is_there || is_one(&deps.vault.probe().await?, &to.probe().await?) {
        return Err(Problem::new(
            ProblemKind::SecretStore,
            "Secrets are kept in that store already",
        )
        .hint("Restart Poolkey if it shows another."));
    }
    let mut entries = Vec::new();
    for profile in configuration.profiles {
        entries.extend(deps.vault.entries(&profile.name).await?);
    }
    Ok(Read {
        entries,
        to: choice,
        lock,
    })
}

/// Copies what was read. `go_on` is told how many of how many are done, and says whether to go on.
///
/// # Errors
/// What the store refuses, and that `go_on` said no. Nothing is left in the new store then, as far as
/// it can be helped.
pub async fn copy(
    read: Read,
    to: &dyn Entries,
    go_on: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Result<Copied, Problem> {
    let Read {
        entries,
        to: choice,
        lock,
    } = read;
    copied(&entries, to, go_on).await?;
    Ok(Copied {
        entries,
        to: choice,
        _lock: lock,
    })
}

/// Lets the configuration name the new store, has `enter` go over to it, and empties the old one. How
/// many secrets moved, and why not all of the old ones are gone.
///
/// # Errors
/// When the configuration cannot be written: the old store is still the one that counts, and the new
/// one is emptied.
pub async fn settle(
    deps: &Deps,
    to: &dyn Entries,
    copied: Copied,
    enter: impl FnOnce() + Send,
) -> Result<(usize, Option<Problem>), Problem> {
    let from: &dyn Entries = deps.vault.as_ref();
    settled(deps.profiles.as_ref(), from, to, &copied, enter).await
}

/// A store that was chosen automatically has its own name, too.
fn is_one(one: &VaultState, other: &VaultState) -> bool {
    match (one, other) {
        (VaultState::Ready { name: one, .. }, VaultState::Ready { name: other, .. }) => {
            one == other
        }
        _ => false,
    }
}

/// What is not in the old store goes from the new one, too: an older move may have left a sign-in
/// there that has been ended since.
async fn copied(
    entries: &[Entry],
    to: &dyn Entries,
    go_on: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Result<(), Problem> {
    let of = entries.len();
    for (done, entry) in entries.iter().enumerate() {
        let put = if go_on(done, of) {
            to.put_entry(entry).await
        } else {
            Err(stopped())
        };
        if let Err(problem) = put {
            empty(to, entries.iter().take(done + 1)).await;
            return Err(problem);
        }
    }
    let _told = go_on(of, of);
    Ok(())
}

async fn settled(
    profiles: &dyn Profiles,
    from: &dyn Entries,
    to: &dyn Entries,
    copied: &Copied,
    enter: impl FnOnce() + Send,
) -> Result<(usize, Option<Problem>), Problem> {
    if let Err(problem) = profiles.set("secret_store", copied.to.name()).await {
        empty(to, &copied.entries).await;
        return Err(problem);
    }
    enter();
    let moved = copied.entries.iter().filter(|entry| entry.text.is_some());
    let left = empty(from, &copied.entries).await;
    Ok((moved.count(), left))
}

/// Goes on where one cannot be removed, and says the first that could not.
async fn empty<'a>(
    store: &dyn Entries,
    entries: impl IntoIterator<Item = &'a Entry>,
) -> Option<Problem> {
    let mut left = None;
    for entry in entries {
        if entry.text.is_none() {
            continue;
        }
        let nothing = Entry {
            key: entry.key.clone(),
            text: None,
        };
        if let Err(problem) = store.put_entry(&nothing).await {
            left.get_or_insert(problem);
        }
    }
    left
}

/// Somebody stopped it.
#[must_use]
pub fn stopped() -> Problem {
    Problem::new(ProblemKind::SecretStore, "The move was stopped")
        .hint("Secrets stay where they were.")
}

#[cfg(test)]
#[path = "secrets_tests.rs"]
mod secrets_tests;
