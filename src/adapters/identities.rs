//! Identity IDs in a file of the state folder, so that `GetId` is called once per person and pool.
//!
//! An identity ID opens nothing without its login. Deliberately absent: guest identities.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use zeroize::Zeroizing;

use super::blocking::blocking;
use super::safe_file;
use crate::domain::{IdentityId, Problem, ProblemKind};
use crate::ops::ports::{Identities, IdentityKey};

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

fn text_of(key: &IdentityKey) -> String {
    let endpoint = key
        .endpoint_url
        .as_ref()
        .map_or("", |endpoint| endpoint.as_str());
    [
        key.pool.as_str(),
        &key.provider_name,
        &key.subject,
        endpoint,
    ]
    .join(" ")
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
        let (path, key, identity) = (self.path.clone(), text_of(key), identity.cloned());
        blocking(move || {
            safe_file::update(&path, LOCK_WAIT, |bytes| {
                let mut entries = entries(&bytes);
                match &identity {
                    Some(identity) => entries.insert(key.clone(), identity.to_string()),
                    None => entries.remove(&key),
                };
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
