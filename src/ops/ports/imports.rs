//! Texts and files that profiles come from and go to.
//!
//! Deliberately absent: what an AWS file says, which [`super::AwsProfiles`] knows, and adding.

use std::path::{Path, PathBuf};

use async_trait::async_trait;

use crate::domain::{Offered, Problem, Profile, ProfileName};

/// What profiles may be in, not understood yet.
#[derive(Clone, PartialEq, Eq)]
pub struct ImportText {
    /// Where it is from, as shown: `amplify_outputs.json`, `the link`.
    pub source: String,
    /// What a profile is named after that has no name of its own: the project's folder.
    pub project: Option<ProfileName>,
    /// In any of the usual encodings.
    pub bytes: Vec<u8>,
}

/// What a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Understood {
    /// It has profiles, or what is nearly one.
    Profiles(Vec<Offered>),
    /// It is a file of the AWS CLI and SDKs, as text.
    AwsFile(String),
}

/// Reads and writes what people hand each other.
#[async_trait]
pub trait Imports: Send + Sync {
    /// The text of a file.
    ///
    /// # Errors
    /// A file that is not there, cannot be read or is too large.
    async fn read(&self, file: &Path) -> Result<ImportText, Problem>;
    /// Says what a text is, no more of it than anybody looks through. Nothing in it is run or fetched. Whoever
    /// stops waiting is not held up: the work goes on elsewhere and is bounded.
    ///
    /// # Errors
    /// With the reason, and the line where there is one.
    async fn understand(&self, text: &ImportText) -> Result<Understood, Problem>;
    /// Profiles as a Poolkey profile file, and as a link.
    fn written(&self, profiles: &[Profile]) -> (String, String);
    /// Lets the person choose a file in the system's dialog; none where they choose none.
    ///
    /// # Errors
    /// No dialog can be shown.
    async fn choose(&self, title: &'static str) -> Result<Option<PathBuf>, Problem>;
    /// Lets the person choose where to, and writes the text there; none where they choose nothing.
    ///
    /// # Errors
    /// No dialog can be shown, or the file cannot be written.
    async fn save(&self, file_name: &str, text: &str) -> Result<Option<PathBuf>, Problem>;
}

impl std::fmt::Debug for ImportText {
    /// Without the text: nobody knows what was pasted.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ImportText({}, {} bytes)", self.source, self.bytes.len())
    }
}
