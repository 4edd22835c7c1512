//! What every use-case is handed: the ports, and the questions several of them ask.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::id_tokens::IdTokens;
use super::ports::{
    Accounts, AwsProfiles, CallLog, ClaimsReader, Clock, Console, DeveloperIdentities, Identities,
    IdentityPool, Imports, Locks, ManagedLogins, OpenIdProviders, Probes, Profiles, Sts, Terminal,
    TokenFiles, TokenSources, UserPool, Vault,
};
use super::unbroken::Unbroken;
use crate::domain::{
    ClientId, Endpoints, PoolClient, Problem, ProblemKind, Profile, ProfileField, ProfileName,
    Secret, UserPoolId,
};

/// An app client of a user pool, and where the pool is reached.
#[derive(Debug)]
pub struct AppClient {
    /// The pool.
    pub user_pool_id: UserPoolId,
    /// The app client.
    pub client_id: ClientId,
    /// Where the client has one.
    pub client_secret: Option<Secret>,
    /// Which hosts are asked.
    pub endpoints: Endpoints,
}

/// Everything the use-cases work with. Made in `bootstrap`, real or for the sandbox.
#[derive(Clone)]
pub struct Deps {
    /// User pools.
    pub user_pool: Arc<dyn UserPool>,
    /// Managed login.
    pub managed_login: Arc<dyn ManagedLogins>,
    /// Files and commands that bring tokens of other providers.
    pub tokens: Arc<dyn TokenSources>,
    /// The sign-in pages of other providers.
    pub openid: Arc<dyn OpenIdProviders>,
    /// Identity pools.
    pub identity_pool: Arc<dyn IdentityPool>,
    /// STS.
    pub sts: Arc<dyn Sts>,
    /// The signed call for developer-authenticated identities.
    pub developer: Arc<dyn DeveloperIdentities>,
    /// The accounts behind the person's AWS profiles.
    pub accounts: Arc<dyn Accounts>,
    /// The AWS console's sign-in.
    pub console: Arc<dyn Console>,
    /// A terminal window.
    pub terminal: Arc<dyn Terminal>,
    /// The secret store.
    pub vault: Arc<dyn Vault>,
    /// Cached identity IDs.
    pub identities: Arc<dyn Identities>,
    /// The AWS files.
    pub aws_profiles: Arc<dyn AwsProfiles>,
    /// Files with an `OpenID` token of an identity pool.
    pub token_files: Arc<dyn TokenFiles>,
    /// The configuration file.
    pub profiles: Arc<dyn Profiles>,
    /// Profiles from elsewhere, and for somebody else.
    pub imports: Arc<dyn Imports>,
    /// Locks between processes.
    pub locks: Arc<dyn Locks>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Token claims.
    pub claims: Arc<dyn ClaimsReader>,
    /// What a doctor looks at.
    pub probes: Arc<dyn Probes>,
    /// What was called.
    pub calls: Arc<dyn CallLog>,
    /// ID tokens that this process may use again.
    pub id_tokens: IdTokens,
    /// What must not be given up half-way.
    pub unbroken: Unbroken,
}

/// When something began.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Timestamp);

impl Deps {
    /// The app client of a profile, with its secret from the store where it has one.
    ///
    /// # Errors
    /// When the store fails, or lacks a secret that the profile says is there.
    pub async fn app_client(&self, profile: &Profile) -> Result<AppClient, Problem> {
        let client = pool_client(profile)?;
        let client_secret = if client.has_client_secret {
            let stored = self.vault.client_secret(profile).await?;
            Some(stored.ok_or_else(|| missing_client_secret(&profile.name))?)
        } else {
            None
        };
        Ok(AppClient {
            user_pool_id: client.user_pool_id.clone(),
            client_id: client.client_id.clone(),
            client_secret,
            endpoints: profile.endpoints.clone(),
        })
    }

    /// A profile by the name a person gave.
    ///
    /// # Errors
    /// When the configuration cannot be read or has no such profile.
    pub async fn profile(&self, name: &str) -> Result<Profile, Problem> {
        let profiles = self.profiles.load().await?.profiles;
        if let Some(found) = profiles
            .iter()
            .find(|profile| profile.name.as_str() == name)
        {
            return Ok(found.clone());
        }
        let problem = Problem::new(ProblemKind::Usage, format!("There is no profile {name:?}"));
        let names: Vec<&str> = profiles
            .iter()
            .map(|profile| profile.name.as_str())
            .collect();
        Err(if names.is_empty() {
            problem.hint("Add one with: poolkey profile add")
        } else {
            problem.hint(format!("The profiles are: {}", names.join(", ")))
        })
    }

    /// The beginning of something that is timed: by this machine's clock, because what is known of
    /// the service's may change under way.
    #[must_use]
    pub fn stopwatch(&self) -> Stopwatch {
        let now = self.clock.now();
        Stopwatch(now.checked_sub(self.clock.offset()).unwrap_or(now))
    }

    /// Time since `start`, never negative.
    #[must_use]
    pub fn since(&self, start: Stopwatch) -> Duration {
        let Stopwatch(now) = self.stopwatch();
        start.0.duration_until(now).try_into().unwrap_or_default()
    }
}

/// The user pool that a profile signs in to.
///
/// # Errors
/// When it signs in elsewhere, or nobody does.
pub(super) fn pool_client(profile: &Profile) -> Result<&PoolClient, Problem> {
    profile.user_pool.as_ref().ok_or_else(|| {
        let problem = Problem::new(
            ProblemKind::Usage,
            format!("{} does not sign in to a user pool", profile.name),
        );
        problem
            .hint("Its sign-in method in the configuration says who vouches for the person.")
            .mended_in(ProfileField::SignIn)
    })
}

pub(super) fn missing_client_secret(profile: &ProfileName) -> Problem {
    Problem::new(
        ProblemKind::SecretStore,
        format!("The app client secret of {profile} is not in the secret store"),
    )
    .hint("Enter it again in the profile's configuration, or add the profile again with --client-secret-stdin.")
    .mended_in(ProfileField::ClientSecret)
}
