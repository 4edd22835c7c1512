//! Identity pools as data: who may come, by which flow, and which role they get.
//!
//! There are two fixed pools. `main` is what a new pool is: the user pool's users only, enhanced
//! flow only. `open` has everything on. Deliberately absent: roles, which belong to the account
//! (`roles`), and more than one role mapping a pool: the service has one a provider.

use crate::sandbox::providers::{FEDERATED, OIDC_CLIENT, OIDC_SECRET_CLIENT};
use crate::sandbox::world::{
    CONFIDENTIAL_CLIENT, DEVELOPER_PROVIDER, DEVICES_CLIENT, IDENTITY_POOL_ID,
    OPEN_IDENTITY_POOL_ID, PUBLIC_CLIENT, ROTATING_CLIENT, role_arn,
};

/// How one identity pool is configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolSettings {
    /// Whether somebody without a login gets an identity.
    pub guests: bool,
    /// Whether `GetOpenIdToken` works (`AllowClassicFlow`).
    pub classic_flow: bool,
    /// App clients of the user pool whose ID tokens are accepted.
    pub user_pool_clients: Vec<PoolClient>,
    /// Every other provider.
    pub providers: Vec<PoolProvider>,
    /// The developer provider's name.
    pub developer_provider: Option<String>,
    /// How the role of somebody with a login is found.
    pub role_mapping: RoleMapping,
    /// The ARN of the default role with a login.
    pub authenticated_role: Option<String>,
    /// The ARN of the role of guests.
    pub unauthenticated_role: Option<String>,
}

/// An app client of the user pool, as an identity pool knows it (`CognitoIdentityProviders`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolClient {
    /// The app client's ID.
    pub client_id: String,
    /// Whether the user pool is asked if the sign-in still stands (`ServerSideTokenCheck`).
    pub server_side_token_check: bool,
}

/// A provider besides the user pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolProvider {
    /// Its key in a `Logins` map.
    pub name: String,
    /// Client IDs (`azp`, or else `aud`) whose ID tokens are accepted; unused where logins are no
    /// ID tokens.
    pub audiences: Vec<String>,
}

/// How a role is found (`RoleMappings`). It looks at what the first login says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleMapping {
    /// The default role, whatever the token says.
    None,
    /// `cognito:preferred_role`, or the only one of `cognito:roles`.
    Token {
        /// What happens where the token does not decide.
        ambiguous: Ambiguous,
    },
    /// The first rule that matches.
    Rules {
        /// In order.
        rules: Vec<Rule>,
        /// What happens where none matches.
        ambiguous: Ambiguous,
    },
}

/// `AmbiguousRoleResolution`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ambiguous {
    /// The default role.
    AuthenticatedRole,
    /// No credentials.
    Deny,
}

/// One rule of a role mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The claim it looks at.
    pub claim: String,
    /// How.
    pub match_type: MatchType,
    /// What the claim is compared with.
    pub value: String,
    /// The ARN of the role it gives.
    pub role: String,
}

/// How a rule compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchType {
    /// The same text.
    Equals,
    /// Holds the text.
    Contains,
    /// Begins with the text.
    StartsWith,
    /// Another text, or no such claim.
    NotEqual,
}

/// One of the fixed pools.
#[derive(Clone)]
pub(in crate::sandbox) struct IdentityPool {
    pub(in crate::sandbox) name: &'static str,
    pub(in crate::sandbox) id: &'static str,
    pub(in crate::sandbox) settings: PoolSettings,
}

/// The fixed pools. `oidc_key` is the `Logins` key of the sandbox's own OpenID Connect provider.
pub(in crate::sandbox) fn fixed_pools(oidc_key: &str) -> Vec<IdentityPool> {
    let main = PoolSettings {
        guests: false,
        classic_flow: false,
        user_pool_clients: user_pool_clients(),
        providers: Vec::new(),
        developer_provider: None,
        role_mapping: RoleMapping::Token {
            ambiguous: Ambiguous::AuthenticatedRole,
        },
        authenticated_role: Some(role_arn("authenticated")),
        unauthenticated_role: None,
    };
    let federated = FEDERATED.iter().map(|known| PoolProvider {
        name: known.key.to_owned(),
        audiences: known.audience.map(str::to_owned).into_iter().collect(),
    });
    let oidc = PoolProvider {
        name: oidc_key.to_owned(),
        audiences: vec![OIDC_CLIENT.to_owned(), OIDC_SECRET_CLIENT.to_owned()],
    };
    let open = PoolSettings {
        guests: true,
        classic_flow: true,
        providers: federated.chain([oidc]).collect(),
        developer_provider: Some(DEVELOPER_PROVIDER.to_owned()),
        role_mapping: RoleMapping::None,
        unauthenticated_role: Some(role_arn("unauthenticated")),
        ..main.clone()
    };
    let pool = |name, id, settings| IdentityPool { name, id, settings };
    vec![
        pool("main", IDENTITY_POOL_ID, main),
        pool("open", OPEN_IDENTITY_POOL_ID, open),
    ]
}

fn user_pool_clients() -> Vec<PoolClient> {
    [
        PUBLIC_CLIENT,
        CONFIDENTIAL_CLIENT,
        DEVICES_CLIENT,
        ROTATING_CLIENT,
    ]
    .map(|id| PoolClient {
        client_id: id.to_owned(),
        server_side_token_check: false,
    })
    .to_vec()
}

impl PoolSettings {
    /// The provider of that key.
    pub(in crate::sandbox) fn provider(&self, key: &str) -> Option<&PoolProvider> {
        self.providers.iter().find(|known| known.name == key)
    }

    /// The app client of that ID.
    pub(in crate::sandbox) fn user_pool_client(&self, id: &str) -> Option<&PoolClient> {
        let mut clients = self.user_pool_clients.iter();
        clients.find(|known| known.client_id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::providers::{GOOGLE, SAML};
    use crate::sandbox::world::LOGIN_PROVIDER;

    #[test]
    fn the_two_pools_differ_in_what_they_let_in() {
        let pools = fixed_pools("127.0.0.1:1/oidc");
        let (main, open) = (&pools[0].settings, &pools[1].settings);
        assert!(!main.guests && !main.classic_flow && main.providers.is_empty());
        assert!(open.guests && open.classic_flow);
        for key in [GOOGLE, SAML, "127.0.0.1:1/oidc"] {
            assert!(open.provider(key).is_some(), "{key}");
        }
        assert!(main.user_pool_client(PUBLIC_CLIENT).is_some());
        assert!(main.provider(LOGIN_PROVIDER).is_none());
    }
}
