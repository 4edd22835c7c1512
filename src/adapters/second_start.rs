//! A second start of the program brings back the window that waits in the tray, instead of opening
//! another one.
//!
//! A link that it was started with goes along. Whoever waits holds a lock in the state folder and watches one small file there; whoever starts
//! and finds the lock held writes that file. Nothing listens on a port, and the lock ends with its
//! holder, however that ends. Deliberately absent: windows that are seen, of which there may be
//! several.

use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::file_lock::{Lock, LockError};

const LOCK: &str = "window";
const CALL: &str = "show-window";

/// A hidden window that can be called, until dropped.
pub struct Waiting {
    _lock: Lock,
    _watcher: RecommendedWatcher,
}

/// From now on a second start calls `called` with the link that it was started with, once and on
/// another thread. None where another window waits already, or where the folder
/// cannot be watched.
#[must_use]
pub fn wait(state_dir: &Path, called: impl Fn(Option<String>) + Send + 'static) -> Option<Waiting> {
    std::fs::create_dir_all(state_dir).ok()?;
    let lock = Lock::take(state_dir, &OsString::from(LOCK), Duration::ZERO).ok()?;
    let call = state_dir.join(CALL);
    // What an earlier call left says nothing any more.
    let _nothing_there = std::fs::remove_file(&call);
    // One writing is heard more than once, and so is whatever else is done to the file.
    let mut last = None;
    let heard = move |event: notify::Result<Event>| {
        let text = event
            .is_ok_and(|event| is_call(&event))
            .then(|| std::fs::read_to_string(&call).ok())
            .flatten();
        if text.is_some() && text != last {
            called(text.as_deref().and_then(link_in));
            last = text;
        }
    };
    let mut watcher = notify::recommended_watcher(heard).ok()?;
    watcher.watch(state_dir, RecursiveMode::NonRecursive).ok()?;
    Some(Waiting {
        _lock: lock,
        _watcher: watcher,
    })
}

/// True where a window waits, which then comes back and is told the link.
#[must_use]
pub fn call(state_dir: &Path, link: Option<&str>) -> bool {
    let lock = Lock::take(state_dir, &OsString::from(LOCK), Duration::ZERO);
    let is_held = matches!(lock, Err(LockError::Busy));
    is_held && put(state_dir, link.unwrap_or_default()).is_ok()
}

/// Whole or not at all: who waits may read it at once.
fn put(state_dir: &Path, link: &str) -> std::io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(state_dir)?;
    // No two calls are alike.
    let once = file.path().file_name().unwrap_or_default().to_owned();
    writeln!(file, "{} {}\n{link}", std::process::id(), once.display())?;
    file.persist(state_dir.join(CALL))?;
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

    #[test]
    fn who_waits_is_called_and_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        assert!(!call(&state, None), "nothing is there");
        let (told, heard) = channel();
        let waiting = wait(&state, move |link| told.send(link).unwrap()).unwrap();
        assert!(wait(&state, |_| {}).is_none(), "one at a time");
        std::fs::write(state.join("identities.json"), "{}").unwrap();
        assert!(heard.try_recv().is_err());
        // The second time the file is there already.
        for link in [None, None, Some("poolkey://import#abc")] {
            assert!(call(&state, link));
            let told = heard.recv_timeout(Duration::from_secs(20)).unwrap();
            assert_eq!(told.as_deref(), link);
        }
        // What else happens to the file is no call: neither this, nor the rest of the last one.
        let text = std::fs::read(state.join(CALL)).unwrap();
        std::fs::write(state.join("other"), "").unwrap();
        std::fs::File::options()
            .append(true)
            .open(state.join(CALL))
            .unwrap()
            .set_modified(std::time::SystemTime::UNIX_EPOCH)
            .unwrap();
        assert_eq!(std::fs::read(state.join(CALL)).unwrap(), text);
        assert!(call(&state, None));
        let told = heard.recv_timeout(Duration::from_secs(20)).unwrap();
        assert_eq!(told, None, "the link is not heard again");
        drop(waiting);
        assert!(!call(&state, None), "it is seen, or gone");
    }
}
