//! "Discover": an AWS account is looked into in the background, told as far as it is.

use super::{Shared, World};
use crate::app::{Attempt, Event, ProfileDraft};
use crate::domain::Region;
use crate::domain::discovery::{AwsSource, Progress};
use crate::ops::discover::{self, Watcher};
use crate::ops::profiles::{self, TypedSecrets};

struct Window {
    shared: Shared,
    attempt: Attempt,
}

impl Watcher for Window {
    fn progress(&self, progress: Progress) {
        let attempt = self.attempt;
        self.shared
            .tell_now(Event::Discovering { attempt, progress });
        self.shared.tell_calls_now();
    }
}

pub(super) async fn find_sources(shared: &Shared, world: &World) {
    let sources = world.deps.accounts.sources().await;
    shared.tell(Event::SourcesFound(sources)).await;
}

/// Stopped with its task: nothing is changed, so nothing is left half-done.
pub(super) async fn discover(
    shared: &Shared,
    world: &World,
    attempt: Attempt,
    source: &AwsSource,
    regions: &[Region],
) {
    let window = Window {
        shared: shared.clone(),
        attempt,
    };
    let found = discover::discover(&world.deps, source, regions, &window).await;
    let result = found.map(Box::new);
    shared.tell(Event::Discovered { attempt, result }).await;
}

/// One that is refused does not keep the others out.
pub(super) async fn add(shared: &Shared, world: &World, drafts: Vec<ProfileDraft>) {
    let (_unfinished, world) = &shared.begin(world).await;
    let (mut added, mut refused) = (Vec::new(), Vec::new());
    for draft in drafts {
        let secrets = TypedSecrets {
            client: draft.client_secret.as_ref(),
            logins: &draft.login_secrets,
        };
        match profiles::save(&world.deps, None, &draft.profile, secrets).await {
            Ok(()) => added.push(draft.profile.name),
            Err(problem) => refused.push((draft.profile.name, problem)),
        }
    }
    shared.tell(Event::FoundAdded { added, refused }).await;
}
