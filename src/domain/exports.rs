//! Where a profile's credentials are put for the AWS CLI and SDKs, and what was found there.

use jiff::Timestamp;

/// A place in the AWS files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportTarget {
    /// A section with keys in the credentials file.
    CredentialsFile,
    /// A `credential_process` entry in the config file.
    CredentialProcess,
    /// A role and the file of a token in the config file.
    WebIdentity,
}

impl ExportTarget {
    /// All, in the order shown.
    pub const ALL: [Self; 3] = [
        Self::CredentialProcess,
        Self::CredentialsFile,
        Self::WebIdentity,
    ];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CredentialsFile => "credentials-file",
            Self::CredentialProcess => "credential-process",
            Self::WebIdentity => "web-identity",
        }
    }
}

/// Whose AWS files: inside WSL there are those of Windows beside those of this system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AwsHomeId {
    /// Those that programs of this system read.
    #[default]
    Own,
    /// Those in the Windows home, seen from WSL.
    Windows,
}

impl AwsHomeId {
    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "linux",
            Self::Windows => "windows",
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

/// The places of one profile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exports {
    /// In the credentials file.
    pub credentials_file: Place,
    /// The profile's keys stand in sections of other names, too.
    pub keys_elsewhere: bool,
    /// In the config file.
    pub credential_process: Place,
    /// In the config file: never ours together with a process.
    pub web_identity: Place,
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
            ExportTarget::WebIdentity => &self.web_identity,
        }
    }

    /// The file of a target, as shown.
    #[must_use]
    pub fn path(&self, target: ExportTarget) -> &str {
        match target {
            ExportTarget::CredentialsFile => &self.credentials_path,
            ExportTarget::CredentialProcess | ExportTarget::WebIdentity => &self.config_path,
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
