//! The cached identity ID of a profile's person.

use super::ports::Deps;
use crate::domain::{Problem, Profile};

/// Forgets it: the next exchange asks for it anew.
///
/// # Errors
/// When the store or the cache cannot be read or written.
pub async fn forget(deps: &Deps, profile: &Profile) -> Result<(), Problem> {
    match deps.vault.session(profile).await? {
        Some(session) => deps.identities.forget(&session.identity_id).await,
        None => Ok(()),
    }
}
