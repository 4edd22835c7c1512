//! A renewal that is only tried out: what stands between a profile, saved or not, and credentials.
//!
//! Deliberately absent: keeping credentials. Those of a profile that is not saved must not take the
//! place of the saved one's.

use super::obtained::hint_at;
use super::prove::prove;
use crate::domain::{Problem, Profile, Session};
use crate::ops::exchange::{self, exchange};
use crate::ops::ports::{Deps, Progress};

/// Renews as the broker does, but keeps nothing of what it brings besides a rotated refresh token
/// and an identity ID.
///
/// # Errors
/// As [`credentials`](super::credentials).
pub async fn try_out(
    deps: &Deps,
    profile: &Profile,
    progress: &dyn Progress,
) -> Result<Session, Problem> {
    let _lock = deps.locks.lock(profile.sign_in_name()).await?;
    exchange::check(profile)?;
    let proved = prove(deps, profile, progress).await?;
    let exchanged = exchange(deps, profile, proved.holder, progress).await;
    let exchanged = exchanged.map_err(|problem| hint_at(problem, &proved.stored))?;
    Ok(exchanged.session)
}
