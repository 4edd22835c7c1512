//! Taking back the newest change: the sections it touched get the text they had.
//!
//! Deliberately absent: the rest of the file, which others may have written since and which stays as
//! it is.

use std::path::Path;

use super::apply::Edit;
use super::document::Document;
use super::history::{Deed, History, Noted, Touched, finished};
use super::refusal::Refusal;
use super::{AwsFiles, Change, store};
use crate::domain::{Problem, ProblemKind};

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
    /// already nothing changes, and it only leaves the list.
    pub fn undo(&self, noted: &Noted) -> Result<Change, Problem> {
        let edits: Vec<Edit<'_>> = self.back(noted)?;
        let files = self.writer().apply(Deed::Undone, &edits)?;
        drop(edits);
        if !self.dry_run
            && let Some(history) = &self.history
        {
            history.strike(noted)?;
        }
        Ok(Change {
            files,
            ..Change::default()
        })
    }

    fn back<'a>(&self, noted: &'a Noted) -> Result<Vec<Edit<'a>>, Problem> {
        let edits = noted.touched.iter().rev().map(|touched| {
            let path = touched.backup.as_ref().zip(self.history.as_ref());
            let path = path.map(|(name, history)| history.backup(name));
            if let Some(backup) = path.as_ref().filter(|_| !touched.path.exists()) {
                return Err(missing(&touched.path, backup));
            }
            let bytes = path.as_ref().map(|path| store::read(path)).transpose()?;
            let then = Document::parse(bytes.unwrap_or_default());
            let then = then.map_err(|refusal| refusal.problem(&touched.path))?;
            Ok(Edit {
                path: touched.path.clone(),
                id: touched.id(),
                change: Box::new(move |now| {
                    back(now, &then, touched).map_err(|refusal| match refusal {
                        Refusal::ChangedSince { inside, .. } => Refusal::ChangedSince {
                            inside,
                            backup: path.clone(),
                        },
                        other => other,
                    })
                }),
            })
        });
        edits.collect()
    }
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
