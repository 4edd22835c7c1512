//! Finding out how the AWS files would change, before anything is written.
//!
//! Deliberately absent: the change itself (see `exports`).

use super::exports::{begin, expected, of_home, options, tell_last_change};
use super::hand_on::to_its_end;
use super::progress::Quiet;
use super::{Shared, World};
use crate::adapters::activity;
use crate::app::{Event, FilesChange, FilesPreview};
use crate::domain::{AwsHomeId, ExportTarget, Problem, Profile};
use crate::ops::export::{self, ExportOptions};

/// How the files would change.
pub(super) async fn preview(shared: &Shared, world: &World, home: AwsHomeId, change: FilesChange) {
    let result = match of_home(world, home) {
        Ok(world) => {
            // It may have to renew first, and that comes to its end.
            let (shared, shown) = (shared.clone(), change.clone());
            let whose = shown.section().map(|(name, _)| name.clone());
            to_its_end(Box::pin(activity::about(whose, async move {
                let (_unfinished, world) = begin(&shared, &world).await;
                previewed(&world, &shown).await
            })))
            .await
        }
        Err(problem) => Err(problem),
    };
    if result.is_err() && matches!(change, FilesChange::Undo(_)) {
        // What was shown may be the last change no more.
        tell_last_change(shared, world).await;
    }
    let previewed = Event::FilesPreviewed {
        home,
        change,
        result,
    };
    shared.tell(previewed).await;
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
                foreign: written.foreign,
                ..own(written.diff, written.warnings)
            })
        }
        FilesChange::WriteAll { profiles, target } => all_previewed(world, profiles, *target).await,
        FilesChange::Remove { profile, target } => {
            let written =
                export::unexport(&world.deps, files, profile.as_str(), *target, true).await?;
            Ok(own(written.diff, written.warnings))
        }
        FilesChange::Undo(shown) => {
            let undone = files.undo(true, Some(&expected(shown))).await?;
            Ok(own(undone.diff, undone.warnings))
        }
    }
}

/// A change of a section that is Poolkey's.
fn own(diff: String, warnings: Vec<String>) -> FilesPreview {
    FilesPreview {
        diff,
        warnings,
        ..FilesPreview::default()
    }
}

/// The changes for all, one below the other as they would be made. Who cannot be written is named,
/// and is not tried then.
async fn all_previewed(
    world: &World,
    profiles: &[Profile],
    target: ExportTarget,
) -> Result<FilesPreview, Problem> {
    let options = ExportOptions {
        dry_run: true,
        ..ExportOptions::to(target)
    };
    let written = export::export_all(&world.deps, profiles, &options, &Quiet).await?;
    let mut all = FilesPreview::default();
    let mut refused = None;
    for (profile, written) in profiles.iter().zip(written) {
        match written {
            Ok(written) => {
                all.diff.push_str(&written.diff);
                all.warnings.extend(written.warnings);
                all.foreign |= written.foreign;
            }
            Err(problem) => {
                let why = format!("{} is left out: {}", profile.name, problem.sentence);
                all.warnings.push(why);
                all.left_out.push(profile.name.clone());
                refused = refused.or(Some(problem));
            }
        }
    }
    match refused {
        Some(problem) if all.diff.is_empty() => Err(problem),
        _ => Ok(all),
    }
}
