//! Where secrets are kept, by name.
//!
//! Deliberately absent: the stores themselves (see `adapters::vault`).

use std::fmt;
use std::str::FromStr;

use super::ids::IdError;

/// Which store to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StoreChoice {
    /// The system's keychain; on Linux without one, the encrypted file.
    #[default]
    Auto,
    /// Linux: the desktop's keyring, over D-Bus.
    SecretService,
    /// Linux: the kernel keyring, gone after a restart.
    Keyutils,
    /// macOS.
    Keychain,
    /// Windows.
    CredentialManager,
    /// A file encrypted with a passphrase.
    File,
    /// Only while the program runs.
    Memory,
}

impl StoreChoice {
    const ALL: [Self; 7] = [
        Self::Auto,
        Self::SecretService,
        Self::Keyutils,
        Self::Keychain,
        Self::CredentialManager,
        Self::File,
        Self::Memory,
    ];

    /// For a person: the name that the store gives itself.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Auto => "Automatic",
            Self::SecretService => "Secret Service",
            Self::Keyutils => "Kernel keyring",
            Self::Keychain => "Keychain",
            Self::CredentialManager => "Credential Manager",
            Self::File => "Encrypted file",
            Self::Memory => "Memory only",
        }
    }

    /// What it means to keep secrets there, in a sentence.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Auto => "The system's keychain, or an encrypted file where there is none",
            Self::SecretService => "The desktop's keyring, unlocked when you log in",
            Self::Keyutils => "The kernel's memory, until this machine restarts",
            Self::Keychain => "The keychain of macOS",
            Self::CredentialManager => "The Credential Manager of Windows",
            Self::File => "A file of Poolkey's own that a passphrase encrypts",
            Self::Memory => "Forgotten when Poolkey ends",
        }
    }

    /// The name in the configuration and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::SecretService => "secret-service",
            Self::Keyutils => "keyutils",
            Self::Keychain => "keychain",
            Self::CredentialManager => "credential-manager",
            Self::File => "file",
            Self::Memory => "memory",
        }
    }
}

impl fmt::Display for StoreChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for StoreChoice {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::ALL
            .into_iter()
            .find(|choice| choice.name() == text)
            .ok_or_else(|| {
                let names = Self::ALL.map(Self::name).join(", ");
                IdError::new(format!("The secret store is one of: {names}"))
            })
    }
}
