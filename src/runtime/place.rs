//! Where the window is, kept for the next start.
//!
//! Deliberately absent: reading it, which the start does (see `adapters::window_place`).

use std::path::PathBuf;

use crate::adapters::window_place;
use crate::domain::WindowPlace;

/// The file that keeps it, and what it should say.
pub(super) struct KeptPlace {
    file: PathBuf,
    last: Option<WindowPlace>,
}

impl KeptPlace {
    /// Nothing is known yet.
    pub(super) const fn new(file: PathBuf) -> Self {
        Self { file, last: None }
    }

    /// Writes it, off the window's thread.
    pub(super) fn keep(&mut self, place: WindowPlace, tokio: &tokio::runtime::Runtime) {
        self.last = Some(place);
        let file = self.file.clone();
        tokio.spawn_blocking(move || window_place::write(&file, place));
    }

    /// Where the window was closed; a write that has not begun would be dropped.
    pub(super) fn keep_at_last(&self) {
        if let Some(last) = self.last {
            window_place::write(&self.file, last);
        }
    }
}
