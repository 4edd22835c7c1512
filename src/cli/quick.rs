//! `credential-process` from what is at hand: an SDK starts it for each of its own processes.
//!
//! Deliberately absent: failure. Whatever is not simple goes the ordinary way, arguments that cannot
//! be understood among it.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use super::args::{Arguments, Command, Global};
use super::output::Output;
use crate::adapters::credential_text::render;
use crate::bootstrap::{Quick, quick};
use crate::domain::CredentialForm;

/// The name of the command, before anything is parsed.
const NAME: &str = "credential-process";

/// The one command: to build the parser of all takes longer than the answer.
#[derive(Parser)]
struct Small {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Only,
}

#[derive(Subcommand)]
enum Only {
    CredentialProcess { profile: String },
}

/// Prints the credentials and says how that went, or does nothing at all.
pub fn answer(arguments: &[OsString]) -> Option<ExitCode> {
    if !arguments.iter().any(|argument| argument == NAME) {
        return None;
    }
    let Small { global, command } = Small::try_parse_from(arguments).ok()?;
    if global.verbose {
        return None;
    }
    let Only::CredentialProcess { profile: name } = command;
    let Quick { session, profile } = quick(&global.places(), &name)?;
    let text = render(
        &profile.name,
        &session,
        &profile.region(),
        CredentialForm::Process,
    );
    let output = Output::new(&Arguments {
        global,
        command: Some(Command::CredentialProcess { profile: name }),
    });
    let told = output.result(&text);
    Some(told.map_or_else(|problem| output.fail(&problem), |()| ExitCode::SUCCESS))
}
