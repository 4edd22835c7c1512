//! Profiles from elsewhere, and profiles for somebody else.
//!
//! To look and to add are two steps: a person sees what is offered in between. Deliberately absent:
//! the formats (see [`super::ports::Imports`]) and the rules ([`crate::domain::Offered`]).

use std::path::Path;

use super::ports::{Deps, Found, ImportText, Understood};
use super::profiles;
use crate::domain::offered::limit;
use crate::domain::{
    Offer, Offered, Problem, ProblemKind, Profile, ProfileName, Shared, capital, is_same, shareable,
};

/// What a file offers.
///
/// # Errors
/// A file that cannot be read, or in which there is nothing.
pub async fn look_into(deps: &Deps, file: &Path) -> Result<Vec<Offered>, Problem> {
    shown(file_offers(deps, file).await)
}

async fn file_offers(deps: &Deps, file: &Path) -> Result<Vec<Offered>, Problem> {
    let text = deps.imports.read(file).await?;
    match deps.imports.understand(&text).await? {
        Understood::Profiles(offered) => Ok(offered),
        Understood::AwsFile(_) => {
            let known = names(deps).await?;
            of_aws(
                deps.aws_profiles.found_in(file, &known).await?,
                &text.source,
            )
        }
    }
}

/// What a text offers.
///
/// # Errors
/// A text in which there is nothing.
pub async fn look_at(deps: &Deps, text: &ImportText) -> Result<Vec<Offered>, Problem> {
    let offers = text_offers(deps, text).await;
    shown(offers.map_err(|problem| begun(problem, &text.source)))
}

/// "the link" is called so within a sentence, and begins one as a sentence begins.
fn begun(problem: Problem, source: &str) -> Problem {
    if !problem.sentence.starts_with(source) {
        return problem;
    }
    let sentence = capital(&problem.sentence);
    Problem {
        sentence,
        ..problem
    }
}

/// The one door of everything that comes from elsewhere: no text of it steers a window or a terminal.
fn shown(looked: Result<Vec<Offered>, Problem>) -> Result<Vec<Offered>, Problem> {
    match looked {
        Ok(offered) => Ok(offered.into_iter().map(Offered::tidied).collect()),
        Err(problem) => Err(problem.tidied()),
    }
}

async fn text_offers(deps: &Deps, text: &ImportText) -> Result<Vec<Offered>, Problem> {
    match deps.imports.understand(text).await? {
        Understood::Profiles(offered) => Ok(offered),
        Understood::AwsFile(aws) => {
            let known = names(deps).await?;
            let found = deps.aws_profiles.found_in_text(&aws, &text.source, &known);
            of_aws(found.await?, &text.source)
        }
    }
}

async fn names(deps: &Deps) -> Result<Vec<ProfileName>, Problem> {
    let profiles = deps.profiles.load().await?.profiles;
    Ok(profiles.into_iter().map(|profile| profile.name).collect())
}

fn of_aws(found: Vec<Found>, source: &str) -> Result<Vec<Offered>, Problem> {
    if found.is_empty() {
        let sentence = format!("No section of {source} names an identity pool");
        return Err(Problem::new(ProblemKind::Usage, sentence)
            .hint("Poolkey can serve sections whose role or token comes of an identity pool."));
    }
    let mut offers: Vec<Offered> = found.into_iter().map(offered).collect();
    limit(&mut offers, source);
    Ok(offers)
}

/// A section of an AWS file as an offer.
#[must_use]
pub fn offered(found: Found) -> Offered {
    let source = format!("[{}] in {}", found.section, found.file_shown);
    let (offer, remarks) = if let Some(profile) = found.profile {
        (Offer::Ready(Box::new(profile)), vec![found.why])
    } else {
        let (name, why) = (found.section, found.why);
        (Offer::Useless { name, why }, Vec::new())
    };
    Offered {
        source,
        offer,
        remarks,
    }
}

/// What became of profiles that were to be added.
#[derive(Debug, Default)]
pub struct Added {
    /// Those that are there now.
    pub added: Vec<ProfileName>,
    /// Those that are not, and why.
    pub refused: Vec<(ProfileName, Problem)>,
}

/// Adds profiles that somebody chose. One that is refused does not keep the others out.
pub async fn add(deps: &Deps, chosen: Vec<Profile>) -> Added {
    let mut all = Added::default();
    for profile in chosen {
        match profiles::save(deps, None, &profile, None).await {
            Ok(()) => all.added.push(profile.name),
            Err(problem) => {
                let problem = there_already(deps, &profile).await.unwrap_or(problem);
                all.refused.push((profile.name, problem));
            }
        }
    }
    all
}

/// A link that is opened a second time is no clash of names.
async fn there_already(deps: &Deps, profile: &Profile) -> Option<Problem> {
    let profiles = deps.profiles.load().await.ok()?.profiles;
    profiles.iter().find(|here| is_same(profile, here))?;
    let name = &profile.name;
    let sentence = format!("You have the profile {name} already, and it says the same");
    Some(Problem::new(ProblemKind::Usage, sentence).hint("There is nothing to add."))
}

/// Profiles for somebody else: no secret, nothing of this machine, and names of people only where
/// that is asked for. All of them without a name.
///
/// # Errors
/// A name that is no profile's, or nothing that could be handed over.
pub async fn share(deps: &Deps, names: &[String], with_usernames: bool) -> Result<Shared, Problem> {
    let mut profiles = deps.profiles.load().await?.profiles;
    if !names.is_empty() {
        for name in names {
            deps.profile(name).await?;
        }
        profiles.retain(|profile| names.iter().any(|name| name == profile.name.as_str()));
    }
    let (shared, remarks) = shareable(&profiles, with_usernames);
    if shared.is_empty() {
        let problem = Problem::new(ProblemKind::Usage, "There is no profile to hand over");
        return Err(remarks.into_iter().fold(problem, Problem::hint));
    }
    let (text, link) = deps.imports.written(&shared);
    Ok(Shared {
        text,
        link,
        remarks,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_begins_a_sentence_with_a_capital_and_stands_in_one_without() {
        let said = |sentence: &str| {
            let problem = Problem::new(ProblemKind::Usage, sentence);
            begun(problem, "the link").sentence
        };
        assert_eq!(
            said("the link has no profile in it"),
            "The link has no profile in it"
        );
        let within = "No section of the link names an identity pool";
        assert_eq!(said(within), within);
    }
}
