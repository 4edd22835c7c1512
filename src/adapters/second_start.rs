//! One window for one folder: a second start shows the window that is there, wherever it is,
//! and hands it the link that it was started with.
//!
//! The window holds a lock in the folder and watches one small file there; whoever starts
//! and finds the lock held writes that file. Nothing listens on a port, and the lock ends with its
//! holder, however that ends. Deliberately absent: an answer. Whoever calls ends at once.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::file_lock::{Lock, LockError};
use super::safe_file::create_private;

const LOCK: &str = "window";
const CALL: &str = "show-window";

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
    since: SystemTime,
}

/// A window that can be called, until dropped.
pub struct Waiting {
    _watcher: RecommendedWatcher,
    _lock: Lock,
}

/// Tells the window that is there, or becomes it.
#[must_use]
pub fn start(folder: &Path, link: Option<&str>) -> Start {
    let since = SystemTime::now();
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
        let call = self.folder.join(CALL);
        // What was left for an earlier window says nothing any more.
        let left = read(&call).filter(|(_, written)| *written < self.since);
        let ear = Arc::new(Mutex::new(Ear {
            call,
            last: left.map(|(text, _)| text),
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

/// One writing is told more than once, and so is whatever else is done to the file.
struct Ear<F> {
    call: PathBuf,
    last: Option<String>,
    called: F,
}

impl<F: Fn(Option<String>)> Ear<F> {
    fn look(&mut self) {
        let text = read(&self.call).map(|(text, _)| text);
        if text.is_some() && text != self.last {
            (self.called)(text.as_deref().and_then(link_in));
            self.last = text;
        }
    }
}

/// What it says, and since when.
fn read(call: &Path) -> Option<(String, SystemTime)> {
    let mut file = File::open(call).ok()?;
    let written = file.metadata().ok()?.modified().ok()?;
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    Some((text, written))
}

/// Whole or not at all: who waits may read it at once.
fn put(folder: &Path, link: &str) -> std::io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    // No two calls are alike.
    let once = file.path().file_name().unwrap_or_default().to_owned();
    writeln!(file, "{} {}\n{link}", std::process::id(), once.display())?;
    file.persist(folder.join(CALL))?;
    Ok(())
}

fn link_in(text: &str) -> Option<String> {
    let link = text.lines().nth(1)?;
    (!link.is_empty()).then(|| link.to_owned())
}

fn is_call(event: &Event) -> bool {
    let writes = matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_));
    let mut paths = event.paths.iter();
    writes && paths.any(|path| path.file_name() == Some(OsStr::new(CALL)))
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
        // The second time the file is there already.
        for link in [None, None, Some("poolkey://import#abc")] {
            assert!(tells(&state, link));
            assert_eq!(heard.recv_timeout(SOON).unwrap().as_deref(), link);
        }
        // What else happens to the file is no call: neither this, nor the rest of the last one.
        let text = std::fs::read(state.join(CALL)).unwrap();
        std::fs::write(state.join("other"), "").unwrap();
        File::options()
            .append(true)
            .open(state.join(CALL))
            .unwrap()
            .set_modified(SystemTime::UNIX_EPOCH)
            .unwrap();
        assert_eq!(std::fs::read(state.join(CALL)).unwrap(), text);
        assert!(tells(&state, None));
        let told = heard.recv_timeout(SOON).unwrap();
        assert_eq!(told, None, "the link is not heard again");
        drop(waiting);
        drop(first(&state));
    }

    #[test]
    fn who_calls_before_the_window_is_up_is_heard_and_who_called_another_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path();
        let early = first(state);
        assert!(tells(state, Some("poolkey://import#early")));
        let (told, heard) = channel();
        let waiting = early.wait(move |link| told.send(link).unwrap());
        let told = heard.recv_timeout(SOON).unwrap();
        assert_eq!(told.as_deref(), Some("poolkey://import#early"));
        drop(waiting);
        let call = File::options().append(true).open(state.join(CALL));
        let an_hour_ago = SystemTime::now() - Duration::from_hours(1);
        call.unwrap().set_modified(an_hour_ago).unwrap();
        let (told, heard) = channel();
        let _waiting = first(state).wait(move |link| told.send(link).unwrap());
        assert!(tells(state, Some("poolkey://import#late")));
        let told = heard.recv_timeout(SOON).unwrap();
        assert_eq!(told.as_deref(), Some("poolkey://import#late"), "only this");
    }
}
