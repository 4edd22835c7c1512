//! One thing that can be wrong between a person and AWS credentials, and how it stands.
//!
//! Deliberately absent: the trying (see `ops::doctor`), and colors.

use super::problem::Problem;

/// What is looked at, in the order shown. The order is also that of cause and effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckId {
    /// What the profile itself says.
    Configuration,
    /// The profile whose sign-in is used.
    SharedSignIn,
    /// Files and commands that tokens of other providers come from.
    TokenSources,
    /// Where secrets are kept.
    SecretStore,
    /// The way to AWS.
    Network,
    /// This machine's clock.
    Clock,
    /// The user pool is there.
    UserPool,
    /// The app client is there and the secret fits.
    AppClient,
    /// The app client allows the sign-in method.
    SignInMethod,
    /// The managed login pages open.
    ManagedLogin,
    /// The identity pool is there.
    IdentityPool,
    /// What is kept brings new tokens.
    SignIn,
    /// The identity pool takes the provider's tokens.
    ProviderLinked,
    /// The identity pool lets guests in.
    Guest,
    /// Credentials come with a role.
    Role,
    /// The identity pool allows the basic flow.
    ClassicFlow,
    /// The role trusts the identity pool.
    RoleTrust,
    /// The AWS files say what Poolkey wrote.
    AwsFiles,
}

impl CheckId {
    /// The name in JSON: stable.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::SharedSignIn => "shared-sign-in",
            Self::TokenSources => "token-sources",
            Self::SecretStore => "secret-store",
            Self::Network => "network",
            Self::Clock => "clock",
            Self::UserPool => "user-pool",
            Self::AppClient => "app-client",
            Self::SignInMethod => "sign-in-method",
            Self::ManagedLogin => "managed-login",
            Self::IdentityPool => "identity-pool",
            Self::SignIn => "sign-in",
            Self::ProviderLinked => "provider-linked",
            Self::Guest => "guest",
            Self::Role => "role",
            Self::ClassicFlow => "classic-flow",
            Self::RoleTrust => "role-trust",
            Self::AwsFiles => "aws-files",
        }
    }

    /// The name for a person.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Configuration => "Configuration",
            Self::SharedSignIn => "Shared sign-in",
            Self::TokenSources => "Token sources",
            Self::SecretStore => "Secret store",
            Self::Network => "Network",
            Self::Clock => "Clock",
            Self::UserPool => "User pool",
            Self::AppClient => "App client",
            Self::SignInMethod => "Sign-in method",
            Self::ManagedLogin => "Managed login",
            Self::IdentityPool => "Identity pool",
            Self::SignIn => "Sign-in",
            Self::ProviderLinked => "Provider linked",
            Self::Guest => "Guest access",
            Self::Role => "Role",
            Self::ClassicFlow => "Classic flow",
            Self::RoleTrust => "Role trust",
            Self::AwsFiles => "AWS files",
        }
    }
}

/// How a check ended, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It keeps the profile from working.
    Failed,
    /// It works, but somebody should know.
    Warned,
    /// It is as it should be.
    Passed,
    /// It was not tried; the detail says why.
    Skipped,
}

impl Outcome {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Warned => "warned",
            Self::Passed => "passed",
            Self::Skipped => "skipped",
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was looked at.
    pub id: CheckId,
    /// How it ended.
    pub outcome: Outcome,
    /// One sentence without a full stop.
    pub detail: String,
    /// What to do, for what failed or is worth a warning.
    pub problem: Option<Box<Problem>>,
}

impl Check {
    /// As it should be.
    pub fn passed(id: CheckId, detail: impl Into<String>) -> Self {
        Self {
            id,
            outcome: Outcome::Passed,
            detail: detail.into(),
            problem: None,
        }
    }

    /// Not tried.
    pub fn skipped(id: CheckId, why: impl Into<String>) -> Self {
        Self {
            outcome: Outcome::Skipped,
            ..Self::passed(id, why)
        }
    }

    /// Works, but somebody should know.
    #[must_use]
    pub fn warned(id: CheckId, problem: Problem) -> Self {
        Self {
            outcome: Outcome::Warned,
            ..Self::failed(id, problem)
        }
    }

    /// Keeps the profile from working.
    #[must_use]
    pub fn failed(id: CheckId, problem: Problem) -> Self {
        Self {
            id,
            outcome: Outcome::Failed,
            detail: problem.sentence.clone(),
            problem: Some(Box::new(problem)),
        }
    }

    /// True where it keeps the profile from working.
    #[must_use]
    pub const fn has_failed(&self) -> bool {
        matches!(self.outcome, Outcome::Failed)
    }
}

/// How many passed, of how many that were tried.
#[must_use]
pub fn passed_of(checks: &[Check]) -> (usize, usize) {
    let count = |is: fn(Outcome) -> bool| checks.iter().filter(|check| is(check.outcome)).count();
    (
        count(|outcome| outcome == Outcome::Passed),
        count(|outcome| outcome != Outcome::Skipped),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ProblemKind;

    #[test]
    fn what_was_not_tried_does_not_count() {
        let problem = || Problem::new(ProblemKind::Usage, "Wrong");
        let checks = [
            Check::passed(CheckId::Clock, ""),
            Check::passed(CheckId::Network, ""),
            Check::warned(CheckId::AwsFiles, problem()),
            Check::failed(CheckId::UserPool, problem()),
            Check::skipped(CheckId::Guest, ""),
        ];
        assert_eq!(passed_of(&checks), (2, 4));
    }
}
