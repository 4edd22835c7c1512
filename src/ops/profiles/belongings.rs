//! All that the secret store keeps for a profile, to be put elsewhere or back.
//!
//! Deliberately absent: when that is done.

use crate::domain::sign_in::KeptDevice;
use crate::domain::{KeptSignIn, Problem, Profile, Secret, Session};
use crate::ops::ports::Deps;

/// All that is kept for a profile.
pub(super) struct Belongings {
    pub(super) client_secret: Option<Secret>,
    pub(super) sign_in: Option<KeptSignIn>,
    pub(super) session: Option<Session>,
    pub(super) device: Option<KeptDevice>,
}

impl Belongings {
    pub(super) async fn of(deps: &Deps, profile: &Profile) -> Result<Self, Problem> {
        let vault = &deps.vault;
        Ok(Self {
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
        if let Some(session) = &self.session {
            vault.keep_session(profile, session).await?;
        }
        match &self.device {
            Some(device) => vault.keep_device(profile, Some(device)).await,
            None => Ok(()),
        }
    }
}
