//! What this machine and the command line decided for the program: shown on the settings page, and
//! changed nowhere.
//!
//! Deliberately absent: anything secret.

use std::path::PathBuf;

use super::settings::FileSetting;
use super::store_choice::StoreChoice;

/// A setting that an option or a variable decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// `HTTPS_PROXY`, `--secret-store`.
    pub by: String,
    /// What it says, without a user and password.
    pub value: String,
}

/// Where things are, and what is decided elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Surroundings {
    /// The configuration file.
    pub config_file: PathBuf,
    /// Caches, locks and the encrypted file.
    pub state_dir: PathBuf,
    /// Where a log would be written.
    pub logs_dir: PathBuf,
    /// The AWS files in use, as shown: credentials, then config.
    pub aws_files: [String; 2],
    /// The secret store that is chosen; automatic where nobody did.
    pub store: StoreChoice,
    /// What else can be had on this system.
    pub stores: Vec<StoreChoice>,
    /// Who decides the store in place of the configuration.
    pub store_override: Option<Override>,
    /// Who decides the proxy.
    pub proxy_override: Option<Override>,
    /// Who decides a file.
    pub file_overrides: Vec<(FileSetting, Override)>,
}

impl Surroundings {
    /// Who decides a file in place of the configuration.
    #[must_use]
    pub fn file_override(&self, file: FileSetting) -> Option<&Override> {
        let mut all = self.file_overrides.iter();
        all.find(|(which, _)| *which == file).map(|(_, by)| by)
    }
}
