//! `profiles.toml`: read into domain types, edited without losing a comment.
//!
//! A file that cannot be read is reported with line and reason and never written. Deliberately
//! absent: secrets, and any key that Poolkey would write without being asked.

mod edit;
mod managed_login;
mod refusal;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use async_trait::async_trait;
use toml_edit::{Document, DocumentMut, Item, Table, TableLike};
use zeroize::Zeroizing;

use self::edit::{fill, follow, is_named, list_mut, put_text, remove};
use self::refusal::{line_of, syntax, taken, unreadable, utf8};
use super::blocking::blocking;
use super::safe_file;
use crate::domain::{Endpoints, IdError, PoolClient, Problem, Profile, ProfileName, SignInMethod};
use crate::ops::ports::{Configuration, Profiles};

const LOCK_WAIT: Duration = Duration::from_secs(10);
const LIST: &str = "profile";

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
                Ok((Some(Zeroizing::new(document.to_string())), ()))
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
            if let Some(table) = list.iter_mut().find(|table| is_named(table, name)) {
                fill(table, &profile);
            } else {
                let mut table = Table::new();
                fill(&mut table, &profile);
                list.push(table);
            }
            follow(list, name, &profile.name);
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

    async fn set(&self, key: &'static str, text: &str) -> Result<(), Problem> {
        let text = text.to_owned();
        self.edit(move |document| {
            put_text(document.as_table_mut(), key, Some(&text));
            Ok(())
        })
        .await
    }
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Configuration, Problem> {
    let text = utf8(path, bytes)?;
    let document = Document::parse(text).map_err(|error| syntax(path, text, &error))?;
    let reader = Reader { path, text };
    let root = document.as_table();
    let mut profiles: Vec<Profile> = Vec::new();
    for table in reader.tables(root.get(LIST))? {
        let profile = reader.profile(table)?;
        if profiles.iter().any(|other| other.name == profile.name) {
            let why = format!("there are two profiles named {}", profile.name);
            return Err(reader.wrong(table.get("name"), &why));
        }
        profiles.push(profile);
    }
    Ok(Configuration {
        profiles,
        theme: reader.text(root, "theme")?,
        secret_store: reader.text(root, "secret_store")?,
        path: path.to_owned(),
    })
}

/// Knows the file, to say where something is wrong.
struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Reader<'_> {
    fn tables<'t>(&self, item: Option<&'t Item>) -> Result<Vec<&'t dyn TableLike>, Problem> {
        match item {
            None => Ok(Vec::new()),
            Some(Item::ArrayOfTables(list)) => {
                Ok(list.iter().map(|table| table as &dyn TableLike).collect())
            }
            Some(other) if other.as_array().is_some_and(toml_edit::Array::is_empty) => {
                Ok(Vec::new())
            }
            other => Err(self.wrong(other, "profiles are written as [[profile]] tables")),
        }
    }

    fn profile(&self, table: &dyn TableLike) -> Result<Profile, Problem> {
        let sign_in: SignInMethod = self.parsed(table, "sign_in")?.unwrap_or_default();
        let name = self.needed(table, "name")?;
        let identity_pool = self.needed(table, "identity_pool_id")?;
        Ok(Profile {
            group: self.text(table, "group")?,
            user_pool: sign_in
                .uses_user_pool()
                .then(|| self.pool_client(table))
                .transpose()?,
            username: self.text(table, "username")?,
            managed_login: self.managed_login(table)?,
            endpoints: Endpoints::from(self.parsed(table, "endpoint_url")?),
            ..Profile::of_identity_pool(name, sign_in, identity_pool)
        })
    }

    fn pool_client(&self, table: &dyn TableLike) -> Result<PoolClient, Problem> {
        Ok(PoolClient {
            user_pool_id: self.needed(table, "user_pool_id")?,
            client_id: self.needed(table, "client_id")?,
            has_client_secret: self.flag(table, "has_client_secret")?,
        })
    }

    fn needed<T: FromStr<Err = IdError>>(
        &self,
        table: &dyn TableLike,
        key: &str,
    ) -> Result<T, Problem> {
        self.parsed(table, key)?.ok_or_else(|| {
            let known = table.iter().find_map(|(_, item)| item.span());
            self.wrong_at(known, &format!("a profile has no {key}"))
        })
    }

    fn parsed<T: FromStr<Err = IdError>>(
        &self,
        table: &dyn TableLike,
        key: &str,
    ) -> Result<Option<T>, Problem> {
        let Some(text) = self.text(table, key)? else {
            return Ok(None);
        };
        text.parse()
            .map(Some)
            .map_err(|error: IdError| self.wrong(table.get(key), &format!("{key}: {error}")))
    }

    fn text(&self, table: &dyn TableLike, key: &str) -> Result<Option<String>, Problem> {
        match table.get(key) {
            None => Ok(None),
            Some(item) => match item.as_str() {
                Some(text) => Ok(Some(text.to_owned())),
                None => Err(self.wrong(Some(item), &format!("{key} is not a text in quotes"))),
            },
        }
    }

    fn flag(&self, table: &dyn TableLike, key: &str) -> Result<bool, Problem> {
        match table.get(key) {
            None => Ok(false),
            Some(item) => item
                .as_bool()
                .ok_or_else(|| self.wrong(Some(item), &format!("{key} is neither true nor false"))),
        }
    }

    fn wrong(&self, item: Option<&Item>, why: &str) -> Problem {
        self.wrong_at(item.and_then(Item::span), why)
    }

    fn wrong_at(&self, span: Option<Range<usize>>, why: &str) -> Problem {
        unreadable(self.path, line_of(self.text, span), why)
    }
}

#[cfg(test)]
mod tests;
