//! All that the secret store keeps for a profile, to be put elsewhere or back.
//!
//! Deliberately absent: when that is done.

use crate::domain::sign_in::KeptDevice;
use crate::domain::{KeptLogin, KeptSignIn, Problem, Profile, ProviderLogin, Secret, Session};
use crate::ops::ports::Deps;

/// All that is kept for a profile.
pub(super) struct Belongings {
    pub(super) client_secret: Option<Secret>,
    pub(super) sign_in: Option<KeptSignIn>,
    pub(super) session: Option<Session>,
    pub(super) device: Option<KeptDevice>,
    pub(super) logins: Vec<LoginBelongings>,
}

/// What is kept of another provider: a token, and the secret of the client there.
pub(super) struct LoginBelongings {
    login: ProviderLogin,
    kept: Option<KeptLogin>,
    secret: Option<Secret>,
}

impl Belongings {
    pub(super) async fn of(deps: &Deps, profile: &Profile) -> Result<Self, Problem> {
        let vault = &deps.vault;
        let mut logins = Vec::with_capacity(profile.logins.len());
        for login in &profile.logins {
            logins.push(LoginBelongings {
                kept: vault.login(profile, login).await?,
                secret: vault.login_secret(profile, login).await?,
                login: login.clone(),
            });
        }
        Ok(Self {
            logins,
            client_secret: vault.client_secret(profile).await?,
            sign_in: vault.sign_in(profile).await?,
            session: vault.session(profile).await?,
            device: vault.device(profile).await?,
        })
    }

    /// The refresh token first: nothing else costs a password.
    pub(super) async fn put_back(&self, deps: &Deps, profile: &Profile) -> Result<(), Problem> {
        let vault = &deps.vault;
        if let Some(sign_in) = &self.sign_in {
            vault.keep_sign_in(profile, sign_in).await?;
        }
        if let Some(secret) = &self.client_secret {
            vault.keep_client_secret(profile, secret).await?;
        }
        for LoginBelongings {
            login,
            kept,
            secret,
        } in &self.logins
        {
            if kept.is_some() {
                vault.keep_login(profile, login, kept.as_ref()).await?;
            }
            if let Some(secret) = secret {
                vault.keep_login_secret(profile, login, secret).await?;
            }
        }
        if let Some(session) = &self.session {
            vault.keep_session(profile, session).await?;
        }
        match &self.device {
            Some(device) => vault.keep_device(profile, Some(device)).await,
            None => Ok(()),
        }
    }
}
