//! Writes, previews and removes Poolkey's sections in `~/.aws/credentials` and `~/.aws/config`.
//!
//! A section is ours when the line above it says so ([`section::CREATED_MARK`]); any other is left
//! alone unless somebody asks for it to be taken over. `document` edits text and knows no disk,
//! `store` writes files and knows no format. Deliberately absent: any write to a section that was
//! not named, placeholders, and values of the files in messages.

mod change;
mod command;
mod diff;
mod document;
mod lines;
mod paths;
mod refusal;
mod rules;
mod section;
mod status;
mod text;

#[cfg(test)]
mod document_tests;
#[cfg(test)]
mod files_tests;

use std::time::Duration;

use super::safe_file as store;

pub use change::{Change, CredentialsEntry, FileChange, WebIdentityEntry};
pub use command::process_command;
pub use paths::AwsPaths;
pub(in crate::adapters) use paths::expanded;
pub use section::{AwsFile, Owner};
pub use status::Status;

use crate::domain::{AwsProfileName, Problem};
use diff::masked_diff;
use document::{Document, Setting};
use refusal::Refusal;
use rules::{
    EXPIRES, KEY_ID, OLD_TOKEN, PROCESS, REGION, ROLE, SECRET_KEY, SESSION_NAME, TOKEN, TOKEN_FILE,
    WEB_IDENTITY, config, credentials, permission, put_region, replaced_by, take_config, take_keys,
    take_region,
};

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
#[derive(Debug, Clone)]
pub struct AwsFiles {
    paths: AwsPaths,
    lock_wait: Duration,
    dry_run: bool,
}

impl AwsFiles {
    /// How long a write waits for another process, unless the caller knows better.
    pub const LOCK_WAIT: Duration = Duration::from_secs(10);

    /// An editor of the files at `paths` that waits at most `lock_wait` for other writers.
    #[must_use]
    pub fn new(paths: AwsPaths, lock_wait: Duration) -> Self {
        Self {
            paths,
            lock_wait,
            dry_run: false,
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
    pub fn paths(&self) -> &AwsPaths {
        &self.paths
    }

    /// Writes keys to `[name]` of the credentials file and `region` to the config file, where a
    /// section of somebody else's is left as it is and a warning says so.
    pub fn write_credentials(
        &self,
        name: &AwsProfileName,
        keys: &CredentialsEntry<'_>,
        region: Option<&str>,
        take_over: bool,
    ) -> Result<Change, Problem> {
        let expires = keys.expires_text();
        let settings = [
            (KEY_ID, keys.access_key_id),
            (SECRET_KEY, keys.secret_access_key.expose()),
            (TOKEN, keys.session_token.expose()),
            (EXPIRES, expires.as_str()),
        ];
        let id = credentials(name);
        let write = |document: &Document| {
            let stamp = permission(document, id, take_over)?;
            document.put(id, &settings, &[OLD_TOKEN], stamp)
        };
        let mut change = Change::default();
        if let Some(region) = region {
            // What would fail fails before the first of the two files is written.
            self.rehearse(AwsFile::Credentials, write)?;
            let file = self.edit(AwsFile::Config, |document| {
                put_region(document, name, region)
            })?;
            change.files.push(file);
            change.warnings.extend(self.region_warning(name, region)?);
        }
        change.files.push(self.edit(AwsFile::Credentials, write)?);
        change.warnings.extend(self.keys_warnings(name));
        Ok(change)
    }

    /// Writes `credential_process = command` (see [`process_command`]) and `region` to
    /// `[profile name]` of the config file.
    pub fn write_process(
        &self,
        name: &AwsProfileName,
        command: &str,
        region: Option<&str>,
        take_over: bool,
    ) -> Result<Change, Problem> {
        let mut settings = vec![(PROCESS, command)];
        settings.extend(region.map(|region| (REGION, region)));
        let file = self.write_config(name, &settings, take_over)?;
        Ok(Change {
            files: vec![file],
            warnings: self.process_warnings(name),
        })
    }

    /// Writes `role_arn`, `web_identity_token_file`, `role_session_name` and `region` to
    /// `[profile name]` of the config file.
    pub fn write_web_identity(
        &self,
        name: &AwsProfileName,
        entry: &WebIdentityEntry<'_>,
        take_over: bool,
    ) -> Result<Change, Problem> {
        let settings = [
            (ROLE, entry.role),
            (TOKEN_FILE, entry.token_file),
            (SESSION_NAME, entry.session_name),
            (REGION, entry.region),
        ];
        let file = self.write_config(name, &settings, take_over)?;
        Ok(Change {
            files: vec![file],
            warnings: self.web_identity_warnings(name),
        })
    }

    /// The first of the settings says what the section is for.
    fn write_config(
        &self,
        name: &AwsProfileName,
        settings: &[Setting<'_>],
        take_over: bool,
    ) -> Result<FileChange, Problem> {
        let id = config(name);
        let new = settings.first().map_or(REGION, |(key, _)| *key);
        self.edit(AwsFile::Config, |document| {
            let stamp = permission(document, id, take_over)?;
            let drop = replaced_by(document, id, new)?;
            document.put(id, settings, &drop, stamp)
        })
    }

    /// Removes what an export wrote; a section in which nothing else is set goes as a whole.
    /// Nothing to remove is no error.
    pub fn remove(&self, name: &AwsProfileName, which: Export) -> Result<Change, Problem> {
        let files = match which {
            Export::Credentials => {
                self.rehearse(AwsFile::Config, |document| take_region(document, name))?;
                vec![
                    self.edit(AwsFile::Credentials, |document| take_keys(document, name))?,
                    self.edit(AwsFile::Config, |document| take_region(document, name))?,
                ]
            }
            Export::Process | Export::WebIdentity => {
                let settings: &[&str] = match which {
                    Export::WebIdentity => &WEB_IDENTITY,
                    _ => &[PROCESS],
                };
                // The region serves the keys as well, as long as there are any.
                let keys = self.owner(AwsFile::Credentials, name)?;
                let keep_region = keys.is_some_and(|owner| owner != Owner::Foreign);
                let edit = |document: &Document| take_config(document, name, settings, keep_region);
                vec![self.edit(AwsFile::Config, edit)?]
            }
        };
        Ok(Change {
            files,
            warnings: Vec::new(),
        })
    }

    /// Finds out whether an edit would be refused or its file could not be written.
    fn rehearse(
        &self,
        file: AwsFile,
        edit: impl Fn(&Document) -> Result<Document, Refusal>,
    ) -> Result<(), Problem> {
        self.preview().edit(file, edit)?;
        if !self.dry_run {
            // Takes the lock in the file's folder and leaves the file alone.
            store::update(self.paths.of(file), self.lock_wait, |_| Ok((None, ())))?;
        }
        Ok(())
    }

    fn edit(
        &self,
        file: AwsFile,
        edit: impl Fn(&Document) -> Result<Document, Refusal>,
    ) -> Result<FileChange, Problem> {
        let path = self.paths.of(file);
        let judge = |bytes| {
            let before = Document::parse(bytes).map_err(|refusal| refusal.problem(path))?;
            let after = edit(&before).map_err(|refusal| refusal.problem(path))?;
            let diff = masked_diff(path, before.text(), after.text());
            Ok((
                (before.text() != after.text()).then(|| after.into_text()),
                diff,
            ))
        };
        let (wrote, diff) = if self.dry_run {
            (false, judge(store::read(path)?)?.1)
        } else {
            store::update(path, self.lock_wait, judge)?
        };
        Ok(FileChange {
            path: path.to_path_buf(),
            wrote,
            diff,
        })
    }
}
