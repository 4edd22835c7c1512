//! What may be typed: commands, options, and nothing done with them.

#![expect(
    clippy::doc_markdown,
    reason = "these comments are the help texts: no markup"
)]

mod discover;
mod exchange;
mod export;
mod hand_on;
mod logins;
mod profile;
mod sign_in;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub use self::discover::ProfileDiscover;
pub use self::exchange::{ExchangeOptions, Flow};
pub use self::export::{Export, Format, Target, Undo, Unexport};
pub use self::hand_on::{Console, Exec};
pub use self::profile::{ProfileAdd, ProfileCommand};
pub use self::sign_in::{Answer, ChangePassword, SignIn};
use super::browser::BrowserSignOut;
use crate::bootstrap::PlacesOptions;
use crate::domain::snippet::Language;

/// AWS credentials from an Amazon Cognito sign-in.
///
/// Without a command the window opens.
#[derive(Debug, Parser)]
#[command(name = "poolkey", version, about, disable_help_subcommand = true)]
pub struct Arguments {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// Folder of profiles.toml
    #[arg(long, global = true, value_name = "DIR")]
    pub config_dir: Option<PathBuf>,
    /// Folder of caches and locks
    #[arg(long, global = true, value_name = "DIR")]
    pub state_dir: Option<PathBuf>,
    /// auto, secret-service, keyutils, keychain, credential-manager, file or memory
    #[arg(long, global = true, value_name = "STORE")]
    pub secret_store: Option<String>,
    /// Tell each step on standard error
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Colors on standard error
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

const SANDBOX_HELP: &str = "\
The first line is one JSON object: the address, the pools, app clients and users. \"developer\" holds \
access keys that sign what a developer may do there. As keys of an AWS profile they list its pools: \
poolkey profile discover --aws-profile NAME --endpoint-url ADDRESS";

impl Global {
    /// What they say about places.
    pub fn places(&self) -> PlacesOptions {
        PlacesOptions {
            config_dir: self.config_dir.clone(),
            state_dir: self.state_dir.clone(),
            secret_store: self.secret_store.clone(),
        }
    }
}

/// When to use colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Try everything with a sandbox: no AWS account, nothing on this machine changes
    Demo {
        /// In the terminal, without a window
        #[arg(long)]
        headless: bool,
    },
    /// Run the sandbox until it is interrupted; its address and users are the first line
    #[command(after_help = SANDBOX_HELP)]
    Sandbox {
        /// 0 takes any free port
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
    /// Add, list, show and remove profiles
    #[command(subcommand)]
    Profile(ProfileCommand),
    /// Sign in, exchange the token, and keep the result
    SignIn(SignIn),
    /// Forget the sign-in and revoke it
    SignOut {
        /// Which profile
        profile: String,
        /// End all sign-ins of this user, on every device
        #[arg(long)]
        everywhere: bool,
        /// Only forget it on this machine; the user pool is not told
        #[arg(long, conflicts_with = "everywhere")]
        here: bool,
        #[command(flatten)]
        browser: BrowserSignOut,
    },
    /// Set another password; the sign-in stays
    ChangePassword(ChangePassword),
    /// Who is signed in, and for how long
    Status {
        /// Which profile; all of them without a name
        profile: Option<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Check what stands between a profile and its credentials, and say what to do
    Doctor {
        /// Which profile; all of them without a name
        profile: Option<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// The identity ID in the identity pool, its logins and its role
    Identity {
        /// Which profile
        profile: String,
        /// As JSON
        #[arg(long)]
        json: bool,
        /// Forget the ID: the identity pool is asked again next time
        #[arg(long)]
        forget: bool,
    },
    /// Print credentials; renews them when needed and never asks
    Credentials {
        /// Which profile
        profile: String,
        /// In which form
        #[arg(long, value_enum, default_value_t = Format::Process)]
        format: Format,
    },
    /// For credential_process in the AWS config file
    CredentialProcess {
        /// Which profile
        profile: String,
    },
    /// Serve credentials to programs of this machine, until it is interrupted
    Serve {
        /// Which profile
        profile: String,
        /// 0 takes any free port
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// Where to put the token that opens it; else a file in the state folder
        #[arg(long, value_name = "FILE")]
        token_file: Option<PathBuf>,
    },
    /// Run a command with credentials; renews them when needed and never asks
    Exec(Exec),
    /// Open the AWS console, signed in as the profile
    Console(Console),
    /// Print a program to start from, with the profile's IDs in it
    Snippet {
        /// Which profile
        profile: String,
        /// javascript, python, swift, kotlin, dotnet or rust
        language: Language,
    },
    /// Keep profiles fresh without a window, until interrupted
    Agent {
        /// Do what is due now, and end
        #[arg(long)]
        once: bool,
    },
    /// Write a section of the AWS files
    Export(Export),
    /// Remove a section that export wrote
    Unexport(Unexport),
    /// Take back the newest change of the AWS files; again for the one before
    Undo(Undo),
    /// Print what a shell completes commands and options with, for bash: source <(poolkey completions bash)
    Completions {
        /// For which shell
        shell: Shell,
    },
    /// Print the manual page, to be read with: poolkey man | man -l -
    Man {
        /// Write a page for every command to this folder, which exists, instead
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}
