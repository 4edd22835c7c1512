//! A secret store that writes down what it is asked, and fails where a test wants it to.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use poolkey::domain::sign_in::KeptDevice;
use poolkey::domain::{
    KeptLogin, KeptSignIn, Problem, ProblemKind, Profile, ProfileName, ProviderLogin, Secret,
    Session,
};
use poolkey::ops::ports::{Vault, VaultState};
use poolkey::ops::secrets::{Entries, Entry};

use crate::support::Bench;

/// In front of the bench's own store.
pub struct WatchedVault {
    inner: Arc<dyn Vault>,
    failing: Vec<&'static str>,
    asked: Mutex<Vec<&'static str>>,
}

impl WatchedVault {
    /// Puts itself in front; the calls of these names fail.
    pub fn watch(bench: &mut Bench, failing: &[&'static str]) -> Arc<Self> {
        let watched = Arc::new(Self {
            inner: bench.deps.vault.clone(),
            failing: failing.to_vec(),
            asked: Mutex::default(),
        });
        bench.deps.vault = watched.clone();
        watched
    }

    /// Takes itself away.
    pub fn leave(&self, bench: &mut Bench) {
        bench.deps.vault = self.inner.clone();
    }

    /// The place of the first call of that name.
    pub fn place(&self, call: &str) -> usize {
        let asked = self.asked.lock().unwrap();
        let found = asked.iter().position(|asked| *asked == call);
        found.unwrap_or_else(|| panic!("no {call} in {asked:?}"))
    }

    fn asked(&self, call: &'static str) -> Result<(), Problem> {
        self.asked.lock().unwrap().push(call);
        if self.failing.contains(&call) {
            return Err(Problem::new(ProblemKind::SecretStore, "It is asleep"));
        }
        Ok(())
    }
}

#[async_trait]
impl Entries for WatchedVault {
    async fn entries(&self, of: &ProfileName) -> Result<Vec<Entry>, Problem> {
        self.inner.entries(of).await
    }

    async fn put_entry(&self, entry: &Entry) -> Result<(), Problem> {
        self.inner.put_entry(entry).await
    }
}

#[async_trait]
impl Vault for WatchedVault {
    fn outlives_process(&self) -> bool {
        self.inner.outlives_process()
    }

    async fn probe(&self) -> Result<VaultState, Problem> {
        self.inner.probe().await
    }

    async fn is_locked(&self) -> Result<bool, Problem> {
        self.inner.is_locked().await
    }

    async fn unlock(&self, passphrase: Secret) -> Result<VaultState, Problem> {
        self.inner.unlock(passphrase).await
    }

    async fn opens_with(&self, passphrase: Secret) -> Result<bool, Problem> {
        self.inner.opens_with(passphrase).await
    }

    async fn client_secret(&self, profile: &Profile) -> Result<Option<Secret>, Problem> {
        self.inner.client_secret(profile).await
    }

    async fn keep_client_secret(&self, profile: &Profile, secret: &Secret) -> Result<(), Problem> {
        self.inner.keep_client_secret(profile, secret).await
    }

    async fn sign_in(&self, profile: &Profile) -> Result<Option<KeptSignIn>, Problem> {
        self.asked("sign_in")?;
        self.inner.sign_in(profile).await
    }

    async fn keep_sign_in(&self, profile: &Profile, kept: &KeptSignIn) -> Result<(), Problem> {
        self.asked("keep_sign_in")?;
        self.inner.keep_sign_in(profile, kept).await
    }

    async fn session(&self, profile: &Profile) -> Result<Option<Session>, Problem> {
        self.asked("session")?;
        self.inner.session(profile).await
    }

    async fn keep_session(&self, profile: &Profile, session: &Session) -> Result<(), Problem> {
        self.asked("keep_session")?;
        self.inner.keep_session(profile, session).await
    }

    async fn device(&self, profile: &Profile) -> Result<Option<KeptDevice>, Problem> {
        self.inner.device(profile).await
    }

    async fn keep_device(
        &self,
        profile: &Profile,
        device: Option<&KeptDevice>,
    ) -> Result<(), Problem> {
        self.inner.keep_device(profile, device).await
    }

    async fn login(
        &self,
        profile: &Profile,
        login: &ProviderLogin,
    ) -> Result<Option<KeptLogin>, Problem> {
        self.asked("login")?;
        self.inner.login(profile, login).await
    }

    async fn keep_login(
        &self,
        profile: &Profile,
        login: &ProviderLogin,
        kept: Option<&KeptLogin>,
    ) -> Result<(), Problem> {
        self.asked("keep_login")?;
        self.inner.keep_login(profile, login, kept).await
    }

    async fn forget_logins(&self, name: &ProfileName) -> Result<(), Problem> {
        self.asked("forget_logins")?;
        self.inner.forget_logins(name).await
    }

    async fn copy_logins(&self, from: &ProfileName, to: &ProfileName) -> Result<(), Problem> {
        self.inner.copy_logins(from, to).await
    }

    async fn copy_login_secrets(
        &self,
        from: &ProfileName,
        to: &ProfileName,
    ) -> Result<(), Problem> {
        self.inner.copy_login_secrets(from, to).await
    }

    async fn login_secret(
        &self,
        profile: &Profile,
        login: &ProviderLogin,
    ) -> Result<Option<Secret>, Problem> {
        self.inner.login_secret(profile, login).await
    }

    async fn keep_login_secret(
        &self,
        profile: &Profile,
        login: &ProviderLogin,
        secret: &Secret,
    ) -> Result<(), Problem> {
        self.inner.keep_login_secret(profile, login, secret).await
    }

    async fn forget_credentials(&self, profile: &ProfileName) -> Result<(), Problem> {
        self.asked("forget_credentials")?;
        self.inner.forget_credentials(profile).await
    }

    async fn forget_session(&self, profile: &Profile) -> Result<(), Problem> {
        self.asked("forget_session")?;
        self.inner.forget_session(profile).await
    }

    async fn forget_sign_in(&self, profile: &Profile) -> Result<(), Problem> {
        self.inner.forget_sign_in(profile).await
    }

    async fn forget_client_secret(&self, profile: &Profile) -> Result<(), Problem> {
        self.inner.forget_client_secret(profile).await
    }

    async fn forget_profile(&self, profile: &ProfileName) -> Result<(), Problem> {
        self.inner.forget_profile(profile).await
    }
}
