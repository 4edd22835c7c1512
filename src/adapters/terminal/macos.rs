//! Terminal on macOS: it runs a script, which removes itself. Nothing in it is secret.
//!
//! Deliberately absent: `AppleScript`, which asks the person for a permission.

use std::ffi::OsString;
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use super::{Desk, Way};
use crate::domain::{Problem, ProblemKind};

/// The shell of the person, as it begins a session.
pub(super) fn shell(desk: &Desk) -> Vec<OsString> {
    let shell = desk.shell.clone().unwrap_or_else(|| "/bin/zsh".into());
    vec![shell, "-l".into()]
}

/// The program of macOS, with a script. Terminal has its own environment: none can be handed on.
pub(super) fn commands(_: &Desk, line: &[OsString], way: Way) -> Result<Vec<Command>, Problem> {
    if way == Way::Environment {
        return Ok(Vec::new());
    }
    let script = write(line).map_err(|error| {
        let sentence = format!("The script for Terminal cannot be written: {error}");
        Problem::new(ProblemKind::File, sentence)
    })?;
    let mut command = Command::new("/usr/bin/open");
    command.arg("-a").arg("Terminal").arg(script);
    Ok(vec![command])
}

fn write(line: &[OsString]) -> std::io::Result<std::path::PathBuf> {
    let mut text = b"#!/bin/sh\nrm -f -- \"$0\"\nexec".to_vec();
    for word in line {
        text.extend(b" '");
        for byte in word.as_bytes() {
            match byte {
                b'\'' => text.extend(br"'\''"),
                byte => text.push(*byte),
            }
        }
        text.push(b'\'');
    }
    text.push(b'\n');
    let mut file = tempfile::Builder::new()
        .prefix("poolkey-")
        .suffix(".command")
        .tempfile()?;
    file.write_all(&text)?;
    let only_the_person = std::fs::Permissions::from_mode(0o700);
    file.as_file().set_permissions(only_the_person)?;
    Ok(file.into_temp_path().keep()?)
}
