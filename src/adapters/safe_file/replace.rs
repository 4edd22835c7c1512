//! The new file beside the old one, and the moment it takes its place.
//!
//! Deliberately absent: the lock, which the caller holds, and messages for people.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, Metadata};
use std::io::{self, Write as _};
use std::path::Path;
#[cfg(windows)]
use std::time::Duration;

use tempfile::NamedTempFile;

use super::super::file_lock::give_to_owner_of;

/// What the names of our temporary files have in them.
const TEMPORARY: &str = ".poolkey-tmp-";

/// Creates the folder and those above it, for this user alone.
pub fn create_private(folder: &Path) -> io::Result<()> {
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
    prefix.push(TEMPORARY);
    prefix
}

/// Removes what a killed process left behind: it holds secrets, and under the lock it is nobody's.
pub fn sweep(folder: &Path, name: &OsString) {
    let prefix = temporary_prefix(name);
    sweep_names(folder, |name| name.starts_with(prefix.as_encoded_bytes()));
}

/// The same in a folder whose files are all written under one lock, which the caller holds.
pub fn sweep_all(folder: &Path) {
    sweep_names(folder, |name| {
        name.starts_with(b".")
            && name
                .windows(TEMPORARY.len())
                .any(|it| it == TEMPORARY.as_bytes())
    });
}

fn sweep_names(folder: &Path, is_ours: impl Fn(&[u8]) -> bool) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        if is_ours(entry.file_name().as_encoded_bytes()) {
            let _gone = fs::remove_file(entry.path());
        }
    }
}

/// A temporary file in `folder` with `bytes` in it, on disk, as strict as the `old` one.
pub fn written(
    folder: &Path,
    name: &OsString,
    old: Option<&Metadata>,
    bytes: &[u8],
) -> io::Result<NamedTempFile> {
    // Created with mode 0600, and deleted when dropped before it got its name.
    let mut temporary = tempfile::Builder::new()
        .prefix(&temporary_prefix(name))
        .tempfile_in(folder)?;
    if let Some(old) = old {
        keep_owner_and_mode(temporary.as_file(), old)?;
    } else {
        give_to_owner_of(folder, temporary.as_file());
    }
    temporary.write_all(bytes)?;
    temporary.as_file().sync_all()?;
    Ok(temporary)
}

/// A file of this name that was not there before, whole or not at all; false where one is.
pub fn write_new(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<bool> {
    let temporary = written(folder, &OsString::from(name), None, bytes)?;
    match temporary.persist_noclobber(folder.join(name)) {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error.error),
    }
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
#[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
fn keep_owner_and_mode(_file: &File, _old: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Gives the temporary file its name.
#[cfg(not(windows))]
pub fn rename(temporary: NamedTempFile, target: &Path) -> io::Result<()> {
    temporary
        .persist(target)
        .map(drop)
        .map_err(|error| error.error)
}

/// A reader or a virus scanner that has the file open makes the rename fail for a moment.
#[cfg(windows)]
pub fn rename(mut temporary: NamedTempFile, target: &Path) -> io::Result<()> {
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
