//! Carries edits out: locks, reads, decides everything, keeps what was there, and only then writes.
//!
//! However many parts there are, each file is replaced once and one change is noted. What can be
//! refused is refused, and what can fail has failed, before the first of the files is replaced.
//! Deliberately absent: what the edits are.

mod files;

use std::path::{Path, PathBuf};
use std::time::Duration;

use self::files::{File, open, places};
use super::change::FileChange;
use super::document::Document;
use super::history::{Deed, History, Step};
use super::refusal::Refusal;
use super::rules::orphans;
use super::section::SectionId;
use super::store::Ready;
use crate::domain::Problem;

/// From one text to the next.
pub type Change<'a> = dyn Fn(&Document) -> Result<Document, Refusal> + 'a;

/// What became of a part: its edits in the order given, or why none of them was made.
pub type Done = Result<Vec<FileChange>, Problem>;

/// What happens to one section.
pub struct Edit<'a> {
    /// The file, as configured.
    pub path: PathBuf,
    /// The section.
    pub id: SectionId<'a>,
    /// The edit.
    pub change: Box<Change<'a>>,
}

/// Whether files are written, how long their locks are waited for, and where changes are noted.
pub struct Writer<'a> {
    /// Only tell what would change: not even a lock file is made.
    pub dry_run: bool,
    /// The wait for each lock.
    pub wait: Duration,
    /// None where nothing is kept.
    pub history: Option<&'a History>,
}

impl Writer<'_> {
    /// Applies edits that stand or fall together: files in the order given, all or none as far as can
    /// be known before.
    pub fn apply(&self, deed: Deed, edits: &[Edit<'_>]) -> Done {
        let mut done = self.apply_all(deed, &[edits])?;
        done.pop().unwrap_or_else(|| Ok(Vec::new()))
    }

    /// Applies several such parts as one change of the files. A part that is refused refuses only
    /// itself.
    pub fn apply_all<'a>(
        &self,
        deed: Deed,
        parts: &[impl AsRef<[Edit<'a>]>],
    ) -> Result<Vec<Done>, Problem> {
        let places = places(parts.iter().flat_map(AsRef::as_ref))?;
        loop {
            let wait = (!self.dry_run).then_some(self.wait);
            let mut files = open(&places, wait)?;
            let each = parts.iter();
            let each = each.map(|part| carried(part.as_ref(), &mut files, !self.dry_run));
            let mut done: Vec<Done> = each.collect();
            keep_named(&mut done, &files);
            let mut again = false;
            for file in files.iter().filter(|file| file.changes()) {
                again |= match &file.held {
                    Some(held) => held.make_folder()?,
                    None => false,
                };
            }
            // Where a folder was missing there was no lock either.
            if !again {
                if !self.dry_run {
                    self.write(deed, parts, &done, &files)?;
                }
                return Ok(done);
            }
        }
    }

    fn write<'a>(
        &self,
        deed: Deed,
        parts: &[impl AsRef<[Edit<'a>]>],
        done: &[Done],
        files: &[File<'_>],
    ) -> Result<(), Problem> {
        let ready: Vec<Option<Ready<'_>>> =
            files.iter().map(File::ready).collect::<Result<_, _>>()?;
        if ready.iter().all(Option::is_none) {
            return Ok(());
        }
        if let Some(history) = self.history {
            let steps = parts.iter().zip(done).map(|(part, done)| {
                let changes = done.iter().flatten();
                let made = part.as_ref().iter().zip(changes);
                let made = made.filter(|(_, change)| change.wrote);
                made.filter_map(|(edit, _)| step(edit, files, &ready))
                    .collect()
            });
            let steps: Vec<Vec<Step<'_>>> = steps.collect::<Result<_, Problem>>()?;
            history.note(deed, &steps)?;
        }
        ready.into_iter().flatten().try_for_each(Ready::put)
    }
}

/// The files with a part's edits, or as they were.
fn carried(part: &[Edit<'_>], files: &mut [File<'_>], writes: bool) -> Done {
    let changes = part.iter().map(|edit| {
        let file = files.iter_mut().find(|file| file.is(&edit.path));
        let file = file.ok_or(Refusal::Inconsistent);
        let change = file.and_then(|file| file.edit(edit, writes));
        change.map_err(|refusal| refusal.problem(&edit.path))
    });
    let done: Done = changes.collect();
    for file in files {
        file.settle(done.is_ok());
    }
    done
}

/// A token file that another part names again is nobody's orphan.
fn keep_named(done: &mut [Done], files: &[File<'_>]) {
    let changes = done.iter_mut().flatten().flatten();
    for change in changes.filter(|change| !change.orphans.is_empty()) {
        if let Some(file) = files.iter().find(|file| file.is(&change.path)) {
            let left = orphans(&file.before, file.now());
            let is_left = |orphan: &PathBuf| left.iter().any(|left| orphan == Path::new(left));
            change.orphans.retain(is_left);
        }
    }
}

/// What is noted of an edit; nothing where the file stays as it is.
fn step<'a>(
    edit: &'a Edit<'_>,
    files: &'a [File<'_>],
    ready: &[Option<Ready<'_>>],
) -> Option<Result<Step<'a>, Problem>> {
    let mut all = files.iter().zip(ready);
    let (file, ready) = all.find(|(file, _)| file.is(&edit.path))?;
    let (held, ready) = (file.held.as_ref()?, ready.as_ref()?);
    let blocks = || Ok((file.before.block(edit.id)?, file.now().block(edit.id)?));
    let blocks = blocks().map_err(|refusal: Refusal| refusal.problem(&edit.path));
    Some(blocks.map(|(before, after)| Step {
        path: PathBuf::from(edit.path.to_string_lossy().into_owned()),
        id: edit.id,
        text: file.before.text(),
        before,
        after,
        stood: held.stamp(),
        stands: ready.stamp(),
    }))
}
