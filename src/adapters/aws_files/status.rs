//! What the files say about a profile, and which of its settings would hide another.
//!
//! Reading takes no lock: a write replaces the file as a whole. Deliberately absent: the keys.

use jiff::Timestamp;

use super::document::Document;
use super::rules::{EXPIRES, KEY_ID, PROCESS, REGION, ROLE, TOKEN_FILE, config, credentials};
use super::section::{AwsFile, Owner, Section};
use super::{AwsFiles, store};
use crate::domain::{AwsProfileName, Problem};

/// The state of one profile in the two files.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Settings of a config section that some SDK prefers to others.
#[expect(
    clippy::struct_excessive_bools,
    reason = "five independent facts about one section"
)]
struct Preferred {
    process: bool,
    role: bool,
    web_identity: bool,
    sso: bool,
    keys: bool,
}

impl AwsFiles {
    /// Reads the state of `name`. Changes nothing.
    pub fn status(&self, name: &AwsProfileName) -> Result<Status, Problem> {
        let mut status = Status {
            credentials: None,
            expires_at: None,
            config: None,
            has_process: false,
            has_web_identity: false,
            region: None,
            warnings: Vec::new(),
        };
        if let Some((document, section)) = self.look(AwsFile::Credentials, name)? {
            let expires = self.value(AwsFile::Credentials, &document, &section, EXPIRES)?;
            status.expires_at = expires.and_then(|text| text.parse().ok());
            status.credentials = Some(section.owner);
        }
        if let Some((document, section)) = self.look(AwsFile::Config, name)? {
            status.region = self.value(AwsFile::Config, &document, &section, REGION)?;
            let found = preferred(&section);
            status.has_process = found.process;
            status.has_web_identity = found.web_identity;
            status.config = Some(section.owner);
        }
        if status.credentials.is_some() {
            status.warnings.extend(self.keys_warnings(name));
        }
        if status.has_process {
            status.warnings.extend(self.process_warnings(name));
        }
        if status.has_web_identity {
            status.warnings.extend(self.web_identity_warnings(name));
        }
        Ok(status)
    }

    /// Whose section it is, if it is there.
    pub(super) fn owner(
        &self,
        file: AwsFile,
        name: &AwsProfileName,
    ) -> Result<Option<Owner>, Problem> {
        Ok(self.look(file, name)?.map(|(_, section)| section.owner))
    }

    /// What may hide the keys in the credentials file.
    pub(super) fn keys_warnings(&self, name: &AwsProfileName) -> Vec<String> {
        let path = self.paths.config.display();
        let found = match self.look(AwsFile::Config, name) {
            Ok(Some((_, section))) => preferred(&section),
            Ok(None) => return Vec::new(),
            Err(problem) => return vec![unchecked(&problem)],
        };
        let mut warnings = Vec::new();
        if found.process {
            warnings.push(format!(
                "{name} also has credential_process in {path}: the Rust SDK uses that, not the keys"
            ));
        }
        for (there, what) in [(found.role, "a role"), (found.sso, "an SSO session")] {
            if there {
                warnings.push(format!(
                    "{name} also has {what} in {path}: SDKs use that, not the keys"
                ));
            }
        }
        warnings
    }

    /// What may hide the `credential_process` in the config file.
    pub(super) fn process_warnings(&self, name: &AwsProfileName) -> Vec<String> {
        let mut warnings = Vec::new();
        match self.look(AwsFile::Credentials, name) {
            Ok(Some((_, section))) if preferred(&section).keys => warnings.push(format!(
                "{name} also has keys in {}: most SDKs use those, not credential_process",
                self.paths.credentials.display()
            )),
            Ok(_) => {}
            Err(problem) => warnings.push(unchecked(&problem)),
        }
        if let Ok(Some((_, section))) = self.look(AwsFile::Config, name) {
            let found = preferred(&section);
            for (there, what) in [(found.role, "a role"), (found.sso, "an SSO session")] {
                if there {
                    warnings.push(format!(
                        "{name} also has {what}: SDKs use that, not credential_process"
                    ));
                }
            }
        }
        warnings
    }

    /// What may hide the web identity in the config file.
    pub(super) fn web_identity_warnings(&self, name: &AwsProfileName) -> Vec<String> {
        match self.look(AwsFile::Credentials, name) {
            Ok(Some((_, section))) if preferred(&section).keys => vec![format!(
                "{name} also has keys in {}: the JavaScript SDK uses those, not the web identity",
                self.paths.credentials.display()
            )],
            Ok(_) => Vec::new(),
            Err(problem) => vec![unchecked(&problem)],
        }
    }

    /// Says so where the region was not written, because the section is somebody else's.
    pub(super) fn region_warning(
        &self,
        name: &AwsProfileName,
        wanted: &str,
    ) -> Result<Option<String>, Problem> {
        let Some((document, section)) = self.look(AwsFile::Config, name)? else {
            return Ok(None);
        };
        let region = self.value(AwsFile::Config, &document, &section, REGION)?;
        if section.owner != Owner::Foreign || region.as_deref() == Some(wanted) {
            return Ok(None);
        }
        let path = self.paths.config.display();
        Ok(Some(if region.is_some() {
            format!("{name} has another region in {path}, which was left as it is")
        } else {
            let inside = config(name).inside();
            format!(
                "[{inside}] in {path} was not made by Poolkey, so the region was not written there"
            )
        }))
    }

    fn look(
        &self,
        file: AwsFile,
        name: &AwsProfileName,
    ) -> Result<Option<(Document, Section)>, Problem> {
        let path = self.paths.of(file);
        let id = match file {
            AwsFile::Credentials => credentials(name),
            AwsFile::Config => config(name),
        };
        let document = Document::parse(store::read(path)?).map_err(|r| r.problem(path))?;
        let section = document.section(id).map_err(|r| r.problem(path))?;
        Ok(section.map(|section| (document, section)))
    }

    fn value(
        &self,
        file: AwsFile,
        document: &Document,
        section: &Section,
        key: &str,
    ) -> Result<Option<String>, Problem> {
        let value = document
            .value(section, key)
            .map_err(|r| r.problem(self.paths.of(file)))?;
        Ok(value.map(str::to_owned))
    }
}

fn preferred(section: &Section) -> Preferred {
    Preferred {
        process: section.has_key_like(PROCESS),
        role: section.has_key_like(ROLE),
        web_identity: section.has_key_like(TOKEN_FILE),
        sso: section.has_key_like("sso_") || section.has_key_like("login_session"),
        keys: section.has_key_like(KEY_ID),
    }
}

fn unchecked(problem: &Problem) -> String {
    format!("Whether another setting hides this one was not checked: {problem}")
}
