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
use std::time::{Duration, Instant};

use async_trait::async_trait;

use super::blocking::blocking;
use super::config_file::ConfigFile;
use super::file_lock::{Lock, LockError};
use crate::domain::{Problem, ProblemKind, ProfileName, StoreChoice};
use crate::ops::ports::Locks;

/// Lock files in the state folder.
#[derive(Clone)]
pub struct ProfileLocks {
    folder: PathBuf,
    wait: Duration,
    store: Option<(PathBuf, StoreChoice)>,
}

type Guard = Box<dyn Send + Sync>;

impl ProfileLocks {
    /// The folder may not exist yet. `wait` bounds the wait for another process.
    #[must_use]
    pub const fn new(folder: PathBuf, wait: Duration) -> Self {
        let store = None;
        Self {
            folder,
            wait,
            store,
        }
    }

    /// Nobody gets a lock once the configuration names another secret store than this one: who
    /// waited while secrets moved would read and write where they were.
    #[must_use]
    pub fn while_store_is(mut self, choice: StoreChoice, config_file: PathBuf) -> Self {
        self.store = Some((config_file, choice));
        self
    }

    /// Everybody shares the lock of all, which a move takes for itself.
    fn take(&self, profile: Option<&ProfileName>) -> Result<Guard, Problem> {
        std::fs::create_dir_all(&self.folder).map_err(|error| failed(&error.to_string()))?;
        let began = Instant::now();
        // No profile has a name with a space.
        let all = OsString::from("all profiles");
        let guard: Guard = if let Some(name) = profile {
            let shared =
                Lock::share(&self.folder, &all, self.wait).map_err(|error| match error {
                    LockError::Busy => moving(),
                    LockError::Io(error) => failed(&error.to_string()),
                })?;
            let left = self.wait.saturating_sub(began.elapsed());
            // Where the file system does not tell them apart, "Dev" and "dev" have one file.
            let file = OsString::from(name.as_str().to_ascii_lowercase());
            let own = Lock::take(&self.folder, &file, left);
            Box::new((own.map_err(|error| refused(error, name.as_str()))?, shared))
        } else {
            let own = Lock::take(&self.folder, &all, self.wait);
            Box::new(own.map_err(|error| refused(error, "a profile"))?)
        };
        self.check_store()?;
        Ok(guard)
    }

    /// A configuration that cannot be read is told by whoever needs it.
    fn check_store(&self) -> Result<(), Problem> {
        let Some((file, choice)) = &self.store else {
            return Ok(());
        };
        let Ok(configuration) = ConfigFile::new(file.clone()).read() else {
            return Ok(());
        };
        let named = configuration.secret_store;
        if named.as_deref().unwrap_or(StoreChoice::Auto.name()) == choice.name() {
            return Ok(());
        }
        Err(Problem::new(
            ProblemKind::SecretStore,
            "The secret store changed: restart Poolkey",
        )
        .hint("The configuration names another store since this window or command started."))
    }
}

#[async_trait]
impl Locks for ProfileLocks {
    async fn lock(&self, profile: &ProfileName) -> Result<Guard, Problem> {
        let (locks, name) = (self.clone(), profile.clone());
        blocking(move || locks.take(Some(&name))).await
    }

    async fn lock_all(&self) -> Result<Guard, Problem> {
        let locks = self.clone();
        blocking(move || locks.take(None)).await
    }
}

fn refused(error: LockError, busy_with: &str) -> Problem {
    match error {
        LockError::Busy => Problem::new(
            ProblemKind::File,
            format!("Another Poolkey process is busy with {busy_with}"),
        )
        .hint("Wait for it, or end it, and try again."),
        LockError::Io(error) => failed(&error.to_string()),
    }
}

fn moving() -> Problem {
    Problem::new(
        ProblemKind::SecretStore,
        "Secrets are being moved to another store",
    )
    .hint("Wait until they are there, and try again.")
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
