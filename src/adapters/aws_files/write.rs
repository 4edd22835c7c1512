//! Writing sections: one, or several as one change of the files.
//!
//! Deliberately absent: what may be written into whose section (see `rules`), and the renewal of keys
//! that stand there (see `keys`).

use std::cell::Cell;

use super::apply::Edit;
use super::document::{Document, Setting};
use super::history::Deed;
use super::rules::{
    Leave, PROCESS, REGION, ROLE, SESSION_NAME, TOKEN_FILE, config, credentials, is_foreign,
    permission, put_region, replaced_by, wanted,
};
use super::{AwsFiles, Change, CredentialsEntry, Entry, Order, WebIdentityEntry};
use crate::domain::{AwsProfileName, Problem};

impl AwsFiles {
    /// Writes a section for each of the orders. Each file is replaced once, and one change is noted;
    /// a section that is refused refuses only itself.
    ///
    /// # Errors
    /// A file that cannot be read or written.
    pub fn write_all(&self, orders: &[Order<'_>]) -> Result<Vec<Result<Change, Problem>>, Problem> {
        let foreign = vec![Cell::new(false); orders.len()];
        let parts = orders.iter().zip(&foreign);
        let parts: Vec<Vec<Edit<'_>>> = parts.map(|it| self.edits(it.0, it.1)).collect();
        let is_keys = |order: &Order<'_>| matches!(order.entry, Entry::Keys(..));
        let deed = if orders.iter().any(is_keys) {
            Deed::Renewed
        } else {
            Deed::Wrote
        };
        let written = self.writer().apply_all(deed, &parts)?;
        drop(parts);
        let stands = self.as_read();
        let changes = orders.iter().zip(foreign).zip(written);
        let changes = changes.map(|((order, foreign), files)| {
            Ok(Change {
                files: files?,
                warnings: stands.rivals(order)?,
                foreign: foreign.get(),
            })
        });
        Ok(changes.collect())
    }

    /// The same with one section.
    pub fn write(&self, order: Order<'_>) -> Result<Change, Problem> {
        let mut written = self.write_all(&[order])?;
        Ok(written.pop().transpose()?.unwrap_or_default())
    }

    /// Writes keys to `[name]` of the credentials file and `region` to the config file.
    pub fn write_credentials(
        &self,
        name: &AwsProfileName,
        keys: &CredentialsEntry<'_>,
        region: Option<&str>,
        take_over: bool,
    ) -> Result<Change, Problem> {
        self.write(Order {
            name,
            entry: Entry::Keys(*keys, region),
            keep_region: false,
            take_over,
        })
    }

    /// Writes `credential_process = command` and `region` to `[profile name]` of the config file.
    pub fn write_process(
        &self,
        name: &AwsProfileName,
        command: &str,
        region: Option<&str>,
        take_over: bool,
    ) -> Result<Change, Problem> {
        self.write(Order {
            name,
            entry: Entry::Process(command, region),
            keep_region: false,
            take_over,
        })
    }

    /// Writes a web identity to `[profile name]` of the config file.
    pub fn write_web_identity(
        &self,
        name: &AwsProfileName,
        entry: &WebIdentityEntry<'_>,
        take_over: bool,
    ) -> Result<Change, Problem> {
        self.write(Order {
            name,
            entry: Entry::WebIdentity(*entry),
            keep_region: false,
            take_over,
        })
    }

    /// What an order does, and where it notes whether the section is somebody else's.
    fn edits<'a>(&self, order: &'a Order<'_>, foreign: &'a Cell<bool>) -> Vec<Edit<'a>> {
        let (name, keep) = (order.name, order.keep_region);
        match &order.entry {
            Entry::Keys(keys, region) => {
                let put = |region: &'a str| {
                    let put = move |document: &Document| put_region(document, name, region, keep);
                    self.edit(config(name), put)
                };
                let mut edits: Vec<Edit<'a>> = region.iter().copied().map(put).collect();
                edits.push(self.keys_edit(order, keys, foreign));
                edits
            }
            Entry::Process(command, region) => {
                let mut settings = vec![(PROCESS, *command)];
                settings.extend(region.map(|region| (REGION, region)));
                vec![self.config_edit(order, settings, foreign)]
            }
            Entry::WebIdentity(entry) => {
                let settings = vec![
                    (ROLE, entry.role),
                    (TOKEN_FILE, entry.token_file),
                    (SESSION_NAME, entry.session_name),
                    (REGION, entry.region),
                ];
                vec![self.config_edit(order, settings, foreign)]
            }
        }
    }

    fn keys_edit<'a>(
        &self,
        order: &'a Order<'_>,
        keys: &'a CredentialsEntry<'_>,
        foreign: &'a Cell<bool>,
    ) -> Edit<'a> {
        let (id, leave) = (credentials(order.name), self.leave(order.take_over));
        self.edit(id, move |document| {
            let expires = keys.expires_text();
            let (settings, drop) = keys.settings(&expires);
            let (section, stamp) = permission(document, id, leave)?;
            foreign.set(is_foreign(section.as_ref()));
            document.put_into(section, id, &settings, drop, stamp)
        })
    }

    /// The first of the settings says what the section is for.
    fn config_edit<'a>(
        &self,
        order: &'a Order<'_>,
        settings: Vec<Setting<'a>>,
        foreign: &'a Cell<bool>,
    ) -> Edit<'a> {
        let (id, leave) = (config(order.name), self.leave(order.take_over));
        let (new, keep) = (
            settings.first().map_or(REGION, |(key, _)| *key),
            order.keep_region,
        );
        self.edit(id, move |document| {
            let (section, stamp) = permission(document, id, leave)?;
            foreign.set(is_foreign(section.as_ref()));
            let drop = replaced_by(section.as_ref(), new);
            let settings = wanted(document, section.as_ref(), &settings, keep)?;
            document.put_into(section, id, &settings, drop, stamp)
        })
    }

    const fn leave(&self, take_over: bool) -> Leave {
        match (take_over, self.dry_run) {
            (true, _) => Leave::TakeOver,
            (false, true) => Leave::Preview,
            (false, false) => Leave::None,
        }
    }

    /// What may surprise about a section.
    fn rivals(&self, order: &Order<'_>) -> Result<Vec<String>, Problem> {
        let (name, both) = (order.name, self.both(order.name));
        match &order.entry {
            Entry::Keys(_, region) => {
                let mut warnings = Vec::new();
                if let (Some(region), [_, Ok(found)]) = (region, &both) {
                    warnings.extend(self.region_warning(name, found.as_ref(), region)?);
                }
                warnings.extend(self.keys_warnings(name, &both));
                Ok(warnings)
            }
            Entry::Process(..) => Ok(self.process_warnings(name, &both)),
            Entry::WebIdentity(_) => Ok(self.web_identity_warnings(name, &both)),
        }
    }
}
