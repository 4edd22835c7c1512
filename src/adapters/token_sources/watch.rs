//! Watches token files for what others write into them.
//!
//! The folder is watched, because a file is mostly replaced by renaming another one over it, or by
//! a link that leads elsewhere; what counts is that the content is another one. Deliberately
//! absent: looking again and again, and the content itself: its digest is enough.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use super::contents;
use crate::adapters::blocking::blocking;
use crate::crypto::group::sha256;
use crate::domain::{Problem, ProblemKind};
use crate::ops::ports::FileChanged;

/// Whoever writes a file does it in several steps.
const SETTLED: Duration = Duration::from_millis(200);
/// In a folder that never comes to rest.
const LATEST: Duration = Duration::from_secs(2);

/// Where a file lies, and what the configuration calls it.
pub(super) type File = (PathBuf, PathBuf);
type Digest = [u8; 32];

/// Ends when what it answers is dropped. What is written after it answered is told.
pub(super) async fn start(
    files: Vec<File>,
    changed: FileChanged,
) -> (Box<dyn Send + Sync>, Vec<Problem>) {
    let (told, heard) = mpsc::channel(1);
    match blocking(move || watching(files, told)).await {
        Ok((watcher, watched, problems)) => {
            tokio::spawn(watched.tell(heard, changed));
            (Box::new(watcher), problems)
        }
        Err(problem) => (Box::new(()), vec![problem]),
    }
}

fn watching(
    files: Vec<File>,
    told: mpsc::Sender<()>,
) -> Result<(RecommendedWatcher, Watched, Vec<Problem>), Problem> {
    let tell = move |event: notify::Result<Event>| {
        let is_reading = event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_)));
        if !is_reading {
            // One that waits already is enough.
            let _waits = told.try_send(());
        }
    };
    let mut watcher = notify::recommended_watcher(tell).map_err(|error| not_watched(&error))?;
    let folders: BTreeSet<&Path> = files.iter().filter_map(|(path, _)| path.parent()).collect();
    let mut problems = Vec::new();
    for folder in folders {
        if let Err(error) = watcher.watch(folder, RecursiveMode::NonRecursive) {
            let problem = not_watched(&error);
            problems.push(problem.hint(format!("Check that {} is there.", folder.display())));
        }
    }
    // Read once the watch has begun, so that nothing falls in between.
    let files = files.into_iter();
    let files = files.map(|(path, name)| (digest(&path), path, name));
    let files = files.collect();
    Ok((watcher, Watched { files }, problems))
}

/// The files with the digests of what they held.
struct Watched {
    files: Vec<(Option<Digest>, PathBuf, PathBuf)>,
}

impl Watched {
    /// Ends with the watcher, which holds the sender.
    async fn tell(mut self, mut heard: mpsc::Receiver<()>, changed: FileChanged) {
        while heard.recv().await.is_some() {
            let latest = Instant::now() + LATEST;
            while let Ok(Some(())) =
                timeout_at(latest.min(Instant::now() + SETTLED), heard.recv()).await
            {}
            let looked = blocking(move || {
                let changed = self.look();
                Ok((self, changed))
            });
            let Ok((watched, names)) = looked.await else {
                return;
            };
            self = watched;
            for name in names {
                changed(&name);
            }
        }
    }

    /// Which files hold something else by now. One that is gone is about to come back.
    fn look(&mut self) -> Vec<PathBuf> {
        let mut names = Vec::new();
        for (known, path, name) in &mut self.files {
            let found = digest(path);
            if found.is_some() && found != *known {
                *known = found;
                names.push(name.clone());
            }
        }
        names
    }
}

fn digest(path: &Path) -> Option<Digest> {
    let bytes = contents(path).ok()?;
    Some(sha256(&[bytes.as_slice()]))
}

fn not_watched(error: &notify::Error) -> Problem {
    Problem::new(
        ProblemKind::File,
        format!("The token files are not watched: {error}"),
    )
    .hint("New tokens are read at the next renewal.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    struct Seen {
        names: mpsc::UnboundedReceiver<PathBuf>,
        _watch: Box<dyn Send + Sync>,
    }

    async fn watch(paths: &[PathBuf]) -> Seen {
        let (told, names) = mpsc::unbounded_channel();
        let files = paths.iter().map(|path| (path.clone(), path.clone()));
        let changed = Box::new(move |path: &Path| told.send(path.to_owned()).unwrap());
        let (guard, problems) = start(files.collect(), changed).await;
        assert!(problems.is_empty(), "{problems:?}");
        Seen {
            names,
            _watch: guard,
        }
    }

    impl Seen {
        async fn next(&mut self) -> PathBuf {
            let next = tokio::time::timeout(Duration::from_secs(20), self.names.recv());
            next.await.unwrap().unwrap()
        }
    }

    #[tokio::test]
    async fn writing_renaming_and_relinking_are_seen() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (first, second) = (at("first"), at("second"));
        fs::write(&first, "one").unwrap();
        let mut seen = watch(&[first.clone(), second.clone()]).await;
        fs::write(&first, "two").unwrap();
        assert_eq!(seen.next().await, first);
        // One that comes into being, and one that is renamed over it.
        fs::write(&second, "one").unwrap();
        assert_eq!(seen.next().await, second);
        fs::write(at("new"), "three").unwrap();
        fs::rename(at("new"), &first).unwrap();
        assert_eq!(seen.next().await, first);
        // The same content, or another file, is no news: the next one told is what follows.
        fs::write(&first, "three").unwrap();
        fs::write(at("other"), "four").unwrap();
        fs::remove_file(&second).unwrap();
        fs::write(&second, "five").unwrap();
        assert_eq!(seen.next().await, second);
        assert!(seen.names.try_recv().is_err());
    }

    /// As a container's mounted secrets are replaced.
    #[cfg(unix)]
    #[tokio::test]
    async fn a_link_that_leads_elsewhere_is_seen() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for (version, token) in [("v1", "one"), ("v2", "two")] {
            fs::create_dir(at(version)).unwrap();
            fs::write(at(version).join("token"), token).unwrap();
        }
        symlink("v1", at("data")).unwrap();
        symlink("data/token", at("token")).unwrap();
        let mut seen = watch(&[at("token")]).await;
        symlink("v2", at("next")).unwrap();
        fs::rename(at("next"), at("data")).unwrap();
        assert_eq!(seen.next().await, at("token"));
    }

    #[tokio::test]
    async fn a_folder_that_is_not_there_is_told() {
        let files = vec![("/nowhere/at/all".into(), "/nowhere/at/all".into())];
        let (_watch, problems) = start(files, Box::new(|_| {})).await;
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].kind, ProblemKind::File);
    }
}
