//! `undo`: the newest change of the AWS files taken back, or shown, or all of them listed.

use super::args::Undo;
use super::output::Output;
use crate::domain::Problem;
use crate::ops::{Deps, web_identity};

/// Runs it.
pub async fn run(options: &Undo, deps: &Deps, output: &Output) -> Result<(), Problem> {
    if options.list {
        let changes = deps.aws_profiles.changes().await?;
        if changes.is_empty() {
            output.note("There is nothing to take back.");
            return Ok(());
        }
        let rows = changes
            .iter()
            .map(|change| format!("{:.0}  {}", change.at, change.what));
        return output.result(&rows.collect::<Vec<_>>().join("\n"));
    }
    let undone = deps.aws_profiles.undo(options.dry_run, None).await;
    let undone = undone.map_err(|problem| match problem.hints.as_slice() {
        [] => problem.hint("poolkey undo --list tells what can be taken back."),
        _ => problem,
    })?;
    if !options.dry_run {
        web_identity::remove_orphans(deps, &undone.orphans).await?;
    }
    for warning in &undone.warnings {
        output.note(&format!("warning: {warning}"));
    }
    if undone.diff.is_empty() {
        output.note(&format!(
            "{}. The next one goes further back.",
            undone.told()
        ));
    } else if options.dry_run {
        output.result(undone.diff.trim_end())?;
        output.note(&format!("This would take back: {}.", undone.what));
    } else {
        output.note(&format!("{}.", undone.told()));
    }
    Ok(())
}
