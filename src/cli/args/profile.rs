//! What may be typed about profiles.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand};

use super::discover::ProfileDiscover;
use super::exchange::ExchangeOptions;
use super::logins::LoginOptions;
use crate::cli::managed_login::ManagedLoginOptions;
use crate::domain::{ClientId, EndpointUrl, IdentityPoolId, ProfileName, SignInMethod, UserPoolId};

const DISCOVER_HELP: &str = "\
Where an app client has a secret, adding its profile reads the secret and keeps it in the secret store.

Examples:
  poolkey profile discover --aws-profile admin --region eu-west-1
  poolkey profile discover --aws-profile admin --add acme-web";

const IMPORT_HELP: &str = "\
Examples:
  poolkey profile import amplify_outputs.json --dry-run
  poolkey profile import ~/.aws/config
  poolkey profile import acme.poolkey.toml";

const EXPORT_HELP: &str = "\
What it prints is a Poolkey profile file: poolkey profile import reads it.

Examples:
  poolkey profile export acme-prod > acme.poolkey.toml
  poolkey profile export acme-prod --link";

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
    /// Find profiles in an AWS account, with one of your own AWS profiles
    #[command(after_help = DISCOVER_HELP)]
    Discover(Box<ProfileDiscover>),
    /// Remove a profile and what is kept for it
    Remove {
        /// Which profile
        name: String,
    },
    /// Add the profiles of a file or a link: amplify_outputs.json, amplifyconfiguration.json,
    /// aws-exports.js, an AWS config file, a Poolkey profile file
    #[command(after_help = IMPORT_HELP)]
    Import {
        /// A file, a poolkey:// link, or - for standard input
        file: PathBuf,
        /// Only these profiles or sections; all without a name
        names: Vec<String>,
        /// The identity pool, for a file that names none
        #[arg(long, value_name = "ID")]
        identity_pool_id: Option<IdentityPoolId>,
        /// The name of the one profile that is added
        #[arg(long = "as", value_name = "NAME")]
        renamed: Option<ProfileName>,
        /// Also those that deserve a second look, such as one that goes elsewhere than to AWS or
        /// asks for a role; else only by their name
        #[arg(long)]
        all: bool,
        /// Only list what is found
        #[arg(long)]
        dry_run: bool,
    },
    /// Print profiles for somebody else: no secrets, and no user names unless asked for
    #[command(after_help = EXPORT_HELP)]
    Export {
        /// Which profiles; all without a name
        names: Vec<String>,
        /// As one line, poolkey://…, that can be pasted and opened
        #[arg(long)]
        link: bool,
        /// With the user names
        #[arg(long)]
        usernames: bool,
    },
}

/// A new profile.
#[derive(Debug, Args)]
pub struct ProfileAdd {
    /// Its name
    pub name: ProfileName,
    /// srp, password, choice, custom, custom-srp or browser (with a user pool); guest, provider or
    /// developer (without one)
    #[arg(long, value_name = "METHOD", default_value = "srp")]
    pub sign_in: SignInMethod,
    /// Such as eu-west-1_aB3dE5gH7
    #[arg(long, value_name = "ID")]
    pub user_pool_id: Option<UserPoolId>,
    /// The app client in the user pool
    #[arg(long, value_name = "ID")]
    pub client_id: Option<ClientId>,
    /// Read the app client's secret from standard input
    #[arg(long)]
    pub client_secret_stdin: bool,
    /// Such as eu-west-1:9f0c1d2e-…
    #[arg(long, value_name = "ID")]
    pub identity_pool_id: IdentityPoolId,
    /// User name or alias
    #[arg(long, value_name = "U", value_parser = NonEmptyStringValueParser::new())]
    pub username: Option<String>,
    /// Heading in the window's list
    #[arg(long)]
    pub group: Option<String>,
    /// Use the sign-in of this profile: same user pool, app client and address
    #[arg(long, value_name = "PROFILE")]
    pub share_sign_in: Option<ProfileName>,
    /// Managed login.
    #[command(flatten)]
    pub managed_login: ManagedLoginOptions,
    /// Other providers and developers.
    #[command(flatten)]
    pub logins: LoginOptions,
    /// The exchange.
    #[command(flatten)]
    pub exchange: ExchangeOptions,
    /// The hosts.
    #[command(flatten)]
    pub endpoints: EndpointOptions,
}

/// Which hosts are asked.
#[derive(Debug, Args)]
#[command(next_help_heading = "Hosts")]
pub struct EndpointOptions {
    /// One address for all services instead of AWS
    #[arg(long, value_name = "URL")]
    pub endpoint_url: Option<EndpointUrl>,
    /// Hosts whose cryptography is validated by FIPS 140
    #[arg(long)]
    pub fips: bool,
    /// Hosts that also speak IPv6
    #[arg(long)]
    pub dual_stack: bool,
}
