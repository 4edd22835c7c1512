//! The effect that keeps files with a token for web identities fresh.

use jiff::SignedDuration;

use super::progress::Quiet;
use super::{Shared, World};
use crate::app::Event;
use crate::domain::Profile;
use crate::ops::web_identity;

/// A token file that nobody names is looked for again after this long.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// Writes the file with a token for web identities, where it is due and still wanted.
pub(super) async fn write(shared: &Shared, world: &World, profile: &Profile) {
    let (_unfinished, world) = &shared.begin(world).await;
    let written = web_identity::renew(&world.deps, profile, &Quiet).await;
    let later = world.deps.clock.now().saturating_add(LOOK_AGAIN);
    let result = written.map(|until| match until {
        Some(until) => web_identity::due_at(until),
        None => later.unwrap_or_default(),
    });
    let profile = profile.name.clone();
    let written = Event::TokenFileWritten { profile, result };
    shared.tell(written).await;
}
