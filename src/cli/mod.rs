//! The command line: arguments in, text or JSON out, an exit code at the end.
//!
//! Standard output carries what was asked for and nothing else; everything said to a person goes to
//! standard error. Deliberately absent: a second way to do anything (all work is in `ops`).

mod agent;
mod args;
mod ask;
mod browser;
mod change_password;
mod choose;
mod console;
mod credentials;
mod demo;
mod doctor;
mod exec;
mod export;
mod given;
mod identity;
mod link;
mod managed_login;
mod manual;
mod output;
mod passphrase;
mod person;
mod profile;
mod prompt;
mod providers;
#[cfg(target_os = "linux")]
mod quick;
mod report;
mod sandbox;
mod serve;
mod sign_in;
mod sign_out;
mod signals;
mod status;
mod unattended;
mod undo;
mod usage;
mod window;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use self::args::{Arguments, Command, ProfileCommand};
use self::output::Output;
use crate::adapters::container::TokenPlace;
use crate::bootstrap::{Patience, Places, PlacesOptions, real};
use crate::domain::snippet::snippet;
use crate::domain::{Problem, ProblemKind, SignOutScope};
use crate::ops::Deps;
use crate::runtime::tokio_runtime;

/// Every command with its arguments, as `clap` knows them: the documents are held against it.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Runs the program and says how it went.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    #[cfg(target_os = "linux")]
    if let Some(code) = quick::answer(&arguments) {
        return code;
    }
    let link = link::taken_from(&mut arguments);
    let arguments = match Arguments::try_parse_from(&arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let output = Output::before_parsing(&arguments);
            let told = if error.use_stderr() {
                Err(usage::problem(&error))
            } else {
                output::written(error.print())
            };
            return told.map_or_else(|problem| output.fail(&problem), |()| ExitCode::SUCCESS);
        }
    };
    let output = Output::new(&arguments);
    let Arguments { global, command } = arguments;
    let options = global.places();
    let result = match command {
        None => window::open(&options, link),
        Some(Command::Demo { headless }) => demo::run(headless, &output),
        Some(Command::Exec(command)) => return exec::run(&command, &options, &output),
        Some(command) => in_terminal(command, &options, &output),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => output.fail(&problem),
    }
}

fn in_terminal(command: Command, options: &PlacesOptions, output: &Output) -> Result<(), Problem> {
    if let Command::Sandbox { port } = command {
        return block_on(sandbox::run(port));
    }
    match &command {
        Command::Completions { shell } => return manual::completions(*shell, output),
        Command::Man { folder } => return manual::pages(folder.as_deref(), output),
        _ => {}
    }
    let patience = match command {
        Command::CredentialProcess { .. }
        | Command::Credentials { .. }
        | Command::Serve { .. }
        | Command::Agent { .. } => Patience::Program,
        _ => Patience::Person,
    };
    let places = Places::find(options)?;
    let deps = real(&places, patience)?;
    let (unbroken, calls) = (deps.unbroken.clone(), deps.calls.clone());
    let result = match command {
        // Being interrupted is how it ends.
        Command::Serve {
            profile,
            port,
            token_file,
        } => {
            let token = token_file.map_or_else(
                || TokenPlace::Folder(places.state_dir.join("endpoints")),
                TokenPlace::File,
            );
            block_on(serve::run(&profile, port, token, &deps, output))
        }
        Command::Agent { once } => block_on(agent::run(once, &places.state_dir, &deps, output)),
        command => {
            let work = dispatch(command, deps, output);
            block_on(prompt::unless_interrupted(&unbroken, work))
        }
    };
    output.calls(&calls.take());
    result
}

async fn dispatch(command: Command, deps: Deps, output: &Output) -> Result<(), Problem> {
    if reads_store(&command) {
        passphrase::unlock(&deps, output).await?;
    }
    match command {
        Command::Profile(command) => profile::run(command, &deps, output).await,
        Command::SignIn(options) => sign_in::run(options, &deps, output).await,
        Command::SignOut {
            profile,
            everywhere,
            browser,
            here,
        } => {
            let scope = match (everywhere, here) {
                (true, _) => SignOutScope::Everywhere,
                (false, true) => SignOutScope::Here,
                (false, false) => SignOutScope::Revoke,
            };
            let profile = deps.profile(&profile).await?;
            let goodbye = browser::BrowserGoodbye::prepare(&browser, &profile)?;
            let signed_out = sign_out::run(&profile, scope, &deps, output).await;
            // Also where the user pool could not be told: the browser is another way to it.
            goodbye.say(&deps, output).await;
            signed_out
        }
        Command::ChangePassword(options) => change_password::run(options, &deps, output).await,
        Command::Status { profile, .. } => status::run(profile.as_deref(), &deps, output).await,
        Command::Identity {
            profile, forget, ..
        } => identity::run(&profile, forget, &deps, output).await,
        Command::Credentials { profile, format } => {
            credentials::run(&profile, format, &deps, output).await
        }
        Command::CredentialProcess { profile } => {
            credentials::run(&profile, args::Format::Process, &deps, output).await
        }
        Command::Doctor { profile, .. } => doctor::run(profile.as_deref(), &deps, output).await,
        Command::Export(options) => export::export(options, &deps, output).await,
        Command::Unexport(options) => export::unexport(options, &deps, output).await,
        Command::Undo(options) => undo::run(&options, &deps, output).await,
        Command::Console(options) => console::run(&options, &deps, output).await,
        Command::Snippet { profile, language } => {
            let profile = deps.profile(&profile).await?;
            output.result(snippet(language, &profile).trim_end())
        }
        Command::Demo { .. }
        | Command::Sandbox { .. }
        | Command::Serve { .. }
        | Command::Agent { .. }
        | Command::Completions { .. }
        | Command::Man { .. }
        | Command::Exec(_) => Ok(()),
    }
}

/// Commands that a person waits for and that read what is kept. `credentials` never asks.
const fn reads_store(command: &Command) -> bool {
    matches!(
        command,
        Command::SignOut { .. }
            | Command::ChangePassword(_)
            | Command::Status { .. }
            | Command::Identity { .. }
            | Command::Credentials { .. }
            | Command::Console(_)
            | Command::Profile(ProfileCommand::Add(_) | ProfileCommand::Remove { .. })
            | Command::Export(args::Export {
                to: args::Target::CredentialsFile | args::Target::WebIdentity,
                ..
            })
    )
}

/// The command line's one wait.
fn block_on<T>(work: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    let threads = tokio_runtime().map_err(|error| {
        Problem::new(
            ProblemKind::Unexpected,
            format!("No threads to work with: {error}"),
        )
    })?;
    let result = threads.block_on(work);
    // A thread that still waits for a lock must not hold up the end.
    threads.shutdown_background();
    result
}
