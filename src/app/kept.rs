//! What was read outside: the configuration, the secret store, what it keeps for a profile.
//!
//! Deliberately absent: when it is read and what follows (see `update`).

use std::path::PathBuf;

use crate::domain::{Profile, Session, Settings, StoreChoice, Theme};

/// The configuration as read.
#[derive(Debug)]
pub struct Loaded {
    /// In the file's order.
    pub profiles: Vec<Profile>,
    /// Dark, light or as the system says.
    pub theme: Theme,
    /// What the person switched on and off.
    pub settings: Settings,
    /// Which file.
    pub path: PathBuf,
}

/// A secret store that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreReport {
    /// `Secret Service`, `Encrypted file`, ….
    pub name: String,
    /// Said aloud where it is not the system's keychain.
    pub remark: Option<String>,
}

impl StoreReport {
    /// True where a passphrase protects it, so that who unlocks the window can be asked for it.
    #[must_use]
    pub fn has_passphrase(&self) -> bool {
        self.name == StoreChoice::File.label()
    }
}

/// What the secret store has for a profile.
#[derive(Debug, Default)]
pub struct Kept {
    /// The cached session.
    pub session: Option<Box<Session>>,
    /// True when a refresh token is kept.
    pub refreshable: bool,
}
