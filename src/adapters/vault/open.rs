//! Opens the chosen store. "Auto" is the system's keychain; only where Linux has none at all, the
//! encrypted file, and then with a remark.

use zeroize::Zeroizing;

use super::chunks::{Chunked, ENTRY_BYTES};
use super::file_store::FileStore;
use super::keyring_store::KeyringStore;
use super::memory_store::MemoryStore;
use super::store::{SecretStore, StoreError, StorePlan};
use crate::domain::{Problem, ProblemKind, Secret, StoreChoice};

/// A store and what has to be said about it.
pub struct OpenStore {
    /// Ready to be asked.
    pub store: Box<dyn SecretStore>,
    /// Said aloud.
    pub remark: Option<String>,
}

/// Opens the store of the plan.
pub fn open(plan: &StorePlan) -> Result<OpenStore, StoreError> {
    match plan.choice {
        StoreChoice::Auto => auto(plan),
        StoreChoice::File => Ok(file(plan, "Secrets are kept in an encrypted file")?),
        StoreChoice::Memory => Ok(OpenStore {
            store: Box::new(Chunked::new(MemoryStore::default(), ENTRY_BYTES)),
            remark: Some("Forgotten when Poolkey ends".to_owned()),
        }),
        named => native(named),
    }
}

fn file(plan: &StorePlan, why: &str) -> Result<OpenStore, StoreError> {
    let passphrase = plan
        .passphrase_file
        .as_deref()
        .map(read_passphrase)
        .transpose()?;
    Ok(OpenStore {
        store: Box::new(FileStore::new(plan.file.clone(), passphrase)),
        remark: Some(format!("{why}: {}", plan.file.display())),
    })
}

/// The file's first line: editors add a newline that is not part of the passphrase.
fn read_passphrase(path: &std::path::Path) -> Result<Secret, StoreError> {
    let failed = |why: String| {
        StoreError::File(
            Problem::new(
                ProblemKind::SecretStore,
                format!(
                    "The passphrase file {} cannot be used: {why}",
                    path.display()
                ),
            )
            .hint("POOLKEY_PASSPHRASE_FILE names a file whose first line is the passphrase."),
        )
    };
    let text =
        Zeroizing::new(std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?);
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(Secret::new(line.to_owned())),
        _ => Err(failed("it is empty".to_owned())),
    }
}

/// The stores that can be had on this kind of system, the system's keychain first.
#[must_use]
pub const fn offered() -> &'static [StoreChoice] {
    if cfg!(target_os = "macos") {
        &[StoreChoice::Keychain, StoreChoice::File]
    } else if cfg!(windows) {
        &[StoreChoice::CredentialManager, StoreChoice::File]
    } else if cfg!(target_os = "linux") {
        &[
            StoreChoice::SecretService,
            StoreChoice::File,
            StoreChoice::Keyutils,
        ]
    } else {
        &[StoreChoice::SecretService, StoreChoice::File]
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn auto(plan: &StorePlan) -> Result<OpenStore, StoreError> {
    match native(StoreChoice::SecretService) {
        Err(StoreError::Missing(_)) => file(
            plan,
            "No Secret Service here, so secrets are kept in an encrypted file",
        ),
        result => result,
    }
}

#[cfg(target_os = "macos")]
fn auto(_plan: &StorePlan) -> Result<OpenStore, StoreError> {
    native(StoreChoice::Keychain)
}

#[cfg(windows)]
fn auto(_plan: &StorePlan) -> Result<OpenStore, StoreError> {
    native(StoreChoice::CredentialManager)
}

fn native(choice: StoreChoice) -> Result<OpenStore, StoreError> {
    match choice {
        #[cfg(all(unix, not(target_os = "macos")))]
        StoreChoice::SecretService => {
            let store = KeyringStore::open("Secret Service", || {
                Ok(zbus_secret_service_keyring_store::Store::new()?)
            })?;
            Ok(OpenStore {
                store: Box::new(store),
                remark: None,
            })
        }
        #[cfg(target_os = "linux")]
        StoreChoice::Keyutils => {
            let store = KeyringStore::open("Kernel keyring", || {
                Ok(linux_keyutils_keyring_store::Store::new()?)
            })?;
            // The kernel takes 32,767 bytes an entry.
            Ok(OpenStore {
                store: Box::new(Chunked::new(store, 32_000)),
                remark: Some(
                    "Secrets are kept in the kernel until the machine restarts".to_owned(),
                ),
            })
        }
        #[cfg(target_os = "macos")]
        StoreChoice::Keychain => {
            let store = KeyringStore::open("Keychain", || {
                Ok(apple_native_keyring_store::keychain::Store::new()?)
            })?;
            Ok(OpenStore {
                store: Box::new(store),
                remark: None,
            })
        }
        #[cfg(windows)]
        StoreChoice::CredentialManager => {
            let store = KeyringStore::open("Credential Manager", || {
                Ok(windows_native_keyring_store::Store::new()?)
            })?;
            Ok(OpenStore {
                store: Box::new(Chunked::new(store, ENTRY_BYTES)),
                remark: None,
            })
        }
        other => Err(StoreError::File(
            Problem::new(
                ProblemKind::Usage,
                format!("There is no {other} on this system"),
            )
            .hint("Choose auto, file or memory."),
        )),
    }
}
