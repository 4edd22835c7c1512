//! A second start of the program brings back the window that waits in the tray, instead of opening
//! another one.
//!
//! Whoever waits holds a lock in the state folder and watches one small file there; whoever starts
//! and finds the lock held writes that file. Nothing listens on a port, and the lock ends with its
//! holder, however that ends. Deliberately absent: windows that are seen, of which there may be
//! several.

use std::ffi::{OsStr, OsString};
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

/// From now on a second start calls `called`, on another thread and perhaps more than once. None
/// where another window waits already, or where the folder cannot be watched.
#[must_use]
pub fn wait(state_dir: &Path, called: impl Fn() + Send + 'static) -> Option<Waiting> {
    std::fs::create_dir_all(state_dir).ok()?;
    let lock = Lock::take(state_dir, &OsString::from(LOCK), Duration::ZERO).ok()?;
    let heard = move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_call(&event)) {
            called();
        }
    };
    let mut watcher = notify::recommended_watcher(heard).ok()?;
    watcher.watch(state_dir, RecursiveMode::NonRecursive).ok()?;
    Some(Waiting {
        _lock: lock,
        _watcher: watcher,
    })
}

/// True where a window waits, which then comes back.
#[must_use]
pub fn call(state_dir: &Path) -> bool {
    let lock = Lock::take(state_dir, &OsString::from(LOCK), Duration::ZERO);
    let is_held = matches!(lock, Err(LockError::Busy));
    let who = std::process::id().to_string();
    is_held && std::fs::write(state_dir.join(CALL), who).is_ok()
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
        assert!(!call(&state), "nothing is there");
        let (told, heard) = channel();
        let waiting = wait(&state, move || told.send(()).unwrap()).unwrap();
        assert!(wait(&state, || {}).is_none(), "one at a time");
        std::fs::write(state.join("identities.json"), "{}").unwrap();
        assert!(heard.try_recv().is_err());
        // The second time the file is there already.
        for _ in 0..2 {
            assert!(call(&state));
            heard.recv_timeout(Duration::from_secs(20)).unwrap();
        }
        drop(waiting);
        assert!(!call(&state), "it is seen, or gone");
    }
}
