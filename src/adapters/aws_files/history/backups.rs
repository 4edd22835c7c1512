//! Copies of the files as they were: one where a file is the same as its newest copy, and few.
//!
//! Deliberately absent: which change goes back to which of them (see `journal`).

use std::io;
use std::path::Path;
use std::time::Duration;

use data_encoding::HEXLOWER;
use jiff::Timestamp;

use super::journal::Journal;
use super::{History, Step};
use crate::adapters::aws_files::store;
use crate::crypto::group::sha256;
use crate::domain::Problem;

/// Backups of one file.
pub const MOST: usize = 20;

impl History {
    /// The name of the backup with the file's text: the newest one where it is the same.
    pub(super) fn keep(
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
}

/// True for what the name of a backup ends with, such as `20260921T142640.000Z`.
fn is_time(text: &str) -> bool {
    let shape = text.bytes().map(|byte| match byte {
        b'0'..=b'9' => b'0',
        other => other,
    });
    shape.eq(*b"00000000T000000.000Z")
}
