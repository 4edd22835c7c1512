//! What may be typed about handing credentials on: forms, and the sections of the AWS files.

#![expect(
    clippy::doc_markdown,
    reason = "these comments are the help texts: no markup"
)]

use clap::{Args, ValueEnum};

use crate::domain::{AwsHomeId, CredentialForm, ExportTarget, Region, RoleArn};

/// Forms of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The JSON of credential_process
    Process,
    /// export lines for sh, bash and zsh
    Env,
    /// For fish
    Fish,
    /// For PowerShell
    Powershell,
    /// For cmd.exe
    Cmd,
    /// NAME=value lines
    Dotenv,
    /// A JSON object with region and account
    Json,
    /// A section for the AWS credentials file
    AwsProfile,
}

impl From<Format> for CredentialForm {
    fn from(format: Format) -> Self {
        match format {
            Format::Process => Self::Process,
            Format::Env => Self::PosixShell,
            Format::Fish => Self::Fish,
            Format::Powershell => Self::PowerShell,
            Format::Cmd => Self::Cmd,
            Format::Dotenv => Self::Dotenv,
            Format::Json => Self::Json,
            Format::AwsProfile => Self::AwsProfile,
        }
    }
}

/// Where to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Target {
    /// Keys in the credentials file
    CredentialsFile,
    /// An entry in the config file that calls Poolkey
    CredentialProcess,
    /// A role and a token's file in the config file; SDKs ask STS themselves
    WebIdentity,
}

impl From<Target> for ExportTarget {
    fn from(target: Target) -> Self {
        match target {
            Target::CredentialsFile => Self::CredentialsFile,
            Target::CredentialProcess => Self::CredentialProcess,
            Target::WebIdentity => Self::WebIdentity,
        }
    }
}

/// Whose AWS files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Files {
    /// This system's
    Linux,
    /// Inside WSL: those in the Windows home
    Windows,
}

impl From<Files> for AwsHomeId {
    fn from(files: Files) -> Self {
        match files {
            Files::Linux => Self::Own,
            Files::Windows => Self::Windows,
        }
    }
}

/// What to write.
#[derive(Debug, Args)]
pub struct Export {
    /// Which profile
    pub profile: String,
    /// Where to
    #[arg(long, value_enum)]
    pub to: Target,
    /// Name in the AWS files; else the profile's
    #[arg(long, value_name = "NAME")]
    pub aws_profile: Option<String>,
    /// Region to write; else the identity pool's
    #[arg(long, value_name = "R")]
    pub region: Option<Region>,
    /// Role for web-identity; else the profile's
    #[arg(long, value_name = "ARN")]
    pub role_arn: Option<RoleArn>,
    /// Whose AWS files, inside WSL
    #[arg(long, value_enum, default_value_t = Files::Linux)]
    pub files: Files,
    /// Also over a section that Poolkey did not make
    #[arg(long)]
    pub take_over: bool,
    /// Only show what would change
    #[arg(long)]
    pub dry_run: bool,
}

/// What to remove.
#[derive(Debug, Args)]
pub struct Unexport {
    /// Which profile
    pub profile: String,
    /// Where from; everywhere without it
    #[arg(long, value_enum)]
    pub to: Option<Target>,
    /// Name in the AWS files; else the profile's
    #[arg(long, value_name = "NAME")]
    pub aws_profile: Option<String>,
    /// Whose AWS files, inside WSL
    #[arg(long, value_enum, default_value_t = Files::Linux)]
    pub files: Files,
    /// Only show what would change
    #[arg(long)]
    pub dry_run: bool,
}

/// What to take back.
#[derive(Debug, Args)]
pub struct Undo {
    /// Only show what would change
    #[arg(long)]
    pub dry_run: bool,
    /// Only list what can be taken back, newest first
    #[arg(long, conflicts_with = "dry_run")]
    pub list: bool,
}
