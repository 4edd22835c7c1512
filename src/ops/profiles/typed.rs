//! Secrets that are typed into a profile: stored with it, and taken back with it.
//!
//! Deliberately absent: when that is done.

use crate::domain::{LoginProvider, Problem, Profile, ProviderLogin, Secret};
use crate::ops::logins::login_of;
use crate::ops::ports::Deps;

/// What was typed for a profile and belongs into the secret store.
#[derive(Debug, Clone, Copy, Default)]
pub struct TypedSecrets<'a> {
    /// Of the app client.
    pub client: Option<&'a Secret>,
    /// Of our clients at other providers.
    pub logins: &'a [(LoginProvider, Secret)],
}

impl<'a> From<Option<&'a Secret>> for TypedSecrets<'a> {
    fn from(client: Option<&'a Secret>) -> Self {
        Self {
            client,
            logins: &[],
        }
    }
}

/// What lay where typed secrets go.
pub(super) struct Replaced {
    pub(super) client: Option<Secret>,
    logins: Vec<(ProviderLogin, Secret)>,
}

impl TypedSecrets<'_> {
    pub(super) const fn is_empty(&self) -> bool {
        self.client.is_none() && self.logins.is_empty()
    }

    pub(super) async fn replaces(
        &self,
        deps: &Deps,
        profile: &Profile,
    ) -> Result<Replaced, Problem> {
        let vault = &deps.vault;
        let client = match self.client {
            Some(_) => vault.client_secret(profile).await?,
            None => None,
        };
        let mut logins = Vec::new();
        for (provider, _) in self.logins {
            let login = login_of(profile, provider)?;
            let secret = vault.login_secret(profile, login).await?;
            logins.extend(secret.map(|secret| (login.clone(), secret)));
        }
        Ok(Replaced { client, logins })
    }

    pub(super) async fn store(&self, deps: &Deps, profile: &Profile) -> Result<(), Problem> {
        let vault = &deps.vault;
        if let Some(secret) = self.client {
            vault.keep_client_secret(profile, secret).await?;
        }
        for (provider, secret) in self.logins {
            let login = login_of(profile, provider)?;
            vault.keep_login_secret(profile, login, secret).await?;
        }
        Ok(())
    }
}

impl Replaced {
    /// Those of other providers. What was new is of no use to anybody and may stay.
    pub(super) async fn put_logins_back(
        &self,
        deps: &Deps,
        profile: &Profile,
    ) -> Result<(), Problem> {
        for (login, secret) in &self.logins {
            deps.vault.keep_login_secret(profile, login, secret).await?;
        }
        Ok(())
    }
}
