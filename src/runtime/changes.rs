//! The effects that change the AWS files, as it was shown before.
//!
//! Deliberately absent: showing it (see `previews`), and the renewal of keys that Poolkey serves, which
//! nobody is asked about.

use std::future::Future;
use std::time::Duration;

use super::exports::{begin, expected, of_home, options, tell_last_change};
use super::hand_on::{obtain, to_its_end};
use super::progress::Quiet;
use super::{Shared, World};
use crate::adapters::activity;
use crate::app::{Event, FilesChange};
use crate::domain::{AwsHomeId, ExportTarget, Problem, Profile, ProfileName};
use crate::ops::export::{self, ExportOptions};
use crate::ops::ports::ReadExports;
use crate::ops::web_identity;

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
        Err(problem) => return refused(shared, home, &change, problem).await,
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
            write(shared, world, home, vec![*profile], options).await;
        }
        FilesChange::WriteAll { profiles, target } => {
            let options = ExportOptions {
                take_over,
                ..options(target, None)
            };
            write(shared, world, home, profiles, options).await;
        }
        FilesChange::Remove { profile, target } => {
            remove(shared, world, home, profile, target).await;
        }
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

async fn refused(shared: &Shared, home: AwsHomeId, change: &FilesChange, problem: Problem) {
    let (names, target, on) = match change {
        FilesChange::Undo(_) => return shared.tell(Event::Undone(Err(problem))).await,
        FilesChange::Write {
            profile, target, ..
        } => (vec![profile.name.clone()], *target, true),
        FilesChange::WriteAll { profiles, target } => (names(profiles), *target, true),
        FilesChange::Remove { profile, target } => (vec![profile.clone()], *target, false),
    };
    let event = Event::Exported {
        home,
        target,
        on,
        took: Duration::ZERO,
        sections: none_of(names, &problem),
    };
    shared.tell(event).await;
}

fn names(profiles: &[Profile]) -> Vec<ProfileName> {
    profiles
        .iter()
        .map(|profile| profile.name.clone())
        .collect()
}

/// One problem keeps all of them from being written.
fn none_of(names: Vec<ProfileName>, problem: &Problem) -> ReadExports {
    let each = names.into_iter();
    each.map(|name| (name, Err(problem.clone()))).collect()
}

/// Until the keys of all are there it can be stopped; a write that began comes to its end. Who has no
/// keys does not keep the others from theirs.
async fn write(
    shared: &Shared,
    world: &World,
    home: AwsHomeId,
    profiles: Vec<Profile>,
    options: ExportOptions,
) {
    let (mut ready, mut lacking) = (Vec::new(), Vec::new());
    let told = exported(world, home, options.target, true);
    for profile in profiles {
        let obtained = match options.target {
            ExportTarget::CredentialsFile => obtain(shared, world, &profile).await.map(drop),
            _ => Ok(()),
        };
        match obtained {
            Ok(()) => ready.push(profile),
            Err(problem) => lacking.push((profile.name, Err(problem))),
        }
    }
    if ready.is_empty() {
        return shared.tell(told(lacking)).await;
    }
    let whose = match ready.as_slice() {
        [profile] => Some(profile.name.clone()),
        _ => None,
    };
    let all = names(&ready);
    let write = |world: World| async move {
        let written = export::export_all(&world.deps, &ready, &options, &Quiet).await?;
        let stands = world.deps.aws_profiles.read_all(&names(&ready)).await?;
        let each = stands.into_iter().zip(written);
        let each = each.map(|((name, stands), written)| (name, written.and(stands)));
        Ok(each.collect())
    };
    let told = move |result: Result<ReadExports, Problem>| {
        let written = result.unwrap_or_else(|problem| none_of(all.clone(), &problem));
        told(written.into_iter().chain(lacking.clone()).collect())
    };
    ended(shared, world, whose, write, told).await;
}

async fn remove(
    shared: &Shared,
    world: &World,
    home: AwsHomeId,
    profile: ProfileName,
    target: ExportTarget,
) {
    let told = exported(world, home, target, false);
    let (whose, name) = (Some(profile.clone()), profile.clone());
    let remove = move |world: World| async move {
        let files = world.deps.aws_profiles.as_ref();
        export::unexport(&world.deps, files, profile.as_str(), target, false).await?;
        files.read(profile.as_str()).await
    };
    let told = move |result| told(vec![(name.clone(), result)]);
    ended(shared, world, whose, remove, told).await;
}

/// How it is told; it began now.
fn exported(
    world: &World,
    home: AwsHomeId,
    target: ExportTarget,
    on: bool,
) -> impl Fn(ReadExports) -> Event + Clone + Send + 'static {
    let (deps, started) = (world.deps.clone(), world.deps.stopwatch());
    move |sections| Event::Exported {
        home,
        target,
        on,
        took: deps.since(started),
        sections,
    }
}
