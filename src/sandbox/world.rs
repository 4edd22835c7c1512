//! What all requests share: the fixed pools, the signing key, and the state behind one lock.
//!
//! A request holds the lock while it is answered, so requests are answered one after the other:
//! the sandbox serves one person or one test. Deliberately absent: files. A sandbox forgets
//! everything when it stops.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::attempts::Sessions;
use super::claims::Offers;
use super::clients::{Client, Flow};
use super::clock::{Clock, Lifetimes};
use super::devices::Devices;
use super::error::Refusal;
use super::federation::SigninTokens;
use super::grants::Grants;
use super::identity_pool::identities::Identities;
use super::identity_pool::roles::Roles;
use super::identity_pool::settings::{IdentityPool, PoolSettings, fixed_pools};
use super::inbox::Inbox;
use super::limits::Limits;
use super::lockouts::Lockouts;
use super::managed_login::{ManagedLogin, Urls};
use super::oidc::OidcProvider;
use super::providers::ProviderTokens;
use super::software_token::SoftwareTokens;
use super::sts::vended::{AllVended, Vended};
use super::tokens::Signer;
use super::users::{Directory, User, fixed_users};
use crate::domain::Secret;

/// The region everything is in.
pub const REGION: &str = "us-east-1";
/// The user pool.
pub const USER_POOL_ID: &str = "us-east-1_Poolkey01";
/// The user pool ID after its `_`, which SRP hashes.
pub(super) const POOL_NAME: &str = "Poolkey01";
/// The identity pool `main`: the user pool's users, by the enhanced flow.
pub const IDENTITY_POOL_ID: &str = "us-east-1:5a4db0c5-d3e0-4b0b-9c41-0000c0de0001";
/// The identity pool `open`: guests, every kind of provider, both flows.
pub const OPEN_IDENTITY_POOL_ID: &str = "us-east-1:5a4db0c5-d3e0-4b0b-9c41-0000c0de0002";
/// The developer provider of the identity pool `open`.
pub const DEVELOPER_PROVIDER: &str = "login.sandbox.example";
/// The access key of the developer's backend.
pub(super) const DEVELOPER_ACCESS_KEY: &str = "AKIAPOOLKEYSANDBOXDE";
/// Its secret key: good for nothing elsewhere, so it may be plain text.
pub(super) const DEVELOPER_SECRET_KEY: &str = "sandbox/developer/backend/secret/key/001";
/// The account that the roles are in.
pub const ACCOUNT_ID: &str = "123456789012";
/// The user pool's key in a `Logins` map: the real one, not the sandbox's address.
pub const LOGIN_PROVIDER: &str = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Poolkey01";

/// The app client without a secret.
pub(super) const PUBLIC_CLIENT: &str = "1poolkeysandboxpublic00001";
/// The app client with a secret.
pub(super) const CONFIDENTIAL_CLIENT: &str = "1poolkeysandboxconfid00002";
pub(super) const CLIENT_SECRET: &str = "1demosecretofthepoolkeysandboxconfidentialclient000";

/// The app client whose sign-ins come from devices.
pub(super) const DEVICES_CLIENT: &str = "1poolkeysandboxdevices0003";
/// The app client whose refresh tokens work once.
pub(super) const ROTATING_CLIENT: &str = "1poolkeysandboxrotating004";

/// The ARN of a role of the sandbox's account.
pub(super) fn role_arn(name: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT_ID}:role/poolkey-sandbox-{name}")
}

/// Everything a running sandbox has.
pub(super) struct World {
    pub(super) clock: Clock,
    pub(super) signer: Signer,
    state: Mutex<State>,
}

/// What requests change.
pub(super) struct State {
    pub(super) lifetimes: Lifetimes,
    pub(super) clients: Vec<Arc<Client>>,
    pub(super) directory: Directory,
    pub(super) offers: Offers,
    pub(super) sessions: Sessions,
    pub(super) software_tokens: SoftwareTokens,
    pub(super) devices: Devices,
    pub(super) lockouts: Lockouts,
    pub(super) limits: Limits,
    pub(super) grants: Grants,
    pub(super) identity_pools: Vec<Arc<IdentityPool>>,
    pub(super) roles: Roles,
    pub(super) identities: Identities,
    pub(super) provider_tokens: ProviderTokens,
    pub(super) oidc: OidcProvider,
    pub(super) inbox: Inbox,
    pub(super) managed_login: ManagedLogin,
    pub(super) vended: AllVended,
    pub(super) signin_tokens: SigninTokens,
}

/// One request's view of the world, at one moment.
pub(super) struct Call<'w> {
    pub(super) now: Timestamp,
    pub(super) signer: &'w Signer,
    pub(super) state: &'w mut State,
}

impl World {
    pub(super) fn new(clock: Clock, lifetimes: Lifetimes, port: u16) -> Result<Self, Refusal> {
        let oidc = OidcProvider::at(port);
        let mut directory = Directory::default();
        for user in fixed_users() {
            directory.put(User::new(POOL_NAME, user)?);
        }
        let state = State {
            lifetimes,
            clients: fixed_clients(),
            directory,
            offers: Offers::new()?,
            sessions: Sessions::default(),
            software_tokens: SoftwareTokens::default(),
            devices: Devices::default(),
            lockouts: Lockouts::default(),
            limits: Limits::default(),
            grants: Grants::default(),
            identity_pools: fixed_pools(&oidc.key).into_iter().map(Arc::new).collect(),
            roles: Roles::default(),
            identities: Identities::default(),
            provider_tokens: ProviderTokens::default(),
            oidc,
            inbox: Inbox::default(),
            managed_login: ManagedLogin::default(),
            vended: AllVended::new(),
            signin_tokens: SigninTokens::new(),
        };
        Ok(Self {
            clock,
            signer: Signer::generate()?,
            state: Mutex::new(state),
        })
    }

    /// Runs `answer` alone with the state.
    pub(super) fn call<T>(&self, answer: impl FnOnce(&mut Call<'_>) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        answer(&mut Call {
            now: self.clock.now(),
            signer: &self.signer,
            state: &mut state,
        })
    }
}

impl State {
    pub(super) fn client(&self, id: &str) -> Result<Arc<Client>, Refusal> {
        self.clients
            .iter()
            .find(|client| client.id == id)
            .cloned()
            .ok_or_else(|| Refusal::not_found(format!("User pool client {id} does not exist.")))
    }

    /// Changes the identity pool called `name`; false when there is none.
    pub(super) fn change_pool(
        &mut self,
        name: &str,
        change: impl FnOnce(&mut PoolSettings),
    ) -> bool {
        let mut pools = self.identity_pools.iter_mut();
        let pool = pools.find(|pool| pool.name == name);
        pool.map(|pool| change(&mut Arc::make_mut(pool).settings))
            .is_some()
    }

    /// Keeps credentials that are handed out.
    pub(super) fn keep(&mut self, vended: Vended) {
        self.vended.insert(vended.access_key_id.clone(), vended);
    }

    /// Changes the client called `name`; false when there is none.
    pub(super) fn change_client(&mut self, name: &str, change: impl FnOnce(&mut Client)) -> bool {
        let client = self.clients.iter_mut().find(|client| client.name == name);
        client.map(|client| change(Arc::make_mut(client))).is_some()
    }
}

fn fixed_clients() -> Vec<Arc<Client>> {
    let flows = vec![
        Flow::Srp,
        Flow::Password,
        Flow::Custom,
        Flow::Choice,
        Flow::Refresh,
    ];
    let client = |name, id, secret: Option<&str>, rotation: Option<Duration>| {
        let secret = secret.map(|text| Arc::new(Secret::new(text.to_owned())));
        Arc::new(Client {
            name,
            id,
            secret,
            flows: flows.clone(),
            rotation,
            urls: Urls::default(),
            tracks_devices: id == DEVICES_CLIENT,
        })
    };
    vec![
        client("public", PUBLIC_CLIENT, None, None),
        client(
            "confidential",
            CONFIDENTIAL_CLIENT,
            Some(CLIENT_SECRET),
            None,
        ),
        client("devices", DEVICES_CLIENT, None, None),
        client("rotating", ROTATING_CLIENT, None, Some(Duration::ZERO)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_ids_have_the_formats_of_the_service() {
        assert_eq!(USER_POOL_ID, format!("{REGION}_{POOL_NAME}"));
        assert!(LOGIN_PROVIDER.ends_with(USER_POOL_ID));
        assert_eq!(CLIENT_SECRET.len(), 51);
        let lower = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        for id in [
            PUBLIC_CLIENT,
            CONFIDENTIAL_CLIENT,
            DEVICES_CLIENT,
            ROTATING_CLIENT,
        ] {
            assert!(id.len() == 26 && lower(id), "{id}");
        }
        assert!(lower(CLIENT_SECRET));
        for id in [IDENTITY_POOL_ID, OPEN_IDENTITY_POOL_ID] {
            assert_eq!(id.len(), REGION.len() + 1 + 36);
        }
        assert_eq!(
            (DEVELOPER_ACCESS_KEY.len(), DEVELOPER_SECRET_KEY.len()),
            (20, 40)
        );
    }
}
