//! Identity IDs in a file of the state folder, so that `GetId` is called once per person and pool.
//!
//! An identity ID opens nothing without its login; a guest's opens what every guest may have.
//! Deliberately absent: anything that a token says beside its subject.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use zeroize::Zeroizing;

use super::blocking::blocking;
use super::safe_file;
use crate::domain::{IdentityId, Problem, ProblemKind};
use crate::ops::ports::{Identities, IdentityKey, Person};

const LOCK_WAIT: Duration = Duration::from_secs(10);

/// `identities.json`.
pub struct IdentityFile {
    path: PathBuf,
}

type Entries = BTreeMap<String, String>;

impl IdentityFile {
    /// The file may not exist yet.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self { path }
    }
}

/// Names in quotes: none can be taken for two.
fn text_of(key: &IdentityKey) -> String {
    let person = match &key.person {
        Person::Guest => "guest".to_owned(),
        Person::Developer { provider, user } => format!("developer {provider:?} {user:?}"),
        Person::Logins(pairs) => {
            let pair = |(provider, subject): &(String, String)| format!("{provider} {subject:?}");
            pairs.iter().map(pair).collect::<Vec<_>>().join(" ")
        }
    };
    let endpoint = key.endpoint_url.as_ref();
    let endpoint = endpoint.map_or("", |endpoint| endpoint.as_str());
    format!("{} {person} {endpoint}", key.pool)
}

/// A cache that cannot be read is an empty one: the worst that follows is one more `GetId`.
fn entries(bytes: &[u8]) -> Entries {
    serde_json::from_slice(bytes).unwrap_or_default()
}

#[async_trait]
impl Identities for IdentityFile {
    async fn get(&self, key: &IdentityKey) -> Result<Option<IdentityId>, Problem> {
        let (path, key) = (self.path.clone(), text_of(key));
        blocking(move || {
            let found = entries(&safe_file::read(&path)?).remove(&key);
            Ok(found.and_then(|text| text.parse().ok()))
        })
        .await
    }

    async fn set(&self, key: &IdentityKey, identity: Option<&IdentityId>) -> Result<(), Problem> {
        let (key, identity) = (text_of(key), identity.map(ToString::to_string));
        self.change(move |entries| match &identity {
            Some(identity) => {
                entries.insert(key.clone(), identity.clone());
            }
            None => {
                entries.remove(&key);
            }
        })
        .await
    }

    async fn holds(&self, identity: &IdentityId) -> Result<bool, Problem> {
        let (path, identity) = (self.path.clone(), identity.to_string());
        blocking(move || {
            let entries = entries(&safe_file::read(&path)?);
            Ok(entries.values().any(|cached| *cached == identity))
        })
        .await
    }

    async fn forget(&self, identity: &IdentityId) -> Result<(), Problem> {
        let identity = identity.to_string();
        self.change(move |entries| entries.retain(|_, cached| *cached != identity))
            .await
    }
}

impl IdentityFile {
    /// Changes the file under its lock; one that stays the same is not written.
    async fn change(&self, change: impl Fn(&mut Entries) + Send + 'static) -> Result<(), Problem> {
        let path = self.path.clone();
        blocking(move || {
            safe_file::update(&path, LOCK_WAIT, |bytes| {
                let before = entries(&bytes);
                let mut entries = before.clone();
                change(&mut entries);
                if entries == before {
                    return Ok((None, ()));
                }
                let text = serde_json::to_string_pretty(&entries).map_err(|_| {
                    Problem::new(
                        ProblemKind::Unexpected,
                        "The identity cache could not be written as text",
                    )
                })?;
                Ok((Some(Zeroizing::new(text)), ()))
            })
            .map(|_| ())
        })
        .await
    }
}
