//! `profile discover`: what an AWS account has, as profiles.
//!
//! Deliberately absent: app clients' secrets. They go from the answer to the secret store, and no
//! output says more than that there is one.

use serde_json::{Value, json};

use super::super::args::ProfileDiscover;
use super::super::output::Output;
use super::shown::as_json;
use crate::domain::discovery::{Found, Missed, Offers, Progress, policy};
use crate::domain::{Problem, ProblemKind, ProfileName, Region};
use crate::ops::discover::{Watcher, discover, source};
use crate::ops::{Deps, profiles};

struct Told<'a>(&'a Output);

impl Watcher for Told<'_> {
    fn progress(&self, progress: Progress) {
        if self.0.is_verbose() {
            self.0.note(&progress.in_words());
        }
    }
}

/// Lists what is found, and adds what is wanted of it. One that is refused does not keep the others
/// out.
///
/// # Errors
/// No such AWS profile, no region, nothing that could be read; a name that was not found; the first
/// profile that could not be added, after all were tried.
pub async fn run(options: ProfileDiscover, deps: &Deps, output: &Output) -> Result<(), Problem> {
    if options.policy {
        return output.result(&policy());
    }
    let name = options.aws_profile.as_deref().unwrap_or_default();
    let mut source = source(deps, name).await?;
    source.endpoint_url = options.endpoint_url.clone().or(source.endpoint_url);
    let regions = regions(&options, source.region.as_ref(), name)?;
    let offers = discover(deps, &source, &regions, &Told(output)).await?;
    let chosen = chosen(&offers, &options)?;
    if output.is_json() {
        output.json(&json(&offers))?;
    } else if options.add.is_empty() && !options.add_all {
        tell(&offers, output)?;
    }
    for missed in &offers.missed {
        output.note(&format!("note: {}", missed.in_words()));
    }
    if offers.missed.iter().any(Missed::is_denied) {
        output.note("hint: `poolkey profile discover --policy` prints the policy that is needed.");
    }
    add(&chosen, deps, output).await
}

fn regions(
    options: &ProfileDiscover,
    own: Option<&Region>,
    name: &str,
) -> Result<Vec<Region>, Problem> {
    let mut regions = options.regions.clone();
    if regions.is_empty() {
        regions.extend(own.cloned());
    }
    regions.sort();
    regions.dedup();
    if regions.is_empty() {
        let sentence = format!("The AWS profile {name} has no region");
        return Err(Problem::new(ProblemKind::Usage, sentence).hint("Name one with --region."));
    }
    Ok(regions)
}

/// What is to be added.
fn chosen<'a>(offers: &'a Offers, options: &ProfileDiscover) -> Result<Vec<&'a Found>, Problem> {
    if options.add_all {
        return Ok(offers.fresh().collect());
    }
    let found = |name: &ProfileName| {
        let mut ready = offers.ready.iter();
        let found = ready.find(|found| found.profile.name == *name);
        found.ok_or_else(|| {
            let sentence = format!("No profile {name} was found");
            let names: Vec<&str> = offers
                .fresh()
                .map(|found| found.profile.name.as_str())
                .collect();
            let hint = if names.is_empty() {
                "Nothing that is not there yet was found.".to_owned()
            } else {
                format!("Found are: {}", names.join(", "))
            };
            Problem::new(ProblemKind::Usage, sentence).hint(hint)
        })
    };
    options.add.iter().map(found).collect()
}

async fn add(chosen: &[&Found], deps: &Deps, output: &Output) -> Result<(), Problem> {
    let mut refused = None;
    for found in chosen {
        let name = &found.profile.name;
        if let Some(known) = &found.known {
            output.note(&format!("skipped: {name}, which is {known} already"));
            continue;
        }
        let saved = profiles::save(deps, None, &found.profile, found.client_secret.as_ref()).await;
        match saved {
            Ok(()) => output.note(&format!("added: {name} ({})", found.who)),
            Err(problem) => {
                output.note(&format!("not added: {name}: {}", problem.sentence));
                refused = refused.or(Some(problem));
            }
        }
    }
    refused.map_or(Ok(()), Err)
}

/// For a person: ready ones on standard output, the rest beside it.
fn tell(offers: &Offers, output: &Output) -> Result<(), Problem> {
    if offers.ready.is_empty() {
        output.note("No app client with an identity pool was found.");
    }
    for found in &offers.ready {
        let known = found.known.as_ref();
        let known = known.map_or(String::new(), |name| format!(" (there already: {name})"));
        output.result(&format!(
            "{:<24} {:<32} {}{known}",
            found.profile.name.as_str(),
            found.who,
            found.identity_pool
        ))?;
        for remark in &found.remarks {
            output.note(&format!("  {}: {remark}", found.profile.name));
        }
    }
    for incomplete in &offers.incomplete {
        let what = &incomplete.what;
        output.note(&format!(
            "not ready: {what} ({}): {}",
            incomplete.id, incomplete.why
        ));
    }
    Ok(())
}

fn json(offers: &Offers) -> Value {
    let ready = offers.ready.iter().map(|found| {
        json!({
            "profile": as_json(&found.profile),
            "who": found.who,
            "identity_pool": found.identity_pool,
            "remarks": found.remarks,
            "known_as": found.known.as_ref().map(ProfileName::as_str),
        })
    });
    let incomplete = offers.incomplete.iter();
    let incomplete =
        incomplete.map(|left| json!({ "what": left.what, "id": left.id, "why": left.why }));
    let missed = offers.missed.iter().map(|missed| {
        json!({
            "action": missed.action,
            "region": missed.region.as_str(),
            "calls": missed.calls,
            "denied": missed.is_denied(),
            "message": missed.problem.sentence,
            "aws_code": missed.problem.aws_code(),
        })
    });
    json!({
        "ready": ready.collect::<Vec<_>>(),
        "incomplete": incomplete.collect::<Vec<_>>(),
        "missed": missed.collect::<Vec<_>>(),
    })
}
