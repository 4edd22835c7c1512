//! A renewal that is only tried out: what stands between a profile, saved or not, and credentials.
//!
//! Deliberately absent: keeping credentials, because those of a profile that is not saved must not
//! take the place of the saved one's; and what cannot be taken back at an identity pool: making an
//! identity, merging a guest's, linking a login.

use super::obtained::hint_at;
use super::prove::prove;
use crate::domain::{Problem, Profile, Session, SignInMethod};
use crate::ops::exchange::{self, developers_user, exchange_again};
use crate::ops::ports::{Deps, Progress};

/// How far a renewal was tried.
#[derive(Debug)]
pub enum Tried {
    /// To the end.
    Exchanged(Box<Session>),
    /// The sign-in works; the exchange was not tried, and this is why.
    Proved(&'static str),
    /// Nothing was tried, and this is why.
    Nothing(&'static str),
}

/// An exchange would make an identity.
const FIRST: &str = "Not tried: the first exchange makes an identity, for ever";
/// An exchange would link a login to an identity.
const UNSAVED: &str = "Not tried with other providers that are not saved: it would link them";

/// Renews as the broker does, as far as that changes nothing at the identity pool, and keeps nothing
/// of what it brings besides a rotated refresh token.
///
/// # Errors
/// As [`credentials`](super::credentials).
pub async fn try_out(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Tried, Problem> {
    let _lock = deps.locks.lock(profile.sign_in_name()).await?;
    exchange::check(profile)?;
    if makes_an_identity(deps, profile).await? {
        return Ok(Tried::Nothing(FIRST));
    }
    let proved = prove(deps, profile, progress).await?;
    if links_a_login(deps, profile).await? {
        return Ok(Tried::Proved(UNSAVED));
    }
    let tried = exchange_again(deps, profile, &proved.holder, progress).await;
    let tried = tried.map_err(|problem| hint_at(problem, &proved.stored))?;
    Ok(tried.map_or(Tried::Proved(FIRST), |session| {
        Tried::Exchanged(Box::new(session))
    }))
}

/// A backend that vouches for somebody new makes the identity already.
async fn makes_an_identity(deps: &Deps, profile: &Profile) -> Result<bool, Problem> {
    let source = profile.developer.as_ref();
    let Some(source) = source.filter(|_| profile.sign_in == SignInMethod::Developer) else {
        return Ok(false);
    };
    let key = exchange::key(profile, developers_user(profile, source));
    Ok(deps.identities.get(&key).await?.is_none())
}

/// Who an opaque token is about only the pool can tell, so it has to be one of the saved profile.
async fn links_a_login(deps: &Deps, profile: &Profile) -> Result<bool, Problem> {
    if profile.logins.is_empty() {
        return Ok(false);
    }
    let saved = deps.profiles.load().await?.profiles;
    let is_saved = |saved: &Profile| saved.name == profile.name && saved.logins == profile.logins;
    Ok(!saved.iter().any(is_saved))
}
