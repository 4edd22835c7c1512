//! Bringing all secrets from one store to another.
//!
//! Every entry is copied, read back and compared; then the configuration names the new store; then
//! the old entries go. Whoever dies in between leaves a configuration that names a store with all of
//! them. Deliberately absent: the stores, and a way back (it is a move to the old one).

use async_trait::async_trait;

use crate::domain::{Problem, ProblemKind, ProfileName, Secret, StoreChoice};
use crate::ops::ports::{Configuration, Deps, Locks, Profiles};

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

/// Every secret of the profiles lies in both stores, and nobody renews them meanwhile.
pub struct Copied {
    entries: Vec<Entry>,
    to: StoreChoice,
    _locks: Vec<Box<dyn Send + Sync>>,
}

/// Copies what lies in the store of `deps`. `go_on` is told how many of how many are done, and says
/// whether to go on.
///
/// # Errors
/// What a store refuses, and that `go_on` said no. Nothing is left in the new store then, as far as
/// it can be helped.
pub async fn copy(
    deps: &Deps,
    to: &dyn Entries,
    choice: StoreChoice,
    go_on: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Result<Copied, Problem> {
    let configuration = deps.profiles.load().await?;
    not_there_yet(&configuration, choice)?;
    let profiles = configuration.profiles.into_iter();
    let names: Vec<ProfileName> = profiles.map(|profile| profile.name).collect();
    let from: &dyn Entries = deps.vault.as_ref();
    let locks = held(deps.locks.as_ref(), from, &names).await?;
    let entries = copied(from, to, &names, go_on).await?;
    Ok(Copied {
        entries,
        to: choice,
        _locks: locks,
    })
}

/// Lets the configuration name the new store, and empties the old one. How many secrets moved, and
/// why not all of the old ones are gone.
///
/// # Errors
/// When the configuration cannot be written: the old store is still the one that counts, and the new
/// one is emptied.
pub async fn settle(
    deps: &Deps,
    to: &dyn Entries,
    copied: Copied,
) -> Result<(usize, Option<Problem>), Problem> {
    let from: &dyn Entries = deps.vault.as_ref();
    settled(deps.profiles.as_ref(), from, to, &copied).await
}

/// Another process may have moved them there: what is not in the store of this one any more would
/// be forgotten in the one that counts.
fn not_there_yet(configuration: &Configuration, to: StoreChoice) -> Result<(), Problem> {
    if configuration.secret_store.as_deref() != Some(to.name()) {
        return Ok(());
    }
    let sentence = "The configuration names that store already: the secrets are there";
    Err(Problem::new(ProblemKind::SecretStore, sentence).hint("Restart Poolkey to use it."))
}

/// Nobody renews what is on its way. A profile without secrets needs no lock.
async fn held(
    locks: &dyn Locks,
    from: &dyn Entries,
    names: &[ProfileName],
) -> Result<Vec<Box<dyn Send + Sync>>, Problem> {
    let mut held = Vec::new();
    for name in names {
        let entries = from.entries(name).await?;
        if entries.iter().any(|entry| entry.text.is_some()) {
            held.push(locks.lock(name).await?);
        }
    }
    Ok(held)
}

async fn copied(
    from: &dyn Entries,
    to: &dyn Entries,
    names: &[ProfileName],
    go_on: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Result<Vec<Entry>, Problem> {
    let mut entries = Vec::new();
    for name in names {
        entries.extend(from.entries(name).await?);
    }
    let of = entries.len();
    for (done, entry) in entries.iter().enumerate() {
        let put = if go_on(done, of) {
            // Also what is not there: an older move may have left something.
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
    Ok(entries)
}

async fn settled(
    profiles: &dyn Profiles,
    from: &dyn Entries,
    to: &dyn Entries,
    copied: &Copied,
) -> Result<(usize, Option<Problem>), Problem> {
    if let Err(problem) = profiles.set("secret_store", copied.to.name()).await {
        empty(to, &copied.entries).await;
        return Err(problem);
    }
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

fn stopped() -> Problem {
    Problem::new(ProblemKind::SecretStore, "The move was stopped")
        .hint("Secrets stay where they were.")
}

#[cfg(test)]
#[path = "secrets_tests.rs"]
mod secrets_tests;
