//! Changes of the AWS files that a person is shown before they happen, and the container endpoint.
//!
//! Deliberately absent: the renewal of keys that Poolkey already serves, which asks nobody.

use jiff::Timestamp;

use crate::domain::{ExportTarget, Profile, ProfileName, RoleArn};

/// What is to be done to the AWS files.
#[derive(Debug, Clone)]
pub enum FilesChange {
    /// Write a section.
    Write {
        /// Whose credentials.
        profile: Box<Profile>,
        /// Where to.
        target: ExportTarget,
        /// For a web identity, where the profile asks for none.
        role: Option<RoleArn>,
    },
    /// Write a section for each of several profiles.
    WriteAll {
        /// Whose credentials.
        profiles: Vec<Profile>,
        /// Where to.
        target: ExportTarget,
    },
    /// Remove a section of ours.
    Remove {
        /// Whose.
        profile: ProfileName,
        /// Where from.
        target: ExportTarget,
    },
    /// Take Poolkey's last change back: the one that was shown, or none.
    Undo(LastChange),
}

impl FilesChange {
    /// Whose section, and which.
    #[must_use]
    pub fn section(&self) -> Option<(&ProfileName, ExportTarget)> {
        match self {
            Self::Write {
                profile, target, ..
            } => Some((&profile.name, *target)),
            Self::Remove { profile, target } => Some((profile, *target)),
            Self::WriteAll { .. } | Self::Undo(_) => None,
        }
    }

    /// True when both do the same thing to the same section.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
            && self.section() == other.section()
    }
}

/// How the files would change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilesPreview {
    /// Secrets are masked; empty where nothing would change.
    pub diff: String,
    /// One entry hiding another, said as a sentence.
    pub warnings: Vec<String>,
    /// True where the section is not Poolkey's: writing takes it over.
    pub foreign: bool,
    /// Those of several that cannot be written: they are not tried.
    pub left_out: Vec<ProfileName>,
}

/// The sheet that shows a change and asks.
#[derive(Debug)]
pub struct FilesSheet {
    /// What was asked for.
    pub change: FilesChange,
    /// How it would look.
    pub preview: FilesPreview,
}

/// The last thing that Poolkey did to the AWS files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastChange {
    /// `wrote [profile dev] to ~/.aws/config`.
    pub what: String,
    /// When.
    pub at: Timestamp,
}

/// A section of the AWS files that Poolkey could serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundProfile {
    /// Its name there.
    pub section: String,
    /// The file, as shown.
    pub file: String,
    /// What in it told.
    pub why: String,
    /// What it would be here, where that can be told.
    pub profile: Option<Box<Profile>>,
}

/// A profile's container credentials endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Endpoint {
    /// Nothing listens.
    #[default]
    Off,
    /// About to listen.
    Starting,
    /// Listens.
    On(EndpointAt),
}

/// Where an endpoint listens, and what opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointAt {
    /// `AWS_CONTAINER_CREDENTIALS_FULL_URI`.
    pub uri: String,
    /// `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE`.
    pub token_file: String,
}
