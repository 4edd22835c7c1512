//! What tests change about the exchange: identity pools, roles, identities, and logins elsewhere.
//!
//! Deliberately absent: new pools and new roles; the fixed ones can be made into anything.

use jiff::Timestamp;

use super::identity_pool::roles::RoleSettings;
use super::identity_pool::settings::PoolSettings;
use super::providers;
use super::running::Running;

impl Running {
    /// Changes the settings of the identity pool `main` or `open`; false when the name is another.
    pub fn configure_identity_pool(
        &self,
        name: &str,
        change: impl FnOnce(&mut PoolSettings),
    ) -> bool {
        let world = &self.service.world;
        world.call(|call| call.state.change_pool(name, change))
    }

    /// Changes the role `authenticated`, `unauthenticated`, `developers` or `on-call`; false when
    /// the name is another.
    pub fn configure_role(&self, name: &str, change: impl FnOnce(&mut RoleSettings)) -> bool {
        let world = &self.service.world;
        world.call(|call| call.state.roles.change(name, change))
    }

    /// How many identities there are in all identity pools.
    #[must_use]
    pub fn identity_count(&self) -> usize {
        self.service
            .world
            .call(|call| call.state.identities.count())
    }

    /// Deletes an identity of an identity pool; false when there is none.
    #[must_use]
    pub fn delete_identity(&self, identity_id: &str) -> bool {
        self.service
            .world
            .call(|call| call.state.identities.delete(identity_id))
    }

    /// A login of `person`, whoever that is, at the provider with that key in a `Logins` map; good
    /// for an hour. Where no pool knows the provider it is an ID token for somebody else. Empty
    /// where the operating system gives no random numbers.
    #[must_use]
    pub fn provider_token(&self, provider: &str, person: &str) -> String {
        let world = &self.service.world;
        let token = world.call(|call| providers::token(call, provider, person, None));
        token.unwrap_or_default()
    }

    /// The same, good until `expires`.
    #[must_use]
    pub fn provider_token_until(&self, provider: &str, person: &str, expires: Timestamp) -> String {
        let world = &self.service.world;
        let token = world.call(|call| providers::token(call, provider, person, Some(expires)));
        token.unwrap_or_default()
    }

    /// Replaces the callback URLs that the clients of the OpenID Connect provider have registered.
    pub fn set_oidc_callback_urls(&self, urls: &[&str]) {
        let urls: Vec<String> = urls.iter().map(|url| (*url).to_owned()).collect();
        let world = &self.service.world;
        world.call(|call| call.state.oidc.urls.callback = urls);
    }
}
