//! The effects that look into and change the AWS files.

use std::time::Duration;

use jiff::SignedDuration;

use super::progress::Quiet;
use super::{Shared, World};
use crate::app::{Event, FilesChange, FilesPreview, FoundProfile, LastChange};
use crate::domain::{AwsHomeId, ExportTarget, Exports, Problem, Profile, ProfileName, RoleArn};
use crate::ops::export::{self, ExportOptions};
use crate::ops::{ports, web_identity};

/// A token file that nobody names is looked for again after this long.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// What stands in the files for each profile, and what was done to them last.
pub(super) async fn read(shared: &Shared, world: &World, home: AwsHomeId, names: Vec<ProfileName>) {
    let homes = world.deps.aws_profiles.homes().await;
    let homes = homes.into_iter().map(|home| (home.id, home.shown));
    shared.tell(Event::HomesFound(homes.collect())).await;
    let world = match of_home(world, home) {
        Ok(world) => world,
        Err(problem) => return shared.tell(Event::Trouble(problem)).await,
    };
    for profile in names {
        let exports = world.deps.aws_profiles.read(profile.as_str()).await;
        let read = Event::ExportsRead {
            home,
            profile,
            exports,
        };
        shared.tell(read).await;
    }
    tell_last_change(shared, &world).await;
}

/// The same world with the AWS files of another home.
fn of_home(world: &World, home: AwsHomeId) -> Result<World, Problem> {
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

/// How the files would change.
pub(super) async fn preview(shared: &Shared, world: &World, home: AwsHomeId, change: FilesChange) {
    // It may have to renew first.
    let (_unfinished, world) = &shared.begin(world).await;
    let result = match of_home(world, home) {
        Ok(world) => previewed(&world, &change).await,
        Err(problem) => Err(problem),
    };
    if result.is_err() && matches!(change, FilesChange::Undo(_)) {
        // What was shown may be the last change no more.
        tell_last_change(shared, world).await;
    }
    shared.tell(Event::FilesPreviewed { change, result }).await;
}

async fn previewed(world: &World, change: &FilesChange) -> Result<FilesPreview, Problem> {
    let files = world.deps.aws_profiles.as_ref();
    match change {
        FilesChange::Write {
            profile,
            target,
            role,
        } => {
            let options = ExportOptions {
                dry_run: true,
                ..options(*target, role.clone())
            };
            let written = export::export(&world.deps, profile, &options, &Quiet).await?;
            Ok(FilesPreview {
                diff: written.diff,
                warnings: written.warnings,
                foreign: written.foreign,
            })
        }
        FilesChange::WriteAll { profiles, target } => all_previewed(world, profiles, *target).await,
        FilesChange::Remove { profile, target } => {
            let written =
                export::unexport(&world.deps, files, profile.as_str(), *target, true).await?;
            Ok(FilesPreview {
                diff: written.diff,
                warnings: written.warnings,
                foreign: false,
            })
        }
        FilesChange::Undo(shown) => {
            let undone = files.undo(true, Some(&expected(shown))).await?;
            Ok(FilesPreview {
                diff: undone.diff,
                warnings: undone.warnings,
                foreign: false,
            })
        }
    }
}

/// The changes for all, one below the other. Who cannot be written is named, and left out then, too.
async fn all_previewed(
    world: &World,
    profiles: &[Profile],
    target: ExportTarget,
) -> Result<FilesPreview, Problem> {
    let mut all = FilesPreview::default();
    let mut refused = None;
    for profile in profiles {
        let options = ExportOptions {
            dry_run: true,
            ..ExportOptions::to(target)
        };
        match export::export(&world.deps, profile, &options, &Quiet).await {
            Ok(written) => {
                all.diff.push_str(&written.diff);
                all.warnings.extend(written.warnings);
                all.foreign |= written.foreign;
            }
            Err(problem) => {
                let why = format!("{} is left out: {}", profile.name, problem.sentence);
                all.warnings.push(why);
                refused = refused.or(Some(problem));
            }
        }
    }
    match refused {
        Some(problem) if all.diff.is_empty() => Err(problem),
        _ => Ok(all),
    }
}

fn expected(shown: &LastChange) -> ports::LastChange {
    ports::LastChange {
        what: shown.what.clone(),
        at: shown.at,
    }
}

fn options(target: ExportTarget, role: Option<RoleArn>) -> ExportOptions {
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
    let (_unfinished, world) = &shared.begin(world).await;
    let started = world.deps.stopwatch();
    let written = async {
        export::export(&world.deps, profile, options, &Quiet).await?;
        world.deps.aws_profiles.read(name.as_str()).await
    };
    let result = written.await;
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
    let (_unfinished, world) = &shared.begin(world).await;
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

/// Writes the file with a token for web identities, where it is due and still wanted.
pub(super) async fn write_token_file(shared: &Shared, world: &World, profile: &Profile) {
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

async fn tell_last_change(shared: &Shared, world: &World) {
    // Where it cannot be read there is nothing to take back; the files' own troubles are told.
    let last = world.deps.aws_profiles.last_change().await.ok().flatten();
    let last = last.map(|last| LastChange {
        what: last.what,
        at: last.at,
    });
    shared.tell(Event::LastChangeRead(last)).await;
}
