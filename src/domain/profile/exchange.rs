//! How tokens become credentials: the enhanced flow, or the basic one by way of STS.
//!
//! Source: Amazon Cognito developer guide, "Identity pools authentication flow". Deliberately
//! absent: the calls.

use std::fmt;
use std::str::FromStr;

use crate::domain::ids::{IdError, RoleArn, RoleSessionName};

/// The exchange at the identity pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exchange {
    /// `GetId`, `GetCredentialsForIdentity`: one hour, the pool decides about the role.
    Enhanced {
        /// `CustomRoleArn`: one of the roles in the token. Without it the pool's own rule decides.
        role: Option<RoleArn>,
    },
    /// `GetId`, `GetOpenIdToken`, `AssumeRoleWithWebIdentity`: the caller names the role.
    Basic(BasicFlow),
}

/// What STS is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BasicFlow {
    /// The role; its trust policy must name the identity pool.
    pub role: RoleArn,
    /// Shown in `CloudTrail` and in the ARN; `poolkey` without one.
    pub session_name: Option<RoleSessionName>,
    /// At most what the role allows; one hour without it.
    pub duration: Option<DurationSeconds>,
    /// JSON of an inline session policy that narrows the role.
    pub policy: Option<String>,
}

impl Exchange {
    /// The name in the configuration file and on the command line.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Enhanced { .. } => "enhanced",
            Self::Basic(_) => "basic",
        }
    }

    /// The role that the profile names.
    #[must_use]
    pub const fn role(&self) -> Option<&RoleArn> {
        match self {
            Self::Enhanced { role } => role.as_ref(),
            Self::Basic(basic) => Some(&basic.role),
        }
    }
}

impl BasicFlow {
    /// The session name where the profile has none.
    pub const SESSION_NAME: &'static str = "poolkey";

    /// The session name to send.
    #[must_use]
    pub fn session_name(&self) -> &str {
        let name = self.session_name.as_ref();
        name.map_or(Self::SESSION_NAME, RoleSessionName::as_str)
    }
}

/// 15 minutes to 12 hours for a role (`DurationSeconds`), to 24 hours for a developer's token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DurationSeconds(u32);

impl DurationSeconds {
    /// The shortest session of STS.
    pub const ROLE_LEAST: u32 = 900;
    /// The longest session of STS; most roles allow less.
    pub const ROLE_MOST: u32 = 43_200;
    /// The longest token for a developer-authenticated identity.
    pub const TOKEN_MOST: u32 = 86_400;

    /// A role session's length.
    ///
    /// # Errors
    /// Outside 15 minutes to 12 hours.
    pub fn of_role(seconds: u32) -> Result<Self, IdError> {
        if (Self::ROLE_LEAST..=Self::ROLE_MOST).contains(&seconds) {
            return Ok(Self(seconds));
        }
        Err(IdError::new("A role session lasts 900 to 43200 seconds"))
    }

    /// A developer token's length.
    ///
    /// # Errors
    /// Zero, or more than 24 hours.
    pub fn of_token(seconds: u32) -> Result<Self, IdError> {
        if (1..=Self::TOKEN_MOST).contains(&seconds) {
            return Ok(Self(seconds));
        }
        Err(IdError::new("A developer token lasts 1 to 86400 seconds"))
    }

    /// In seconds.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl FromStr for DurationSeconds {
    type Err = IdError;

    /// Of a role session.
    fn from_str(text: &str) -> Result<Self, IdError> {
        let seconds = text.trim().parse().unwrap_or_default();
        Self::of_role(seconds)
    }
}

impl fmt::Display for DurationSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_have_limits() {
        for (text, valid) in [
            ("900", true),
            (" 43200 ", true),
            ("899", false),
            ("43201", false),
            ("", false),
            ("1h", false),
            ("-900", false),
        ] {
            assert_eq!(text.parse::<DurationSeconds>().is_ok(), valid, "{text}");
        }
        assert!(DurationSeconds::of_token(86_400).is_ok());
        assert!(DurationSeconds::of_token(86_401).is_err());
        assert!(DurationSeconds::of_token(0).is_err());
    }
}
