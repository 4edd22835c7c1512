//! Where a profile's credentials are put for the AWS CLI and SDKs, and what was found there.

use jiff::Timestamp;

/// A place in the AWS files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportTarget {
    /// A section with keys in the credentials file.
    CredentialsFile,
    /// A `credential_process` entry in the config file.
    CredentialProcess,
}

impl ExportTarget {
    /// Both, in the order shown.
    pub const ALL: [Self; 2] = [Self::CredentialProcess, Self::CredentialsFile];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CredentialsFile => "credentials-file",
            Self::CredentialProcess => "credential-process",
        }
    }
}

/// What is in the AWS files under a section's name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Place {
    /// No such section.
    #[default]
    Empty,
    /// Made by Poolkey.
    Ours {
        /// Expiry of the keys in it, where it has some.
        expires_at: Option<Timestamp>,
    },
    /// Somebody else's: not touched without a take-over.
    Foreign,
}

/// Both places of one profile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exports {
    /// In the credentials file.
    pub credentials_file: Place,
    /// In the config file.
    pub credential_process: Place,
    /// The files' paths, as shown: `~/.aws/credentials`.
    pub credentials_path: String,
    /// The config file's path, as shown.
    pub config_path: String,
    /// One entry hiding another, said as a sentence.
    pub warnings: Vec<String>,
}

impl Exports {
    /// What is found at a target.
    #[must_use]
    pub const fn place(&self, target: ExportTarget) -> &Place {
        match target {
            ExportTarget::CredentialsFile => &self.credentials_file,
            ExportTarget::CredentialProcess => &self.credential_process,
        }
    }

    /// The file of a target, as shown.
    #[must_use]
    pub fn path(&self, target: ExportTarget) -> &str {
        match target {
            ExportTarget::CredentialsFile => &self.credentials_path,
            ExportTarget::CredentialProcess => &self.config_path,
        }
    }

    /// How many places Poolkey serves.
    #[must_use]
    pub fn count(&self) -> usize {
        ExportTarget::ALL
            .into_iter()
            .filter(|target| matches!(self.place(*target), Place::Ours { .. }))
            .count()
    }
}
