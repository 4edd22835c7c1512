//! The effects that look into and change the AWS files.

use std::future::Future;
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
            let undo = |world: World| async move {
                let shown = expected(&shown);
                let undone = world.deps.aws_profiles.undo(false, Some(&shown)).await?;
                web_identity::remove_orphans(&world.deps, &undone.orphans).await?;
                Ok(undone.told())
            };
            ended(shared, world, None, undo, Event::Undone).await;
        }
    }
}

/// What began comes to its end, and what it did is told although nobody waits for it any more.
async fn ended<T: Send + 'static, W: Future<Output = Result<T, Problem>> + Send>(
    shared: &Shared,
    world: &World,
    whose: Option<ProfileName>,
    work: impl FnOnce(World) -> W + Send + 'static,
    told: impl Fn(Result<T, Problem>) -> Event + Clone + Send + 'static,
) {
    let (shared, world) = (shared.clone(), world.clone());
    let (to_tell, tell) = (shared.clone(), told.clone());
    let ended = to_its_end(Box::pin(activity::about(whose, async move {
        let (_unfinished, world) = begin(&shared, &world).await;
        let result = work(world.clone()).await;
        shared.tell(tell(result)).await;
        tell_last_change(&shared, &world).await;
        Ok(())
    })));
    if let Err(problem) = ended.await {
        to_tell.tell(told(Err(problem))).await;
    }
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

/// Until the keys are there it can be stopped; a write that began comes to its end.
async fn write(shared: &Shared, world: &World, profile: &Profile, options: &ExportOptions) {
    let told = exported(world, &profile.name, options.target, true);
    if options.target == ExportTarget::CredentialsFile
        && let Err(problem) = obtain(shared, world, profile).await
    {
        return shared.tell(told(Err(problem))).await;
    }
    let (whose, profile) = (profile.name.clone(), profile.clone());
    let options = options.clone();
    let write = |world: World| async move {
        export::export(&world.deps, &profile, &options, &Quiet).await?;
        world.deps.aws_profiles.read(profile.name.as_str()).await
    };
    ended(shared, world, Some(whose), write, told).await;
}

async fn remove(shared: &Shared, world: &World, profile: ProfileName, target: ExportTarget) {
    let told = exported(world, &profile, target, false);
    let whose = Some(profile.clone());
    let remove = move |world: World| async move {
        let files = world.deps.aws_profiles.as_ref();
        export::unexport(&world.deps, files, profile.as_str(), target, false).await?;
        files.read(profile.as_str()).await
    };
    ended(shared, world, whose, remove, told).await;
}

/// How it is told; it began now.
fn exported(
    world: &World,
    profile: &ProfileName,
    target: ExportTarget,
    on: bool,
) -> impl Fn(Result<Exports, Problem>) -> Event + Clone + Send + 'static {
    let (deps, profile, started) = (world.deps.clone(), profile.clone(), world.deps.stopwatch());
    move |result| Event::Exported {
        profile: profile.clone(),
        target,
        on,
        took: deps.since(started),
        result,
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
