//! The log: one line a call or step, in a file that only its owner reads.
//!
//! It holds what the Activity view shows and `--verbose` tells. Full files are put aside and the
//! oldest goes. Deliberately absent: parameters, answers and tokens, which no record has.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::file_lock::Lock;
use super::safe_file::create_private;
use crate::domain::{CallRecord, ProfileName};

/// A full file holds some ten thousand calls.
const FULL: u64 = 1024 * 1024;
/// Beside the one that is written.
const KEPT: usize = 3;
const NAME: &str = "poolkey.log";
const LOCK_WAIT: Duration = Duration::from_millis(200);

/// The log in a folder.
#[derive(Debug, Clone)]
pub struct LogFile {
    folder: PathBuf,
    full: u64,
}

impl LogFile {
    /// Nothing is made before the first line.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder, full: FULL }
    }

    /// Writes a line. A log that cannot be written stops no work.
    pub fn note(&self, record: &CallRecord) {
        self.note_line(record.began_at, record.profile.as_ref(), &record.line());
    }

    /// The same for a step that was done.
    pub fn note_line(&self, at: Timestamp, whose: Option<&ProfileName>, said: &str) {
        let whose = whose.map_or("-", |name| name.as_str());
        let _not_written = self.write(&format!("{at} {whose} {said}\n"));
    }

    fn write(&self, line: &str) -> io::Result<()> {
        create_private(&self.folder)?;
        let path = self.folder.join(NAME);
        if is_full(&path, self.full) {
            self.put_aside(&path)?;
        }
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        // One write a line: those of other processes do not come in between.
        options.open(path)?.write_all(line.as_bytes())
    }

    /// Under a lock: two processes must not both do it.
    fn put_aside(&self, path: &Path) -> io::Result<()> {
        let Ok(_lock) = Lock::take(&self.folder, &NAME.into(), LOCK_WAIT) else {
            // Somebody else does it; the file may be somewhat longer.
            return Ok(());
        };
        if !is_full(path, self.full) {
            return Ok(());
        }
        let aside = |number: usize| self.folder.join(format!("{NAME}.{number}"));
        for number in (1..KEPT).rev() {
            if aside(number).exists() {
                fs::rename(aside(number), aside(number + 1))?;
            }
        }
        fs::rename(path, aside(1))
    }
}

fn is_full(path: &Path, full: u64) -> bool {
    fs::metadata(path).is_ok_and(|found| found.len() >= full)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CallOutcome;

    fn record(operation: &str) -> CallRecord {
        CallRecord {
            profile: "dev".parse().ok(),
            service: "STS".to_owned(),
            operation: operation.to_owned(),
            began_at: jiff::Timestamp::UNIX_EPOCH,
            took: Duration::from_millis(12),
            attempts: 1,
            request_id: Some("abc".to_owned()),
            outcome: CallOutcome::Answered,
        }
    }

    #[test]
    fn a_line_a_call_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let log = LogFile::new(folder.path().join("logs"));
        log.note(&record("A"));
        log.note(&record("B"));
        let path = folder.path().join("logs/poolkey.log");
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(
            text,
            "1970-01-01T00:00:00Z dev STS A  12.0 ms  abc  ok\n\
             1970-01-01T00:00:00Z dev STS B  12.0 ms  abc  ok\n"
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&path), 0o600);
            assert_eq!(mode(&folder.path().join("logs")), 0o700);
        }
    }

    #[test]
    fn full_files_are_put_aside_and_the_oldest_goes() {
        let folder = tempfile::tempdir().unwrap();
        let log = LogFile {
            folder: folder.path().to_owned(),
            full: 10,
        };
        for number in 0..6 {
            log.note(&record(&number.to_string()));
        }
        let of = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(of("poolkey.log").contains("STS 5"));
        assert!(of("poolkey.log.1").contains("STS 4"));
        assert!(of("poolkey.log.3").contains("STS 2"));
        assert!(!folder.path().join("poolkey.log.4").exists());
    }
}
