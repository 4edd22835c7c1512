//! The system's keychain, through the `keyring` project's stores: Secret Service or the kernel
//! keyring on Linux, Keychain on macOS, Credential Manager on Windows.
//!
//! Deliberately absent: retries that prompt. One attempt per action; only a connection that the
//! keychain's own restart broke is opened again, once.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use zeroize::{Zeroize as _, Zeroizing};

use super::store::{SecretStore, StoreError};

/// The service name that all of Poolkey's entries carry.
pub const SERVICE: &str = "poolkey";

type Opened = Arc<dyn CredentialStoreApi + Send + Sync>;

/// Opens a store of the `keyring` project.
pub type Opener = fn() -> Result<Opened, Error>;

/// One of the system's keychains.
pub struct KeyringStore {
    name: &'static str,
    open: Opener,
    store: Opened,
}

impl KeyringStore {
    /// Opens the keychain.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is none.
    pub fn open(name: &'static str, open: Opener) -> Result<Self, StoreError> {
        let store = open().map_err(|error| StoreError::Missing(plain(&error)))?;
        Ok(Self { name, open, store })
    }

    /// Runs `act` on the entry; after a lost connection once more on a new one.
    fn on_entry<T>(
        &mut self,
        key: &str,
        act: impl Fn(&Entry) -> Result<T, Error>,
    ) -> Result<Option<T>, StoreError> {
        // Windows would carry it to the person's other machines where profiles roam.
        let stays_here = cfg!(windows).then(|| HashMap::from([("persistence", "local")]));
        let mut result = self
            .store
            .build(SERVICE, key, stays_here.as_ref())
            .and_then(|entry| act(&entry));
        if matches!(result, Err(Error::PlatformFailure(_))) {
            self.store = (self.open)().map_err(|error| StoreError::Missing(plain(&error)))?;
            result = self
                .store
                .build(SERVICE, key, stays_here.as_ref())
                .and_then(|entry| act(&entry));
        }
        match result {
            Ok(value) => Ok(Some(value)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(store_error(&error)),
        }
    }
}

impl SecretStore for KeyringStore {
    fn name(&self) -> &'static str {
        self.name
    }

    fn get(&mut self, key: &str) -> Result<Option<Zeroizing<String>>, StoreError> {
        let Some(bytes) = self.on_entry(key, Entry::get_secret)? else {
            return Ok(None);
        };
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(error) => {
                error.into_bytes().zeroize();
                Err(StoreError::Broken("an entry is not text".to_owned()))
            }
        }
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), StoreError> {
        self.on_entry(key, |entry| entry.set_secret(text.as_bytes()))
            .map(|_| ())
    }

    fn delete(&mut self, key: &str) -> Result<(), StoreError> {
        self.on_entry(key, Entry::delete_credential).map(|_| ())
    }
}

fn store_error(error: &Error) -> StoreError {
    match error {
        Error::NoStorageAccess(_) => StoreError::Locked(plain(error)),
        Error::PlatformFailure(_) => StoreError::Missing(plain(error)),
        _ => StoreError::Broken(plain(error)),
    }
}

/// The error's text. Two variants carry the secret's bytes: those are named, not printed.
fn plain(error: &Error) -> String {
    match error {
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            "an entry has the wrong format".to_owned()
        }
        Error::NoStorageAccess(source) | Error::PlatformFailure(source) => source.to_string(),
        other => other.to_string(),
    }
}
