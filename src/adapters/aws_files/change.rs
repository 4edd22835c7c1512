//! What goes into an edit and what comes out of it.
//!
//! Deliberately absent: the files' text. A change carries a masked diff and nothing that would have
//! to be kept from a log.

use std::path::PathBuf;

use jiff::Timestamp;

use super::document::Setting;
use super::rules::{EXPIRES, KEY_ID, OLD_TOKEN, PROFILE, SECRET_KEY, TOKEN};
use crate::domain::{AwsProfileName, Secret};

/// One section to be written.
pub struct Order<'a> {
    /// The section's name.
    pub name: &'a AwsProfileName,
    /// What it is to hold.
    pub entry: Entry<'a>,
    /// Leave a region that is set already.
    pub keep_region: bool,
    /// Even over a section of somebody else's.
    pub take_over: bool,
}

/// What a section is to hold.
pub enum Entry<'a> {
    /// Keys in the credentials file, and a region in the config file, where a section of somebody
    /// else's is left as it is and a warning says so.
    Keys(CredentialsEntry<'a>, Option<&'a str>),
    /// A `credential_process` (see [`super::process_command`]) and a region in the config file.
    Process(&'a str, Option<&'a str>),
    /// A role and a token's file in the config file.
    WebIdentity(WebIdentityEntry<'a>),
}

/// The keys to write.
#[derive(Clone, Copy)]
pub struct CredentialsEntry<'a> {
    /// `aws_access_key_id`
    pub access_key_id: &'a str,
    /// `aws_secret_access_key`
    pub secret_access_key: &'a Secret,
    /// `aws_session_token`
    pub session_token: &'a Secret,
    /// Written as `x_security_token_expires`.
    pub expires_at: Timestamp,
    /// Written as `x_poolkey_profile`: whose keys, where the section has another name.
    pub profile: Option<&'a str>,
}

impl CredentialsEntry<'_> {
    /// RFC 3339 in UTC, whole seconds, rounded down.
    pub(super) fn expires_text(&self) -> String {
        let whole = Timestamp::from_second(self.expires_at.as_second());
        whole.unwrap_or(self.expires_at).to_string()
    }

    /// What is set, and what must not stay beside it.
    pub(super) fn settings<'b>(
        &'b self,
        expires: &'b str,
    ) -> (Vec<Setting<'b>>, &'static [&'static str]) {
        let mut settings = vec![
            (KEY_ID, self.access_key_id),
            (SECRET_KEY, self.secret_access_key.expose()),
            (TOKEN, self.session_token.expose()),
            (EXPIRES, expires),
        ];
        settings.extend(self.profile.map(|profile| (PROFILE, profile)));
        let drop: &[&str] = match self.profile {
            Some(_) => &[OLD_TOKEN],
            None => &[OLD_TOKEN, PROFILE],
        };
        (settings, drop)
    }
}

/// The web identity to write.
#[derive(Debug, Clone, Copy)]
pub struct WebIdentityEntry<'a> {
    /// `role_arn`
    pub role: &'a str,
    /// `web_identity_token_file`: an absolute path, because only botocore expands `~`.
    pub token_file: &'a str,
    /// `role_session_name`
    pub session_name: &'a str,
    /// `region`: the regional STS is asked.
    pub region: &'a str,
}

/// What happened, or in a preview would happen, to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The file, as configured.
    pub path: PathBuf,
    /// True where the file was replaced; never in a preview.
    pub wrote: bool,
    /// A unified diff with secrets masked; empty where nothing changes.
    pub diff: String,
    /// Token files that a section named before and none does now.
    pub orphans: Vec<PathBuf>,
}

/// What happened, or would happen, to both files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// The files that were looked at for writing, in the order they are written.
    pub files: Vec<FileChange>,
    /// What may surprise: sentences without a full stop.
    pub warnings: Vec<String>,
    /// The section was, or in a preview is, somebody else's.
    pub foreign: bool,
}

impl Change {
    /// True where any file was written.
    #[must_use]
    pub fn wrote(&self) -> bool {
        self.files.iter().any(|file| file.wrote)
    }

    /// Token files that no section names any more.
    #[must_use]
    pub fn orphans(&self) -> Vec<PathBuf> {
        let all = self.files.iter().flat_map(|file| &file.orphans);
        all.cloned().collect()
    }

    /// The diffs of all files, one after the other.
    #[must_use]
    pub fn diff(&self) -> String {
        self.files.iter().map(|file| file.diff.as_str()).collect()
    }
}
