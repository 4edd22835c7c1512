//! Values out of the file's tables, and where in the file something is wrong.
//!
//! Deliberately absent: what the values mean (see `profile`).

use std::ops::Range;
use std::path::Path;
use std::str::FromStr;

use toml_edit::{Array, Item, TableLike, Value};

use super::refusal::{line_of, unreadable};
use crate::domain::{Fault, IdError, Problem};

/// Knows the file, to say where something is wrong.
pub(super) struct Reader<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl Reader<'_> {
    /// An array of tables; `how` says how it is written.
    pub(super) fn tables<'t>(
        &self,
        item: Option<&'t Item>,
        how: &str,
    ) -> Result<Vec<&'t dyn TableLike>, Problem> {
        match item {
            None => Ok(Vec::new()),
            Some(Item::ArrayOfTables(list)) => {
                Ok(list.iter().map(|table| table as &dyn TableLike).collect())
            }
            Some(other) if other.as_array().is_some_and(Array::is_empty) => Ok(Vec::new()),
            other => Err(self.wrong(other, how)),
        }
    }

    /// `what` is the table's name in a sentence: `a profile`.
    pub(super) fn needed<T: FromStr<Err = IdError>>(
        &self,
        table: &dyn TableLike,
        key: &str,
        what: &str,
    ) -> Result<T, Problem> {
        let found = self.parsed(table, key)?;
        found.ok_or_else(|| self.missing(table, key, what))
    }

    /// A text that may be anything but empty.
    pub(super) fn needed_text(
        &self,
        table: &dyn TableLike,
        key: &str,
        what: &str,
    ) -> Result<String, Problem> {
        match self.text(table, key)? {
            Some(text) if text.trim().is_empty() => {
                Err(self.wrong(table.get(key), &format!("{key} is empty")))
            }
            Some(text) => Ok(text),
            None => Err(self.missing(table, key, what)),
        }
    }

    fn missing(&self, table: &dyn TableLike, key: &str, what: &str) -> Problem {
        self.wrong_at(somewhere(table), &format!("{what} has no {key}"))
    }

    pub(super) fn parsed<T: FromStr<Err = IdError>>(
        &self,
        table: &dyn TableLike,
        key: &str,
    ) -> Result<Option<T>, Problem> {
        let Some(text) = self.text(table, key)? else {
            return Ok(None);
        };
        self.valid(table, key, text.parse()).map(Some)
    }

    /// A whole number that `check` takes.
    pub(super) fn number<T>(
        &self,
        table: &dyn TableLike,
        key: &str,
        check: impl Fn(u32) -> Result<T, IdError>,
    ) -> Result<Option<T>, Problem> {
        let Some(item) = table.get(key) else {
            return Ok(None);
        };
        let number = item.as_integer().ok_or_else(|| {
            let why = format!("{key} is not a whole number without quotes");
            self.wrong(Some(item), &why)
        })?;
        // What no `u32` holds is out of every range.
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.valid(table, key, check(number)).map(Some)
    }

    pub(super) fn text(&self, table: &dyn TableLike, key: &str) -> Result<Option<String>, Problem> {
        match table.get(key) {
            None => Ok(None),
            Some(item) => match item.as_str() {
                Some(text) => Ok(Some(text.to_owned())),
                None => Err(self.wrong(Some(item), &format!("{key} is not a text in quotes"))),
            },
        }
    }

    pub(super) fn flag(&self, table: &dyn TableLike, key: &str) -> Result<bool, Problem> {
        Ok(self.switch(table, key)?.unwrap_or_default())
    }

    /// A flag whose absence is not the same as `false`.
    pub(super) fn switch(&self, table: &dyn TableLike, key: &str) -> Result<Option<bool>, Problem> {
        let Some(item) = table.get(key) else {
            return Ok(None);
        };
        let wrong = || self.wrong(Some(item), &format!("{key} is neither true nor false"));
        item.as_bool().map(Some).ok_or_else(wrong)
    }

    pub(super) fn list<T: FromStr<Err = IdError>>(
        &self,
        table: &dyn TableLike,
        key: &str,
    ) -> Result<Option<Vec<T>>, Problem> {
        let Some(item) = table.get(key) else {
            return Ok(None);
        };
        let texts = texts(item).filter(|texts| !texts.is_empty());
        let texts = texts.ok_or_else(|| {
            self.wrong(
                Some(item),
                &format!("{key} is not a list of texts in quotes"),
            )
        })?;
        let parsed = texts.into_iter().map(str::parse).collect();
        self.valid(table, key, parsed).map(Some)
    }

    /// A list of texts; no key is an empty one.
    pub(super) fn texts(&self, table: &dyn TableLike, key: &str) -> Result<Vec<String>, Problem> {
        let Some(item) = table.get(key) else {
            return Ok(Vec::new());
        };
        let texts = texts(item).ok_or_else(|| {
            let why = format!("{key} is not a list of texts in quotes");
            self.wrong(Some(item), &why)
        })?;
        Ok(texts.into_iter().map(str::to_owned).collect())
    }

    pub(super) fn valid<T>(
        &self,
        table: &dyn TableLike,
        key: &str,
        checked: Result<T, IdError>,
    ) -> Result<T, Problem> {
        checked.map_err(|error| self.wrong(table.get(key), &format!("{key}: {error}")))
    }

    /// At the key that the fault is about, or at the table that lacks it.
    pub(super) fn fault(&self, table: &dyn TableLike, fault: &Fault) -> Problem {
        let span = table.get(fault.key).and_then(span);
        let why = format!("{}: {}", fault.key, fault.sentence);
        self.wrong_at(span.or_else(|| somewhere(table)), &why)
    }

    pub(super) fn wrong(&self, item: Option<&Item>, why: &str) -> Problem {
        self.wrong_at(item.and_then(span), why)
    }

    fn wrong_at(&self, span: Option<Range<usize>>, why: &str) -> Problem {
        unreadable(self.path, line_of(self.text, span), why)
    }
}

/// Tables in a list have a place of their own, the list may have none.
fn span(item: &Item) -> Option<Range<usize>> {
    let first = || item.as_array_of_tables()?.get(0)?.span();
    item.span().or_else(first)
}

fn somewhere(table: &dyn TableLike) -> Option<Range<usize>> {
    table.iter().find_map(|(_, item)| span(item))
}

/// A list of texts and of nothing else.
pub(super) fn texts(item: &Item) -> Option<Vec<&str>> {
    let list = item.as_array()?;
    list.iter().map(Value::as_str).collect()
}
