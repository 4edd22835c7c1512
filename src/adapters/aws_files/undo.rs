//! Taking back the newest change: the sections it touched get the text they had.
//!
//! Deliberately absent: the rest of the file, which others may have written since and which stays as
//! it is, and so does a section that they changed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::apply::Edit;
use super::document::Document;
use super::history::{Deed, History, Noted, Touched, finished};
use super::refusal::Refusal;
use super::{AwsFiles, Change, store};
use crate::domain::{Problem, ProblemKind};

/// By name: where a backup is, and what is in it.
type Backups<'a> = HashMap<Option<&'a str>, (Option<PathBuf>, Document)>;

impl AwsFiles {
    /// The changes that can be taken back, oldest first.
    pub fn changes(&self) -> Result<Vec<Noted>, Problem> {
        self.history
            .as_ref()
            .map_or(Ok(Vec::new()), History::changes)
    }

    /// The newest of them.
    ///
    /// # Errors
    /// Where there is none.
    pub fn newest(&self) -> Result<Noted, Problem> {
        self.changes()?.pop().ok_or_else(|| {
            let sentence = "Poolkey has changed nothing that could be taken back";
            Problem::new(ProblemKind::Usage, sentence)
        })
    }

    /// Takes a change back; in a preview, tells what that would change. Where others took it back
    /// already nothing changes, and it only leaves the list. Of several sections those stay that
    /// others changed since, and the change is left in the list for them alone.
    ///
    /// # Errors
    /// A section that others changed since, where no other can be taken back.
    pub fn undo(&self, noted: &Noted) -> Result<Change, Problem> {
        let sections = noted.sections();
        let backups = self.backups(noted)?;
        let parts: Vec<Vec<Edit<'_>>> = sections
            .iter()
            .map(|section| backwards(section, &backups))
            .collect();
        let done = self.writer().apply_all(Deed::Undone, &parts)?;
        let (mut change, mut stay) = (Change::default(), Vec::new());
        for (section, done) in sections.into_iter().zip(done) {
            match done {
                Ok(files) => change.files.extend(files),
                Err(problem) => stay.push((section, problem)),
            }
        }
        if let Some((_, problem)) = stay.first()
            && change.files.iter().all(|file| file.diff.is_empty())
        {
            return Err(problem.clone());
        }
        if !self.dry_run
            && let Some(history) = &self.history
        {
            let stays = |touched: &Touched| stay.iter().any(|(it, _)| it.contains(touched));
            history.strike(noted, stays)?;
        }
        change.warnings = stay.iter().map(|(_, problem)| left_out(problem)).collect();
        Ok(change)
    }

    /// The files as they were before the change, each read once.
    fn backups<'a>(&self, noted: &'a Noted) -> Result<Backups<'a>, Problem> {
        let mut backups = Backups::new();
        for touched in &noted.touched {
            let name = touched.backup.as_deref();
            if backups.contains_key(&name) {
                continue;
            }
            let path = name.zip(self.history.as_ref());
            let path = path.map(|(name, history)| history.backup(name));
            if let Some(backup) = path.as_ref().filter(|_| !touched.path.exists()) {
                return Err(missing(&touched.path, backup));
            }
            let bytes = path.as_ref().map(|path| store::read(path)).transpose()?;
            let then = Document::parse(bytes.unwrap_or_default());
            let then = then.map_err(|refusal| refusal.problem(&touched.path))?;
            backups.insert(name, (path, then));
        }
        Ok(backups)
    }
}

/// What was done to one section, backwards.
fn backwards<'a>(section: &'a [Touched], backups: &'a Backups<'_>) -> Vec<Edit<'a>> {
    let edits = section.iter().rev().map(|touched| Edit {
        path: touched.path.clone(),
        id: touched.id(),
        change: Box::new(move |now| {
            let backup = backups.get(&touched.backup.as_deref());
            let (path, then) = backup.ok_or(Refusal::Inconsistent)?;
            back(now, then, touched).map_err(|refusal| match refusal {
                Refusal::ChangedSince { inside, .. } => Refusal::ChangedSince {
                    inside,
                    backup: path.clone(),
                },
                other => other,
            })
        }),
    });
    edits.collect()
}

/// The one of several that is not taken back, as a warning.
fn left_out(problem: &Problem) -> String {
    let hints = problem.hints.join(". ");
    format!("{} and stays as it is. {hints}", problem.sentence)
}

/// On a drive that is not there, nothing can be said about the section.
fn missing(path: &Path, backup: &Path) -> Problem {
    let sentence = format!(
        "{} is not there, but was when Poolkey changed it",
        path.display()
    );
    Problem::new(ProblemKind::File, sentence).hint(format!(
        "Connect its drive, or put the file back: as it was before, it is {}",
        backup.display()
    ))
}

fn back(now: &Document, then: &Document, touched: &Touched) -> Result<Document, Refusal> {
    let id = touched.id();
    let block = now.block(id)?;
    if block.map(finished) == then.block(id)?.map(finished) {
        return now.unchanged();
    }
    if !touched.is_left(block) {
        return Err(Refusal::ChangedSince {
            inside: id.inside(),
            backup: None,
        });
    }
    now.restored(id, then)
}
