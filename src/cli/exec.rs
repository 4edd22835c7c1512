//! `exec`: a command in Poolkey's place, with credentials in its environment.
//!
//! Deliberately absent: staying behind the command to renew what it has. What outlives its hour uses
//! `credential-process`, which the SDKs ask again.

use std::ffi::{OsStr, OsString};
use std::io::{Error, ErrorKind};
use std::process::{Command, ExitCode};

use super::args::Exec as Options;
use super::output::Output;
use super::{block_on, passphrase, prompt};
use crate::adapters::hand_over;
use crate::bootstrap::{Patience, Places, PlacesOptions, real};
use crate::domain::{Problem, ProblemKind};
use crate::ops::{Deps, session};

/// As a shell says that there is no such command, and that there is one which cannot be run.
const NOT_FOUND: u8 = 127;
const NOT_RUN: u8 = 126;

/// Runs the command. Comes back only where it did not begin.
pub fn run(options: &Options, places: &PlacesOptions, output: &Output) -> ExitCode {
    let mut words = options.command.iter();
    // The parser wants at least one.
    let name = words.next().map(OsString::as_os_str).unwrap_or_default();
    let mut command = Command::new(name);
    command.args(words);
    // Everything of ours has ended when the command begins: threads, the store, locks.
    match prepare(&mut command, options, places, output) {
        Err(problem) => output.fail(&problem),
        Ok(()) => not_started(name, &hand_over::become_command(command), output),
    }
}

fn prepare(
    command: &mut Command,
    options: &Options,
    places: &PlacesOptions,
    output: &Output,
) -> Result<(), Problem> {
    let deps = real(&Places::find(places)?, Patience::Person)?;
    let calls = deps.calls.clone();
    let work = environment(command, options, &deps, output);
    let result = block_on(prompt::unless_interrupted(&deps.unbroken, work));
    output.calls(&calls.take());
    result
}

async fn environment(
    command: &mut Command,
    options: &Options,
    deps: &Deps,
    output: &Output,
) -> Result<(), Problem> {
    passphrase::unlock(deps, output).await?;
    let profile = deps.profile(&options.profile).await?;
    let obtained = session::credentials(deps, &profile, &output.progress(deps)).await?;
    if let Some(remark) = &obtained.remark {
        output.note(&format!("note: {}", remark.sentence));
    }
    let region = options.region.clone().unwrap_or_else(|| profile.region());
    hand_over::set_environment(command, &profile.name, &obtained.session, &region);
    Ok(())
}

fn not_started(name: &OsStr, error: &Error, output: &Output) -> ExitCode {
    let name = name.display();
    let (code, sentence, hint) = if error.kind() == ErrorKind::NotFound {
        (
            NOT_FOUND,
            format!("The command “{name}” was not found"),
            "Check its spelling and PATH. For what only a shell knows: sh -c '…'",
        )
    } else {
        (
            NOT_RUN,
            format!("The command “{name}” could not be run: {error}"),
            "Check that it is a program and that it may be executed.",
        )
    };
    output.fail(&Problem::new(ProblemKind::Usage, sentence).hint(hint));
    ExitCode::from(code)
}
