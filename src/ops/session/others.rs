//! The other profiles of a shared sign-in: renewed by whoever refreshed it.
//!
//! Deliberately absent: a refresh, and telling anybody how it went.

use std::time::Duration;

use futures_util::future::join_all;

use super::prove::of_pool;
use crate::domain::{Claims, Profile, Secret};
use crate::ops::exchange::exchange;
use crate::ops::ports::{Deps, Unseen};
use crate::ops::sharing;

/// The caller waits for its own credentials, and others for the lock.
const LONGEST: Duration = Duration::from_secs(5);

/// The ID token serves the profiles that share the sign-in and are due, so that one refresh does for
/// all. What fails here is told when they ask themselves. Other providers' tokens may take long, so
/// who needs those asks alone.
pub(super) async fn renew_the_others(
    deps: &Deps,
    profile: &Profile,
    id_token: &Secret,
    claims: &Claims,
) {
    let others = sharing::others(deps, profile).await.unwrap_or_default();
    let others = others
        .iter()
        .filter(|other| other.logins.is_empty() && other.signs_in_at_the_same_place(profile));
    let all = join_all(others.map(|other| renewed(deps, other, id_token, claims)));
    let stop = deps.probes.pause(LONGEST);
    let _in_time = deps.unbroken.unless(stop, all).await;
}

async fn renewed(deps: &Deps, other: &Profile, id_token: &Secret, claims: &Claims) {
    let Ok(Some(session)) = deps.vault.session(other).await else {
        return;
    };
    if !session.is_due(deps.clock.now(), other.margin) {
        return;
    }
    let holder = of_pool(deps, other, claims, id_token, Vec::new());
    if let Ok(exchanged) = exchange(deps, other, holder, &Unseen).await {
        let _kept = deps.vault.keep_session(other, &exchanged.session).await;
    }
}
