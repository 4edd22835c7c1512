//! A profile: where somebody signs in and where the token is exchanged. Nothing in it is secret.
//!
//! Deliberately absent: the client secret and every token (they live in the secret store), and
//! what happened in a session (see `session`).

use std::fmt;
use std::str::FromStr;

use super::ids::{ClientId, EndpointUrl, IdError, IdentityPoolId, ProfileName, Region, UserPoolId};
use super::managed_login::ManagedLogin;

/// How the person proves who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignInMethod {
    /// `USER_SRP_AUTH`: the password never leaves this machine.
    #[default]
    Srp,
    /// `USER_PASSWORD_AUTH`: the password goes to the user pool over TLS.
    Password,
    /// `USER_AUTH`: the user pool says which ways there are.
    Choice,
    /// `CUSTOM_AUTH`: the user pool's own program asks.
    Custom,
    /// `CUSTOM_AUTH` after the password was proved by SRP.
    CustomSrp,
    /// Managed login in the system's browser.
    Browser,
}

impl SignInMethod {
    /// Every method, in the order shown.
    pub const ALL: [Self; 6] = [
        Self::Srp,
        Self::Password,
        Self::Choice,
        Self::Custom,
        Self::CustomSrp,
        Self::Browser,
    ];

    /// The name in the configuration file and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Srp => "srp",
            Self::Password => "password",
            Self::Choice => "choice",
            Self::Custom => "custom",
            Self::CustomSrp => "custom-srp",
            Self::Browser => "browser",
        }
    }

    /// The name in the window.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Srp => "Password (SRP)",
            Self::Password => "Password",
            Self::Choice => "What the pool offers",
            Self::Custom => "Custom challenges",
            Self::CustomSrp => "Password, then custom challenges",
            Self::Browser => "Browser",
        }
    }

    /// One sentence on what it means.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::Srp => {
                "The password stays on this machine: the user pool only sees a proof of it."
            }
            Self::Password => {
                "The password is sent to the user pool over TLS. Needed for pools that migrate users."
            }
            Self::Choice => {
                "The user pool lists the ways there are: password, code by e-mail or SMS, passkey."
            }
            Self::Custom => "The user pool's own program asks whatever it wants.",
            Self::CustomSrp => {
                "The password is proved first, then the user pool's own program asks."
            }
            Self::Browser => {
                "Managed login opens in your browser: also for Google, SAML and other providers."
            }
        }
    }

    /// True where a password is asked for at once.
    #[must_use]
    pub const fn begins_with_password(self) -> bool {
        matches!(self, Self::Srp | Self::Password | Self::CustomSrp)
    }
}

impl fmt::Display for SignInMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for SignInMethod {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::ALL
            .into_iter()
            .find(|method| method.name() == text)
            .ok_or_else(|| {
                IdError::new(
                    "The sign-in method is one of: srp, password, choice, custom, custom-srp, browser",
                )
            })
    }
}

/// One configuration of user pool, app client and identity pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Unique among the profiles.
    pub name: ProfileName,
    /// Heading in the window's list; none of its own means "Profiles".
    pub group: Option<String>,
    /// Where the person signs in.
    pub user_pool_id: UserPoolId,
    /// The app client used there.
    pub client_id: ClientId,
    /// True when the app client has a secret, which is then in the secret store.
    pub has_client_secret: bool,
    /// Where the token is exchanged.
    pub identity_pool_id: IdentityPoolId,
    /// How the person signs in.
    pub sign_in: SignInMethod,
    /// User name or alias, remembered for the next sign-in.
    pub username: Option<String>,
    /// Managed login, where the pool has it.
    pub managed_login: Option<ManagedLogin>,
    /// One address for all services instead of AWS.
    pub endpoint_url: Option<EndpointUrl>,
}

impl Profile {
    /// The region credentials are used in unless the person says otherwise: the identity pool's.
    #[must_use]
    pub fn region(&self) -> Region {
        self.identity_pool_id.region()
    }

    /// True when what one of them was handed out is good for the other: same pools, client and
    /// address.
    #[must_use]
    pub fn leads_to_the_same_place(&self, other: &Self) -> bool {
        self.user_pool_id == other.user_pool_id
            && self.client_id == other.client_id
            && self.identity_pool_id == other.identity_pool_id
            && self.endpoint_url == other.endpoint_url
    }

    /// A remark on two valid IDs that rarely belong together.
    #[must_use]
    pub fn region_mismatch(&self) -> Option<String> {
        region_mismatch(&self.user_pool_id, &self.identity_pool_id)
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
