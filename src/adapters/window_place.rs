//! The file `window.json` in the state folder: where the window was.
//!
//! Deliberately absent: errors. A window that opens at its usual place is none, and a place that
//! could not be written is forgotten.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::safe_file;
use crate::domain::WindowPlace;

/// Two windows write at the same moment at most.
const WAIT: Duration = Duration::from_millis(200);

#[derive(Serialize, Deserialize)]
struct Written {
    width: f32,
    height: f32,
    x: Option<f32>,
    y: Option<f32>,
    #[serde(default)]
    maximized: bool,
}

/// The file in a state folder.
#[must_use]
pub fn file(state_dir: &Path) -> PathBuf {
    state_dir.join("window.json")
}

/// What the file says; the usual place where it says nothing that can be used.
#[must_use]
pub fn read(file: &Path) -> WindowPlace {
    let written = safe_file::read(file).ok();
    let written = written.and_then(|bytes| serde_json::from_slice::<Written>(&bytes).ok());
    written.map_or_else(WindowPlace::default, |written| {
        WindowPlace {
            size: (written.width, written.height),
            at: written.x.zip(written.y),
            maximized: written.maximized,
        }
        .checked()
    })
}

/// Writes the file.
pub fn write(file: &Path, place: WindowPlace) {
    let written = Written {
        width: place.size.0,
        height: place.size.1,
        x: place.at.map(|(x, _)| x),
        y: place.at.map(|(_, y)| y),
        maximized: place.maximized,
    };
    let Ok(text) = serde_json::to_string(&written) else {
        return;
    };
    let text = Zeroizing::new(text);
    let _forgotten = safe_file::update(file, WAIT, |_| Ok((Some(text.clone()), ())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_comes_back_and_nonsense_is_the_usual_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = file(folder.path());
        assert_eq!(read(&file), WindowPlace::default());
        for at in [None, Some((-20.0, 31.5))] {
            let place = WindowPlace {
                size: (1000.0, 640.0),
                at,
                maximized: true,
            };
            write(&file, place);
            assert_eq!(read(&file), place);
        }
        std::fs::write(&file, "{\"width\": 1e9, \"height\"").unwrap();
        assert_eq!(read(&file), WindowPlace::default());
    }
}
