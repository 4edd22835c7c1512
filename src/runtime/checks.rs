//! "Check configuration": looked at in the background, told as it is found.

use tokio::sync::oneshot;

use super::{Shared, World};
use crate::app::{Attempt, Event};
use crate::domain::{Check, Profile, Secret};
use crate::ops::doctor::{self, Report, Subject};

struct Window {
    shared: Shared,
    attempt: Attempt,
}

impl Report for Window {
    fn checked(&self, check: &Check) {
        self.shared.tell_now(Event::Checked {
            attempt: self.attempt,
            check: Box::new(check.clone()),
        });
    }
}

/// Stopped with its attempt, but not within a refresh: that comes to its end first, in a task of its
/// own.
pub(super) async fn check(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    profile: Profile,
    client_secret: Option<Secret>,
) {
    // Dropped with this task.
    let (_stop, stopped) = oneshot::channel::<()>();
    let (shared, world) = (shared.clone(), world.clone());
    let looking = tokio::spawn(async move {
        let (_unfinished, world) = &shared.begin(&world).await;
        let deps = &world.deps;
        let window = Window {
            shared: shared.clone(),
            attempt,
        };
        let subject = Subject {
            profile: &profile,
            client_secret: client_secret.as_ref(),
        };
        let work = doctor::check(deps, subject, &window);
        if let Ok(checks) = deps.unbroken.unless(stopped, work).await {
            shared.tell(Event::ChecksEnded { attempt, checks }).await;
        }
    });
    let _ended = looking.await;
}
