//! Keys in the credentials file, and which sections hold a profile's: that of its name, and those
//! that say so (`x_poolkey_profile`). Each renewal writes them again; a sign-out takes them away for
//! good.
//!
//! Deliberately absent: sections without Poolkey's mark, whatever they hold.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::document::{Document, Setting, Stamp};
use super::history::{Deed, Noted, Touched};
use super::lines::{Line, lines};
use super::refusal::Refusal;
use super::rules::{EXPIRES, PROFILE, credentials};
use super::section::{AwsFile, Owner, Section};
use super::{AwsFiles, Change, CredentialsEntry, Export, store};
use crate::domain::{AwsProfileName, DefaultProfile, Problem};

/// A section with a profile's keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldKeys {
    /// The section.
    pub name: AwsProfileName,
    /// `x_security_token_expires`
    pub expires_at: Option<Timestamp>,
}

impl AwsFiles {
    /// The sections of the credentials file with the profile's keys.
    pub fn held_by(&self, profile: &str) -> Result<Vec<HeldKeys>, Problem> {
        let path = &self.paths.credentials;
        let document = self.document(AwsFile::Credentials)?;
        document.held_by(profile).map_err(|r| r.problem(path))
    }

    /// Writes the keys where the section still holds the profile's: what was taken away meanwhile
    /// stays away, and the region is its owner's by now.
    pub fn renew_credentials(
        &self,
        name: &AwsProfileName,
        keys: &CredentialsEntry<'_>,
        profile: &str,
    ) -> Result<Change, Problem> {
        let id = credentials(name);
        let expires = keys.expires_text();
        let (settings, drop_keys): (Vec<Setting<'_>>, _) = keys.settings(&expires);
        let edit = self.edit(id, |document| match document.section(id)? {
            Some(section) if document.holds(&section, name.as_str(), profile)? => {
                document.put_into(Some(section), id, &settings, drop_keys, Stamp::Leave)
            }
            _ => document.unchanged(),
        });
        Ok(Change {
            files: self.writer().apply(Deed::Renewed, &[edit])?,
            ..Change::default()
        })
    }

    /// Removes the profile's keys without a way back: nothing is kept of them, and changes are
    /// forgotten that could not be taken back without them.
    pub fn forget_keys(&self, profile: &str) -> Result<(), Problem> {
        let without_history = Self {
            history: None,
            ..self.clone()
        };
        for held in self.held_by(profile)? {
            without_history.remove(&held.name, Export::Credentials)?;
        }
        let Some(history) = &self.history else {
            return Ok(());
        };
        for noted in history.changes()? {
            let back = self.brought_back(&noted, profile);
            if !back.is_empty() {
                let stays = |touched: &Touched| !back.contains(touched.section.as_str());
                history.strike(&noted, stays)?;
            }
        }
        Ok(())
    }

    /// The sections to which taking the change back would bring the profile's keys. What cannot be
    /// read cannot be put back either.
    fn brought_back<'a>(&self, noted: &'a Noted, profile: &str) -> HashSet<&'a str> {
        let mut read: HashMap<&str, Option<Document>> = HashMap::new();
        let mut back = HashSet::new();
        for touched in &noted.touched {
            let backup = touched.backup.as_deref().zip(self.history.as_ref());
            let backup = backup.filter(|_| touched.file == AwsFile::Credentials);
            let Some((name, history)) = backup else {
                continue;
            };
            let then = read.entry(name).or_insert_with(|| {
                let bytes = store::read(&history.backup(name)).ok()?;
                Document::parse(bytes).ok()
            });
            let section = then.as_ref().map(|then| (then, then.section(touched.id())));
            if let Some((then, Ok(Some(section)))) = section
                && then
                    .holds(&section, &touched.section, profile)
                    .unwrap_or(true)
            {
                back.insert(touched.section.as_str());
            }
        }
        back
    }
}

impl Document {
    fn held_by(&self, profile: &str) -> Result<Vec<HeldKeys>, Refusal> {
        let mut names = vec![profile];
        names.extend(self.sections_that_name(profile));
        names.sort_unstable();
        names.dedup();
        let mut held = Vec::new();
        for name in names {
            // A name that Poolkey would not write is nobody's of ours.
            let Ok(name) = AwsProfileName::parse(name, DefaultProfile::Allowed) else {
                continue;
            };
            if let Some(section) = self.section(credentials(&name))?
                && self.holds(&section, name.as_str(), profile)?
            {
                let expires = self.value(&section, EXPIRES)?;
                held.push(HeldKeys {
                    expires_at: expires.and_then(|text| text.parse().ok()),
                    name,
                });
            }
        }
        Ok(held)
    }

    /// Headers above a line that names the profile, in one pass: the file may have thousands.
    fn sections_that_name(&self, profile: &str) -> Vec<&str> {
        let mut names = Vec::new();
        if !self.text().contains(PROFILE) {
            return names;
        }
        let mut above = None;
        for line in lines(self.text()).filter(Line::counts) {
            if let Some(inside) = line.header() {
                above = self.text().get(inside).map(str::trim);
            } else if let Some((PROFILE, _, value)) = line.setting()
                && self.text().get(value) == Some(profile)
            {
                names.extend(above);
            }
        }
        names
    }

    /// Whether the section is ours and its keys are the profile's.
    pub(super) fn holds(
        &self,
        section: &Section,
        name: &str,
        profile: &str,
    ) -> Result<bool, Refusal> {
        let whose = self.value(section, PROFILE)?.unwrap_or(name);
        Ok(section.owner != Owner::Foreign && whose == profile)
    }
}
