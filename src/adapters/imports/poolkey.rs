//! Poolkey's own profile file, whole or one profile of it, also after a chat program had it.
//!
//! Deliberately absent: what would run, read or sign on this machine: such a profile is not offered.

use super::limited;
use super::plain_text::mended;
use crate::adapters::config_file::{self, NoProfile};
use crate::domain::offered::{MOST_OFFERS, local_source};
use crate::domain::{Offer, Offered, Problem, Profile};

const HEADING: &str = "# Poolkey profiles: paste all of this into Poolkey under Import, or save it \
                       and run: poolkey profile import FILE\n\n";

/// The file as a text that says what it is.
pub(super) fn with_heading(file: &str) -> String {
    format!("{HEADING}{file}")
}

/// Whether it is meant to be one: a list of profiles, or the keys of one without a heading.
pub(super) fn is_one(text: &str) -> bool {
    let mut lines = text
        .lines()
        .map(|line| line.trim().trim_start_matches(['>', ' ']));
    let mut has_pool = false;
    let mut has_heading = false;
    let is_list = lines.any(|line| {
        has_pool |= line
            .strip_prefix("identity_pool_id")
            .is_some_and(|rest| rest.trim_start().starts_with('='));
        has_heading |= line.starts_with('[');
        line.starts_with("[[profile]]")
    });
    is_list || (has_pool && !has_heading)
}

/// The profiles in it, and those that are nearly one.
pub(super) fn offered(text: &str, source: &str) -> Result<Vec<Offered>, Problem> {
    // One more than is shown tells that there are more.
    let profiles_in = |text: &str| config_file::profiles_in(text, source, MOST_OFFERS + 1);
    let read =
        profiles_in(text).or_else(|problem| profiles_in(&mended(text)).map_err(|_| problem))?;
    let offered = read.into_iter().map(|read| match read {
        Ok(profile) => of_profile(profile, source),
        Err(NoProfile { name, problem }) => Offered {
            source: source.to_owned(),
            offer: Offer::Useless {
                name: if name.is_empty() {
                    "A profile without a name".to_owned()
                } else {
                    name
                },
                why: problem.sentence,
            },
            remarks: Vec::new(),
        },
    });
    Ok(limited(offered.collect(), source))
}

fn of_profile(profile: Profile, source: &str) -> Offered {
    let mut remarks = Vec::new();
    let offer = if let Some(why) = local_source(&profile) {
        let name = profile.name.to_string();
        Offer::Useless { name, why }
    } else {
        if profile.has_client_secret() {
            let secret = "The app client has a secret, which is not part of it: enter it under \
                          Configuration";
            remarks.push(secret.to_owned());
        }
        remarks.extend(profile.region_mismatch());
        Offer::Ready(Box::new(profile))
    };
    Offered {
        source: source.to_owned(),
        offer,
        remarks,
    }
}
