//! The per-profile lock between processes: what makes every face of the program one broker.
//!
//! Each profile has a file in `<state>/locks`. Whoever renews, signs in or out, changes the password
//! or the configuration holds the operating system's exclusive lock on it: the window, a command,
//! and a `credential_process` that an SDK started alike, and several tasks of one process, because
//! each taking opens the file anew. Good cached credentials are read without it. Who waited looks
//! again at what is kept, so that of many that ask at expiry one refreshes.
//!
//! The operating system frees the lock when its holder ends, however it ends: nothing has to be
//! cleaned up, and a file that lies there says nothing. Waiting is bounded. Processes with different
//! state folders do not see each other; they share a refresh token only where they share a keychain.
//! Deliberately absent: a process ID in the file, a time-out that breaks a lock, and an order among
//! those who wait.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;

use super::blocking::blocking;
use super::file_lock::{Lock, LockError};
use crate::domain::{Problem, ProblemKind, ProfileName};
use crate::ops::ports::Locks;

/// Lock files in the state folder.
pub struct ProfileLocks {
    folder: PathBuf,
    wait: Duration,
}

impl ProfileLocks {
    /// The folder may not exist yet. `wait` bounds the wait for another process.
    #[must_use]
    pub const fn new(folder: PathBuf, wait: Duration) -> Self {
        Self { folder, wait }
    }
}

#[async_trait]
impl Locks for ProfileLocks {
    async fn lock(&self, profile: &ProfileName) -> Result<Box<dyn Send + Sync>, Problem> {
        let wait = self.wait;
        let (folder, name) = (self.folder.clone(), profile.clone());
        // Where the file system does not tell them apart, "Dev" and "dev" have one file.
        let file = OsString::from(profile.as_str().to_ascii_lowercase());
        blocking(move || {
            std::fs::create_dir_all(&folder).map_err(|error| failed(&error.to_string()))?;
            match Lock::take(&folder, &file, wait) {
                Ok(lock) => Ok(Box::new(lock) as Box<dyn Send + Sync>),
                Err(LockError::Busy) => Err(Problem::new(
                    ProblemKind::File,
                    format!("Another Poolkey process is busy with {name}"),
                )
                .hint("Wait for it, or end it, and try again.")),
                Err(LockError::Io(error)) => Err(failed(&error.to_string())),
            }
        })
        .await
    }
}

/// Held by the one agent of a state folder until it ends, however it ends.
///
/// # Errors
/// Another agent holds it, or the folder cannot be written.
pub fn agent_lock(state_dir: &Path) -> Result<impl Send + use<>, Problem> {
    std::fs::create_dir_all(state_dir).map_err(|error| failed(&error.to_string()))?;
    Lock::take(state_dir, &OsString::from("agent"), Duration::ZERO).map_err(|error| match error {
        LockError::Busy => Problem::new(
            ProblemKind::Usage,
            "Another agent keeps the profiles of this state folder fresh",
        )
        .hint("One is enough. End that one first, or leave it to it."),
        LockError::Io(error) => failed(&error.to_string()),
    })
}

fn failed(why: &str) -> Problem {
    Problem::new(
        ProblemKind::File,
        format!("The profile cannot be locked: {why}"),
    )
    .hint("Check that the state folder can be written, or choose another with --state-dir.")
}
