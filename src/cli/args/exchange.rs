//! What may be typed about the exchange at the identity pool.

#![expect(
    clippy::doc_markdown,
    reason = "these comments are the help texts: no markup"
)]

use clap::{Args, ValueEnum};

use crate::domain::{DurationSeconds, RoleArn, RoleSessionName};

/// How tokens become credentials.
#[derive(Debug, Args)]
#[command(next_help_heading = "Exchange")]
pub struct ExchangeOptions {
    /// Through the pool alone, or through STS
    #[arg(long, value_enum, default_value_t = Flow::Enhanced)]
    pub flow: Flow,
    /// The role: one of the token's roles, or in the basic flow the one that STS shall assume
    #[arg(long, value_name = "ARN")]
    pub role_arn: Option<RoleArn>,
    /// Basic flow: the session's name in CloudTrail; poolkey without it
    #[arg(long, value_name = "NAME")]
    pub role_session_name: Option<RoleSessionName>,
    /// Basic flow: 900 to what the role allows, at most 43200; 3600 without it
    #[arg(long, value_name = "SECONDS")]
    pub role_duration: Option<DurationSeconds>,
    /// Basic flow: a policy that narrows the role, as JSON or in a file
    #[arg(long, value_name = "JSON|@FILE")]
    pub session_policy: Option<String>,
    /// The first exchange takes over the identity that this machine had as a guest
    #[arg(long)]
    pub carry_over_guest: bool,
}

/// The two flows of an identity pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Flow {
    /// One hour; the pool decides about the role.
    Enhanced,
    /// Up to 12 hours; the profile names the role.
    Basic,
}
