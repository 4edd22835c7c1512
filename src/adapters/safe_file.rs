//! One safe write to one file: lock, read again, change, temporary file, fsync, rename.
//!
//! A reader sees the old file or the new one, whole. Symbolic links stay links. Deliberately
//! absent: writing in place, and any idea of what is in the file.

mod replace;

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;
use zeroize::Zeroizing;

pub use self::replace::{create_private, sweep_all, write_new};
use self::replace::{rename, sweep, written};
use super::file_lock::{Lock, LockError};
use crate::domain::{Problem, ProblemKind};

const MOST_LINKS: usize = 40;

/// What to write (`None`: leave the file as it is), and what else the change has to tell.
pub type Verdict<T> = (Option<Zeroizing<String>>, T);

/// The bytes of the file; none where it is missing or no regular file, such as `/dev/null`.
pub fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, Problem> {
    match fs::metadata(path) {
        Ok(meta) if meta.is_file() => load(path, &meta),
        Ok(meta) if meta.is_dir() => Err(not_a_file(path)),
        Ok(_) => Ok(Zeroizing::default()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Zeroizing::default()),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// Applies `change` to the file at `path`. Says whether the file was written.
pub fn update<T>(
    path: &Path,
    wait: Duration,
    change: impl Fn(Zeroizing<Vec<u8>>) -> Result<Verdict<T>, Problem>,
) -> Result<(bool, T), Problem> {
    let (mut held, bytes) = hold(path, wait)?;
    let (mut text, mut told) = change(bytes)?;
    if text.is_some() && held.make_folder()? {
        // Somebody else may have been faster.
        let bytes;
        (held, bytes) = hold(path, wait)?;
        (text, told) = change(bytes)?;
    }
    let Some(text) = text else {
        return Ok((false, told));
    };
    held.prepare(&text)?.put()?;
    Ok((true, told))
}

/// A file under its lock, so that it can be replaced by what its bytes lead to.
pub struct Held {
    path: PathBuf,
    target: PathBuf,
    old: Option<Metadata>,
    /// None while the folder does not exist.
    lock: Option<Lock>,
}

/// Takes the lock of the file at `path` and reads it. A folder that does not exist holds no lock:
/// [`Held::make_folder`].
pub fn hold(path: &Path, wait: Duration) -> Result<(Held, Zeroizing<Vec<u8>>), Problem> {
    let target = target(path)?;
    let (folder, name) = parts(path, &target)?;
    let mut held = Held {
        path: path.to_owned(),
        target: target.clone(),
        old: None,
        lock: None,
    };
    if !folder.exists() {
        return Ok((held, Zeroizing::default()));
    }
    held.lock = Some(
        Lock::take(folder, &name, wait).map_err(|error| match error {
            LockError::Io(error) => unwritable(path, &error),
            LockError::Busy => busy(path, wait),
        })?,
    );
    sweep(folder, &name);
    held.old = match fs::metadata(&target) {
        Ok(meta) if meta.is_file() => Some(meta),
        Ok(_) => return Err(not_a_file(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(unreadable(path, &error)),
    };
    let bytes = match &held.old {
        Some(meta) => load(&target, meta)?,
        None => Zeroizing::default(),
    };
    Ok((held, bytes))
}

impl Held {
    /// Creates the folder where there is none; then the file has to be held anew.
    pub fn make_folder(&self) -> Result<bool, Problem> {
        if self.lock.is_some() {
            return Ok(false);
        }
        let (folder, _) = parts(&self.path, &self.target)?;
        create_private(folder).map_err(|error| unwritable(&self.path, &error))?;
        Ok(true)
    }

    /// Which file this is, to tell whether somebody else replaced or changed it since.
    pub fn stamp(&self) -> Option<String> {
        self.old.as_ref().map(stamp)
    }

    /// Writes `text` beside the file: what can fail fails here, and nothing has changed yet.
    pub fn prepare(&self, text: &str) -> Result<Ready<'_>, Problem> {
        let (folder, name) = parts(&self.path, &self.target)?;
        let temporary = written(folder, &name, self.old.as_ref(), text.as_bytes());
        Ok(Ready {
            temporary: temporary.map_err(|error| unwritable(&self.path, &error))?,
            held: self,
        })
    }
}

/// The new file, not in its place yet. Deleted when dropped.
pub struct Ready<'a> {
    temporary: NamedTempFile,
    held: &'a Held,
}

impl Ready<'_> {
    /// As [`Held::stamp`] will be.
    pub fn stamp(&self) -> Option<String> {
        self.temporary.as_file().metadata().ok().as_ref().map(stamp)
    }

    /// Puts it in the place of the old file.
    pub fn put(self) -> Result<(), Problem> {
        let held = self.held;
        rename(self.temporary, &held.target).map_err(|error| unwritable(&held.path, &error))?;
        // The new file is in place; a folder that cannot be synced does not make that untrue.
        #[cfg(unix)]
        if let Some(folder) = held.target.parent() {
            let _synced = File::open(folder).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }
}

/// As [`Held::stamp`], of a file that nobody holds.
pub fn stamp_of(path: &Path) -> Option<String> {
    let meta = fs::metadata(path).ok()?;
    meta.is_file().then(|| stamp(&meta))
}

/// A replaced file has another inode, one that was written in place another time.
fn stamp(meta: &Metadata) -> String {
    let modified = meta.modified().ok();
    let since = modified.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    let nanoseconds = since.unwrap_or_default().as_nanos();
    #[cfg(unix)]
    let inode = std::os::unix::fs::MetadataExt::ino(meta);
    #[cfg(not(unix))]
    let inode = 0;
    format!("{inode}-{}-{nanoseconds}", meta.len())
}

/// Folder and name of the file.
fn parts<'a>(path: &Path, target: &'a Path) -> Result<(&'a Path, OsString), Problem> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let name = target.file_name().ok_or_else(|| not_a_file(path))?;
    Ok((folder, name.to_owned()))
}

/// Follows links to the file they mean, also where that does not exist yet. One file has one such
/// path, however it is spelled: its lock is taken once, and in the same order by everybody.
pub fn target(path: &Path) -> Result<PathBuf, Problem> {
    let file = followed(path)?;
    let (folder, name) = parts(path, &file)?;
    let known = folder.ancestors().find_map(|above| {
        let here = if above.as_os_str().is_empty() {
            Path::new(".")
        } else {
            above
        };
        let real = fs::canonicalize(here).ok()?;
        Some(real.join(folder.strip_prefix(above).ok()?))
    });
    Ok(known.map_or(file.clone(), |folder| folder.join(name)))
}

fn followed(path: &Path) -> Result<PathBuf, Problem> {
    let mut at = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        match fs::symlink_metadata(&at) {
            Ok(meta) if meta.file_type().is_symlink() => {
                let next = fs::read_link(&at).map_err(|error| unreadable(path, &error))?;
                at = match at.parent() {
                    Some(folder) => folder.join(next),
                    None => next,
                };
            }
            Ok(_) => return Ok(at),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(at),
            Err(error) => return Err(unreadable(path, &error)),
        }
    }
    Err(Problem::new(
        ProblemKind::File,
        format!("{} is a link to itself", path.display()),
    ))
}

fn load(path: &Path, meta: &Metadata) -> Result<Zeroizing<Vec<u8>>, Problem> {
    // One byte more than needed, so that reading to the end does not move the buffer.
    let size = usize::try_from(meta.len())
        .unwrap_or_default()
        .saturating_add(1);
    let mut bytes = Zeroizing::new(Vec::new());
    let read = bytes
        .try_reserve_exact(size)
        .map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))
        .and_then(|()| File::open(path)?.read_to_end(&mut bytes));
    match read {
        Ok(_) => Ok(bytes),
        Err(error) => Err(unreadable(path, &error)),
    }
}

fn not_a_file(path: &Path) -> Problem {
    Problem::new(
        ProblemKind::File,
        format!("{} is not a regular file", path.display()),
    )
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let sentence = format!("{} cannot be read: {error}", path.display());
    Problem::new(ProblemKind::File, sentence).hint("Check who may read it")
}

fn unwritable(path: &Path, error: &io::Error) -> Problem {
    let sentence = format!(
        "{} cannot be written and was left as it was: {error}",
        path.display()
    );
    Problem::new(ProblemKind::File, sentence).hint(match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "Make room on the disk",
        _ => "Check that its folder exists and may be written to",
    })
}

fn busy(path: &Path, wait: Duration) -> Problem {
    let sentence = format!(
        "Another process has been writing {} for {} seconds",
        path.display(),
        wait.as_secs_f32()
    );
    Problem::new(ProblemKind::File, sentence).hint("Try again when it has finished")
}
