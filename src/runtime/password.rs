//! Another password, from the window's sheet.

use tokio::sync::oneshot;

use super::{Shared, World};
use crate::adapters::activity;
use crate::app::{Attempt, Event};
use crate::domain::{Profile, Secret};
use crate::ops::password;

/// The sign-in is refreshed first, which comes to its end. Who stops waiting before the user pool
/// was told stops the change; whose change was done by then is told so, and so
/// is whatever else came of it: the sign-in may be lost, or the password unknown.
pub(super) async fn change(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    profile: Profile,
    previous: Secret,
    proposed: Secret,
) {
    let (ended, waits) = oneshot::channel::<()>();
    let (shared, world) = (shared.clone(), world.clone());
    let whose = Some(profile.name.clone());
    tokio::spawn(activity::about(whose, async move {
        let (_unfinished, world) = &shared.begin(&world).await;
        let is_wanted = || !ended.is_closed();
        let passwords = (&previous, &proposed);
        let changed = password::change(&world.deps, &profile, passwords, &is_wanted).await;
        let (result, remark) = match changed {
            Ok(remark) => (Ok(()), remark),
            // Nobody waits for what did not happen, and nothing else did.
            Err(problem) if problem == password::unwanted() => return,
            Err(problem) => (Err(problem), None),
        };
        let profile = profile.name.clone();
        let changed = Event::PasswordChanged {
            attempt,
            profile,
            result,
        };
        shared.tell(changed).await;
        if let Some(remark) = remark {
            shared.tell(Event::Trouble(remark)).await;
        }
        drop(ended);
    }));
    // It ends without a word: what there is to tell was told.
    let _ended = waits.await;
}
