//! A new sign-in in the place of the former one, which may be another person's.
//!
//! Deliberately absent: the exchange that follows.

use super::obtained::Unkept;
use crate::domain::{KeptSignIn, Problem, Profile};
use crate::ops::ports::Deps;
use crate::ops::sharing;

/// Nobody else's token may be linked to this person's identity, where it would stay for ever. Only
/// tokens beside a sign-in that is known to be theirs are; those of one that has ended, or of another
/// app client, are nobody's.
pub(super) async fn clear_logins(
    deps: &Deps,
    profile: &Profile,
    kept: Option<&KeptSignIn>,
) -> Result<(), Problem> {
    let former = deps.vault.sign_in(profile).await.ok().flatten();
    let is_same = former
        .zip(kept)
        .is_some_and(|(former, kept)| former.username == kept.username);
    if is_same {
        return Ok(());
    }
    let forgotten = deps.vault.forget_logins(profile.sign_in_name()).await;
    // Where no kept token would be sent there is nothing to fear from one that stays.
    forgotten.or_else(|problem| match profile.brought().next() {
        Some(_) => Err(problem),
        None => Ok(()),
    })
}

/// Puts a new sign-in in the place of the former one. Nothing of another person may stay beside it,
/// or their credentials would be handed out should this process end now, or the exchange fail. So
/// they go first, also where it cannot be read whose they are.
pub(super) async fn replace_sign_in(
    deps: &Deps,
    profile: &Profile,
    kept: Option<&KeptSignIn>,
) -> Result<(), Unkept> {
    let Some(kept) = kept else {
        let forgotten = sharing::forget(deps, profile).await;
        return forgotten.map_err(Unkept::FormerStays);
    };
    let is_theirs = |username: &str| username == kept.username;
    let own = sharing::forget_unless(deps, profile, &is_theirs).await;
    let shared = sharing::forget_sessions(deps, profile, is_theirs).await;
    let stored = deps.vault.keep_sign_in(profile, kept).await;
    stored.map_err(Unkept::SignIn)?;
    own.and(shared).map_err(Unkept::FormerStays)
}
