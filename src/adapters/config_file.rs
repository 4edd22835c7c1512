//! `profiles.toml`: read into domain types, edited without losing a comment.
//!
//! A file that cannot be read is reported with line and reason and never written. Deliberately
//! absent: secrets, and any key that Poolkey would write without being asked.

mod edit;
mod exchange;
mod import;
mod logins;
mod managed_login;
mod order;
mod profile;
mod reader;
mod refusal;
mod settings;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use toml_edit::{Document, DocumentMut, Item, Table, TableLike};
use zeroize::Zeroizing;

use self::edit::{arrange, hand_over, is_named, list_mut, put_list, put_text, remove};
pub use self::exchange::session_policy;
pub use self::import::{NoProfile, profiles_in, written};
use self::profile::fill;
use self::reader::Reader;
use self::refusal::{faulty, syntax, taken, utf8};
use super::blocking::blocking;
use super::safe_file;
use crate::domain::{Arrangement, Fault, ListOrder, Problem, Profile, ProfileName, SettingChange};
use crate::ops::ports::{Configuration, Profiles};

const LOCK_WAIT: Duration = Duration::from_secs(10);
const LIST: &str = "profile";
const SORT: &str = "sort";
const FOLDED: &str = "collapsed_groups";

/// The configuration file.
pub struct ConfigFile {
    path: PathBuf,
}

impl ConfigFile {
    /// The file may not exist yet.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Reads the file; a missing one is an empty configuration.
    ///
    /// # Errors
    /// With the line and the reason.
    pub fn read(&self) -> Result<Configuration, Problem> {
        let bytes = safe_file::read(&self.path)?;
        parse(&self.path, &bytes)
    }

    async fn edit(
        &self,
        change: impl Fn(&mut DocumentMut) -> Result<(), Problem> + Send + 'static,
    ) -> Result<(), Problem> {
        let path = self.path.clone();
        blocking(move || {
            safe_file::update(&path, LOCK_WAIT, |bytes| {
                // Refuses what could not be read, before anything is changed.
                parse(&path, &bytes)?;
                let text = utf8(&path, &bytes)?;
                let mut document: DocumentMut =
                    text.parse().map_err(|error| syntax(&path, text, &error))?;
                change(&mut document)?;
                let after = edit::with_line_ends_of(text, document.to_string());
                // What would not be read again is not written.
                parse_and_judge(&path, after.as_bytes(), |_, _, profile, fault| {
                    faulty(&profile.name, fault)
                })?;
                Ok((Some(Zeroizing::new(after)), ()))
            })
            .map(|_| ())
        })
        .await
    }
}

#[async_trait]
impl Profiles for ConfigFile {
    async fn load(&self) -> Result<Configuration, Problem> {
        let path = self.path.clone();
        blocking(move || Self { path }.read()).await
    }

    async fn put(&self, former: Option<&ProfileName>, profile: &Profile) -> Result<(), Problem> {
        let (former, profile) = (former.cloned(), profile.clone());
        self.edit(move |document| {
            let Some(list) = list_mut(document) else {
                return Ok(());
            };
            // Looked at under the lock: another process may have added the name meanwhile.
            if former.as_ref() != Some(&profile.name)
                && list.iter().any(|table| is_named(table, &profile.name))
            {
                return Err(taken(&profile.name));
            }
            let name = former.as_ref().unwrap_or(&profile.name);
            hand_over(list, name, Some(&profile.name));
            if let Some(table) = list.iter_mut().find(|table| is_named(table, name)) {
                fill(table, &profile);
                return Ok(());
            }
            let mut table = Table::new();
            fill(&mut table, &profile);
            list.push(table);
            Ok(())
        })
        .await
    }

    async fn remove(&self, name: &ProfileName) -> Result<(), Problem> {
        let name = name.clone();
        self.edit(move |document| {
            remove(document, &name);
            Ok(())
        })
        .await
    }

    async fn arrange(
        &self,
        names: &[ProfileName],
        arrangement: &Arrangement,
    ) -> Result<(), Problem> {
        let (names, arrangement) = (names.to_vec(), arrangement.clone());
        self.edit(move |document| {
            arrange(document, &names, &arrangement);
            Ok(())
        })
        .await
    }

    async fn sort(&self, order: ListOrder) -> Result<(), Problem> {
        self.edit(move |document| {
            put_text(document.as_table_mut(), SORT, order.name());
            Ok(())
        })
        .await
    }

    async fn fold(&self, groups: &[String]) -> Result<(), Problem> {
        let groups = groups.to_vec();
        self.edit(move |document| {
            let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
            put_list(document.as_table_mut(), FOLDED, &groups, &[]);
            Ok(())
        })
        .await
    }

    async fn set(&self, key: &'static str, text: &str) -> Result<(), Problem> {
        let text = text.to_owned();
        self.edit(move |document| {
            put_text(document.as_table_mut(), key, Some(&text));
            Ok(())
        })
        .await
    }

    async fn change(&self, change: &SettingChange) -> Result<(), Problem> {
        let change = change.clone();
        self.edit(move |document| {
            settings::write(document.as_table_mut(), &change);
            Ok(())
        })
        .await
    }
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Configuration, Problem> {
    parse_and_judge(path, bytes, |reader, table, _, fault| {
        reader.fault(table, fault)
    })
}

/// `told` says what to make of a profile that does not go together.
fn parse_and_judge(
    path: &Path,
    bytes: &[u8],
    told: impl Fn(&Reader<'_>, &dyn TableLike, &Profile, &Fault) -> Problem,
) -> Result<Configuration, Problem> {
    let text = utf8(path, bytes)?;
    let document = Document::parse(text).map_err(|error| syntax(path, text, &error))?;
    let reader = Reader { path, text };
    let root = document.as_table();
    let mut settings = settings::read(&reader, root)?;
    settings.list_order = list_order(&reader, root)?;
    let mut profiles: Vec<Profile> = Vec::new();
    let mut names = HashSet::new();
    let tables = reader.tables(root.get(LIST), "profiles are written as [[profile]] tables")?;
    for table in &tables {
        let table = *table;
        let mut profile = reader.profile(table)?;
        profile.margin = settings.refresh_margin();
        if !names.insert(profile.name.clone()) {
            let why = format!("there are two profiles named {}", profile.name);
            return Err(reader.wrong(table.get("name"), &why));
        }
        profiles.push(profile);
    }
    for (table, profile) in tables.into_iter().zip(&profiles) {
        if let Some(fault) = profile.faults(&profiles).first() {
            return Err(told(&reader, table, profile, fault));
        }
    }
    Ok(Configuration {
        profiles,
        theme: settings::theme(&reader, root)?,
        secret_store: reader.text(root, "secret_store")?,
        settings,
        folded: reader.texts(root, FOLDED)?,
        session_cache: reader.switch(root, "session_cache")?,
        path: path.to_owned(),
    })
}

fn list_order(reader: &Reader<'_>, root: &Table) -> Result<ListOrder, Problem> {
    let Some(word) = reader.text(root, SORT)? else {
        return Ok(ListOrder::default());
    };
    let named = |order: &ListOrder| order.name() == Some(word.as_str());
    ListOrder::ALL.into_iter().find(named).ok_or_else(|| {
        let item: Option<&Item> = root.get(SORT);
        reader.wrong(
            item,
            "sort is expiry or name; without it the list is as arranged",
        )
    })
}

#[cfg(test)]
mod order_tests;
#[cfg(test)]
mod roads_tests;
#[cfg(test)]
mod tests;
