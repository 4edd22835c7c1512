//! The store's entries as they lie, for a move to another store.
//!
//! Deliberately absent: what the texts are.

use async_trait::async_trait;
use zeroize::Zeroizing;

use super::SecretVault;
use super::keeper::Cupboard;
use super::kind::{ALL_KINDS, key};
use super::store::StoreError;
use crate::domain::{Problem, ProfileName, Secret};
use crate::ops::secrets::{Entries, Entry};

#[async_trait]
impl Entries for SecretVault {
    async fn entries(&self, of: &ProfileName) -> Result<Vec<Entry>, Problem> {
        let mut entries = Vec::new();
        for kind in ALL_KINDS {
            let text = self.held(of, kind).await?;
            entries.push(Entry {
                key: key(of, kind),
                text: text.map(|text| Secret::new(text.as_str().to_owned())),
            });
        }
        Ok(entries)
    }

    async fn put_entry(&self, entry: &Entry) -> Result<(), Problem> {
        let key = entry.key.clone();
        let Some(text) = &entry.text else {
            return self.delete(&[key]).await;
        };
        let text = Zeroizing::new(text.expose().to_owned());
        self.ask(move |cupboard: &mut Cupboard| {
            let store = cupboard.store()?;
            if store.get(&key)?.as_deref() == Some(&*text) {
                return Ok(());
            }
            store.set(&key, &text)?;
            if store.get(&key)?.as_deref() == Some(&*text) {
                return Ok(());
            }
            Err(StoreError::Broken(
                "it does not give back what was put in".to_owned(),
            ))
        })
        .await
    }
}
