//! Terminal emulators of X11 and Wayland desktops, and how each is told what to run.
//!
//! Sources: their manuals. Deliberately absent: a window's size, title and place.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Desk, Way};
use crate::adapters::probes::executable;
use crate::domain::Problem;

/// A terminal emulator.
struct Emulator {
    name: &'static str,
    /// What stands between the program and the command line to run.
    before: &'static [&'static str],
    /// True where its window is its own process's, and has that one's environment.
    is_its_own: bool,
}

const fn own(name: &'static str, before: &'static [&'static str]) -> Emulator {
    Emulator {
        name,
        before,
        is_its_own: true,
    }
}

/// A server opens the window, or may do so.
const fn served(name: &'static str, before: &'static [&'static str]) -> Emulator {
    Emulator {
        name,
        before,
        is_its_own: false,
    }
}

/// In the order tried: what the desktop or the distribution prefers, then what there is.
const EMULATORS: [Emulator; 12] = [
    served("xdg-terminal-exec", &[]),
    served("x-terminal-emulator", &["-e"]),
    served("gnome-terminal", &["--"]),
    served("konsole", &["-e"]),
    own("xfce4-terminal", &["--disable-server", "-x"]),
    own("kitty", &[]),
    own("alacritty", &["-e"]),
    own("foot", &[]),
    own("wezterm", &["start", "--always-new-process", "--"]),
    served("ptyxis", &["--"]),
    own("xterm", &["-e"]),
    own("urxvt", &["-e"]),
];

/// The shell of the person, as it begins a session.
pub(super) fn shell(desk: &Desk) -> Vec<OsString> {
    let shell = desk.shell.clone().unwrap_or_else(|| "/bin/sh".into());
    vec![shell, "-l".into()]
}

/// What may be started, in order.
#[allow(clippy::unnecessary_wraps, reason = "other systems refuse here")]
pub(super) fn commands(desk: &Desk, line: &[OsString], way: Way) -> Result<Vec<Command>, Problem> {
    let preferred = desk.terminal.as_deref().and_then(|name| {
        let file = Path::new(name).file_name()?;
        let known = EMULATORS
            .iter()
            .find(|known| OsStr::new(known.name) == file);
        let (before, is_its_own) = known.map_or((&["-e"][..], false), |known| {
            (known.before, known.is_its_own)
        });
        Some((find(name, desk)?, before, is_its_own))
    });
    let others = EMULATORS.iter().filter_map(|known| {
        let program = find(OsStr::new(known.name), desk)?;
        Some((program, known.before, known.is_its_own))
    });
    let usable = preferred.into_iter().chain(others);
    let usable = usable.filter(|(.., is_its_own)| *is_its_own || way == Way::Store);
    let command = |(program, before, _): (PathBuf, &[&str], bool)| {
        let mut command = Command::new(program);
        command.args(before).args(line);
        command
    };
    Ok(usable.map(command).collect())
}

fn find(name: &OsStr, desk: &Desk) -> Option<PathBuf> {
    let path = Path::new(name);
    if path.components().count() > 1 {
        return executable(path);
    }
    let mut folders = std::env::split_paths(desk.path.as_deref()?);
    folders.find_map(|folder| executable(&folder.join(name)))
}
