//! Sections of ours that go on working when what they call gets another name.
//!
//! The sections keep their names: other programs know those. Deliberately absent: sections without
//! Poolkey's mark, and commands of another program or for another configuration.

use super::command::program;
use super::document::{Document, Stamp};
use super::history::Deed;
use super::refusal::Refusal;
use super::rules::{PROCESS, PROFILE, TOKEN_FILE, config, credentials};
use super::section::Owner;
use super::{AwsFiles, find, store};
use crate::domain::{AwsProfileName, DefaultProfile, Problem};

/// A value before and after.
#[derive(Debug, Clone)]
pub struct Renamed {
    /// As it stands in the files.
    pub from: String,
    /// As it is to stand there.
    pub to: String,
}

impl AwsFiles {
    /// Has the processes of our sections that run `from` run `to`, whatever the path of the program
    /// in them.
    pub fn follow_process(&self, command: &Renamed) -> Result<(), Problem> {
        let arguments = |text: &str| text.get(program(text).len()..).map(str::to_owned);
        let (from, to) = (arguments(&command.from), arguments(&command.to));
        self.follow_config(PROCESS, |value| {
            let own = program(value);
            let is_it = !own.is_empty() && arguments(value) == from;
            is_it.then(|| format!("{own}{}", to.as_deref().unwrap_or_default()))
        })
    }

    /// Has our sections that name the token file `from` name `to`.
    pub fn follow_token_file(&self, file: &Renamed) -> Result<(), Problem> {
        self.follow_config(TOKEN_FILE, |value| {
            (value == file.from).then(|| file.to.clone())
        })
    }

    /// Has the keys of one profile be another's: they are renewed under its name from then on.
    pub fn follow_keys(&self, profile: &Renamed) -> Result<(), Problem> {
        for held in self.held_by(&profile.from)? {
            let id = credentials(&held.name);
            let edit = self.edit(id, |document| match document.section(id)? {
                Some(section) if document.holds(&section, held.name.as_str(), &profile.from)? => {
                    let to = [(PROFILE, profile.to.as_str())];
                    document.put_into(Some(section), id, &to, &[], Stamp::Leave)
                }
                _ => document.unchanged(),
            });
            self.writer().apply(Deed::Renewed, &[edit])?;
        }
        Ok(())
    }

    /// Each of our sections of the config file whose `key` has another value from now on.
    fn follow_config(
        &self,
        key: &'static str,
        new: impl Fn(&str) -> Option<String>,
    ) -> Result<(), Problem> {
        let path = &self.paths.config;
        let document = Document::parse(store::read(path)?).map_err(|r| r.problem(path))?;
        let named = document.named(key, &new).map_err(|r| r.problem(path))?;
        for name in named {
            let id = config(&name);
            let edit = self.edit(id, |document| {
                // Another process may have written it since.
                let Some(section) = document.section(id)? else {
                    return document.unchanged();
                };
                let value = document.value(&section, key)?.and_then(&new);
                match value.filter(|_| section.owner != Owner::Foreign) {
                    Some(value) => {
                        let value = [(key, value.as_str())];
                        document.put_into(Some(section), id, &value, &[], Stamp::Leave)
                    }
                    None => document.unchanged(),
                }
            });
            self.writer().apply(Deed::Wrote, &[edit])?;
        }
        Ok(())
    }
}

impl Document {
    /// Our sections whose `key` has a value that becomes a `new` one.
    fn named(
        &self,
        key: &str,
        new: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<AwsProfileName>, Refusal> {
        let mut names = Vec::new();
        if !self.text().contains(key) {
            return Ok(names);
        }
        for (inside, section) in find::sections(self.text()) {
            if section.owner == Owner::Foreign {
                continue;
            }
            let name = inside.trim();
            let name = name.strip_prefix("profile").map_or(name, str::trim_start);
            // A name that Poolkey would not write is nobody's of ours.
            let Ok(name) = AwsProfileName::parse(name, DefaultProfile::Allowed) else {
                continue;
            };
            if self.value(&section, key)?.and_then(&new).is_some() {
                names.push(name);
            }
        }
        Ok(names)
    }
}
