//! One safe write to one file: lock, read again, change, temporary file, fsync, rename.
//!
//! A reader sees the old file or the new one, whole. Symbolic links stay links. Deliberately
//! absent: writing in place, and any idea of what is in the file.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, Metadata};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use super::file_lock::{Lock, LockError, give_to_owner_of};
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
    let target = resolve(path)?;
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let name = target
        .file_name()
        .ok_or_else(|| not_a_file(path))?
        .to_owned();
    if !folder.exists() {
        let (text, told) = change(Zeroizing::default())?;
        if text.is_none() {
            return Ok((false, told));
        }
        create_private(folder).map_err(|error| unwritable(path, &error))?;
    }
    let _lock = Lock::take(folder, &name, wait).map_err(|error| match error {
        LockError::Io(error) => unwritable(path, &error),
        LockError::Busy => busy(path, wait),
    })?;
    sweep(folder, &name);
    let old = match fs::metadata(&target) {
        Ok(meta) if meta.is_file() => Some(meta),
        Ok(_) => return Err(not_a_file(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(unreadable(path, &error)),
    };
    let bytes = match &old {
        Some(meta) => load(&target, meta)?,
        None => Zeroizing::default(),
    };
    let (text, told) = change(bytes)?;
    let Some(text) = text else {
        return Ok((false, told));
    };
    replace(folder, &name, &target, old.as_ref(), &text)
        .map_err(|error| unwritable(path, &error))?;
    Ok((true, told))
}

/// Follows links to the file they mean, also where that does not exist yet.
fn resolve(path: &Path) -> Result<PathBuf, Problem> {
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

pub(super) fn create_private(folder: &Path) -> io::Result<()> {
    let missing = folder.ancestors().take_while(|above| !above.exists());
    let missing: Vec<&Path> = missing.filter(|it| !it.as_os_str().is_empty()).collect();
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    #[cfg(unix)]
    missing.into_iter().rev().for_each(give_to_owner_above);
    #[cfg(not(unix))]
    drop(missing);
    Ok(())
}

/// As [`give_to_owner_of`], for a folder.
#[cfg(unix)]
fn give_to_owner_above(folder: &Path) {
    use std::os::unix::fs::{MetadataExt as _, lchown};
    let above = folder.parent().filter(|it| !it.as_os_str().is_empty());
    if let (Ok(above), Ok(made)) = (
        above.unwrap_or(Path::new(".")).metadata(),
        folder.symlink_metadata(),
    ) && made.uid() == 0
        && above.uid() != 0
    {
        let _given = lchown(folder, Some(above.uid()), Some(above.gid()));
    }
}

/// `.credentials.poolkey-tmp-`: what our temporary files for this target begin with.
fn temporary_prefix(name: &OsString) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(name);
    prefix.push(".poolkey-tmp-");
    prefix
}

/// Removes what a killed process left behind: it holds secrets, and under the lock it is nobody's.
fn sweep(folder: &Path, name: &OsString) {
    let prefix = temporary_prefix(name);
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        if entry
            .file_name()
            .as_encoded_bytes()
            .starts_with(prefix.as_encoded_bytes())
        {
            let _gone = fs::remove_file(entry.path());
        }
    }
}

fn replace(
    folder: &Path,
    name: &OsString,
    target: &Path,
    old: Option<&Metadata>,
    text: &str,
) -> io::Result<()> {
    // Created with mode 0600, and deleted when dropped before it got its name.
    let mut temporary = tempfile::Builder::new()
        .prefix(&temporary_prefix(name))
        .tempfile_in(folder)?;
    if let Some(old) = old {
        keep_owner_and_mode(temporary.as_file(), old)?;
    } else {
        give_to_owner_of(folder, temporary.as_file());
    }
    temporary.write_all(text.as_bytes())?;
    temporary.as_file().sync_all()?;
    rename(temporary, target)?;
    // The new file is in place; a folder that cannot be synced does not make that untrue.
    #[cfg(unix)]
    let _synced = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// A stricter mode stays, a looser one becomes 0600; under sudo the file stays its owner's.
#[cfg(unix)]
fn keep_owner_and_mode(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let new = file.metadata()?;
    if new.uid() != old.uid() {
        fchown(file, Some(old.uid()), Some(old.gid()))?;
    } else if new.gid() != old.gid() {
        let _kept = fchown(file, None, Some(old.gid()));
    }
    let mode = old.mode() & 0o600;
    if mode != 0o600 {
        file.set_permissions(fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

/// Windows keeps what the folder hands down: `%USERPROFILE%` is private to its user.
#[cfg(not(unix))]
fn keep_owner_and_mode(_file: &File, _old: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(not(windows))]
fn rename(temporary: NamedTempFile, target: &Path) -> io::Result<()> {
    temporary
        .persist(target)
        .map(drop)
        .map_err(|error| error.error)
}

/// A reader or a virus scanner that has the file open makes the rename fail for a moment.
#[cfg(windows)]
fn rename(mut temporary: NamedTempFile, target: &Path) -> io::Result<()> {
    for pause in [5, 20, 50, 100, 200] {
        match temporary.persist(target) {
            Ok(_) => return Ok(()),
            Err(error) => temporary = error.file,
        }
        std::thread::sleep(Duration::from_millis(pause));
    }
    temporary
        .persist(target)
        .map(drop)
        .map_err(|error| error.error)
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
