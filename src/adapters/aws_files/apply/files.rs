//! The files of a write, each on its way from one text to the next.
//!
//! Deliberately absent: noting the change, and the moment a file is replaced.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Edit;
use crate::adapters::aws_files::change::FileChange;
use crate::adapters::aws_files::diff::masked_diff;
use crate::adapters::aws_files::document::Document;
use crate::adapters::aws_files::refusal::Refusal;
use crate::adapters::aws_files::rules::orphans;
use crate::adapters::aws_files::store::{self, Held, Ready};
use crate::domain::Problem;

/// A file that edits are about.
pub struct Place<'a> {
    path: &'a Path,
    /// Links may give one file two paths.
    known_as: Vec<&'a Path>,
    target: PathBuf,
}

/// A file as it is, and what becomes of it.
pub struct File<'a> {
    place: &'a Place<'a>,
    /// None in a dry run.
    pub held: Option<Held>,
    /// As it is.
    pub before: Document,
    after: Option<Document>,
    /// With the edits of a part of which the next one may still be refused.
    tried: Option<Document>,
}

impl File<'_> {
    /// Whether this is the file at the path, as configured.
    pub fn is(&self, path: &Path) -> bool {
        self.place.known_as.contains(&path)
    }

    /// With what was edited up to now.
    pub fn now(&self) -> &Document {
        let tried = self.tried.as_ref();
        tried.or(self.after.as_ref()).unwrap_or(&self.before)
    }

    /// Whether it becomes another.
    pub fn changes(&self) -> bool {
        self.before.text() != self.now().text()
    }

    /// Tries an edit, which counts once all of its part are made ([`Self::settle`]).
    pub fn edit(&mut self, edit: &Edit<'_>, writes: bool) -> Result<FileChange, Refusal> {
        let now = self.now();
        // Whoever is told a line looks for it in the file as it is.
        let in_file = |refusal| (edit.change)(&self.before).err().unwrap_or(refusal);
        let next = (edit.change)(now).map_err(in_file)?;
        let diff = masked_diff(&edit.path, now.text(), next.text());
        let gone = orphans(now, &next);
        self.tried = Some(next);
        Ok(FileChange {
            path: edit.path.clone(),
            wrote: writes && !diff.is_empty(),
            diff,
            orphans: gone.into_iter().map(PathBuf::from).collect(),
        })
    }

    /// Takes what was tried, or drops it.
    pub fn settle(&mut self, is_made: bool) {
        let tried = self.tried.take().filter(|_| is_made);
        self.after = tried.or(self.after.take());
    }

    /// The new file beside the old one, where it is another.
    pub fn ready(&self) -> Result<Option<Ready<'_>>, Problem> {
        let held = self.held.as_ref().filter(|_| self.changes());
        held.map(|held| held.prepare(self.now().text())).transpose()
    }
}

/// The files of the edits, each once.
pub fn places<'a, 'b: 'a>(
    edits: impl Iterator<Item = &'a Edit<'b>>,
) -> Result<Vec<Place<'a>>, Problem> {
    let mut places: Vec<Place<'a>> = Vec::new();
    for edit in edits {
        let path = edit.path.as_path();
        if places.iter().any(|place| place.known_as.contains(&path)) {
            continue;
        }
        let target = store::target(path)?;
        match places.iter_mut().find(|place| place.target == target) {
            // One file for both: the second edit goes on from the first.
            Some(place) => place.known_as.push(path),
            None => places.push(Place {
                path,
                known_as: vec![path],
                target,
            }),
        }
    }
    Ok(places)
}

/// Reads the files: all under their locks, taken in the same order by everybody, or without a wait
/// none.
pub fn open<'a>(places: &'a [Place<'a>], wait: Option<Duration>) -> Result<Vec<File<'a>>, Problem> {
    let mut order: Vec<(usize, &Place<'_>)> = places.iter().enumerate().collect();
    order.sort_by_key(|(_, place)| &place.target);
    let mut opened = Vec::new();
    for (at, place) in order {
        let (held, bytes) = match wait {
            Some(wait) => {
                let (held, bytes) = store::hold(place.path, wait)?;
                (Some(held), bytes)
            }
            None => (None, store::read(place.path)?),
        };
        opened.push((at, place, held, bytes));
    }
    opened.sort_by_key(|(at, ..)| *at);
    let files = opened.into_iter().map(|(_, place, held, bytes)| {
        let before = Document::parse(bytes).map_err(|r| r.problem(place.path))?;
        Ok(File {
            place,
            held,
            before,
            after: None,
            tried: None,
        })
    });
    files.collect()
}
