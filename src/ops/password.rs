//! Another password for somebody who is signed in.
//!
//! The user pool wants an access token for it, so the sign-in is refreshed first; it stays as it is
//! otherwise. Deliberately absent: forgotten passwords, which are a part of signing in.

use super::ports::Deps;
use super::refresh::{kept_sign_in, refresh_kept};
use super::session::obtained::{Unkept, hint_at};
use crate::domain::{Problem, ProblemKind, Profile, Secret};

/// Asked before the passwords are: somebody has to be signed in.
///
/// # Errors
/// Nobody is, or the store cannot say.
pub async fn can_change(deps: &Deps, profile: &Profile) -> Result<(), Problem> {
    kept_sign_in(deps, profile).await.map(drop)
}

/// Sets the password. Answers what did not work although the password is another one now: a
/// rotated refresh token that could not be stored. The passwords: the present one, and the one to be.
/// Whether it is still wanted is asked once more before the pool is told.
///
/// # Errors
/// Nobody is signed in, the pool refuses one of the two passwords, or it could not be reached.
pub async fn change(
    deps: &Deps,
    profile: &Profile,
    (previous, proposed): (&Secret, &Secret),
    is_wanted: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Problem>, Problem> {
    let _lock = deps.locks.lock(profile.sign_in_name()).await?;
    let kept = kept_sign_in(deps, profile).await?;
    let refreshed = refresh_kept(deps, profile, kept).await?;
    let changed = async {
        let client = deps.app_client(profile).await?;
        if !is_wanted() {
            return Err(unwanted());
        }
        let (pool, access) = (&deps.user_pool, &refreshed.tokens.access);
        let changed = pool.change_password(&client, access, previous, proposed);
        changed.await.map_err(|problem| problem.about(profile))
    };
    match (changed.await, refreshed.stored) {
        (Err(problem), stored) => Err(hint_at(problem, &stored)),
        (Ok(()), stored) => Ok(stored.err().map(Unkept::into_problem)),
    }
}

/// What a change ends with that nobody wants any more. Where something else failed before, its hint
/// is in it.
#[must_use]
pub fn unwanted() -> Problem {
    Problem::new(ProblemKind::Usage, "The password was not changed")
}
