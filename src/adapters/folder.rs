//! Shows a folder in the system's file manager.

use std::path::Path;
use std::process::{Command, Stdio};

use super::safe_file::create_private;
use crate::domain::{Problem, ProblemKind};

/// The program that opens what it is given with whatever the person uses for it.
const OPENER: &str = if cfg!(windows) {
    "explorer"
} else if cfg!(target_os = "macos") {
    "open"
} else {
    "xdg-open"
};

/// Shows the folder; makes it where it is not there yet.
///
/// # Errors
/// When it cannot be made, or nothing shows it.
pub fn show(folder: &Path) -> Result<(), Problem> {
    let failed = |why: std::io::Error| {
        let sentence = format!("{} was not shown: {why}", folder.display());
        Problem::new(ProblemKind::File, sentence).hint("Open the folder yourself.")
    };
    create_private(folder).map_err(failed)?;
    let mut command = Command::new(OPENER);
    command.arg(folder).stdin(Stdio::null());
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = child.map_err(failed)?;
    // Nobody waits for it, but the system wants its end to be noticed.
    let waiting = std::thread::Builder::new().name("poolkey-folder".to_owned());
    let _unwatched = waiting.spawn(move || child.wait());
    Ok(())
}
