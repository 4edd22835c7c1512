//! `profile import`: profiles from what other tools' sections of an AWS file name.

use std::path::Path;

use super::super::output::Output;
use crate::domain::{Problem, ProblemKind, ProfileName};
use crate::ops::ports::Found;
use crate::ops::{Deps, profiles};

/// Adds what is found, or lists it. One that is refused does not keep the others out.
///
/// # Errors
/// The first refusal, after all were tried; a file that cannot be read, or with nothing to add.
pub async fn run(
    file: &Path,
    names: &[String],
    dry_run: bool,
    deps: &Deps,
    output: &Output,
) -> Result<(), Problem> {
    if !file.is_file() {
        let sentence = format!("{} is not there or is not a file", file.display());
        return Err(Problem::new(ProblemKind::File, sentence));
    }
    let known = deps.profiles.load().await?.profiles;
    let known: Vec<ProfileName> = known.into_iter().map(|profile| profile.name).collect();
    let found = deps.aws_profiles.found_in(file, &known).await?;
    let wanted = chosen(found, names, file)?;
    if wanted.iter().all(|found| found.profile.is_none()) {
        let sentence = format!("Nothing in {} can be added as it is", file.display());
        let problem = Problem::new(ProblemKind::Usage, sentence);
        return Err(wanted.iter().map(line).fold(problem, Problem::hint));
    }
    let mut refused = None;
    for found in &wanted {
        match &found.profile {
            None => output.note(&format!("skipped: {}", line(found))),
            Some(_) if dry_run => output.result(&line(found))?,
            Some(profile) => match profiles::save(deps, None, profile, None).await {
                Ok(()) => output.note(&format!("added: {}", line(found))),
                Err(problem) => {
                    output.note(&format!("not added: {}: {}", line(found), problem.sentence));
                    refused = refused.or(Some(problem));
                }
            },
        }
    }
    refused.map_or(Ok(()), Err)
}

fn line(found: &Found) -> String {
    format!("[{}] {}", found.section, found.why)
}

/// What the person named, or all of it.
fn chosen(found: Vec<Found>, names: &[String], file: &Path) -> Result<Vec<Found>, Problem> {
    let missing = |name: &&String| !found.iter().any(|found| found.section == **name);
    if let Some(name) = names.iter().find(missing) {
        let sentence = format!("[{name}] in {} names no identity pool", file.display());
        return Err(Problem::new(ProblemKind::Usage, sentence));
    }
    if found.is_empty() {
        let sentence = format!("No section of {} names an identity pool", file.display());
        return Err(Problem::new(ProblemKind::Usage, sentence)
            .hint("A config or credentials file of the AWS CLI is read, no other kind of file"));
    }
    let is_named = |found: &Found| names.is_empty() || names.contains(&found.section);
    Ok(found.into_iter().filter(is_named).collect())
}
