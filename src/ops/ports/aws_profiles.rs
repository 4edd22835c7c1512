//! The AWS CLI's and SDKs' files, as the use-cases see them.
//!
//! Deliberately absent: how a section is written, and where its text goes before it changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::domain::{
    AwsCredentials, AwsHomeId, AwsProfileName, ExportTarget, Exports, Problem, Profile,
    ProfileName, Region, RoleArn,
};

/// The AWS CLI's and SDKs' files of one home folder.
#[async_trait]
pub trait AwsProfiles: Send + Sync {
    /// What stands under the name.
    async fn read(&self, aws_profile: &str) -> Result<Exports, Problem>;
    /// The same for many, from one look at the files.
    async fn read_all(&self, names: &[ProfileName]) -> Result<ReadExports, Problem>;
    /// Writes sections as one change of the files: whoever reads a file meanwhile finds none of them
    /// or all, and [`Self::undo`] takes them back together. A section that is refused refuses only
    /// itself. A dry run says what a write would do, of somebody else's section with a take-over
    /// ([`Written::foreign`]); only the write itself refuses that one.
    ///
    /// # Errors
    /// A file that cannot be read or written; then nothing is.
    async fn write_all(
        &self,
        orders: &[WriteOrder<'_>],
        dry_run: bool,
    ) -> Result<Vec<Result<Written, Problem>>, Problem>;
    /// The same with one section.
    async fn write(&self, order: WriteOrder<'_>, dry_run: bool) -> Result<Written, Problem> {
        let mut written = self.write_all(&[order], dry_run).await?;
        Ok(written.pop().transpose()?.unwrap_or_default())
    }
    /// The sections of the credentials file that hold the profile's keys, its own or of another
    /// name.
    async fn keys_of(&self, profile: &ProfileName) -> Result<Vec<KeySection>, Problem>;
    /// Writes the keys where a section still holds the profile's; says whether anything changed. A
    /// section that was taken away or taken over meanwhile is left alone.
    async fn renew_keys(
        &self,
        section: &KeySection,
        keys: &AwsCredentials,
        profile: &ProfileName,
    ) -> Result<bool, Problem>;
    /// Removes the profile's keys from each section that holds them, without a way back: no backup
    /// is made, and [`Self::undo`] brings none of them back.
    async fn forget_keys(&self, profile: &ProfileName) -> Result<(), Problem>;
    /// Has the sections that serve `former` serve `profile`: they keep their names, and what runs
    /// Poolkey, names the token file or holds the keys of the former name goes on working.
    async fn follow_rename(&self, former: Served<'_>, profile: Served<'_>) -> Result<(), Problem>;
    /// Removes a section of ours.
    async fn remove(
        &self,
        aws_profile: &str,
        target: ExportTarget,
        dry_run: bool,
    ) -> Result<Written, Problem>;
    /// Takes back the newest change that [`Self::last_change`] tells: the sections it touched get
    /// the text they had, everything else stays as it is now, and so does one of several sections
    /// that somebody else changed since ([`Undone::warnings`]). The next call goes one further back.
    ///
    /// # Errors
    /// Nothing to take back, only what somebody else changed since, a file that is not there,
    /// or a newest change that is not the `expected` one, where somebody was shown that.
    async fn undo(&self, dry_run: bool, expected: Option<&LastChange>) -> Result<Undone, Problem>;
    /// The changes that can be taken back, newest first.
    async fn changes(&self) -> Result<Vec<LastChange>, Problem>;
    /// The newest of them.
    async fn last_change(&self) -> Result<Option<LastChange>, Problem> {
        Ok(self.changes().await?.into_iter().next())
    }
    /// The home folders with AWS files: this system's, and in WSL those of Windows.
    async fn homes(&self) -> Vec<AwsHome>;
    /// The same for another of the homes.
    ///
    /// # Errors
    /// When there is none.
    fn of_home(&self, home: AwsHomeId) -> Result<Arc<dyn AwsProfiles>, Problem>;
    /// Sections that Poolkey could serve. `known` are the names of the profiles that there are.
    async fn found(&self, known: &[ProfileName]) -> Result<Vec<Found>, Problem>;
    /// The same in one file that somebody names: `config` or `credentials` of the AWS CLI.
    async fn found_in(&self, file: &Path, known: &[ProfileName]) -> Result<Vec<Found>, Problem>;
    /// The same in a text that somebody pasted. No file that it names is read.
    ///
    /// # Errors
    /// A text that is none of these files.
    async fn found_in_text(
        &self,
        text: &str,
        source: &str,
        known: &[ProfileName],
    ) -> Result<Vec<Found>, Problem>;
}

/// What stands in the files for each of some profiles, or why that is not known.
pub type ReadExports = Vec<(ProfileName, Result<Exports, Problem>)>;

/// A section with keys that Poolkey wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySection {
    /// Its name.
    pub name: AwsProfileName,
    /// The keys' end, where it says one.
    pub expires_at: Option<Timestamp>,
}

/// What sections refer to a profile by.
#[derive(Debug, Clone, Copy)]
pub struct Served<'a> {
    /// Its name.
    pub profile: &'a ProfileName,
    /// The file with its token for web identities.
    pub token_file: &'a Path,
}

/// One section to be written.
#[derive(Debug)]
pub struct WriteOrder<'a> {
    /// The section's name.
    pub aws_profile: &'a str,
    /// Where, and with what.
    pub content: Content<'a>,
    /// For the config file.
    pub region: &'a Region,
    /// Leave a region that is set there already.
    pub keep_region: bool,
    /// Even over a section that Poolkey did not make.
    pub take_over: bool,
}

/// What a section holds. One section of the config file holds a process or a web identity: the one
/// that is written replaces the other.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// The profile's keys in the credentials file.
    Keys(&'a AwsCredentials, &'a ProfileName),
    /// A `credential_process` entry in the config file that calls this program for the profile.
    Process(&'a ProfileName),
    /// `role_arn`, `role_session_name` and `web_identity_token_file` in the config file.
    WebIdentity {
        /// The role that STS is asked for.
        role: &'a RoleArn,
        /// Shown in `CloudTrail`.
        session_name: &'a str,
        /// The file with the token: an absolute path.
        token_file: &'a Path,
    },
}

/// What was, or would be, written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The changes, secrets masked.
    pub diff: String,
    /// One entry hiding another, said as a sentence.
    pub warnings: Vec<String>,
    /// In a dry run: the section is somebody else's, so that writing needs a take-over.
    pub foreign: bool,
    /// Token files that a section named before and none does now.
    pub orphans: Vec<PathBuf>,
}

/// What was, or would be, taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The change that was taken back, as a thing: `the export of [profile dev] to ~/.aws/config`.
    pub what: String,
    /// The way back, secrets masked. Empty where others took the change back already, so that it
    /// only leaves the list.
    pub diff: String,
    /// Token files that a section named before and none does now.
    pub orphans: Vec<PathBuf>,
    /// The sections that stay as they are, and why: sentences.
    pub warnings: Vec<String>,
}

impl Undone {
    /// `Taken back: the export of [profile dev] to ~/.aws/config`.
    #[must_use]
    pub fn told(&self) -> String {
        let deed = match (self.diff.is_empty(), self.warnings.is_empty()) {
            (true, _) => "Already taken back",
            (false, true) => "Taken back",
            (false, false) => "Taken back but for what others changed",
        };
        format!("{deed}: {}", self.what)
    }
}

/// A change of Poolkey's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastChange {
    /// `wrote [profile dev] to ~/.aws/config`.
    pub what: String,
    /// When.
    pub at: Timestamp,
}

/// A home folder with AWS files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsHome {
    /// Which.
    pub id: AwsHomeId,
    /// Its folder, as shown: `~/.aws`.
    pub shown: String,
}

/// A section of the AWS files that Poolkey could serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The section's name, without `profile`.
    pub section: String,
    /// The file it is in.
    pub file: PathBuf,
    /// The file as shown: `~/.aws/config`.
    pub file_shown: String,
    /// What to add; none where the section says too little, or a profile of the name is there.
    pub profile: Option<Profile>,
    /// What was found, said as a sentence.
    pub why: String,
}
