//! Getting at the entries of the store, on its thread.
//!
//! Deliberately absent: what the texts are (see `records` and `logins`).

use zeroize::Zeroizing;

use super::SecretVault;
use super::keeper::Cupboard;
use super::kind::{Kind, key};
use super::logins;
use super::store::StoreError;
use crate::domain::{Problem, ProblemKind, ProfileName};
use crate::ops::ports::VaultState;

impl SecretVault {
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Cupboard) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        self.keeper.ask(job).await?.map_err(|error| error.problem())
    }

    pub(super) async fn get(
        &self,
        profile: &ProfileName,
        kind: Kind,
    ) -> Result<Option<Zeroizing<String>>, Problem> {
        let key = key(profile, kind);
        self.ask(move |cupboard| cupboard.store()?.get(&key)).await
    }

    pub(super) async fn set(
        &self,
        profile: &ProfileName,
        kind: Kind,
        text: Option<Zeroizing<String>>,
    ) -> Result<(), Problem> {
        let key = key(profile, kind);
        let text = text.ok_or_else(no_text)?;
        self.ask(move |cupboard| cupboard.store()?.set(&key, &text))
            .await
    }

    pub(super) async fn delete(&self, keys: &[String]) -> Result<(), Problem> {
        let keys = keys.to_vec();
        self.unstored.forget(&keys);
        // The store may keep a person waiting.
        let copies = self.forget_copies(&keys);
        let stored = self.ask(move |cupboard| {
            keys.iter()
                .try_for_each(|key| cupboard.store()?.delete(key))
        });
        stored.await.and(copies)
    }

    /// What is there, or what the store did not take.
    pub(super) async fn held(
        &self,
        profile: &ProfileName,
        kind: Kind,
    ) -> Result<Option<Zeroizing<String>>, Problem> {
        let (key, unstored) = (key(profile, kind), self.unstored.clone());
        self.ask(move |cupboard| unstored.read(cupboard.store(), &key))
            .await
    }

    /// Makes another text of what is there; nobody of this process comes in between. Where the store
    /// does not take it, that is the error, and it is read from memory.
    pub(super) async fn change(
        &self,
        profile: &ProfileName,
        kind: Kind,
        change: impl FnOnce(Option<&str>) -> Option<Zeroizing<String>> + Send + 'static,
    ) -> Result<(), Problem> {
        let (key, unstored) = (key(profile, kind), self.unstored.clone());
        let changing = move |cupboard: &mut Cupboard| {
            let text = unstored.read(cupboard.store(), &key)?;
            let Some(text) = change(text.as_ref().map(|text| text.as_str())) else {
                return Ok(None);
            };
            unstored.put(&key, text);
            unstored.store(cupboard.store(), &key).map(Some)
        };
        let changed = self.keeper.ask_patiently(changing).await?;
        changed
            .map_err(|error| error.problem())?
            .ok_or_else(no_text)
    }

    /// Adds the entries under one name to those under another.
    pub(super) async fn copy(
        &self,
        from: &ProfileName,
        to: &ProfileName,
        kind: Kind,
    ) -> Result<(), Problem> {
        let Some(text) = self.held(from, kind).await? else {
            return Ok(());
        };
        let joined = move |there: Option<&str>| logins::joined(there, &text);
        self.change(to, kind, joined).await
    }

    pub(super) async fn try_store(&self) -> Result<VaultState, Problem> {
        let job = |cupboard: &mut Cupboard| Ok((cupboard.try_out(), cupboard.is_automatic()));
        let (tried, is_automatic) = match self.keeper.ask(job).await? {
            Ok(tried) => tried,
            Err(error) => return Err(error.problem()),
        };
        match tried {
            Ok(state) => Ok(state),
            Err(error @ StoreError::NeedsPassphrase { is_new, wrong }) => {
                let problem = error.problem();
                Ok(VaultState::NeedsPassphrase {
                    is_new,
                    problem: if is_automatic && !wrong {
                        without_keychain(problem)
                    } else {
                        problem
                    },
                })
            }
            Err(error) => Err(error.problem()),
        }
    }
}

/// Nobody chose the encrypted file: why it is used is said, too.
fn without_keychain(problem: Problem) -> Problem {
    let sentence =
        "No keychain here, so secrets are kept in an encrypted file, which needs a passphrase";
    Problem {
        sentence: sentence.to_owned(),
        ..problem
    }
}

/// What could not be written as text.
pub(super) fn no_text() -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        "A record could not be written as text",
    )
}
