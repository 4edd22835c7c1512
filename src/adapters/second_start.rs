//! One window for one folder: a second start shows the window that is there, wherever it is,
//! and hands it the link that it was started with.
//!
//! The window holds a lock in the folder and watches it; whoever starts and finds the lock held
//! leaves a file there, whose name says when, and whoever hears a call removes its file. Nothing listens
//! on a port, and the lock ends with its holder, however that ends. Deliberately absent: an answer.
//! Whoever calls ends at once.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::file_lock::{Lock, LockError};
use super::safe_file::create_private;

const LOCK: &str = "window";
/// Behind it: nanoseconds since 1970 by the caller's clock, in as many digits for all, and the
/// caller's process. A file system may give its files times of another clock.
const CALL: &str = "call-";
const DIGITS: usize = 20;

/// What became of a start.
pub enum Start {
    /// The window that is there was told, and shows itself.
    Told,
    /// No other window is called before this one. None where the folder takes no lock.
    First(Option<Claim>),
}

/// The right to be called by later starts: they are kept from now on, and heard once somebody
/// listens.
pub struct Claim {
    lock: Lock,
    folder: PathBuf,
    since: u128,
}

/// A window that can be called, until dropped.
pub struct Waiting {
    _watcher: RecommendedWatcher,
    _lock: Lock,
}

/// Tells the window that is there, or becomes it.
#[must_use]
pub fn start(folder: &Path, link: Option<&str>) -> Start {
    let since = clock();
    // What is wrong with the folder is told by whoever needs it.
    let _made = create_private(folder);
    match Lock::take(folder, &OsString::from(LOCK), Duration::ZERO) {
        Err(LockError::Busy) if put(folder, link.unwrap_or_default()).is_ok() => Start::Told,
        Ok(lock) => Start::First(Some(Claim {
            lock,
            folder: folder.to_owned(),
            since,
        })),
        Err(_) => Start::First(None),
    }
}

impl Claim {
    /// From now on a later start calls `called` with its link, once and on another thread. None
    /// where the folder cannot be watched: then other starts open windows of their own.
    #[must_use]
    pub fn wait(self, called: impl Fn(Option<String>) + Send + 'static) -> Option<Waiting> {
        // What was left for an earlier window says nothing any more.
        for (time, call) in calls(&self.folder) {
            if time < self.since {
                let _gone = std::fs::remove_file(call);
            }
        }
        let ear = Arc::new(Mutex::new(Ear {
            folder: self.folder.clone(),
            stays: Vec::new(),
            called,
        }));
        let listen =
            |ear: &Mutex<Ear<_>>| ear.lock().unwrap_or_else(PoisonError::into_inner).look();
        let watching = ear.clone();
        let heard = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| is_call(&event)) {
                listen(&watching);
            }
        };
        let mut watcher = notify::recommended_watcher(heard).ok()?;
        let alone = RecursiveMode::NonRecursive;
        watcher.watch(&self.folder, alone).ok()?;
        // Whoever called before anybody watched.
        listen(&ear);
        Some(Waiting {
            _watcher: watcher,
            _lock: self.lock,
        })
    }
}

/// One writing is told more than once: what was heard is gone by then.
struct Ear<F> {
    folder: PathBuf,
    /// Heard, and not to be removed.
    stays: Vec<PathBuf>,
    called: F,
}

impl<F: Fn(Option<String>)> Ear<F> {
    fn look(&mut self) {
        for (_, call) in calls(&self.folder) {
            if self.stays.contains(&call) {
                continue;
            }
            let Ok(link) = std::fs::read_to_string(&call) else {
                continue;
            };
            if std::fs::remove_file(&call).is_err() {
                self.stays.push(call);
            }
            (self.called)((!link.is_empty()).then_some(link));
        }
    }
}

/// Those that lie there, each with its time, oldest first.
fn calls(folder: &Path) -> Vec<(u128, PathBuf)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let mut calls: Vec<_> = paths
        .filter_map(|path| Some((time_of(&path)?, path)))
        .collect();
    calls.sort();
    calls
}

fn time_of(call: &Path) -> Option<u128> {
    let behind = call.file_name()?.to_str()?.strip_prefix(CALL)?;
    behind.get(..DIGITS)?.parse().ok()
}

/// Whole or not at all: who waits may read it at once.
fn put(folder: &Path, link: &str) -> std::io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(link.as_bytes())?;
    let call = format!("{CALL}{:0DIGITS$}-{}", clock(), std::process::id());
    file.persist_noclobber(folder.join(call))?;
    Ok(())
}

/// In nanoseconds since 1970.
fn clock() -> u128 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_nanos()
}

fn is_call(event: &Event) -> bool {
    let writes = matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_));
    writes && event.paths.iter().any(|path| time_of(path).is_some())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    const SOON: Duration = Duration::from_secs(20);

    fn first(state: &Path) -> Claim {
        match start(state, None) {
            Start::First(Some(claim)) => claim,
            Start::First(None) => panic!("no lock"),
            Start::Told => panic!("somebody is there"),
        }
    }

    fn tells(state: &Path, link: Option<&str>) -> bool {
        matches!(start(state, link), Start::Told)
    }

    #[test]
    fn the_first_window_is_called_and_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let (told, heard) = channel();
        let waiting = first(&state).wait(move |link| told.send(link).unwrap());
        std::fs::write(state.join("identities.json"), "{}").unwrap();
        assert!(heard.try_recv().is_err());
        for link in [None, None, Some("poolkey://import#abc")] {
            assert!(tells(&state, link));
            assert_eq!(heard.recv_timeout(SOON).unwrap().as_deref(), link);
        }
        assert!(calls(&state).is_empty(), "nothing of it is left behind");
        drop(waiting);
        drop(first(&state));
    }

    #[test]
    fn all_who_call_before_the_window_is_up_are_heard_and_who_called_another_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path();
        put(state, "poolkey://import#of-another").unwrap();
        let early = first(state);
        let links = ["poolkey://import#one", "poolkey://import#two"];
        for link in links {
            assert!(tells(state, Some(link)));
        }
        // A file system whose clock is behind changes nothing.
        let an_hour_ago = SystemTime::now() - Duration::from_hours(1);
        for (_, call) in calls(state) {
            let call = std::fs::File::options().append(true).open(call).unwrap();
            call.set_modified(an_hour_ago).unwrap();
        }
        let (told, heard) = channel();
        let _waiting = early.wait(move |link| told.send(link).unwrap());
        for link in links {
            let told = heard.recv_timeout(SOON).unwrap();
            assert_eq!(told.as_deref(), Some(link), "each, in its order");
        }
        assert!(calls(state).is_empty(), "nothing of it is left behind");
    }
}
