//! The effects that look into and change the AWS files.

use std::time::Duration;

use tokio::sync::RwLockReadGuard;

use super::hand_on::{obtain, to_its_end};
use super::progress::Quiet;
use super::{Shared, World};
use crate::adapters::activity;
use crate::app::{Event, FilesChange, FoundProfile, LastChange};
use crate::domain::{AwsHomeId, ExportTarget, Exports, Problem, Profile, ProfileName, RoleArn};
use crate::ops::export::{self, ExportOptions};
use crate::ops::{ports, web_identity};

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

/// Does what was shown.
pub(super) async fn change(
    shared: &Shared,
    world: &World,
    home: AwsHomeId,
    change: FilesChange,
    take_over: bool,
) {
    let world = &match of_home(world, home) {
        Ok(world) => world,
        // It was there when the change was shown.
        Err(problem) => return refused(shared, &change, problem).await,
    };
    match change {
        FilesChange::Write {
            profile,
            target,
            role,
        } => {
            let options = ExportOptions {
                take_over,
                ..options(target, role)
            };
            write(shared, world, &profile, &options).await;
        }
        FilesChange::WriteAll { profiles, target } => {
            for profile in profiles {
                let options = ExportOptions {
                    take_over,
                    ..ExportOptions::to(target)
                };
                write(shared, world, &profile, &options).await;
            }
        }
        FilesChange::Remove { profile, target } => remove(shared, world, profile, target).await,
        FilesChange::Undo(shown) => {
            let shown = expected(&shown);
            let undone = async {
                let undone = world.deps.aws_profiles.undo(false, Some(&shown)).await?;
                web_identity::remove_orphans(&world.deps, &undone.orphans).await?;
                Ok(undone.told())
            };
            shared.tell(Event::Undone(undone.await)).await;
        }
    }
    tell_last_change(shared, world).await;
}

async fn refused(shared: &Shared, change: &FilesChange, problem: Problem) {
    if let FilesChange::WriteAll { profiles, target } = change {
        for profile in profiles {
            let event = Event::Exported {
                profile: profile.name.clone(),
                target: *target,
                on: true,
                took: Duration::ZERO,
                result: Err(problem.clone()),
            };
            shared.tell(event).await;
        }
        return;
    }
    let event = match change.section() {
        None => Event::Undone(Err(problem)),
        Some((profile, target)) => Event::Exported {
            profile: profile.clone(),
            target,
            on: matches!(change, FilesChange::Write { .. }),
            took: Duration::ZERO,
            result: Err(problem),
        },
    };
    shared.tell(event).await;
}

async fn write(shared: &Shared, world: &World, profile: &Profile, options: &ExportOptions) {
    let name = profile.name.clone();
    let started = world.deps.stopwatch();
    let result = written(shared, world, profile, options).await;
    shared
        .tell(Event::Exported {
            profile: name,
            target: options.target,
            on: true,
            took: world.deps.since(started),
            result,
        })
        .await;
}

/// Until the keys are there it can be stopped; a write that began comes to its end.
async fn written(
    shared: &Shared,
    world: &World,
    profile: &Profile,
    options: &ExportOptions,
) -> Result<Exports, Problem> {
    if options.target == ExportTarget::CredentialsFile {
        obtain(shared, world, profile).await?;
    }
    let (shared, world) = (shared.clone(), world.clone());
    let (profile, options) = (profile.clone(), options.clone());
    to_its_end(Box::pin(activity::about(
        Some(profile.name.clone()),
        async move {
            let (_unfinished, world) = &begin(&shared, &world).await;
            export::export(&world.deps, &profile, &options, &Quiet).await?;
            world.deps.aws_profiles.read(profile.name.as_str()).await
        },
    )))
    .await
}

async fn remove(shared: &Shared, world: &World, profile: ProfileName, target: ExportTarget) {
    let files = world.deps.aws_profiles.as_ref();
    let started = world.deps.stopwatch();
    let removed = async {
        export::unexport(&world.deps, files, profile.as_str(), target, false).await?;
        files.read(profile.as_str()).await
    };
    let result: Result<Exports, Problem> = removed.await;
    shared
        .tell(Event::Exported {
            profile,
            target,
            on: false,
            took: world.deps.since(started),
            result,
        })
        .await;
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
    shared.tell(Event::ExportedAgain { profile }).await;
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
