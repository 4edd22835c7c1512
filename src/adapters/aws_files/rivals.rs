//! Which setting of a profile hides another.
//!
//! Every SDK makes one profile of the two files' sections, where the credentials file wins; botocore
//! adds what `[DEFAULT]` says. Deliberately absent: values. That a setting is there is enough.

use std::path::Display;

use super::AwsFiles;
use super::find::sections;
use super::rules::{KEY_ID, PROCESS, ROLE, TOKEN_FILE};
use super::section::{AwsFile, Section};
use super::status::Looked;
use crate::domain::{AwsProfileName, Problem};

/// Settings of a section that some SDK prefers to others.
#[expect(
    clippy::struct_excessive_bools,
    reason = "six independent facts about one section"
)]
pub(super) struct Preferred {
    pub(super) process: bool,
    /// With or without a web identity.
    role: bool,
    source: bool,
    pub(super) web_identity: bool,
    sso: bool,
    pub(super) keys: bool,
}

pub(super) fn preferred(section: &Section) -> Preferred {
    let web_identity = section.has_key_like(TOKEN_FILE);
    Preferred {
        process: section.has_key_like(PROCESS),
        role: section.has_key_like(ROLE) || web_identity,
        web_identity,
        source: section.has_key_like("source_profile") || section.has_key_like("credential_source"),
        sso: section.has_key_like("sso_") || section.has_key_like("login_session"),
        keys: section.has_key_like(KEY_ID),
    }
}

/// What a profile also has.
const KEYS: &str = "keys";
const ROLES: &str = "a role";
const SSO: &str = "an SSO session";

/// Whether something is there, and the sentence about it.
type Remark = (bool, String);

impl AwsFiles {
    /// What may hide the keys in the credentials file.
    pub(super) fn keys_warnings(&self, name: &AwsProfileName, both: &[Looked; 2]) -> Vec<String> {
        self.warnings(name, both, KEYS, |_, found, path| {
            let also = format!("{name} also has");
            vec![
                (
                    found.process,
                    format!(
                        "{also} credential_process in {path}: the Rust SDK uses that, not the keys"
                    ),
                ),
                (
                    found.web_identity,
                    format!("{also} a web identity in {path}: most SDKs use that, not the keys"),
                ),
                (
                    found.role && !found.web_identity,
                    format!("{also} {ROLES} in {path}: SDKs use that, not the keys"),
                ),
                (
                    found.sso,
                    format!("{also} {SSO} in {path}: SDKs use that, not the keys"),
                ),
            ]
        })
    }

    /// What may hide the `credential_process` in the config file.
    pub(super) fn process_warnings(
        &self,
        name: &AwsProfileName,
        both: &[Looked; 2],
    ) -> Vec<String> {
        self.warnings(name, both, PROCESS, |file, found, path| {
            let (also, own) = (format!("{name} also has"), file == AwsFile::Config);
            let who = if own {
                "the JavaScript SDK uses"
            } else {
                "most SDKs use"
            };
            vec![
                (
                    found.keys,
                    format!("{also} keys in {path}: {who} those, not credential_process"),
                ),
                (
                    found.process && !own,
                    format!("{also} a credential_process in {path}: SDKs use that one"),
                ),
                (
                    found.role,
                    format!("{also} {ROLES} in {path}: SDKs use that, not credential_process"),
                ),
                (
                    found.sso,
                    format!("{also} {SSO} in {path}: SDKs use that, not credential_process"),
                ),
            ]
        })
    }

    /// What may hide the web identity in the config file.
    pub(super) fn web_identity_warnings(
        &self,
        name: &AwsProfileName,
        both: &[Looked; 2],
    ) -> Vec<String> {
        self.warnings(name, both, ROLES, |file, found, path| {
            let (also, own) = (format!("{name} also"), file == AwsFile::Config);
            vec![
                (
                    found.keys,
                    format!(
                        "{also} has keys in {path}: the JavaScript SDK uses those, not the web \
                         identity"
                    ),
                ),
                (
                    found.role && !own,
                    format!("{also} has {ROLES} in {path}: SDKs use that one"),
                ),
                (
                    found.source,
                    format!(
                        "{also} says in {path} where its role comes from: SDKs use that, not the \
                         web identity"
                    ),
                ),
            ]
        })
    }

    /// What `remarks` has to say about either section, and what botocore adds; `own` is not hidden by
    /// another of its kind there.
    fn warnings(
        &self,
        name: &AwsProfileName,
        both: &[Looked; 2],
        own: &str,
        remarks: impl Fn(AwsFile, &Preferred, Display<'_>) -> Vec<Remark>,
    ) -> Vec<String> {
        let files = [AwsFile::Credentials, AwsFile::Config];
        let mut warnings = Vec::new();
        for (file, looked) in files.into_iter().zip(both) {
            match looked {
                Ok(Some(found)) => {
                    let path = self.paths.of(file).display();
                    let remarks = remarks(file, &preferred(&found.section), path).into_iter();
                    warnings.extend(
                        remarks
                            .filter(|(there, _)| *there)
                            .map(|(_, remark)| remark),
                    );
                }
                Ok(None) => {}
                Err(problem) => warnings.push(unchecked(problem)),
            }
        }
        let defaults = files.map(|file| self.added_to_all(name, file, own));
        warnings.extend(defaults.into_iter().flatten());
        warnings
    }

    /// configparser reads `[DEFAULT]`, written just so, into every section.
    fn added_to_all(&self, name: &AwsProfileName, file: AwsFile, own: &str) -> Option<String> {
        let path = self.paths.of(file);
        let document = self.document(file).ok()?;
        let text = document.text();
        // Thousands of sections are not read for the rare one.
        let is_there = text.contains("[DEFAULT]");
        let (_, section) = sections(text).find(|(inside, _)| is_there && *inside == "DEFAULT")?;
        let found = preferred(&section);
        let what = [(found.role, ROLES), (found.sso, SSO), (found.keys, KEYS)];
        let what = what.iter().find(|(there, what)| *there && *what != own)?.1;
        Some(format!(
            "[DEFAULT] in {} has {what}: botocore and the AWS CLI take that for {name}'s",
            path.display()
        ))
    }
}

fn unchecked(problem: &Problem) -> String {
    format!("Whether another setting hides this one was not checked: {problem}")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::{AwsPaths, CredentialsEntry, WebIdentityEntry};
    use super::*;
    use crate::domain::Secret;

    /// The number of warnings with an export of keys, of a process and of a web identity.
    fn counts(credentials: &str, config: &str) -> [usize; 3] {
        ["keys", "process", "web identity"].map(|what| {
            let folder = tempfile::tempdir().unwrap();
            let paths = AwsPaths::from_env(|_| None, folder.path());
            fs::create_dir(folder.path().join(".aws")).unwrap();
            fs::write(&paths.credentials, credentials).unwrap();
            fs::write(&paths.config, config).unwrap();
            let files = AwsFiles::new(paths, AwsFiles::LOCK_WAIT);
            let (name, secret) = ("acme".parse().unwrap(), Secret::new("s".to_owned()));
            let change = match what {
                "keys" => {
                    let entry = CredentialsEntry {
                        access_key_id: "ASIAEXAMPLE",
                        secret_access_key: &secret,
                        session_token: &secret,
                        expires_at: jiff::Timestamp::UNIX_EPOCH,
                        profile: None,
                    };
                    files.write_credentials(&name, &entry, None, true)
                }
                "process" => files.write_process(&name, "poolkey", None, true),
                _ => {
                    let entry = WebIdentityEntry {
                        role: "arn:aws:iam::123456789012:role/R",
                        token_file: "/run/t",
                        session_name: "acme",
                        region: "eu-west-1",
                    };
                    files.write_web_identity(&name, &entry, true)
                }
            };
            let warnings = change.unwrap().warnings;
            assert_eq!(files.status(&name).unwrap().warnings, warnings, "{what}");
            warnings.len()
        })
    }

    #[test]
    fn what_the_credentials_file_and_the_defaults_hide_is_said() {
        for (credentials, config, expected) in [
            ("[acme]\nregion = r\n", "", [0, 0, 0]),
            ("[acme]\ncredential_process = c\n", "", [1, 1, 0]),
            ("[acme]\nrole_arn = r\nsource_profile = s\n", "", [1, 1, 2]),
            ("[acme]\nweb_identity_token_file = t\n", "", [1, 1, 1]),
            ("[acme]\nsso_session = s\n", "", [1, 1, 0]),
            ("", "[DEFAULT]\nrole_arn = r\n", [1, 1, 0]),
            ("[DEFAULT]\naws_access_key_id = k\n", "", [0, 1, 1]),
            (
                "",
                "[DEFAULT]\nregion = x\n[ DEFAULT ]\nrole_arn = r\n",
                [0, 0, 0],
            ),
        ] {
            assert_eq!(
                counts(credentials, config),
                expected,
                "{credentials}{config}"
            );
        }
    }
}
