//! Entries deleted, and made of what was there.
//!
//! Deliberately absent: what the entries say (see `records`, `logins`).

use zeroize::Zeroizing;

use super::SecretVault;
use super::kind::{Kind, key};
use crate::domain::{Problem, ProblemKind, ProfileName};

impl SecretVault {
    pub(super) async fn delete(&self, keys: &[String]) -> Result<(), Problem> {
        let keys = keys.to_vec();
        self.unstored.forget(&keys);
        self.ask(move |cupboard| {
            keys.iter()
                .try_for_each(|key| cupboard.store()?.delete(key))
        })
        .await
    }

    /// Makes another text of what is there; nobody of this process comes in between.
    pub(super) async fn change(
        &self,
        profile: &ProfileName,
        kind: Kind,
        change: impl FnOnce(Option<&str>) -> Option<Zeroizing<String>> + Send + 'static,
    ) -> Result<(), Problem> {
        let key = key(profile, kind);
        let changed = self.ask(move |cupboard| {
            let store = cupboard.store()?;
            let text = store.get(&key)?;
            match change(text.as_ref().map(|text| text.as_str())) {
                Some(text) => store.set(&key, &text).map(Some),
                None => Ok(None),
            }
        });
        changed.await?.ok_or_else(no_text)
    }
}

pub(super) fn no_text() -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        "A record could not be written as text",
    )
}
