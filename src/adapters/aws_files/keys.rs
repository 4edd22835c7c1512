//! Keys in the credentials file, and which sections hold a profile's: that of its name, and those
//! that say so (`x_poolkey_profile`). Each renewal writes them again; a sign-out takes them away for
//! good.
//!
//! Deliberately absent: sections without Poolkey's mark, whatever they hold.

use std::cell::Cell;

use jiff::Timestamp;

use super::document::{Document, Setting, Stamp};
use super::history::{Deed, Noted};
use super::lines::{Line, lines};
use super::refusal::Refusal;
use super::rules::{EXPIRES, PROFILE, config, credentials, is_foreign, permission, put_region};
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
        let (settings, drop_keys) = keys.settings(&expires);
        let (id, foreign) = (credentials(name), Cell::new(false));
        let mut edits = Vec::new();
        if let Some(region) = region {
            let keep = self.keep_region;
            let put = move |document: &Document| put_region(document, name, region, keep);
            edits.push(self.edit(config(name), put));
        }
        edits.push(self.edit(id, |document| {
            let (section, stamp) = permission(document, id, self.leave(take_over))?;
            foreign.set(is_foreign(section.as_ref()));
            document.put_into(section, id, &settings, drop_keys, stamp)
        }));
        let files = self.writer().apply(Deed::Renewed, &edits)?;
        drop(edits);
        let both = self.both(name);
        let mut warnings = Vec::new();
        if let (Some(region), [_, Ok(found)]) = (region, &both) {
            warnings.extend(self.region_warning(name, found.as_ref(), region)?);
        }
        warnings.extend(self.keys_warnings(name, &both));
        Ok(Change {
            files,
            warnings,
            foreign: foreign.get(),
        })
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
            if self.would_bring_back(&noted, profile) {
                history.strike(&noted)?;
            }
        }
        Ok(())
    }

    /// What cannot be read cannot be put back either.
    fn would_bring_back(&self, noted: &Noted, profile: &str) -> bool {
        noted.touched.iter().any(|touched| {
            let backup = touched.backup.as_ref().zip(self.history.as_ref());
            let then = backup
                .filter(|_| touched.file == AwsFile::Credentials)
                .and_then(|(name, history)| store::read(&history.backup(name)).ok())
                .and_then(|bytes| Document::parse(bytes).ok());
            then.is_some_and(|then| match then.section(touched.id()) {
                Ok(Some(section)) => then
                    .holds(&section, &touched.section, profile)
                    .unwrap_or(true),
                _ => false,
            })
        })
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
