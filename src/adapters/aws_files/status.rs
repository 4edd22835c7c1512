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

/// Settings of a config section that some SDK prefers to others.
#[expect(
    clippy::struct_excessive_bools,
    reason = "six independent facts about one section"
)]
struct Preferred {
    process: bool,
    /// Without a web identity.
    role: bool,
    source: bool,
    web_identity: bool,
    sso: bool,
    keys: bool,
}

/// A section and the text it is in.
pub(super) struct Found {
    document: Document,
    pub(super) section: Section,
}

/// What a file says about a name, or why that is not known.
type Looked = Result<Option<Found>, Problem>;

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
            status.region = self.value(AwsFile::Config, found, REGION)?;
            status.has_process = preferred(found).process;
            status.has_web_identity = preferred(found).web_identity;
            status.config = Some(found.section.owner);
        }
        let (credentials, config) = (Ok(credentials), Ok(config));
        if status.credentials.is_some() {
            status.warnings.extend(self.keys_warnings(name, &config));
        }
        if status.has_process {
            let warnings = self.process_warnings(name, &credentials, &config);
            status.warnings.extend(warnings);
        } else if status.has_web_identity {
            let warnings = self.web_identity_warnings(name, &credentials, &config);
            status.warnings.extend(warnings);
        }
        Ok(status)
    }

    /// What may hide the keys in the credentials file.
    pub(super) fn keys_warnings(&self, name: &AwsProfileName, config: &Looked) -> Vec<String> {
        let path = self.paths.config.display();
        let found = match config {
            Ok(Some(found)) => preferred(found),
            Ok(None) => return Vec::new(),
            Err(problem) => return vec![unchecked(problem)],
        };
        let mut warnings = Vec::new();
        if found.process {
            warnings.push(format!(
                "{name} also has credential_process in {path}: the Rust SDK uses that, not the keys"
            ));
        }
        if found.web_identity {
            warnings.push(format!(
                "{name} also has a web identity in {path}: most SDKs use that, not the keys"
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
    pub(super) fn process_warnings(
        &self,
        name: &AwsProfileName,
        credentials: &Looked,
        config: &Looked,
    ) -> Vec<String> {
        let mut warnings = Vec::new();
        match credentials {
            Ok(Some(found)) if preferred(found).keys => warnings.push(format!(
                "{name} also has keys in {}: most SDKs use those, not credential_process",
                self.paths.credentials.display()
            )),
            Ok(_) => {}
            Err(problem) => warnings.push(unchecked(problem)),
        }
        if let Ok(Some(found)) = config {
            let found = preferred(found);
            let role = found.role || found.web_identity;
            for (there, what) in [(role, "a role"), (found.sso, "an SSO session")] {
                if there {
                    warnings.push(format!(
                        "{name} also has {what}: SDKs use that, not credential_process"
                    ));
                }
            }
            if found.keys {
                warnings.push(format!(
                    "{name} also has keys beside it: the JavaScript SDK uses those, not \
                     credential_process"
                ));
            }
        }
        warnings
    }

    /// What may hide the web identity in the config file.
    pub(super) fn web_identity_warnings(
        &self,
        name: &AwsProfileName,
        credentials: &Looked,
        config: &Looked,
    ) -> Vec<String> {
        let mut warnings = Vec::new();
        match credentials {
            Ok(Some(found)) if preferred(found).keys => warnings.push(format!(
                "{name} also has keys in {}: the JavaScript SDK uses those, not the web identity",
                self.paths.credentials.display()
            )),
            Ok(_) => {}
            Err(problem) => warnings.push(unchecked(problem)),
        }
        if let Ok(Some(found)) = config {
            if preferred(found).keys {
                warnings.push(format!(
                    "{name} also has keys beside it: the JavaScript SDK uses those, not the web \
                     identity"
                ));
            }
            if preferred(found).source {
                warnings.push(format!(
                    "{name} also says where its role comes from: SDKs use that, not the web identity"
                ));
            }
        }
        warnings
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
        let document = Document::parse(store::read(path)?).map_err(|r| r.problem(path))?;
        let section = document.section(id).map_err(|r| r.problem(path))?;
        Ok(section.map(|section| Found { document, section }))
    }

    fn value(&self, file: AwsFile, found: &Found, key: &str) -> Result<Option<String>, Problem> {
        let value = found.document.value(&found.section, key);
        let value = value.map_err(|r| r.problem(self.paths.of(file)))?;
        Ok(value.map(str::to_owned))
    }
}

fn preferred(found: &Found) -> Preferred {
    let section = &found.section;
    let web_identity = section.has_key_like(TOKEN_FILE);
    Preferred {
        process: section.has_key_like(PROCESS),
        role: section.has_key_like(ROLE) && !web_identity,
        web_identity,
        source: section.has_key_like("source_profile") || section.has_key_like("credential_source"),
        sso: section.has_key_like("sso_") || section.has_key_like("login_session"),
        keys: section.has_key_like(KEY_ID),
    }
}

fn unchecked(problem: &Problem) -> String {
    format!("Whether another setting hides this one was not checked: {problem}")
}
