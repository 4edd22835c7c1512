//! Another password, from the window's sheet.

use super::{Shared, World};
use crate::app::{Attempt, Event};
use crate::domain::{Profile, Secret};
use crate::ops::password;

pub(super) async fn change(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    profile: &Profile,
    previous: &Secret,
    proposed: &Secret,
) {
    let (_unfinished, world) = &shared.begin(world).await;
    let changed = password::change(&world.deps, profile, previous, proposed).await;
    let (result, remark) = match changed {
        Ok(remark) => (Ok(()), remark),
        Err(problem) => (Err(problem), None),
    };
    let profile = profile.name.clone();
    shared
        .tell(Event::PasswordChanged {
            attempt,
            profile,
            result,
        })
        .await;
    if let Some(remark) = remark {
        shared.tell(Event::Trouble(remark)).await;
    }
}
