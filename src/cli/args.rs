//! What may be typed: commands, options, and nothing done with them.

#![expect(
    clippy::doc_markdown,
    reason = "these comments are the help texts: no markup"
)]

mod export;
mod sign_in;

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use self::export::{Export, Format, Target, Unexport};
pub use self::sign_in::{Answer, ChangePassword, SignIn};
use super::browser::BrowserSignOut;
use super::managed_login::ManagedLoginOptions;
use crate::domain::{ClientId, EndpointUrl, IdentityPoolId, ProfileName, SignInMethod, UserPoolId};

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
    /// Write a section of the AWS files
    Export(Export),
    /// Remove a section that export wrote
    Unexport(Unexport),
}

/// Commands on profiles.
#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// Add a profile
    Add(Box<ProfileAdd>),
    /// List the profiles
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one profile
    Show {
        /// Which profile
        name: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Remove a profile and what is kept for it
    Remove {
        /// Which profile
        name: String,
    },
}

/// A new profile.
#[derive(Debug, Args)]
pub struct ProfileAdd {
    /// Its name
    pub name: ProfileName,
    /// Such as eu-west-1_aB3dE5gH7
    #[arg(long, value_name = "ID")]
    pub user_pool_id: UserPoolId,
    /// The app client in the user pool
    #[arg(long, value_name = "ID")]
    pub client_id: ClientId,
    /// Read the app client's secret from standard input
    #[arg(long)]
    pub client_secret_stdin: bool,
    /// Such as eu-west-1:9f0c1d2e-…
    #[arg(long, value_name = "ID")]
    pub identity_pool_id: IdentityPoolId,
    /// srp, password, choice, custom, custom-srp or browser
    #[arg(long, value_name = "METHOD", default_value = "srp")]
    pub sign_in: SignInMethod,
    /// User name or alias
    #[arg(long, value_name = "U", value_parser = NonEmptyStringValueParser::new())]
    pub username: Option<String>,
    /// Heading in the window's list
    #[arg(long)]
    pub group: Option<String>,
    /// One address for all services instead of AWS
    #[arg(long, value_name = "URL")]
    pub endpoint_url: Option<EndpointUrl>,
    /// Managed login.
    #[command(flatten)]
    pub managed_login: ManagedLoginOptions,
}
