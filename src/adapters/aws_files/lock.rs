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
        let mut lock_name = OsString::from(".");
        lock_name.push(name);
        lock_name.push(".poolkey-lock");
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options
            .open(folder.join(lock_name))
            .map_err(LockError::Io)?;

        let deadline = Instant::now() + wait;
        let mut pause = Duration::from_millis(1);
        loop {
            match file.try_lock() {
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
