//! What the files say about a profile.
//!
//! Reading takes no lock: a write replaces the file as a whole. Deliberately absent: the keys, and
//! which setting hides which (see `rivals`).

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::AwsFiles;
use super::command::program;
use super::document::Document;
use super::rivals::preferred;
use super::rules::{EXPIRES, PROCESS, REGION, config, credentials};
use super::section::{AwsFile, Owner, Section};
use crate::domain::{AwsProfileName, Problem};

/// The state of one profile in the two files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// Whose `[name]` is in the credentials file, if it is there.
    pub credentials: Option<Owner>,
    /// `x_security_token_expires` of that section.
    pub expires_at: Option<Timestamp>,
    /// Whose `[profile name]` is in the config file, if it is there.
    pub config: Option<Owner>,
    /// Whether that section has a `credential_process`.
    pub has_process: bool,
    /// Whether that section has a `web_identity_token_file`.
    pub has_web_identity: bool,
    /// The region set there.
    pub region: Option<String>,
    /// Which setting hides which: sentences without a full stop.
    pub warnings: Vec<String>,
}

/// A section and the text it is in.
pub(super) struct Found {
    pub(super) document: Arc<Document>,
    pub(super) section: Section,
}

/// What a file says about a name, or why that is not known.
pub(super) type Looked = Result<Option<Found>, Problem>;

impl AwsFiles {
    /// Reads the state of `name`. Changes nothing.
    pub fn status(&self, name: &AwsProfileName) -> Result<Status, Problem> {
        let mut status = Status::default();
        let credentials = self.look(AwsFile::Credentials, name)?;
        if let Some(found) = &credentials {
            let expires = self.value(AwsFile::Credentials, found, EXPIRES)?;
            status.expires_at = expires.and_then(|text| text.parse().ok());
            status.credentials = Some(found.section.owner);
        }
        let config = self.look(AwsFile::Config, name)?;
        if let Some(found) = &config {
            let preferred = preferred(&found.section);
            status.region = self.value(AwsFile::Config, found, REGION)?;
            status.has_process = preferred.process;
            status.has_web_identity = preferred.web_identity;
            status.config = Some(found.section.owner);
            status.warnings.extend(self.gone_program(name, found)?);
        }
        let has_keys = credentials.as_ref().map(|found| preferred(&found.section));
        let both = [Ok(credentials), Ok(config)];
        if has_keys.is_some_and(|preferred| preferred.keys) {
            status.warnings.extend(self.keys_warnings(name, &both));
        }
        if status.has_process {
            status.warnings.extend(self.process_warnings(name, &both));
        } else if status.has_web_identity {
            let warnings = self.web_identity_warnings(name, &both);
            status.warnings.extend(warnings);
        }
        Ok(status)
    }

    /// Says so where our `credential_process` runs a program that was moved or removed.
    fn gone_program(
        &self,
        name: &AwsProfileName,
        found: &Found,
    ) -> Result<Option<String>, Problem> {
        let command = self.value(AwsFile::Config, found, PROCESS)?;
        let ours = command.filter(|_| found.section.owner != Owner::Foreign);
        let program = ours
            .as_deref()
            .map(|command| program(command).trim_matches('"'));
        // What is absolute on another system only, as wsl.exe's is, cannot be looked for here.
        let gone = program.filter(|program| {
            let path = Path::new(program);
            path.is_absolute() && matches!(path.try_exists(), Ok(false))
        });
        Ok(gone.map(|program| {
            format!("{name} runs {program}, which is not there: export it once more")
        }))
    }

    /// Says so where the region was not written, because the section is somebody else's.
    pub(super) fn region_warning(
        &self,
        name: &AwsProfileName,
        config: Option<&Found>,
        wanted: &str,
    ) -> Result<Option<String>, Problem> {
        let Some(found) = config else {
            return Ok(None);
        };
        let region = self.value(AwsFile::Config, found, REGION)?;
        if found.section.owner != Owner::Foreign || region.as_deref() == Some(wanted) {
            return Ok(None);
        }
        let path = self.paths.config.display();
        Ok(Some(if region.is_some() {
            format!("{name} has another region in {path}, which was left as it is")
        } else {
            let inside = super::rules::config(name).inside();
            format!(
                "[{inside}] in {path} was not made by Poolkey, so the region was not written there"
            )
        }))
    }

    pub(super) fn look(&self, file: AwsFile, name: &AwsProfileName) -> Looked {
        let path = self.paths.of(file);
        let id = match file {
            AwsFile::Credentials => credentials(name),
            AwsFile::Config => config(name),
        };
        let document = self.document(file)?;
        let section = document.section(id).map_err(|r| r.problem(path))?;
        Ok(section.map(|section| Found { document, section }))
    }

    fn value(&self, file: AwsFile, found: &Found, key: &str) -> Result<Option<String>, Problem> {
        let value = found.document.value(&found.section, key);
        let value = value.map_err(|r| r.problem(self.paths.of(file)))?;
        Ok(value.map(str::to_owned))
    }
}
