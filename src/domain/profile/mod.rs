//! A profile: where somebody signs in and how the token is exchanged. Nothing in it is secret.
//!
//! Deliberately absent: client secrets and tokens (they live in the secret store), and what
//! happened in a session (see `session`).

mod developer;
mod exchange;
mod fault;
mod field;
mod login;
mod method;

pub use self::developer::{AwsProfileIdentity, DeveloperSource};
pub use self::exchange::{BasicFlow, DurationSeconds, Exchange};
pub use self::fault::{ExchangeParts, Fault};
pub use self::field::ProfileField;
pub use self::login::{OidcClient, ProviderLogin, TokenSource};
pub use self::method::SignInMethod;

use super::endpoints::Endpoints;
use super::ids::{ClientId, IdentityPoolId, LoginProvider, ProfileName, Region, UserPoolId};
use super::managed_login::ManagedLogin;
use super::refresh_margin::RefreshMargin;

/// An app client of a user pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolClient {
    /// Where the person signs in.
    pub user_pool_id: UserPoolId,
    /// The app client used there.
    pub client_id: ClientId,
    /// True when the app client has a secret, which is then in the secret store.
    pub has_client_secret: bool,
}

/// One way from an identity to AWS credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Unique among the profiles.
    pub name: ProfileName,
    /// Heading in the window's list; none of its own means "Profiles".
    pub group: Option<String>,
    /// Stands above all groups in the list.
    pub favorite: bool,
    /// How the person signs in.
    pub sign_in: SignInMethod,
    /// There for every method that [`SignInMethod::uses_user_pool`], and for no other.
    pub user_pool: Option<PoolClient>,
    /// User name or alias, remembered for the next sign-in.
    pub username: Option<String>,
    /// Managed login, where the pool has it.
    pub managed_login: Option<ManagedLogin>,
    /// The profile whose sign-in this one uses: same user pool, app client and address.
    pub shares_sign_in: Option<ProfileName>,
    /// Other providers' entries of the logins map, beside a user pool's or instead of it.
    pub logins: Vec<ProviderLogin>,
    /// There for developer-authenticated identities.
    pub developer: Option<DeveloperSource>,
    /// Where the tokens are exchanged.
    pub identity_pool_id: IdentityPoolId,
    /// How they are exchanged.
    pub exchange: Exchange,
    /// The first exchange takes over the identity that this machine had as a guest.
    pub carries_over_guest: bool,
    /// Which hosts are asked.
    pub endpoints: Endpoints,
    /// Renewed before its credentials expire, as long as nobody has to be asked.
    pub keep_fresh: bool,
    /// How long before: the program's setting, the same for all.
    pub margin: RefreshMargin,
}

impl Profile {
    /// A profile with the defaults of everything else: SRP, enhanced flow, AWS's own hosts.
    #[must_use]
    pub fn of_user_pool(
        name: ProfileName,
        user_pool: PoolClient,
        identity_pool_id: IdentityPoolId,
    ) -> Self {
        Self {
            user_pool: Some(user_pool),
            ..Self::of_identity_pool(name, SignInMethod::Srp, identity_pool_id)
        }
    }

    /// A profile without a user pool, with the defaults of everything else.
    #[must_use]
    pub const fn of_identity_pool(
        name: ProfileName,
        sign_in: SignInMethod,
        identity_pool_id: IdentityPoolId,
    ) -> Self {
        Self {
            name,
            group: None,
            favorite: false,
            sign_in,
            user_pool: None,
            username: None,
            managed_login: None,
            shares_sign_in: None,
            logins: Vec::new(),
            developer: None,
            identity_pool_id,
            exchange: Exchange::Enhanced { role: None },
            carries_over_guest: false,
            endpoints: Endpoints::AWS,
            keep_fresh: true,
            margin: RefreshMargin::of_minutes(RefreshMargin::LEAST_MINUTES),
        }
    }

    /// The region credentials are used in unless the person says otherwise: the identity pool's.
    #[must_use]
    pub fn region(&self) -> Region {
        self.identity_pool_id.region()
    }

    /// The name under which the sign-in is kept and locked: shared by the profiles that use it.
    #[must_use]
    pub fn sign_in_name(&self) -> &ProfileName {
        self.shares_sign_in.as_ref().unwrap_or(&self.name)
    }

    /// True where credentials can always be had without asking anybody: guests, a developer's
    /// backend, and providers whose tokens lie in a file or come of a command.
    #[must_use]
    pub fn asks_nobody(&self) -> bool {
        match self.sign_in {
            SignInMethod::Guest | SignInMethod::Developer => true,
            SignInMethod::Provider => self.brought().next().is_none(),
            _ => false,
        }
    }

    /// The entries of the logins map that a person has to bring: typed, or through a browser.
    pub fn brought(&self) -> impl Iterator<Item = &ProviderLogin> {
        let logins = self.logins.iter();
        logins.filter(|login| !login.token.is_unattended())
    }

    /// The other providers for a person: `Google, Facebook`.
    #[must_use]
    pub fn provider_labels(&self) -> String {
        let labels = self.logins.iter().map(|login| login.provider.label());
        labels.collect::<Vec<_>>().join(", ")
    }

    /// The providers whose tokens a person types.
    #[must_use]
    pub fn typed_providers(&self) -> Vec<LoginProvider> {
        let logins = self.logins.iter();
        let typed = logins.filter(|login| login.token == TokenSource::Typed);
        typed.map(|login| login.provider.clone()).collect()
    }

    /// True when the app client has a secret.
    #[must_use]
    pub fn has_client_secret(&self) -> bool {
        let client = self.user_pool.as_ref();
        client.is_some_and(|client| client.has_client_secret)
    }

    /// True when a sign-in of one is good for the other: same user pool, client and address.
    #[must_use]
    pub fn signs_in_at_the_same_place(&self, other: &Self) -> bool {
        let at = |profile: &Self| {
            let pool = profile.user_pool.as_ref()?;
            Some((pool.user_pool_id.clone(), pool.client_id.clone()))
        };
        at(self) == at(other)
            && self.endpoints.url == other.endpoints.url
            && self.sign_in.uses_user_pool() == other.sign_in.uses_user_pool()
    }

    /// True when what one of them was handed out is good for the other: same sign-in, same
    /// exchange.
    #[must_use]
    pub fn leads_to_the_same_place(&self, other: &Self) -> bool {
        self.signs_in_at_the_same_place(other)
            && self.identity_pool_id == other.identity_pool_id
            && self.exchange == other.exchange
            && self.logins == other.logins
            && self.developer == other.developer
    }

    /// A remark on two valid IDs that rarely belong together.
    #[must_use]
    pub fn region_mismatch(&self) -> Option<String> {
        let pool = self.user_pool.as_ref()?;
        region_mismatch(&pool.user_pool_id, &self.identity_pool_id)
    }
}

/// A remark when user pool and identity pool are in different regions: allowed, but rarely meant.
#[must_use]
pub fn region_mismatch(user_pool: &UserPoolId, identity_pool: &IdentityPoolId) -> Option<String> {
    let (user_region, identity_region) = (user_pool.region(), identity_pool.region());
    (user_region != identity_region).then(|| {
        format!(
            "This pool is in {identity_region} but the user pool is in {user_region}. \
             That works, but is rarely meant: check the ID."
        )
    })
}
