//! Developer-authenticated identities: somebody's own backend vouches for the person.
//!
//! Source: Amazon Cognito developer guide, "Developer-authenticated identities". Deliberately
//! absent: running the command or making the call.

use super::exchange::DurationSeconds;

/// Where identity ID and token come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeveloperSource {
    /// A command that prints what `GetOpenIdTokenForDeveloperIdentity` answers:
    /// `{"IdentityId": "…", "Token": "…"}`.
    Command(String),
    /// `GetOpenIdTokenForDeveloperIdentity`, signed with one of the user's AWS profiles.
    AwsProfile(AwsProfileIdentity),
}

/// Who is vouched for, and by which AWS profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsProfileIdentity {
    /// The profile in the AWS files, not Poolkey's.
    pub aws_profile: String,
    /// The developer provider name of the identity pool, such as `login.acme.example`.
    pub provider_name: String,
    /// The person's identifier at that provider.
    pub user_id: String,
    /// How long the token is good for, at most 24 hours; the service's own 15 minutes without it.
    pub token_seconds: Option<DurationSeconds>,
}
