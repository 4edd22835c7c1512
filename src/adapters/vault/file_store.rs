//! Secrets in one file, encrypted with a passphrase by `age` (scrypt, ChaCha20-Poly1305).
//!
//! Every change is read, changed and written under the file's lock, so processes do not lose each
//! other's entries. Deliberately absent: a default passphrase, and an unencrypted form.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use age::secrecy::SecretString;
use zeroize::Zeroizing;

use super::store::{SecretStore, StoreError};
use crate::adapters::safe_file;
use crate::crypto::group::sha256;
use crate::domain::{Problem, ProblemKind, Secret, StoreChoice};

/// scrypt with N = 2^16 and r = 8: 64 MiB and a few tenths of a second an attempt.
const WORK_FACTOR_LOG2: u8 = 16;

/// A file that asks for more work than this was not written here.
const MOST_WORK_FACTOR_LOG2: u8 = 20;

/// Each write takes as long as an attempt, and many profiles may be renewed at once: a rotated
/// refresh token must not be lost over that.
const LOCK_WAIT: Duration = Duration::from_secs(20);

type Entries = BTreeMap<String, Zeroizing<String>>;

/// The encrypted file.
pub struct FileStore {
    path: PathBuf,
    passphrase: Option<Secret>,
    /// The last file content by its digest: unchanged bytes are not decrypted a second time.
    seen: Option<([u8; 32], Entries)>,
}

impl FileStore {
    /// The file may not exist yet; the passphrase may come later.
    #[must_use]
    pub const fn new(path: PathBuf, passphrase: Option<Secret>) -> Self {
        Self {
            path,
            passphrase,
            seen: None,
        }
    }

    fn needs_passphrase(&self) -> StoreError {
        StoreError::NeedsPassphrase {
            is_new: !self.path.exists(),
            wrong: false,
        }
    }

    fn entries(&mut self) -> Result<Entries, StoreError> {
        let bytes = safe_file::read(&self.path).map_err(StoreError::File)?;
        // Nothing is kept yet: that can be said without a passphrase.
        if bytes.is_empty() {
            return Ok(Entries::new());
        }
        let passphrase = self
            .passphrase
            .as_ref()
            .ok_or_else(|| self.needs_passphrase())?;
        let entries = match self.open(passphrase, &bytes) {
            Err(error @ StoreError::NeedsPassphrase { .. }) => {
                self.passphrase = None;
                return Err(error);
            }
            result => result?,
        };
        self.seen = Some((sha256(&[&bytes]), entries.clone()));
        Ok(entries)
    }

    /// What the bytes hold. Each decryption is slow on purpose, so bytes that were seen before are
    /// not decrypted again.
    fn open(&self, passphrase: &Secret, bytes: &[u8]) -> Result<Entries, StoreError> {
        match &self.seen {
            Some((seen, entries)) if *seen == sha256(&[bytes]) => Ok(entries.clone()),
            _ => decrypt(passphrase, bytes).map_err(|error| match error {
                StoreError::Broken(why) => {
                    StoreError::Broken(format!("{}: {why}", self.path.display()))
                }
                other => other,
            }),
        }
    }

    fn change(&mut self, change: impl Fn(&mut Entries)) -> Result<(), StoreError> {
        // Decrypting first tells a wrong passphrase apart from a file that cannot be written. Once
        // it fitted, that would only be one slow decryption more.
        if self.seen.is_none() {
            self.entries()?;
        }
        let passphrase = self
            .passphrase
            .as_ref()
            .ok_or_else(|| self.needs_passphrase())?;
        let (_wrote, seen) = safe_file::update(&self.path, LOCK_WAIT, |bytes| {
            let mut entries = if bytes.is_empty() {
                Entries::new()
            } else {
                self.open(passphrase, &bytes)
                    .map_err(|error| error.problem())?
            };
            change(&mut entries);
            let text = encrypt(passphrase, &entries)?;
            let digest = sha256(&[text.as_bytes()]);
            Ok((Some(text), (digest, entries)))
        })
        .map_err(StoreError::File)?;
        self.seen = Some(seen);
        Ok(())
    }
}

impl SecretStore for FileStore {
    fn name(&self) -> &'static str {
        StoreChoice::File.label()
    }

    fn get(&mut self, key: &str) -> Result<Option<Zeroizing<String>>, StoreError> {
        Ok(self.entries()?.remove(key))
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        self.change(|entries| {
            entries.insert(key.to_owned(), Zeroizing::new(text.to_owned()));
        })
    }

    fn delete(&mut self, key: &str) -> Result<(), StoreError> {
        if !self.entries()?.contains_key(key) {
            return Ok(());
        }
        self.change(|entries| {
            entries.remove(key);
        })
    }

    fn unlock(&mut self, passphrase: Secret) {
        self.passphrase = Some(passphrase);
        self.seen = None;
    }

    /// Against the file, or against what opened a file that is not there yet.
    fn opens_with(&mut self, passphrase: &Secret) -> Result<bool, StoreError> {
        let bytes = safe_file::read(&self.path).map_err(StoreError::File)?;
        if bytes.is_empty() {
            let known = self.passphrase.as_ref();
            return Ok(known.is_none_or(|known| known.expose() == passphrase.expose()));
        }
        match decrypt(passphrase, &bytes) {
            Ok(_) => Ok(true),
            Err(StoreError::NeedsPassphrase { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn is_locked(&self) -> bool {
        self.passphrase.is_none() && self.path.exists()
    }
}

fn age_passphrase(passphrase: &Secret) -> SecretString {
    SecretString::from(passphrase.expose().to_owned())
}

fn encrypt(passphrase: &Secret, entries: &Entries) -> Result<Zeroizing<String>, Problem> {
    let failed = || {
        Problem::new(
            ProblemKind::SecretStore,
            "The secrets could not be encrypted",
        )
    };
    let plain: BTreeMap<&str, &str> = entries
        .iter()
        .map(|(key, text)| (key.as_str(), text.as_str()))
        .collect();
    let plain = Zeroizing::new(serde_json::to_string(&plain).map_err(|_| failed())?);
    let mut recipient = age::scrypt::Recipient::new(age_passphrase(passphrase));
    recipient.set_work_factor(WORK_FACTOR_LOG2);
    age::encrypt_and_armor(&recipient, plain.as_bytes())
        .map(Zeroizing::new)
        .map_err(|_| failed())
}

fn decrypt(passphrase: &Secret, bytes: &[u8]) -> Result<Entries, StoreError> {
    let mut identity = age::scrypt::Identity::new(age_passphrase(passphrase));
    identity.set_max_work_factor(MOST_WORK_FACTOR_LOG2);
    let plain = match age::decrypt(&identity, bytes) {
        Ok(plain) => Zeroizing::new(plain),
        Err(age::DecryptError::DecryptionFailed | age::DecryptError::NoMatchingKeys) => {
            return Err(StoreError::NeedsPassphrase {
                is_new: false,
                wrong: true,
            });
        }
        Err(error) => {
            return Err(StoreError::Broken(format!(
                "the encrypted file is damaged ({error})"
            )));
        }
    };
    let entries: BTreeMap<String, String> = serde_json::from_slice(&plain)
        .map_err(|_| StoreError::Broken("the encrypted file has the wrong content".to_owned()))?;
    Ok(entries
        .into_iter()
        .map(|(key, text)| (key, Zeroizing::new(text)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened_with(path: PathBuf, passphrase: &str) -> FileStore {
        FileStore::new(path, Some(Secret::new(passphrase.to_owned())))
    }

    #[test]
    fn survives_a_restart_and_shows_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/secrets.age");
        let mut store = opened_with(path.clone(), "correct horse");
        store.set("a", "canary-one").unwrap();
        store.set("b", "canary-two").unwrap();
        store.delete("b").unwrap();
        let on_disk = std::fs::read_to_string(&path).unwrap();
        assert!(on_disk.starts_with("-----BEGIN AGE") && !on_disk.contains("canary"));

        let mut again = opened_with(path, "correct horse");
        assert_eq!(again.get("a").unwrap().unwrap().as_str(), "canary-one");
        assert_eq!(again.get("b").unwrap(), None);
    }

    #[test]
    fn a_wrong_or_missing_passphrase_is_said_and_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets.age");
        opened_with(path.clone(), "right").set("a", "x").unwrap();
        let before = std::fs::read(&path).unwrap();

        let mut wrong = opened_with(path.clone(), "wrong");
        let refused = StoreError::NeedsPassphrase {
            is_new: false,
            wrong: true,
        };
        assert_eq!(wrong.set("a", "y"), Err(refused));
        wrong.unlock(Secret::new("right".to_owned()));
        assert_eq!(wrong.get("a").unwrap().unwrap().as_str(), "x");

        let refused = StoreError::NeedsPassphrase {
            is_new: false,
            wrong: false,
        };
        assert_eq!(FileStore::new(path.clone(), None).get("a"), Err(refused));
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_damaged_file_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secrets.age");
        std::fs::write(&path, "not age at all").unwrap();
        let mut store = opened_with(path.clone(), "right");
        assert!(matches!(store.set("a", "y"), Err(StoreError::Broken(_))));
        assert_eq!(std::fs::read(&path).unwrap(), b"not age at all");
    }
}
