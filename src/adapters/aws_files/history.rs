//! What the files held before Poolkey changed them, and which section each change touched.
//!
//! Backups are copies: they hold what the file held, secrets included, and so they are readable by
//! their owner only and few. The list of changes holds names, places and digests. Deliberately
//! absent: a backup for each renewal of keys that Poolkey itself wrote and nobody touched since.

mod journal;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use zeroize::Zeroizing;

use self::journal::Journal;
pub use self::journal::{Deed, Noted, Touched};
use super::section::SectionId;
use super::store;
use crate::crypto::group::sha256;
use crate::domain::{Problem, ProblemKind};
use crate::ops::ports::Clock;

/// The list of changes, in the folder of the backups.
const LIST: &str = "changes.json";
/// Backups of one file.
pub(super) const MOST: usize = 20;

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

    /// Keeps what is about to be changed. The change is noted before it is made: a process that is
    /// killed in between leaves a note of something that is still as it was.
    pub fn note(&self, deed: Deed, steps: &[Step<'_>]) -> Result<(), Problem> {
        store::create_private(&self.folder).map_err(|error| self.unkept(&error))?;
        let at = self.clock.now();
        self.edit(|journal| {
            let renewed = match steps {
                [step] if deed == Deed::Renewed => journal.renew(step),
                _ => false,
            };
            // Under the list's lock, what a killed process left here is nobody's.
            store::sweep_all(&self.folder);
            let mut touched = Vec::new();
            for step in steps {
                let known = journal.file(&step.path);
                let untouched = step.stood.is_some() && known.stamp == step.stood;
                if !(renewed && untouched) {
                    let backup = self.keep(step, journal, at)?;
                    touched.push(Touched::new(step, backup.clone()));
                    journal.file_mut(&step.path).backup = backup;
                }
                journal.file_mut(&step.path).stamp.clone_from(&step.stands);
            }
            if !renewed && deed != Deed::Undone {
                journal.changes.push(Noted {
                    at: at.to_string(),
                    deed,
                    touched,
                });
            }
            Ok(())
        })
    }

    /// Strikes out a change that was taken back.
    pub fn strike(&self, noted: &Noted) -> Result<(), Problem> {
        self.edit(|journal| {
            journal.changes.retain(|other| other != noted);
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
        let mut backups = noted
            .touched
            .iter()
            .filter_map(|touched| touched.backup.as_ref());
        backups.all(|name| self.backup(name).exists())
    }

    /// The name of the backup with the file's text: the newest one where it is the same.
    fn keep(
        &self,
        step: &Step<'_>,
        journal: &Journal,
        at: Timestamp,
    ) -> Result<Option<String>, Problem> {
        if step.text.is_empty() {
            return Ok(None);
        }
        if let Some(name) = journal.file(&step.path).backup
            && self.holds(&name, step.text)
        {
            return Ok(Some(name));
        }
        let begin = self.stem(&step.path);
        // Two changes in one moment get two names.
        for later in 0..1000_i64 {
            let at = at
                .checked_add(Duration::from_millis(later.unsigned_abs()))
                .unwrap_or(at);
            let name = format!("{begin}{}", at.strftime("%Y%m%dT%H%M%S.%3fZ"));
            // A copy of its own: others may still write into the file in place.
            let kept = store::write_new(&self.folder, &name, step.text.as_bytes());
            if kept.map_err(|error| self.unkept(&error))? {
                let mut spared = journal.newest_backups(&step.path);
                spared.push(&name);
                self.thin_out(&begin, &spared);
                return Ok(Some(name));
            }
        }
        Err(self.unkept(&io::Error::from(io::ErrorKind::AlreadyExists)))
    }

    fn holds(&self, name: &str, text: &str) -> bool {
        let path = self.backup(name);
        let same_size = path
            .metadata()
            .is_ok_and(|meta| meta.len() == text.len() as u64);
        same_size && store::read(&path).is_ok_and(|bytes| *bytes == *text.as_bytes())
    }

    /// What the names of a file's backups begin with: its name, and what tells it from another file
    /// of that name in another folder.
    fn stem(&self, path: &Path) -> String {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let mut digest = HEXLOWER.encode(&sha256(&[path.as_os_str().as_encoded_bytes()]));
        digest.truncate(8);
        format!("{}{file}.{digest}.", self.prefix)
    }

    /// Removes the oldest backups of a file, without those that are needed. One that cannot be
    /// removed is tried again next time.
    fn thin_out(&self, stem: &str, spared: &[&str]) {
        let Ok(entries) = std::fs::read_dir(&self.folder) else {
            return;
        };
        let names = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok());
        let of_file = |name: &String| name.strip_prefix(stem).is_some_and(is_time);
        let mut names: Vec<String> = names.filter(of_file).collect();
        names.sort();
        let surplus = names.len().saturating_sub(MOST);
        let old = names.iter().filter(|name| !spared.contains(&name.as_str()));
        for name in old.take(surplus) {
            let _gone = std::fs::remove_file(self.backup(name));
        }
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

/// True for what the name of a backup ends with, such as `20260921T142640.000Z`.
fn is_time(text: &str) -> bool {
    let shape = text.bytes().map(|byte| match byte {
        b'0'..=b'9' => b'0',
        other => other,
    });
    shape.eq(*b"00000000T000000.000Z")
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
