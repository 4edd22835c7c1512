//! What the use-cases keep between runs: secrets, profiles, cached identity IDs.
//!
//! Deliberately absent: where any of it lies.

use std::path::PathBuf;

use async_trait::async_trait;

use crate::domain::sign_in::KeptDevice;
use crate::domain::{
    Arrangement, EndpointUrl, IdentityId, IdentityPoolId, KeptLogin, KeptSignIn, ListOrder,
    Problem, Profile, ProfileName, ProviderLogin, Secret, Session, SettingChange, Settings, Theme,
};
use crate::ops::secrets::Entries;

/// What is kept between runs, in the secret store.
///
/// Every record says which pools and client it is for: after a change of the profile's
/// configuration it no longer fits and is treated as absent. Refresh token, device and client secret
/// lie under [`Profile::sign_in_name`], the session under the profile's own name.
#[async_trait]
pub trait Vault: Entries {
    /// Whether another process finds what is kept here.
    fn outlives_process(&self) -> bool;
    /// Writes, reads and deletes a trial entry.
    async fn probe(&self) -> Result<VaultState, Problem>;
    /// True when a passphrase is missing to read what is kept.
    async fn is_locked(&self) -> Result<bool, Problem>;
    /// Opens a store that wants a passphrase.
    async fn unlock(&self, passphrase: Secret) -> Result<VaultState, Problem>;
    /// Whether a passphrase opens the store; any does, where it needs none.
    async fn opens_with(&self, passphrase: Secret) -> Result<bool, Problem>;
    /// The app client's secret.
    async fn client_secret(&self, profile: &Profile) -> Result<Option<Secret>, Problem>;
    /// Keeps the app client's secret.
    async fn keep_client_secret(&self, profile: &Profile, secret: &Secret) -> Result<(), Problem>;
    /// The refresh token with its user name.
    async fn sign_in(&self, profile: &Profile) -> Result<Option<KeptSignIn>, Problem>;
    /// Keeps the refresh token. Where the store does not take it, that is the error; the token is
    /// kept in memory then, read from there, and stored when the store next takes it.
    async fn keep_sign_in(&self, profile: &Profile, kept: &KeptSignIn) -> Result<(), Problem>;
    /// The cached session. What it remembers of this machine's clock goes to the clock.
    async fn session(&self, profile: &Profile) -> Result<Option<Session>, Problem>;
    /// Caches the session.
    async fn keep_session(&self, profile: &Profile, session: &Session) -> Result<(), Problem>;
    /// The device that the user pool knows, for this profile.
    async fn device(&self, profile: &Profile) -> Result<Option<KeptDevice>, Problem>;
    /// Keeps the device, or forgets it.
    async fn keep_device(
        &self,
        profile: &Profile,
        device: Option<&KeptDevice>,
    ) -> Result<(), Problem>;
    /// The token of another provider, as it was kept: it may have expired.
    async fn login(
        &self,
        profile: &Profile,
        login: &ProviderLogin,
    ) -> Result<Option<KeptLogin>, Problem>;
    /// Keeps the token of another provider, or forgets it. Where the store does not take it, as
    /// [`Self::keep_sign_in`].
    async fn keep_login(
        &self,
        profile: &Profile,
        login: &ProviderLogin,
        kept: Option<&KeptLogin>,
    ) -> Result<(), Problem>;
    /// Forgets the tokens of all other providers. `name`: a profile's [`Profile::sign_in_name`].
    async fn forget_logins(&self, name: &ProfileName) -> Result<(), Problem>;
    /// Copies the tokens of all other providers from one sign-in's name to another's, as they lie.
    /// What lies there already stays.
    async fn copy_logins(&self, from: &ProfileName, to: &ProfileName) -> Result<(), Problem>;
    /// The same for the secrets of the clients there.
    async fn copy_login_secrets(&self, from: &ProfileName, to: &ProfileName)
    -> Result<(), Problem>;
    /// The secret of a client of another provider.
    async fn login_secret(
        &self,
        profile: &Profile,
        login: &ProviderLogin,
    ) -> Result<Option<Secret>, Problem>;
    /// Keeps the secret of a client of another provider.
    async fn keep_login_secret(
        &self,
        profile: &Profile,
        login: &ProviderLogin,
        secret: &Secret,
    ) -> Result<(), Problem>;
    /// Forgets the cached session; the refresh token stays.
    async fn forget_credentials(&self, profile: &ProfileName) -> Result<(), Problem>;
    /// Forgets the session and the refresh token, for all that share that.
    async fn forget_session(&self, profile: &Profile) -> Result<(), Problem>;
    /// Forgets all that lies under the sign-in's name; the session stays.
    async fn forget_sign_in(&self, profile: &Profile) -> Result<(), Problem>;
    /// Forgets the app client's secret.
    async fn forget_client_secret(&self, profile: &Profile) -> Result<(), Problem>;
    /// Forgets all that lies under a name.
    async fn forget_profile(&self, profile: &ProfileName) -> Result<(), Problem>;
}

/// The configuration file: nothing in it is secret.
#[async_trait]
pub trait Profiles: Send + Sync {
    /// All of it.
    async fn load(&self) -> Result<Configuration, Problem>;
    /// Adds a profile, or replaces the one of the former name in place. Who shares its sign-in
    /// follows it to another name.
    async fn put(&self, former: Option<&ProfileName>, profile: &Profile) -> Result<(), Problem>;
    /// Removes a profile. The first that shares its sign-in has it then, and the others share that.
    async fn remove(&self, name: &ProfileName) -> Result<(), Problem>;
    /// Sets a key outside the profiles: `secret_store`.
    async fn set(&self, key: &'static str, value: &str) -> Result<(), Problem>;
    /// Sets something for the whole program.
    async fn change(&self, change: &SettingChange) -> Result<(), Problem>;
    /// Changes the place of profiles in the list in one go. Names that are not there any more are
    /// left out.
    async fn arrange(
        &self,
        names: &[ProfileName],
        arrangement: &Arrangement,
    ) -> Result<(), Problem>;
    /// Sorts the list.
    async fn sort(&self, order: ListOrder) -> Result<(), Problem>;
    /// Keeps which groups of the list are collapsed.
    async fn fold(&self, groups: &[String]) -> Result<(), Problem>;
}

/// The configuration as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Configuration {
    /// In the file's order.
    pub profiles: Vec<Profile>,
    /// `theme`.
    pub theme: Theme,
    /// `secret_store`.
    pub secret_store: Option<String>,
    /// What is set for the whole program, and `sort`.
    pub settings: Settings,
    /// `collapsed_groups`.
    pub folded: Vec<String>,
    /// `session_cache`: whether a session may also lie where it is read at once. It may, unless this
    /// says otherwise.
    pub session_cache: Option<bool>,
    /// Which file.
    pub path: PathBuf,
}

/// How the secret store stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultState {
    /// It works.
    Ready {
        /// `Secret Service`, `Encrypted file`, ….
        name: String,
        /// Said aloud where it is not the system's keychain.
        remark: Option<String>,
    },
    /// An encrypted file that wants its passphrase.
    NeedsPassphrase {
        /// True when there is no file yet: the passphrase is being chosen.
        is_new: bool,
        /// Why the file is used, or that the last passphrase was wrong.
        problem: Problem,
    },
}

/// The key under which an identity ID is cached: pool and person, never the pool alone. The pool's
/// ID names its region, and the region its partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityKey {
    /// The identity pool.
    pub pool: IdentityPoolId,
    /// Whose identity.
    pub person: Person,
    /// Another server is another world.
    pub endpoint_url: Option<EndpointUrl>,
}

/// Somebody, as an identity pool tells people apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// Nobody in particular: one for each pool on this machine.
    Guest,
    /// By provider and subject of each login, sorted. Made by [`Person::of_logins`].
    Logins(Vec<(String, String)>),
    /// A developer-authenticated one.
    Developer {
        /// The developer provider name.
        provider: String,
        /// The identifier there.
        user: String,
    },
}

impl Person {
    /// The order of the logins says nothing about the person.
    #[must_use]
    pub fn of_logins(mut pairs: Vec<(String, String)>) -> Self {
        pairs.sort();
        Self::Logins(pairs)
    }
}

/// Identity IDs, so that `GetId` is called once per person and pool.
#[async_trait]
pub trait Identities: Send + Sync {
    /// The cached ID.
    async fn get(&self, key: &IdentityKey) -> Result<Option<IdentityId>, Problem>;
    /// Caches an ID, or forgets it.
    async fn set(&self, key: &IdentityKey, identity: Option<&IdentityId>) -> Result<(), Problem>;
    /// True when a key leads to the ID.
    async fn holds(&self, identity: &IdentityId) -> Result<bool, Problem>;
    /// Forgets an ID under every key that leads to it.
    async fn forget(&self, identity: &IdentityId) -> Result<(), Problem>;
}
