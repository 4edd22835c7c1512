//! Writes, previews and removes Poolkey's sections in `~/.aws/credentials` and `~/.aws/config`.
//!
//! A section is ours when the line above it says so ([`section::CREATED_MARK`]); any other is left
//! alone unless somebody asks for it to be taken over. `document` edits text and knows no disk,
//! `store` writes files and knows no format, `history` keeps what was there before. Deliberately absent: any write to a section that was
//! not named, placeholders, and values of the files in messages.

mod apply;
mod change;
mod command;
mod diff;
mod document;
mod find;
mod finder;
mod follow;
mod history;
mod keys;
mod lines;
mod paths;
#[cfg(any(test, fuzzing))]
pub mod promises;
mod reading;
mod refusal;
mod restore;
mod rivals;
mod rules;
mod section;
mod sources;
mod status;
mod text;
mod undo;
mod write;

#[cfg(test)]
mod document_tests;
#[cfg(test)]
mod files_tests;
#[cfg(test)]
mod undo_tests;

use std::sync::Arc;
use std::time::Duration;

use super::safe_file as store;

use reading::Read;

pub use change::{Change, CredentialsEntry, Entry, FileChange, Order, WebIdentityEntry};
pub use command::{process_command, process_command_in_wsl};
pub use finder::{Finding, TokenSays};
pub use follow::Renamed;
pub use history::{Deed, History, Noted};
pub use keys::HeldKeys;
pub use paths::AwsPaths;
pub(in crate::adapters) use paths::expanded;
pub use section::{AwsFile, Owner};
pub use sources::sources;
pub use status::Status;

use crate::domain::{AwsProfileName, Problem};
use apply::{Edit, Writer};
use document::Document;
use refusal::Refusal;
use rules::{PROCESS, WEB_IDENTITY, config, credentials, take_config, take_keys, take_region};
use section::SectionId;
use status::Looked;

/// Which export to remove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// Keys in the credentials file.
    Credentials,
    /// A `credential_process` in the config file.
    Process,
    /// A role and a token's file in the config file.
    WebIdentity,
}

/// The editor of the two files.
#[derive(Clone)]
pub struct AwsFiles {
    paths: AwsPaths,
    lock_wait: Duration,
    dry_run: bool,
    history: Option<History>,
    read: Option<Arc<Read>>,
}

impl AwsFiles {
    /// How long a write waits for another process, unless the caller knows better.
    pub const LOCK_WAIT: Duration = Duration::from_secs(10);

    /// An editor of the files at `paths` that waits at most `lock_wait` for other writers and keeps
    /// nothing of what it changes.
    #[must_use]
    pub const fn new(paths: AwsPaths, lock_wait: Duration) -> Self {
        Self {
            paths,
            lock_wait,
            dry_run: false,
            history: None,
            read: None,
        }
    }

    /// The same editor, keeping what was there before each change.
    #[must_use]
    pub fn keeping(self, history: History) -> Self {
        Self {
            history: Some(history),
            ..self
        }
    }

    /// An editor of another home's files with the same habits.
    #[must_use]
    pub fn elsewhere(&self, paths: AwsPaths, prefix: &'static str) -> Self {
        Self {
            paths,
            history: self
                .history
                .as_ref()
                .map(|history| history.prefixed(prefix)),
            ..self.clone()
        }
    }

    /// The same editor, telling what it would change and writing nothing, not even a lock file.
    #[must_use]
    pub fn preview(&self) -> Self {
        Self {
            dry_run: true,
            ..self.clone()
        }
    }

    /// Where the files are.
    #[must_use]
    pub const fn paths(&self) -> &AwsPaths {
        &self.paths
    }

    /// Removes what an export wrote; a section in which nothing else is set goes as a whole.
    /// Nothing to remove is no error.
    pub fn remove(&self, name: &AwsProfileName, which: Export) -> Result<Change, Problem> {
        let settings: &[&str] = match which {
            Export::Credentials => {
                let keys = self.edit(credentials(name), |document| take_keys(document, name));
                let region = self.edit(config(name), |document| take_region(document, name));
                return self.removed(&[keys, region]);
            }
            Export::Process => &[PROCESS],
            Export::WebIdentity => &WEB_IDENTITY,
        };
        // The region serves the keys as well, as long as there are any.
        let keys = self.look(AwsFile::Credentials, name)?;
        let keep_region = keys.is_some_and(|found| found.section.owner != Owner::Foreign);
        self.removed(&[self.edit(config(name), |document| {
            take_config(document, name, settings, keep_region)
        })])
    }

    fn removed(&self, edits: &[Edit<'_>]) -> Result<Change, Problem> {
        Ok(Change {
            files: self.writer().apply(Deed::Removed, edits)?,
            ..Change::default()
        })
    }

    fn edit<'a>(
        &self,
        id: SectionId<'a>,
        change: impl Fn(&Document) -> Result<Document, Refusal> + 'a,
    ) -> Edit<'a> {
        Edit {
            path: self.paths.of(id.file).to_owned(),
            id,
            change: Box::new(change),
        }
    }

    const fn writer(&self) -> Writer<'_> {
        Writer {
            dry_run: self.dry_run,
            wait: self.lock_wait,
            history: self.history.as_ref(),
        }
    }

    fn both(&self, name: &AwsProfileName) -> [Looked; 2] {
        [AwsFile::Credentials, AwsFile::Config].map(|file| self.look(file, name))
    }
}
