//! The effects that look into the AWS files, and the renewal of keys that stand there.
//!
//! Deliberately absent: changes that somebody was shown (see `changes`).

use tokio::sync::RwLockReadGuard;

use super::{Shared, World};
use crate::app::{Event, FoundProfile, LastChange};
use crate::domain::{AwsHomeId, ExportTarget, Problem, Profile, ProfileName, RoleArn};
use crate::ops::export::{self, ExportOptions};
use crate::ops::ports;

/// What stands in the files for each profile, and what was done to them last.
pub(super) async fn read(shared: &Shared, world: &World, home: AwsHomeId, names: Vec<ProfileName>) {
    let homes = world.deps.aws_profiles.homes().await;
    let homes = homes.into_iter().map(|home| (home.id, home.shown));
    shared.tell(Event::HomesFound(homes.collect())).await;
    let world = match of_home(world, home) {
        Ok(world) => world,
        Err(problem) => return shared.tell(Event::Trouble(problem)).await,
    };
    match world.deps.aws_profiles.read_all(&names).await {
        Ok(exports) => shared.tell(Event::ExportsRead { home, exports }).await,
        Err(problem) => shared.tell(Event::Trouble(problem)).await,
    }
    tell_last_change(shared, &world).await;
}

/// The same world with the AWS files of another home.
pub(super) fn of_home(world: &World, home: AwsHomeId) -> Result<World, Problem> {
    let mut world = world.clone();
    world.deps.aws_profiles = world.deps.aws_profiles.of_home(home)?;
    Ok(world)
}

/// Sections that Poolkey could serve. A file that cannot be read is told where it is needed.
pub(super) async fn find(shared: &Shared, world: &World) {
    let known = world.deps.profiles.load().await;
    let known = known.map(|known| known.profiles).unwrap_or_default();
    let known: Vec<ProfileName> = known.into_iter().map(|profile| profile.name).collect();
    let found = world.deps.aws_profiles.found(&known).await;
    let found = found.unwrap_or_default();
    let found = found.into_iter().map(|found| FoundProfile {
        section: found.section,
        file: found.file_shown,
        why: found.why,
        profile: found.profile.map(Box::new),
    });
    shared.tell(Event::ProfilesFound(found.collect())).await;
}

/// As [`Shared::begin`], with the files that the work is about.
pub(super) async fn begin<'a>(
    shared: &'a Shared,
    of_home: &World,
) -> (RwLockReadGuard<'a, ()>, World) {
    let (unfinished, mut world) = shared.begin(of_home).await;
    world.deps.aws_profiles = of_home.deps.aws_profiles.clone();
    (unfinished, world)
}

pub(super) fn expected(shown: &LastChange) -> ports::LastChange {
    ports::LastChange {
        what: shown.what.clone(),
        at: shown.at,
    }
}

pub(super) fn options(target: ExportTarget, role: Option<RoleArn>) -> ExportOptions {
    ExportOptions {
        role,
        ..ExportOptions::to(target)
    }
}

/// Writes the keys again wherever a section still holds the profile's.
pub(super) async fn export_again(shared: &Shared, world: &World, profile: &Profile) {
    let written = match world.deps.vault.session(profile).await {
        Ok(Some(session)) => export::again(&world.deps, profile, &session).await,
        Ok(None) => Ok(false),
        Err(problem) => Err(problem),
    };
    if let Err(problem) = written {
        shared.tell(Event::Trouble(problem)).await;
    }
    let profile = profile.name.clone();
    shared.tell(Event::ExportedAgain(profile)).await;
}

pub(super) async fn tell_last_change(shared: &Shared, world: &World) {
    // Where it cannot be read there is nothing to take back; the files' own troubles are told.
    let last = world.deps.aws_profiles.last_change().await.ok().flatten();
    let last = last.map(|last| LastChange {
        what: last.what,
        at: last.at,
    });
    shared.tell(Event::LastChangeRead(last)).await;
}
