//! The AWS files behind the port: names are parsed, work happens on a thread that may wait, and
//! paths are shown the short way.

use std::path::{Path, PathBuf};

use async_trait::async_trait;

use super::aws_files::{
    AwsFiles, Change, CredentialsEntry, Export, Owner, Status, process_command,
};
use super::blocking::blocking;
use crate::domain::{AwsProfileName, ExportTarget, Exports, Place, Problem, ProblemKind, Region};
use crate::ops::ports::{AwsProfiles, Content, WriteOrder, Written};

/// The files of this user.
pub struct UserAwsProfiles {
    files: AwsFiles,
    home: PathBuf,
    /// This program and the options that make it find the same configuration again.
    program: Result<PathBuf, String>,
    options: Vec<String>,
}

impl UserAwsProfiles {
    /// `program` and `options` are what a `credential_process` entry calls.
    #[must_use]
    pub const fn new(
        files: AwsFiles,
        home: PathBuf,
        program: Result<PathBuf, String>,
        options: Vec<String>,
    ) -> Self {
        Self {
            files,
            home,
            program,
            options,
        }
    }

    fn editor(&self, dry_run: bool) -> AwsFiles {
        if dry_run {
            self.files.preview()
        } else {
            self.files.clone()
        }
    }

    fn command(&self, profile: &str) -> Result<String, Problem> {
        let program = self.program.as_ref().map_err(|why| {
            Problem::new(
                ProblemKind::Unexpected,
                format!("Poolkey does not know where it is installed: {why}"),
            )
        })?;
        let mut arguments: Vec<&str> = self.options.iter().map(String::as_str).collect();
        arguments.extend(["credential-process", profile]);
        process_command(program, &arguments)
    }

    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.home).map_or_else(
            |_| path.display().to_string(),
            |rest| format!("~/{}", rest.display()),
        )
    }
}

/// `default` is allowed: the person named the profile so.
fn name(text: &str) -> Result<AwsProfileName, Problem> {
    AwsProfileName::parse(text, crate::domain::DefaultProfile::Allowed)
}

#[async_trait]
impl AwsProfiles for UserAwsProfiles {
    async fn read(&self, aws_profile: &str) -> Result<Exports, Problem> {
        let (files, name) = (self.files.clone(), name(aws_profile)?);
        let status = blocking(move || files.status(&name)).await?;
        let paths = self.files.paths();
        Ok(Exports {
            credentials_file: keys_place(&status),
            credential_process: process_place(&status),
            credentials_path: self.shown(&paths.credentials),
            config_path: self.shown(&paths.config),
            warnings: status.warnings,
        })
    }

    async fn write(&self, order: WriteOrder<'_>) -> Result<Written, Problem> {
        let name = name(order.aws_profile)?;
        let files = self.editor(order.dry_run);
        let (region, take_over) = (order.region.clone(), order.take_over);
        let change = match order.content {
            Content::Keys(keys) => {
                let keys = keys.duplicate();
                blocking(move || write_keys(&files, &name, &keys, &region, take_over)).await?
            }
            Content::Process(profile) => {
                let command = self.command(profile.as_str())?;
                let region = region.to_string();
                blocking(move || files.write_process(&name, &command, Some(&region), take_over))
                    .await?
            }
        };
        Ok(written(change))
    }

    async fn remove(
        &self,
        aws_profile: &str,
        target: ExportTarget,
        dry_run: bool,
    ) -> Result<Written, Problem> {
        let (files, name) = (self.editor(dry_run), name(aws_profile)?);
        let which = match target {
            ExportTarget::CredentialsFile => Export::Credentials,
            ExportTarget::CredentialProcess => Export::Process,
        };
        Ok(written(blocking(move || files.remove(&name, which)).await?))
    }
}

fn write_keys(
    files: &AwsFiles,
    name: &AwsProfileName,
    keys: &crate::domain::AwsCredentials,
    region: &Region,
    take_over: bool,
) -> Result<Change, Problem> {
    let entry = CredentialsEntry {
        access_key_id: &keys.access_key_id,
        secret_access_key: &keys.secret_access_key,
        session_token: &keys.session_token,
        expires_at: keys.expires_at,
    };
    files.write_credentials(name, &entry, Some(region.as_str()), take_over)
}

fn written(change: Change) -> Written {
    Written {
        diff: change.diff(),
        warnings: change.warnings,
    }
}

const fn keys_place(status: &Status) -> Place {
    match status.credentials {
        None => Place::Empty,
        Some(Owner::Foreign) => Place::Foreign,
        Some(Owner::Created | Owner::TakenOver) => Place::Ours {
            expires_at: status.expires_at,
        },
    }
}

/// A config section of ours without a process only carries the region of the keys.
const fn process_place(status: &Status) -> Place {
    match (status.config, status.has_process) {
        (Some(Owner::Foreign), _) => Place::Foreign,
        (Some(Owner::Created | Owner::TakenOver), true) => Place::Ours { expires_at: None },
        _ => Place::Empty,
    }
}
