//! What is kept between runs, in the system's keychain or what stands in for it.
//!
//! `store` is a place for texts, `open` chooses it, `keeper` gives it a thread, `access` gets at
//! them, `records` says what they are; `unstored` keeps what the store did not take, and
//! `session_cache` a copy of each session where it is read at once; this file ties them to the port.

mod access;
mod chunks;
mod clock_memory;
mod entries;
mod file_store;
mod keeper;
#[cfg(target_os = "linux")]
mod kernel_cache;
mod keyring_store;
mod kind;
mod logins;
mod memory_store;
mod open;
mod records;
mod session_cache;
mod store;
mod unstored;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use zeroize::Zeroizing;

use self::access::no_text;
use self::clock_memory::ClockMemory;
use self::keeper::{Cupboard, Keeper};
#[cfg(target_os = "linux")]
pub use self::kernel_cache::KernelCache;
use self::kind::{ALL_KINDS, Kind, key};
pub use self::open::offered;
pub use self::session_cache::SessionCache;
pub use self::store::StorePlan;
use self::unstored::Unstored;
pub use crate::domain::StoreChoice;
use crate::domain::sign_in::KeptDevice;
use crate::domain::{
    KeptLogin, KeptSignIn, Problem, ProblemKind, Profile, ProfileName, ProviderLogin, Secret,
    Session,
};
use crate::ops::ports::{Clock, Vault, VaultState};

/// The secret store behind its thread.
pub struct SecretVault {
    keeper: Keeper,
    clock: Option<ClockMemory>,
    unstored: Arc<Unstored>,
    cache: Option<Arc<dyn SessionCache>>,
    outlives_process: bool,
}

impl SecretVault {
    /// Nothing is opened before the first question.
    ///
    /// # Errors
    /// When the operating system gives no thread.
    pub fn new(plan: StorePlan, patience: Duration) -> Result<Self, Problem> {
        let outlives_process = plan.choice != StoreChoice::Memory;
        let keeper = Keeper::start(plan, patience).map_err(|error| {
            Problem::new(
                ProblemKind::SecretStore,
                format!("The secret store's thread did not start: {error}"),
            )
        })?;
        Ok(Self {
            keeper,
            clock: None,
            unstored: Arc::default(),
            cache: None,
            outlives_process,
        })
    }

    /// Keeps the clock's offset with each session, and tells the clock of it when one is read.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = Some(ClockMemory::new(clock));
        self
    }
}

#[async_trait]
impl Vault for SecretVault {
    fn outlives_process(&self) -> bool {
        self.outlives_process
    }

    async fn probe(&self) -> Result<VaultState, Problem> {
        self.try_store().await
    }

    async fn is_locked(&self) -> Result<bool, Problem> {
        self.ask(|cupboard| Ok(cupboard.store()?.is_locked())).await
    }

    async fn unlock(&self, passphrase: Secret) -> Result<VaultState, Problem> {
        self.ask(move |cupboard| {
            cupboard.store()?.unlock(passphrase);
            Ok(())
        })
        .await?;
        self.try_store().await
    }

    async fn opens_with(&self, passphrase: Secret) -> Result<bool, Problem> {
        self.ask(move |cupboard| cupboard.store()?.opens_with(&passphrase))
            .await
    }

    async fn client_secret(&self, profile: &Profile) -> Result<Option<Secret>, Problem> {
        let text = self.get(profile.sign_in_name(), Kind::ClientSecret).await?;
        Ok(text.map(|text| Secret::new(text.as_str().to_owned())))
    }

    async fn keep_client_secret(&self, profile: &Profile, secret: &Secret) -> Result<(), Problem> {
        let text = Zeroizing::new(secret.expose().to_owned());
        self.set(profile.sign_in_name(), Kind::ClientSecret, Some(text))
            .await
    }

    async fn sign_in(&self, profile: &Profile) -> Result<Option<KeptSignIn>, Problem> {
        let text = self.held(profile.sign_in_name(), Kind::SignIn).await?;
        Ok(text.and_then(|text| records::read_sign_in(profile, &text)))
    }

    async fn keep_sign_in(&self, profile: &Profile, kept: &KeptSignIn) -> Result<(), Problem> {
        let (key, unstored) = (
            key(profile.sign_in_name(), Kind::SignIn),
            self.unstored.clone(),
        );
        let text = records::write_sign_in(profile, kept).ok_or_else(no_text)?;
        // Before the store is asked, which may never answer.
        unstored.put(&key, text);
        let storing = move |cupboard: &mut Cupboard| unstored.store(cupboard.store(), &key);
        let stored = self.keeper.ask_patiently(storing).await?;
        stored.map_err(|error| error.problem())
    }

    async fn session(&self, profile: &Profile) -> Result<Option<Session>, Problem> {
        self.read_session(profile).await
    }

    async fn keep_session(&self, profile: &Profile, session: &Session) -> Result<(), Problem> {
        self.write_session(profile, session).await
    }

    async fn device(&self, profile: &Profile) -> Result<Option<KeptDevice>, Problem> {
        let text = self.get(profile.sign_in_name(), Kind::Device).await?;
        Ok(text.and_then(|text| records::read_device(profile, &text)))
    }

    async fn keep_device(
        &self,
        profile: &Profile,
        device: Option<&KeptDevice>,
    ) -> Result<(), Problem> {
        match device {
            Some(device) => {
                let text = records::write_device(profile, device);
                self.set(profile.sign_in_name(), Kind::Device, text).await
            }
            None => {
                self.delete(&[key(profile.sign_in_name(), Kind::Device)])
                    .await
            }
        }
    }

    async fn login(
        &self,
        profile: &Profile,
        login: &ProviderLogin,
    ) -> Result<Option<KeptLogin>, Problem> {
        let text = self.held(profile.sign_in_name(), Kind::Logins).await?;
        Ok(text.and_then(|text| logins::read_login(&text, &logins::fingerprint(profile, login))))
    }

    async fn keep_login(
        &self,
        profile: &Profile,
        login: &ProviderLogin,
        kept: Option<&KeptLogin>,
    ) -> Result<(), Problem> {
        let of = logins::fingerprint(profile, login);
        let kept = kept.map(KeptLogin::duplicate);
        let change = move |text: Option<&str>| logins::write_login(text, &of, kept.as_ref());
        self.change(profile.sign_in_name(), Kind::Logins, change)
            .await
    }

    async fn forget_logins(&self, name: &ProfileName) -> Result<(), Problem> {
        self.delete(&[key(name, Kind::Logins)]).await
    }

    async fn copy_logins(&self, from: &ProfileName, to: &ProfileName) -> Result<(), Problem> {
        self.copy(from, to, Kind::Logins).await
    }

    async fn copy_login_secrets(
        &self,
        from: &ProfileName,
        to: &ProfileName,
    ) -> Result<(), Problem> {
        self.copy(from, to, Kind::LoginSecrets).await
    }

    async fn login_secret(
        &self,
        profile: &Profile,
        login: &ProviderLogin,
    ) -> Result<Option<Secret>, Problem> {
        let text = self
            .held(profile.sign_in_name(), Kind::LoginSecrets)
            .await?;
        Ok(text.and_then(|text| logins::read_secret(&text, &logins::fingerprint(profile, login))))
    }

    async fn keep_login_secret(
        &self,
        profile: &Profile,
        login: &ProviderLogin,
        secret: &Secret,
    ) -> Result<(), Problem> {
        let of = logins::fingerprint(profile, login);
        let secret = secret.duplicate();
        let change = move |text: Option<&str>| logins::write_secret(text, &of, &secret);
        self.change(profile.sign_in_name(), Kind::LoginSecrets, change)
            .await
    }

    async fn forget_credentials(&self, profile: &ProfileName) -> Result<(), Problem> {
        self.delete(&[key(profile, Kind::Session)]).await
    }

    async fn forget_session(&self, profile: &Profile) -> Result<(), Problem> {
        let sign_in = key(profile.sign_in_name(), Kind::SignIn);
        let session = key(&profile.name, Kind::Session);
        self.delete(&[sign_in, session]).await
    }

    async fn forget_sign_in(&self, profile: &Profile) -> Result<(), Problem> {
        let name = profile.sign_in_name();
        let of_sign_in = ALL_KINDS
            .iter()
            .filter(|kind| !matches!(kind, Kind::Session));
        let keys: Vec<String> = of_sign_in.map(|kind| key(name, *kind)).collect();
        self.delete(&keys).await
    }

    async fn forget_client_secret(&self, profile: &Profile) -> Result<(), Problem> {
        let secret = key(profile.sign_in_name(), Kind::ClientSecret);
        self.delete(&[secret]).await
    }

    async fn forget_profile(&self, profile: &ProfileName) -> Result<(), Problem> {
        self.delete(&ALL_KINDS.map(|kind| key(profile, kind))).await
    }
}
