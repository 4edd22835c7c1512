//! A place for small secret texts under a key.
//!
//! Blocking on purpose: the keychain is spoken to on one thread of its own (see `keeper`).
//! Deliberately absent: a store that writes plaintext.

use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::domain::{Problem, ProblemKind, Secret, StoreChoice};

/// A secret store.
pub trait SecretStore: Send {
    /// The store's name for a person.
    fn name(&self) -> &'static str;
    /// The text under `key`.
    fn get(&mut self, key: &str) -> Result<Option<Zeroizing<String>>, StoreError>;
    /// Puts a text under `key`, in place of what was there.
    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError>;
    /// Removes `key`; an absent one is no error.
    fn delete(&mut self, key: &str) -> Result<(), StoreError>;
    /// Takes a passphrase; stores that need none ignore it.
    fn unlock(&mut self, passphrase: Secret) {
        drop(passphrase);
    }
    /// Whether this is the passphrase; any is, where none is needed.
    fn opens_with(&mut self, _passphrase: &Secret) -> Result<bool, StoreError> {
        Ok(true)
    }
    /// True when there is something to read that a missing passphrase keeps shut.
    fn is_locked(&self) -> bool {
        false
    }
}

/// Why a store did not do it. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// There is no such store on this machine, or it does not answer.
    Missing(String),
    /// It is locked, and nobody unlocked it.
    Locked(String),
    /// It answered nonsense, or a part of an entry is gone.
    Broken(String),
    /// It wants a passphrase; with `wrong` the one it has does not fit.
    NeedsPassphrase {
        /// No file yet.
        is_new: bool,
        /// The one given does not fit.
        wrong: bool,
    },
    /// Its file could not be read or written.
    File(Problem),
}

impl StoreError {
    /// The error as a person reads it.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let store = |sentence: String| Problem::new(ProblemKind::SecretStore, sentence);
        match self {
            Self::Missing(why) => store(format!("The secret store does not answer: {why}"))
                .hint("Start your desktop's keyring, or choose another store with --secret-store file."),
            Self::Locked(why) => store(format!("The secret store is locked: {why}"))
                .hint("Unlock your keyring (log in to the desktop, or answer its prompt) and try again."),
            Self::Broken(why) => store(format!("The secret store cannot be read: {why}"))
                .hint("Sign in again to replace what is stored; move a damaged file away first."),
            Self::NeedsPassphrase { wrong: true, .. } => {
                store("The passphrase does not open the encrypted file".to_owned())
                    .hint("Check the file that POOLKEY_PASSPHRASE_FILE names, or type it again.")
                    .hint("There is no way around it: whoever forgot it removes secrets.age in the state folder and signs in again.")
            }
            Self::NeedsPassphrase { wrong: false, .. } => {
                store("Secrets are kept in an encrypted file, which needs a passphrase".to_owned())
                    .hint("Sign in on a terminal to type one, or name a file that holds it in POOLKEY_PASSPHRASE_FILE.")
                    .hint("Where there is a keyring, --secret-store auto uses it; --secret-store keyutils keeps secrets in the kernel until the machine restarts.")
            }
            Self::File(problem) => problem.clone(),
        }
    }
}

/// What is needed to open a store.
#[derive(Debug, Clone)]
pub struct StorePlan {
    /// Which one.
    pub choice: StoreChoice,
    /// Where the encrypted file would be.
    pub file: PathBuf,
    /// A file that holds the passphrase.
    pub passphrase_file: Option<PathBuf>,
}
