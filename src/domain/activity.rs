//! What went over the wire: one record a call, for the Activity view and its report.
//!
//! Deliberately absent: parameters, bodies and tokens. A record is safe to show to anybody.

use std::time::Duration;

use jiff::Timestamp;

use super::flow::FlowStep;
use super::ids::ProfileName;

/// One call of a service, with all its attempts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRecord {
    /// For which profile; none for what belongs to no profile.
    pub profile: Option<ProfileName>,
    /// `Cognito user pool`, `Cognito identity pool`, `STS`, `Managed login`, an OIDC provider's host.
    pub service: String,
    /// `InitiateAuth`, `GetId`, `POST /oauth2/token`, ….
    pub operation: String,
    /// When it began.
    pub began_at: Timestamp,
    /// Until its answer was read.
    pub took: Duration,
    /// How often it was sent; more than one after a time-out or a throttled answer.
    pub attempts: u32,
    /// `x-amzn-requestid`, which AWS support asks for.
    pub request_id: Option<String>,
    /// How it ended.
    pub outcome: CallOutcome,
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallOutcome {
    /// With an answer.
    Answered,
    /// Refused: the service's error code.
    Refused(String),
    /// No answer: why, in a word or two.
    Failed(String),
}

impl CallRecord {
    /// `Cognito user pool InitiateAuth  212.0 ms  9f0c…  ok`, and how often it was sent.
    #[must_use]
    pub fn line(&self) -> String {
        let what = format!("{} {}", self.service, self.operation);
        let took = self.took.as_secs_f64() * 1000.0;
        let id = self.request_id.as_deref().unwrap_or("no request ID");
        let again = match self.attempts {
            0 | 1 => String::new(),
            attempts => format!("  {attempts} attempts"),
        };
        let outcome = self.outcome.label();
        format!("{what}  {took:.1} ms  {id}  {outcome}{again}")
    }

    /// The step that the call belongs to; none for what no step waits for.
    #[must_use]
    pub fn step(&self) -> Option<FlowStep> {
        match self.operation.as_str() {
            "GetId" => Some(FlowStep::IdentityId),
            "GetCredentialsForIdentity" | "GetOpenIdToken" | "AssumeRoleWithWebIdentity" => {
                Some(FlowStep::Credentials)
            }
            "InitiateAuth"
            | "RespondToAuthChallenge"
            | "AssociateSoftwareToken"
            | "VerifySoftwareToken"
            | "ConfirmDevice"
            | "GetTokensFromRefreshToken"
            | "GetOpenIdTokenForDeveloperIdentity" => Some(FlowStep::SignIn),
            // Whatever is asked without the SDK is asked to sign in.
            plain if plain.starts_with("GET ") || plain.starts_with("POST ") => {
                Some(FlowStep::SignIn)
            }
            _ => None,
        }
    }
}

impl CallOutcome {
    /// `ok`, or what went wrong.
    #[must_use]
    pub fn label(&self) -> &str {
        match self {
            Self::Answered => "ok",
            Self::Refused(why) | Self::Failed(why) => why,
        }
    }

    /// True for an answer.
    #[must_use]
    pub const fn is_ok(&self) -> bool {
        matches!(self, Self::Answered)
    }
}
