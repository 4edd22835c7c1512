//! What may be typed: commands, options, and nothing done with them.

#![expect(
    clippy::doc_markdown,
    reason = "these comments are the help texts: no markup"
)]

mod export;

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use self::export::{Export, Format, Target, Unexport};
use super::browser::{BrowserOptions, BrowserSignOut};
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

/// How to sign in.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Args)]
pub struct SignIn {
    /// Which profile
    pub profile: String,
    /// User name or alias; else the profile's
    #[arg(long, value_name = "U", value_parser = NonEmptyStringValueParser::new())]
    pub username: Option<String>,
    /// Read the password from the first line of standard input
    #[arg(long)]
    pub password_stdin: bool,
    /// Answer a challenge, such as sms_mfa_code=123456; each is used once, in this order
    #[arg(long = "answer", value_name = "NAME=VALUE", value_parser = answer)]
    pub answers: Vec<Answer>,
    /// Read the authenticator's shared secret from standard input, after the password
    #[arg(long)]
    pub totp_secret_stdin: bool,
    /// Read the password to be set from standard input, after the other two
    #[arg(long)]
    pub new_password_stdin: bool,
    /// Begin with a code for a new password
    #[arg(long)]
    pub forgot_password: bool,
    /// Never ask: fail where an answer is missing
    #[arg(long)]
    pub no_input: bool,
    /// The browser.
    #[command(flatten)]
    pub browser: BrowserOptions,
}

/// Which passwords.
#[derive(Debug, Args)]
pub struct ChangePassword {
    /// Which profile
    pub profile: String,
    /// Read the present password from the first line of standard input
    #[arg(long)]
    pub password_stdin: bool,
    /// Read the new password from standard input, after the present one
    #[arg(long)]
    pub new_password_stdin: bool,
    /// Never ask: fail where a password is missing
    #[arg(long)]
    pub no_input: bool,
}

/// An answer given beforehand. Its value may be a code, so it is never printed.
#[derive(Clone)]
pub struct Answer {
    /// A challenge's response key in lower case.
    pub name: String,
    /// The answer.
    pub value: String,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answer({})", self.name)
    }
}

fn answer(text: &str) -> Result<Answer, String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => Ok(Answer {
            name: name.to_lowercase(),
            value: value.to_owned(),
        }),
        _ => Err("an answer is written NAME=VALUE".to_owned()),
    }
}
