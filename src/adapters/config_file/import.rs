//! Profiles in the file's own words, handed from person to person: read one by one, so that one that
//! is wrong does not keep the others out.
//!
//! Deliberately absent: the person's file itself, which is not touched here.

use std::path::Path;

use toml_edit::{ArrayOfTables, Document, DocumentMut, Item, Table, TableLike};

use super::LIST;
use super::profile::fill;
use super::reader::Reader;
use super::refusal::syntax;
use crate::domain::{Problem, Profile};

/// Why a table is no profile, and what it calls itself.
#[derive(Debug)]
pub struct NoProfile {
    /// Empty where it has no name.
    pub name: String,
    /// With the line.
    pub problem: Problem,
}

/// The first profiles of a text, each by itself. A table without a heading counts as one profile.
///
/// # Errors
/// A text that is not TOML, or has no list of profiles.
pub fn profiles_in(
    text: &str,
    source: &str,
    most: usize,
) -> Result<Vec<Result<Profile, NoProfile>>, Problem> {
    let path = Path::new(source);
    let told = |problem: Problem| Problem {
        hints: Vec::new(),
        ..problem
    };
    let document = Document::parse(text).map_err(|error| told(syntax(path, text, &error)))?;
    let reader = Reader { path, text };
    let root = document.as_table();
    let mut tables = if root.contains_key(LIST) {
        let how = "profiles are written as [[profile]] tables";
        reader.tables(root.get(LIST), how).map_err(told)?
    } else {
        vec![root as &dyn TableLike]
    };
    // Each is judged against all of them.
    tables.truncate(most);
    let read: Vec<Result<Profile, Problem>> =
        tables.iter().map(|table| reader.profile(*table)).collect();
    let whole: Vec<Profile> = read
        .iter()
        .filter_map(|one| one.as_ref().ok().cloned())
        .collect();
    let judged = tables.iter().zip(read).map(|(table, read)| {
        let judged = read.and_then(|profile| match profile.faults(&whole).first() {
            Some(fault) => Err(reader.fault(*table, fault)),
            None => Ok(profile),
        });
        judged.map_err(|problem| {
            let name = table.get("name").and_then(Item::as_str);
            NoProfile {
                name: name.unwrap_or_default().to_owned(),
                problem: told(problem),
            }
        })
    });
    Ok(judged.collect())
}

/// A file with these profiles and nothing else.
#[must_use]
pub fn written(profiles: &[Profile]) -> String {
    let mut list = ArrayOfTables::new();
    for profile in profiles {
        let mut table = Table::new();
        fill(&mut table, profile);
        list.push(table);
    }
    let mut document = DocumentMut::new();
    document.insert(LIST, Item::ArrayOfTables(list));
    document.to_string()
}
