//! What the files held before Poolkey changed them, and which section each change touched.
//!
//! Backups are copies: they hold what the file held, secrets included, and so they are readable by
//! their owner only and few. The list of changes holds names, places and digests. Deliberately
//! absent: a backup for each renewal of keys that Poolkey itself wrote and nobody touched since.

mod backups;
mod journal;

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use data_encoding::HEXLOWER;
use zeroize::Zeroizing;

#[cfg(test)]
pub(super) use self::backups::MOST;
use self::journal::Journal;
pub use self::journal::{Deed, Noted, Touched};
use super::section::{AwsFile, SectionId};
use super::store;
use crate::crypto::group::sha256;
use crate::domain::{Problem, ProblemKind};
use crate::ops::ports::Clock;

/// The list of changes, in the folder of the backups.
const LIST: &str = "changes.json";

/// One file's change, about to be made.
pub struct Step<'a> {
    /// The file, as configured.
    pub path: PathBuf,
    /// The section.
    pub id: SectionId<'a>,
    /// The file's text before.
    pub text: &'a str,
    /// The section's text before.
    pub before: Option<&'a str>,
    /// The section's text after.
    pub after: Option<&'a str>,
    /// Which file it was.
    pub stood: Option<String>,
    /// Which file it will be.
    pub stands: Option<String>,
}

/// The folder of the backups.
#[derive(Clone)]
pub struct History {
    folder: PathBuf,
    /// Tells the files of another home folder apart.
    prefix: &'static str,
    clock: Arc<dyn Clock>,
    wait: Duration,
}

impl History {
    /// Backups in `folder`, which need not exist yet.
    #[must_use]
    pub fn new(
        folder: PathBuf,
        prefix: &'static str,
        clock: Arc<dyn Clock>,
        wait: Duration,
    ) -> Self {
        Self {
            folder,
            prefix,
            clock,
            wait,
        }
    }

    /// The same folder, for the files of another home.
    #[must_use]
    pub fn prefixed(&self, prefix: &'static str) -> Self {
        Self {
            prefix,
            ..self.clone()
        }
    }

    /// The changes that were made and can be taken back, oldest first.
    pub fn changes(&self) -> Result<Vec<Noted>, Problem> {
        let bytes = store::read(&self.folder.join(LIST))?;
        let changes = Journal::parse(&bytes).changes;
        Ok(changes
            .into_iter()
            .filter(|noted| self.has_backups(noted))
            .filter(|noted| !noted.touched.iter().all(Touched::was_never_made))
            .collect())
    }

    /// A backup's path.
    pub fn backup(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Keeps what is about to be changed, and notes it as one change of several parts. It is noted
    /// before it is made: a process that is killed in between leaves a note of something that is
    /// still as it was.
    pub fn note(&self, deed: Deed, parts: &[Vec<Step<'_>>]) -> Result<(), Problem> {
        store::create_private(&self.folder).map_err(|error| self.unkept(&error))?;
        let at = self.clock.now();
        self.edit(|journal| {
            // Under the list's lock, what a killed process left here is nobody's.
            store::sweep_all(&self.folder);
            let (renewed, new): (Vec<_>, Vec<_>) = parts.iter().partition(|part| {
                let [step] = part.as_slice() else {
                    return false;
                };
                let keys = deed == Deed::Renewed && step.id.file == AwsFile::Credentials;
                keys && journal.renew(step)
            });
            let renewed: Vec<&Step<'_>> = renewed.into_iter().flatten().collect();
            let new: Vec<&Step<'_>> = new.into_iter().flatten().collect();
            let is_lost = |step: &&&Step<'_>| {
                // Where nobody else wrote, nothing but Poolkey's own keys is.
                step.stood.is_none() || journal.file(&step.path).stamp != step.stood
            };
            let mut kept: Vec<&Step<'_>> = renewed.iter().filter(is_lost).copied().collect();
            kept.extend(&new);
            let mut backups = HashMap::new();
            for step in kept {
                // Once for a file, however many of its sections change.
                if !backups.contains_key(&step.path) {
                    let backup = self.keep(step, journal, at)?;
                    journal.file_mut(&step.path).backup.clone_from(&backup);
                    backups.insert(&step.path, backup);
                }
            }
            let backup = |step: &Step<'_>| backups.get(&step.path).cloned().flatten();
            let touched = new.iter().map(|step| Touched::new(step, backup(step)));
            let touched: Vec<Touched> = touched.collect();
            for step in parts.iter().flatten() {
                journal.file_mut(&step.path).stamp.clone_from(&step.stands);
            }
            if !touched.is_empty() && deed != Deed::Undone {
                journal.changes.push(Noted {
                    at: at.to_string(),
                    deed,
                    touched,
                });
            }
            Ok(())
        })
    }

    /// Strikes out a change that was taken back, but for what `stays` of it.
    pub fn strike(&self, noted: &Noted, stays: impl Fn(&Touched) -> bool) -> Result<(), Problem> {
        self.edit(|journal| {
            for other in journal.changes.iter_mut().filter(|other| *other == noted) {
                other.touched.retain(&stays);
            }
            journal.changes.retain(|other| !other.touched.is_empty());
            Ok(())
        })
    }

    fn edit(&self, change: impl Fn(&mut Journal) -> Result<(), Problem>) -> Result<(), Problem> {
        let write = |bytes: Zeroizing<Vec<u8>>| {
            let mut journal = Journal::parse(&bytes);
            change(&mut journal)?;
            journal.changes.retain(|noted| self.has_backups(noted));
            Ok((Some(Zeroizing::new(journal.text()?)), ()))
        };
        store::update(&self.folder.join(LIST), self.wait, write).map(|_| ())
    }

    fn has_backups(&self, noted: &Noted) -> bool {
        let backups = noted.touched.iter();
        let backups: HashSet<&String> = backups.filter_map(|it| it.backup.as_ref()).collect();
        backups.into_iter().all(|name| self.backup(name).exists())
    }

    fn unkept(&self, error: &io::Error) -> Problem {
        let sentence = format!(
            "Nothing was changed, because what is there could not be kept in {}: {error}",
            self.folder.display()
        );
        Problem::new(ProblemKind::File, sentence)
            .hint("Check that the folder may be written to and that the disk has room")
    }
}

/// A digest of a section's text, so that the list holds no secret. Whether its last line is finished
/// depends on what follows.
pub(super) fn digest(block: &str) -> String {
    HEXLOWER.encode(&sha256(&[finished(block).as_bytes()]))
}

/// The text without its last line ending.
pub(super) fn finished(block: &str) -> &str {
    block.trim_end_matches(['\r', '\n'])
}
