//! The lock between processes that guards one AWS file.
//!
//! It is held on a small file of its own next to the target, because the target itself is replaced
//! at each write. The operating system frees it when its holder dies. Deliberately absent: deleting
//! the lock file, which would let two processes hold "the" lock at once.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// Why there is no lock.
pub enum LockError {
    /// Somebody else kept it for the whole time.
    Busy,
    /// The lock file cannot be opened or locked.
    Io(io::Error),
}

/// Held until dropped.
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock for the file `name` in `folder`, waiting at most `wait`.
    pub fn take(folder: &Path, name: &OsString, wait: Duration) -> Result<Self, LockError> {
        Self::take_by(folder, name, wait, File::try_lock)
    }

    /// The same beside others who share it; [`Self::take`] waits for all of them.
    pub fn share(folder: &Path, name: &OsString, wait: Duration) -> Result<Self, LockError> {
        Self::take_by(folder, name, wait, File::try_lock_shared)
    }

    fn take_by(
        folder: &Path,
        name: &OsString,
        wait: Duration,
        try_lock: impl Fn(&File) -> Result<(), TryLockError>,
    ) -> Result<Self, LockError> {
        let mut lock_name = OsString::from(".");
        lock_name.push(name);
        lock_name.push(".poolkey-lock");
        let path = folder.join(lock_name);
        let file = open(folder, &path).map_err(|error| {
            // The kind stays, for who looks at it.
            let why = format!("the lock file {} cannot be opened: {error}", path.display());
            LockError::Io(io::Error::new(error.kind(), why))
        })?;

        let deadline = Instant::now() + wait;
        let mut pause = Duration::from_millis(1);
        loop {
            match try_lock(&file) {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::Error(error)) => return Err(LockError::Io(error)),
                Err(TryLockError::WouldBlock) if Instant::now() >= deadline => {
                    return Err(LockError::Busy);
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(pause),
            }
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }
}

fn open(folder: &Path, path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    // Some file systems share a lock only among those who may read.
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // Only what we made ourselves may change hands: another file may be a link to anywhere.
    match options.clone().create_new(true).open(path) {
        Ok(file) => {
            give_to_owner_of(folder, &file);
            Ok(file)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            options.create(true).truncate(false).open(path)
        }
        Err(error) => Err(error),
    }
}

/// Under sudo, what is made in a person's folder is that person's, who could not use it otherwise.
#[cfg(unix)]
pub fn give_to_owner_of(folder: &Path, made: &File) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    if let (Ok(folder), Ok(file)) = (folder.metadata(), made.metadata())
        && file.uid() == 0
        && folder.uid() != 0
    {
        // Where the system does not allow it, the file is good for root all the same.
        let _given = fchown(made, Some(folder.uid()), Some(folder.gid()));
    }
}

/// Windows keeps what the folder hands down.
#[cfg(not(unix))]
pub fn give_to_owner_of(_folder: &Path, _made: &File) {}
