//! The system's dialogs for files.
//!
//! On Linux the desktop's portal shows them, else `zenity`. Deliberately absent: GTK.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use rfd::AsyncFileDialog;

use crate::domain::{Problem, ProblemKind};

/// Nobody closes a dialog so soon: it was not shown.
const SOONEST: Duration = Duration::from_millis(250);

/// A file to read; none where the person chose none.
pub(super) async fn open(title: &str) -> Result<Option<PathBuf>, Problem> {
    let began = Instant::now();
    let chosen = AsyncFileDialog::new().set_title(title).pick_file().await;
    shown(began, chosen.map(|file| file.path().to_owned()))
}

/// A file to write; none where the person chose none.
pub(super) async fn save(file_name: &str) -> Result<Option<PathBuf>, Problem> {
    let began = Instant::now();
    let chosen = AsyncFileDialog::new()
        .set_title("Save profiles")
        .set_file_name(file_name)
        .save_file()
        .await;
    shown(began, chosen.map(|file| file.path().to_owned()))
}

fn shown(began: Instant, chosen: Option<PathBuf>) -> Result<Option<PathBuf>, Problem> {
    if chosen.is_none() && began.elapsed() < SOONEST {
        let sentence = "The system shows no dialog for files";
        return Err(Problem::new(ProblemKind::Unexpected, sentence)
            .hint("Drop a file on the window, type its path, or paste what is in it."));
    }
    Ok(chosen)
}
