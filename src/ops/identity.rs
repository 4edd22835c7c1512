//! The identity ID that this machine knows: shown, and forgotten when somebody asks.
//!
//! Deliberately absent: asking for one (see `exchange`), and deleting it at the identity pool, which
//! takes an administrator.

use super::ports::{Deps, IdentityKey, Person};
use crate::domain::{IdentityId, Problem, Profile, SignInMethod};

/// The cached identity ID: the guest's, or that of the person whose session is kept.
///
/// # Errors
/// When the store or the cache cannot be read.
pub async fn cached(deps: &Deps, profile: &Profile) -> Result<Option<IdentityId>, Problem> {
    if profile.sign_in == SignInMethod::Guest {
        return guest(deps, profile).await;
    }
    let Some(session) = deps.vault.session(profile).await? else {
        return Ok(None);
    };
    let is_cached = deps.identities.holds(&session.identity_id).await?;
    Ok(is_cached.then_some(session.identity_id))
}

/// The identity ID that this machine has as a guest of the profile's identity pool.
///
/// # Errors
/// When the cache cannot be read.
pub async fn guest(deps: &Deps, profile: &Profile) -> Result<Option<IdentityId>, Problem> {
    let key = IdentityKey {
        pool: profile.identity_pool_id.clone(),
        person: Person::Guest,
        endpoint_url: profile.endpoints.url.clone(),
    };
    deps.identities.get(&key).await
}

/// Forgets that ID and answers it: the next exchange asks the identity pool. A guest becomes another
/// one.
///
/// # Errors
/// When the store or the cache fails.
pub async fn forget(deps: &Deps, profile: &Profile) -> Result<Option<IdentityId>, Problem> {
    let _lock = deps.locks.lock(profile.sign_in_name()).await?;
    let cached = cached(deps, profile).await?;
    if let Some(identity) = &cached {
        deps.identities.forget(identity).await?;
    }
    Ok(cached)
}
