//! The AWS files behind the port: names are parsed, work happens on a thread that may wait, and
//! paths are shown the short way.

mod elsewhere;
mod follow;
mod orders;
mod standing;
mod told;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;

use self::elsewhere::{came_between, no_windows, token_says};
use self::orders::written_each;
use self::standing::standing;
use self::told::{as_thing, entry, last_change, name, once_each, told_of, written};
use super::aws_files::{
    AwsFiles, AwsPaths, Export, HeldKeys, process_command, process_command_in_wsl,
};
use super::blocking::blocking;
use super::wsl::Wsl;
use crate::domain::{
    AwsCredentials, AwsHomeId, ExportTarget, Exports, Problem, ProblemKind, ProfileName,
};
use crate::ops::ports::{
    AwsHome, AwsProfiles, Found, KeySection, LastChange, ReadExports, Served, Undone, WriteOrder,
    Written,
};

/// The files of this user.
pub struct UserAwsProfiles {
    files: AwsFiles,
    home: PathBuf,
    /// True where `home` is not the person's: `~` would name other files.
    is_apart: bool,
    /// This program and the options that make it find the same configuration again.
    program: Result<PathBuf, String>,
    options: Vec<String>,
    /// Inside WSL.
    wsl: Option<Wsl>,
    which: AwsHomeId,
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
            is_apart: false,
            program,
            options,
            wsl: None,
            which: AwsHomeId::Own,
        }
    }

    /// The same, offering the Windows home's files where this runs inside WSL.
    #[must_use]
    pub fn beside(self, wsl: Option<Wsl>) -> Self {
        Self { wsl, ..self }
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
            let sentence = format!("Poolkey does not know where it is installed: {why}");
            Problem::new(ProblemKind::Unexpected, sentence)
        })?;
        let mut arguments: Vec<&str> = self.options.iter().map(String::as_str).collect();
        arguments.extend(["credential-process", profile]);
        match (self.which, &self.wsl) {
            (AwsHomeId::Windows, Some(wsl)) => {
                process_command_in_wsl(wsl.distribution()?, program, &arguments)
            }
            _ => process_command(program, &arguments),
        }
    }

    fn shown(&self, path: &Path) -> String {
        match path.strip_prefix(&self.home) {
            Ok(rest) if !self.is_apart => Path::new("~").join(rest).display().to_string(),
            _ => path.display().to_string(),
        }
    }
}

#[async_trait]
impl AwsProfiles for UserAwsProfiles {
    async fn read(&self, aws_profile: &str) -> Result<Exports, Problem> {
        let (files, name) = (self.files.clone(), name(aws_profile)?);
        let standing = blocking(move || standing(&files.as_read(), &name)).await?;
        Ok(self.exports(standing))
    }

    async fn read_all(&self, names: &[ProfileName]) -> Result<ReadExports, Problem> {
        self.all_exports(names).await
    }

    async fn write_all(
        &self,
        orders: &[WriteOrder<'_>],
        dry_run: bool,
    ) -> Result<Vec<Result<Written, Problem>>, Problem> {
        let owned: Vec<_> = orders.iter().map(|order| self.owned(order)).collect();
        let files = self.editor(dry_run);
        blocking(move || written_each(&files, owned)).await
    }

    async fn keys_of(&self, profile: &ProfileName) -> Result<Vec<KeySection>, Problem> {
        let (files, profile) = (self.files.clone(), profile.clone());
        let held = blocking(move || files.held_by(profile.as_str())).await?;
        let section = |HeldKeys { name, expires_at }| KeySection { name, expires_at };
        Ok(held.into_iter().map(section).collect())
    }

    async fn renew_keys(
        &self,
        section: &KeySection,
        keys: &AwsCredentials,
        profile: &ProfileName,
    ) -> Result<bool, Problem> {
        let (files, name) = (self.files.clone(), section.name.clone());
        let (keys, profile) = (keys.duplicate(), profile.clone());
        let work = move || {
            let entry = entry(&keys, &name, &profile);
            files.renew_credentials(&name, &entry, profile.as_str())
        };
        Ok(blocking(work).await?.wrote())
    }

    async fn forget_keys(&self, profile: &ProfileName) -> Result<(), Problem> {
        let (files, profile) = (self.files.clone(), profile.clone());
        blocking(move || files.forget_keys(profile.as_str())).await
    }

    async fn follow_rename(&self, former: Served<'_>, profile: Served<'_>) -> Result<(), Problem> {
        self.follow(former, profile).await
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
            ExportTarget::WebIdentity => Export::WebIdentity,
        };
        Ok(written(blocking(move || files.remove(&name, which)).await?))
    }

    async fn undo(&self, dry_run: bool, expected: Option<&LastChange>) -> Result<Undone, Problem> {
        let files = self.editor(dry_run);
        let newest = blocking(move || files.newest()).await?;
        let told = last_change(&newest, |path| self.shown(path));
        if expected.is_some_and(|expected| *expected != told) {
            return Err(came_between(&told));
        }
        let files = self.editor(dry_run);
        let what = as_thing(&newest, |path| self.shown(path));
        let change = blocking(move || files.undo(&newest)).await?;
        Ok(Undone {
            what,
            diff: change.diff(),
            orphans: change.orphans(),
            warnings: change.warnings,
        })
    }

    async fn changes(&self) -> Result<Vec<LastChange>, Problem> {
        let files = self.files.clone();
        let noted = blocking(move || files.changes()).await?;
        Ok(noted
            .iter()
            .rev()
            .map(|noted| last_change(noted, |path| self.shown(path)))
            .collect())
    }

    async fn homes(&self) -> Vec<AwsHome> {
        let shown = |folder: Option<&Path>| folder.map(|folder| self.shown(folder));
        let mut homes = vec![AwsHome {
            id: AwsHomeId::Own,
            shown: shown(self.files.paths().config.parent()).unwrap_or_default(),
        }];
        if let Some(home) = self.wsl.as_ref().and_then(Wsl::home) {
            homes.push(AwsHome {
                id: AwsHomeId::Windows,
                shown: home.join(".aws").display().to_string(),
            });
        }
        homes
    }

    fn of_home(&self, home: AwsHomeId) -> Result<Arc<dyn AwsProfiles>, Problem> {
        let files = match home {
            AwsHomeId::Own => self.files.clone(),
            AwsHomeId::Windows => {
                let home = self.wsl.as_ref().and_then(Wsl::home);
                let home = home.ok_or_else(no_windows)?;
                let paths = AwsPaths::from_env(|_| None, &home);
                self.files.elsewhere(paths, "windows-")
            }
        };
        Ok(Arc::new(Self {
            files,
            home: self.home.clone(),
            is_apart: self.is_apart,
            program: self.program.clone(),
            options: self.options.clone(),
            wsl: self.wsl.clone(),
            which: home,
        }))
    }

    async fn found(&self, known: &[ProfileName]) -> Result<Vec<Found>, Problem> {
        let paths = self.files.paths();
        let mut found = self.found_in(&paths.config, known).await?;
        found.extend(self.found_in(&paths.credentials, known).await?);
        Ok(once_each(found))
    }

    async fn found_in(&self, file: &Path, known: &[ProfileName]) -> Result<Vec<Found>, Problem> {
        let (path, known, home) = (file.to_owned(), known.to_vec(), self.home.clone());
        let work = move || AwsFiles::findings(&path, &known, |token| token_says(token, &home));
        Ok(told_of(blocking(work).await?, file, &self.shown(file)))
    }

    async fn found_in_text(
        &self,
        text: &str,
        source: &str,
        known: &[ProfileName],
    ) -> Result<Vec<Found>, Problem> {
        let (text, known) = (text.to_owned(), known.to_vec());
        let shown = source.to_owned();
        let work = move || AwsFiles::findings_in(&text, &shown, &known);
        Ok(told_of(blocking(work).await?, Path::new(source), source))
    }
}

#[cfg(test)]
mod tests;
