//! The other profiles of a shared sign-in: renewed by whoever refreshed it.
//!
//! Deliberately absent: a refresh, and telling anybody how it went.

use super::prove::of_pool;
use crate::domain::{Claims, FlowStep, Profile, Secret, StepState};
use crate::ops::exchange::exchange;
use crate::ops::ports::{Deps, Progress};
use crate::ops::sharing;

/// The ID token serves the profiles that share the sign-in and are due, so that one refresh does for
/// all. What fails here is told when they ask themselves. Other providers' tokens may take long, so
/// who needs those asks alone.
pub(super) async fn renew_the_others(
    deps: &Deps,
    profile: &Profile,
    id_token: &Secret,
    claims: &Claims,
) {
    for other in sharing::others(deps, profile).await.unwrap_or_default() {
        let Ok(Some(session)) = deps.vault.session(&other).await else {
            continue;
        };
        let is_due = session.is_due(deps.clock.now()) && other.logins.is_empty();
        if !is_due || !other.signs_in_at_the_same_place(profile) {
            continue;
        }
        let holder = of_pool(deps, &other, claims, id_token, Vec::new());
        if let Ok(exchanged) = exchange(deps, &other, holder, &Unseen).await {
            let _kept = deps.vault.keep_session(&other, &exchanged.session).await;
        }
    }
}

/// Nobody waits for these steps.
struct Unseen;

impl Progress for Unseen {
    fn step(&self, _step: FlowStep, _state: StepState) {}
}
