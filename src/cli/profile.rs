//! `profile add|discover|list|show|import|export|remove`. Nothing secret is ever printed.

mod add;
mod discover;
mod import;
mod shown;

pub use self::shown::who;
use self::shown::{as_json, details, row};
use super::args::ProfileCommand;
use super::output::Output;
use crate::domain::Problem;
use crate::ops::{self, Deps, profiles};

/// Runs one of them.
pub async fn run(command: ProfileCommand, deps: &Deps, output: &Output) -> Result<(), Problem> {
    match command {
        ProfileCommand::Add(options) => add::run(*options, deps, output).await,
        ProfileCommand::Discover(options) => discover::run(*options, deps, output).await,
        ProfileCommand::List { .. } => list(deps, output).await,
        ProfileCommand::Show { name, .. } => {
            let profile = deps.profile(&name).await?;
            if output.is_json() {
                return output.json(&as_json(&profile));
            }
            output.result(&details(&profile))
        }
        ProfileCommand::Import {
            file,
            names,
            identity_pool_id,
            renamed,
            all,
            dry_run,
        } => {
            let wish = import::Wish {
                names: &names,
                identity_pool: identity_pool_id,
                renamed,
                all,
                dry_run,
            };
            let ran = import::run(&file, wish, deps, output).await;
            ran.map_err(Problem::tidied)
        }
        ProfileCommand::Export {
            names,
            link,
            usernames,
        } => share(&names, link, usernames, deps, output).await,
        ProfileCommand::Remove { name } => {
            let profile = deps.profile(&name).await?;
            if let Some(remark) = profiles::remove(deps, &profile.name).await? {
                output.note(&format!("note: {remark}"));
            }
            output.note(&format!(
                "{name} removed. What was exported to the AWS files stays."
            ));
            Ok(())
        }
    }
}

async fn list(deps: &Deps, output: &Output) -> Result<(), Problem> {
    let profiles = deps.profiles.load().await?.profiles;
    if output.is_json() {
        return output.json(&profiles.iter().map(as_json).collect());
    }
    let rows: Vec<String> = profiles.iter().map(row).collect();
    if rows.is_empty() {
        output.note("No profiles yet. Add one with: poolkey profile add");
        return Ok(());
    }
    output.result(&rows.join("\n"))
}

/// Profiles for somebody else, and on standard error what was left out.
async fn share(
    names: &[String],
    as_link: bool,
    with_usernames: bool,
    deps: &Deps,
    output: &Output,
) -> Result<(), Problem> {
    let shared = ops::import::share(deps, names, with_usernames).await?;
    for remark in &shared.remarks {
        output.note(&format!("note: {remark}"));
    }
    let text = if as_link { &shared.link } else { &shared.text };
    output.result(text.trim_end())
}
