//! The four steps a person sees: sign-in, identity ID, AWS credentials, exported.

use std::time::Duration;

/// A step of the flow strip and of the command line's report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlowStep {
    /// User pool: tokens.
    SignIn,
    /// Identity pool: whose identity.
    IdentityId,
    /// Identity pool: credentials.
    Credentials,
    /// AWS files.
    Export,
}

impl FlowStep {
    /// In the order in which they happen.
    pub const ALL: [Self; 4] = [
        Self::SignIn,
        Self::IdentityId,
        Self::Credentials,
        Self::Export,
    ];

    /// The step's name for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::SignIn => "Sign-in",
            Self::IdentityId => "Identity ID",
            Self::Credentials => "AWS credentials",
            Self::Export => "Exported",
        }
    }
}

/// How a step stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum StepState {
    /// Not reached.
    #[default]
    Idle,
    /// Under way, or waiting for the person; the text says which.
    Running(String),
    /// Finished: how, and how long it took.
    Done {
        /// `SRP + TOTP`, `cached`, `Enhanced flow`.
        detail: String,
        /// Wall-clock time; none when it was not measured, as after a restart.
        took: Option<Duration>,
    },
    /// Refused or failed.
    Failed(String),
}
