//! `export` and `unexport`: the diff on standard output with `--dry-run`, else a word on standard
//! error.

use super::args::{Export, Unexport};
use super::output::Output;
use crate::domain::{ExportTarget, Place, Problem};
use crate::ops::Deps;
use crate::ops::export::{self, ExportOptions};
use crate::ops::ports::Written;

/// Writes a section.
pub async fn export(options: Export, deps: &Deps, output: &Output) -> Result<(), Problem> {
    let profile = deps.profile(&options.profile).await?;
    let dry_run = options.dry_run;
    let order = ExportOptions {
        target: options.to.into(),
        aws_profile: options.aws_profile,
        region: options.region,
        role: options.role_arn,
        files: options.files.into(),
        take_over: options.take_over,
        dry_run,
    };
    let written = export::export(deps, &profile, &order, &output.progress(deps)).await?;
    let name = order
        .aws_profile
        .as_deref()
        .unwrap_or(profile.name.as_str());
    tell(&written, dry_run, output)?;
    if written.foreign && !order.take_over {
        output.note(&format!(
            "note: [{name}] was not made by Poolkey: writing it needs --take-over"
        ));
    }
    if order.target == ExportTarget::CredentialProcess && deps.vault.is_locked().await? {
        output.note(
            "note: nobody types a passphrase for the AWS CLI: name a file that holds it in \
             POOLKEY_PASSPHRASE_FILE where it runs",
        );
    }
    if !dry_run && order.take_over {
        output.note("note: what stood there before comes back with: poolkey undo");
    }
    if !dry_run {
        let unchanged = written.diff.is_empty();
        let done = if unchanged {
            "is so already"
        } else {
            "written"
        };
        output.note(&format!(
            "[{name}] {done}. Use it with: aws --profile {name} sts get-caller-identity"
        ));
    }
    Ok(())
}

/// Removes what `export` wrote: one target, or all that are ours.
pub async fn unexport(options: Unexport, deps: &Deps, output: &Output) -> Result<(), Problem> {
    // A profile that is gone may still have sections: the name alone is enough.
    let name = options.aws_profile.unwrap_or(options.profile);
    let files = export::of_home(deps, options.files.into())?;
    let files = files.as_ref();
    let targets: Vec<ExportTarget> = if let Some(target) = options.to {
        vec![target.into()]
    } else {
        let found = files.read(&name).await?;
        let ours = |target: &ExportTarget| matches!(found.place(*target), Place::Ours { .. });
        ExportTarget::ALL.into_iter().filter(ours).collect()
    };
    for target in &targets {
        let written = export::unexport(deps, files, &name, *target, options.dry_run).await?;
        tell(&written, options.dry_run, output)?;
    }
    if !options.dry_run {
        let word = if targets.is_empty() {
            "has nothing that Poolkey wrote"
        } else {
            "removed"
        };
        output.note(&format!("[{name}] {word}."));
    }
    Ok(())
}

fn tell(written: &Written, dry_run: bool, output: &Output) -> Result<(), Problem> {
    for warning in &written.warnings {
        output.note(&format!("warning: {warning}"));
    }
    if dry_run && !written.diff.is_empty() {
        output.result(written.diff.trim_end())?;
    }
    Ok(())
}
