//! The list of changes as it is kept: JSON without a value of the files.
//!
//! Deliberately absent: refusing a list that cannot be read. It is only good for taking changes back,
//! and the backups beside it stay.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Step, digest};
use crate::adapters::aws_files::section::{AwsFile, SectionId};
use crate::adapters::aws_files::store;
use crate::domain::{Problem, ProblemKind};

/// Changes beyond this many are forgotten.
const MOST_CHANGES: usize = 100;
/// Older changes than the newest are forgotten beyond this many sections.
const MOST_TOUCHED: usize = 20_000;
/// The newest changes of a file keep so many backups, however many newer ones there are: fewer than
/// [`super::backups::MOST`].
const SPARED: usize = 10;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A section was written.
    Wrote,
    /// Keys were written: a renewal where they take the place of Poolkey's own.
    Renewed,
    /// A section was removed.
    Removed,
    /// A change was taken back.
    Undone,
}

/// The whole list.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Journal {
    /// Oldest first.
    #[serde(default)]
    pub changes: Vec<Noted>,
    /// By path: the file as Poolkey left it.
    #[serde(default)]
    files: BTreeMap<PathBuf, Left>,
}

/// A file as Poolkey left it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Left {
    /// Which file it was, to tell whether somebody else wrote it since.
    pub stamp: Option<String>,
    /// Its newest backup.
    pub backup: Option<String>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// When, RFC 3339.
    pub at: String,
    /// What.
    pub deed: Deed,
    /// Where, in the order written.
    pub touched: Vec<Touched>,
}

/// A section that a change touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    /// The file.
    pub path: PathBuf,
    /// How it spells its headers.
    pub file: AwsFile,
    /// The profile's name.
    pub section: String,
    /// The file's text before; none where there was nothing.
    pub backup: Option<String>,
    /// Which file it was: where it still is that one, the change was never made.
    #[serde(default)]
    stood: Option<String>,
    /// Digests of the section as Poolkey left it; none where it removed it. There are two for a
    /// moment, while the second is being written.
    pub left: Vec<Option<String>>,
}

impl Noted {
    /// The sections, newest first: what was done for one name stays together.
    pub fn sections(&self) -> Vec<&[Touched]> {
        let same = |a: &Touched, b: &Touched| a.section == b.section;
        let mut sections: Vec<&[Touched]> = self.touched.chunk_by(same).collect();
        sections.reverse();
        sections
    }
}

impl Touched {
    pub(super) fn new(step: &Step<'_>, backup: Option<String>) -> Self {
        Self {
            path: step.path.clone(),
            file: step.id.file,
            section: step.id.name.to_owned(),
            backup,
            stood: step.stood.clone(),
            left: vec![step.after.map(digest)],
        }
    }

    /// The section.
    pub fn id(&self) -> SectionId<'_> {
        SectionId {
            file: self.file,
            name: &self.section,
        }
    }

    /// True where it was noted, and whoever did that was killed before the file got its name.
    pub fn was_never_made(&self) -> bool {
        self.stood.is_some() && store::stamp_of(&self.path) == self.stood
    }

    /// True where the section is as Poolkey left it.
    pub fn is_left(&self, block: Option<&str>) -> bool {
        self.left.contains(&block.map(digest))
    }
}

impl Journal {
    /// A list that cannot be read is begun anew.
    pub fn parse(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// As it is written.
    pub fn text(&mut self) -> Result<String, Problem> {
        let (mut kept, mut touched) = (0, 0);
        for noted in self.changes.iter().rev().take(MOST_CHANGES) {
            touched += noted.touched.len();
            if kept > 0 && touched > MOST_TOUCHED {
                break;
            }
            kept += 1;
        }
        let surplus = self.changes.len().saturating_sub(kept);
        self.changes.drain(..surplus);
        serde_json::to_string_pretty(self).map_err(|error| {
            let sentence = format!("The list of changes cannot be written: {error}");
            Problem::new(ProblemKind::Unexpected, sentence)
        })
    }

    /// The file as Poolkey left it.
    pub fn file(&self, path: &Path) -> Left {
        self.files.get(path).cloned().unwrap_or_default()
    }

    /// The same, to be changed.
    pub fn file_mut(&mut self, path: &Path) -> &mut Left {
        self.files.entry(path.to_owned()).or_default()
    }

    /// The backups that the newest changes of a file go back to.
    pub fn newest_backups(&self, path: &Path) -> Vec<&str> {
        let touched = self.changes.iter().rev().flat_map(|noted| &noted.touched);
        let touched = touched.filter(|touched| touched.path == path);
        let mut newest: Vec<&str> = Vec::new();
        for name in touched.filter_map(|touched| touched.backup.as_deref()) {
            // Several sections of a change go back to one backup.
            if !newest.contains(&name) {
                newest.push(name);
            }
            if newest.len() == SPARED {
                break;
            }
        }
        newest
    }

    /// Keys that take the place of keys as Poolkey left them belong to the change that put them
    /// there. False where that is not so.
    pub fn renew(&mut self, step: &Step<'_>) -> bool {
        let mut touched = self
            .changes
            .iter_mut()
            .rev()
            .flat_map(|noted| &mut noted.touched);
        let last = touched.find(|touched| {
            touched.path == step.path
                && touched.file == step.id.file
                && touched.section == step.id.name
        });
        match last {
            Some(touched) if step.before.is_some() && touched.is_left(step.before) => {
                touched.left = vec![step.before.map(digest), step.after.map(digest)];
                true
            }
            _ => false,
        }
    }
}
