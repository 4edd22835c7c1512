//! The effects that write the AWS files, and what is told about files that others wrote.

use super::progress::Quiet;
use super::{Shared, World};
use crate::app::Event;
use crate::app::event::ExportRefusal;
use crate::domain::{ExportTarget, Exports, Place, Problem, ProblemKind, Profile, ProfileName};
use crate::ops::export::{self, ExportOptions};
use crate::ops::web_identity;

pub(super) async fn export(
    shared: &Shared,
    world: &World,
    profile: &Profile,
    target: ExportTarget,
    take_over: bool,
) {
    let options = ExportOptions {
        take_over,
        ..ExportOptions::to(target)
    };
    let name = profile.name.clone();
    // It may have to renew first.
    let _unfinished = shared.unfinished.read().await;
    let started = world.deps.stopwatch();
    let result = match export::export(&world.deps, profile, &options, &Quiet).await {
        Ok(_) => world
            .deps
            .aws_profiles
            .read(name.as_str())
            .await
            .map_err(refusal),
        Err(problem) => {
            let found = world.deps.aws_profiles.read(name.as_str()).await;
            let foreign = !take_over
                && problem.kind == ProblemKind::Usage
                && found.is_ok_and(|exports| *exports.place(target) == Place::Foreign);
            Err(ExportRefusal { problem, foreign })
        }
    };
    shared
        .tell(Event::Exported {
            profile: name,
            target,
            on: true,
            took: world.deps.since(started),
            result,
        })
        .await;
}

pub(super) async fn export_again(shared: &Shared, world: &World, profile: &Profile) {
    let _unfinished = shared.unfinished.read().await;
    let files = world.deps.aws_profiles.as_ref();
    let name = profile.name.as_str();
    let written = async {
        let found = files.read(name).await?;
        if !matches!(found.credentials_file, Place::Ours { .. }) {
            return Ok(found);
        }
        let options = ExportOptions::to(ExportTarget::CredentialsFile);
        export::export(&world.deps, profile, &options, &Quiet).await?;
        files.read(name).await
    };
    let exports = written.await;
    let profile = profile.name.clone();
    shared.tell(Event::ExportsRead { profile, exports }).await;
}

pub(super) async fn write_token_file(shared: &Shared, world: &World, profile: &Profile) {
    let _unfinished = shared.unfinished.read().await;
    let written = web_identity::write(&world.deps, profile, &Quiet).await;
    let result = written.map(web_identity::due_at);
    let profile = profile.name.clone();
    shared
        .tell(Event::TokenFileWritten { profile, result })
        .await;
}

pub(super) async fn unexport(
    shared: &Shared,
    world: &World,
    profile: ProfileName,
    target: ExportTarget,
) {
    let files = world.deps.aws_profiles.as_ref();
    let started = world.deps.stopwatch();
    let removed = async {
        export::unexport(files, profile.as_str(), target, false).await?;
        files.read(profile.as_str()).await
    };
    let result: Result<Exports, ExportRefusal> = removed.await.map_err(refusal);
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

const fn refusal(problem: Problem) -> ExportRefusal {
    ExportRefusal {
        problem,
        foreign: false,
    }
}
