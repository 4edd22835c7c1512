//! A console window on Windows, in whichever terminal is the person's default.
//!
//! Deliberately absent: programs whose path holds `%`, which the command interpreter would replace.

use std::ffi::OsString;
use std::os::windows::process::CommandExt as _;
use std::process::Command;

use super::{Desk, Way};
use crate::domain::{Problem, ProblemKind};

/// `PowerShell` is on every Windows.
pub(super) fn shell(_: &Desk) -> Vec<OsString> {
    vec!["powershell.exe".into(), "-NoLogo".into()]
}

/// `start` opens a console of its own; what it starts inherits the environment.
pub(super) fn commands(_: &Desk, line: &[OsString], _: Way) -> Result<Vec<Command>, Problem> {
    let mut command = Command::new("cmd.exe");
    command.raw_arg("/d /c start \"Poolkey\"");
    for word in line {
        let is_plain = word.to_str().is_some_and(|word| !word.contains(['%', '"']));
        if !is_plain {
            let sentence = format!("A console cannot be opened for {}", word.display());
            return Err(Problem::new(ProblemKind::Usage, sentence)
                .hint("Install Poolkey where the path has neither % nor quotes."));
        }
        let mut quoted = OsString::from("\"");
        quoted.push(word);
        quoted.push("\"");
        command.raw_arg(quoted);
    }
    Ok(vec![command])
}
