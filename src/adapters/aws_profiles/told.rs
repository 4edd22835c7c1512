//! What the editor of the files tells, in the words of the ports.
//!
//! Deliberately absent: anything that reads or writes.

use std::collections::HashSet;
use std::path::Path;

use crate::adapters::aws_files::{Change, CredentialsEntry, Deed, Finding, Noted, Owner, Status};
use crate::domain::{
    AwsCredentials, AwsProfileName, DefaultProfile, Place, Problem, ProblemKind, ProfileName,
};
use crate::ops::ports::{Found, LastChange, Written};

/// Only botocore expands `~`, and each program has another working folder.
pub fn absolute(path: &Path) -> Result<String, Problem> {
    let text = path.to_str().filter(|_| path.is_absolute());
    text.map(str::to_owned).ok_or_else(|| {
        let sentence = format!("{} is no absolute path in Unicode", path.display());
        Problem::new(ProblemKind::Usage, sentence)
    })
}

/// The first of a name can be added; of the others it is said why not.
pub fn once_each(mut all: Vec<Found>) -> Vec<Found> {
    let mut names = HashSet::new();
    for found in &mut all {
        let name = found.profile.as_ref().map(|profile| &profile.name);
        if name.is_some_and(|name| !names.insert(name.to_string())) {
            found.profile = None;
            found.why = format!("{}, but another section has its name", found.why);
        }
    }
    all
}

/// What was found in a file, as it is shown.
pub fn told_of(findings: Vec<Finding>, file: &Path, shown: &str) -> Vec<Found> {
    let found = findings.into_iter().map(|finding| Found {
        section: finding.section,
        file: file.to_owned(),
        file_shown: shown.to_owned(),
        profile: finding.profile,
        why: finding.why,
    });
    once_each(found.collect())
}

/// As the use-cases hear of it.
pub fn written(change: Change) -> Written {
    Written {
        diff: change.diff(),
        orphans: change.orphans(),
        warnings: change.warnings,
        foreign: change.foreign,
    }
}

/// What was done, what is taken back with it, and the word before the file.
const fn words(deed: Deed) -> (&'static str, &'static str, &'static str) {
    match deed {
        Deed::Removed => ("removed", "the removal of", "from"),
        Deed::Undone => ("took back", "the way back of", "in"),
        Deed::Wrote | Deed::Renewed => ("wrote", "the export of", "to"),
    }
}

/// What the credentials file has.
pub const fn keys_place(status: &Status) -> Place {
    match status.credentials {
        None => Place::Empty,
        Some(Owner::Foreign) => Place::Foreign,
        Some(Owner::Created | Owner::TakenOver) => Place::Ours {
            expires_at: status.expires_at,
        },
    }
}

/// A config section of ours that has neither a process nor a web identity only carries the region of
/// the keys.
pub const fn config_place(status: &Status, is_there: bool) -> Place {
    match (status.config, is_there) {
        (Some(Owner::Foreign), _) => Place::Foreign,
        (Some(Owner::Created | Owner::TakenOver), true) => Place::Ours { expires_at: None },
        _ => Place::Empty,
    }
}

/// `default` is allowed: the person named the profile so.
pub fn name(text: &str) -> Result<AwsProfileName, Problem> {
    AwsProfileName::parse(text, DefaultProfile::Allowed)
}

/// The keys for a section.
pub fn entry<'a>(
    keys: &'a AwsCredentials,
    section: &AwsProfileName,
    profile: &'a ProfileName,
) -> CredentialsEntry<'a> {
    let profile = profile.as_str();
    CredentialsEntry {
        access_key_id: &keys.access_key_id,
        secret_access_key: &keys.secret_access_key,
        session_token: &keys.session_token,
        expires_at: keys.expires_at,
        profile: (section.as_str() != profile).then_some(profile),
    }
}

/// `wrote [profile dev] to ~/.aws/config`, or `wrote 12 profiles to ~/.aws/config`.
pub fn last_change(noted: &Noted, shown: impl Fn(&Path) -> String) -> LastChange {
    let (deed, _, to) = words(noted.deed);
    LastChange {
        what: format!("{deed} {}", places(noted, to, shown)),
        at: noted.at.parse().unwrap_or_default(),
    }
}

/// `the export of [profile dev] to ~/.aws/config`.
pub fn as_thing(noted: &Noted, shown: impl Fn(&Path) -> String) -> String {
    let (_, thing, to) = words(noted.deed);
    format!("{thing} {}", places(noted, to, shown))
}

/// One section by its name, several by their number.
fn places(noted: &Noted, to: &str, shown: impl Fn(&Path) -> String) -> String {
    let count = noted.sections().len();
    if count <= 1 {
        let places = noted.touched.iter().map(|touched| {
            let path = shown(&touched.path);
            format!("[{}] {to} {path}", touched.id().inside())
        });
        return places.collect::<Vec<_>>().join(" and ");
    }
    let mut paths: Vec<String> = Vec::new();
    for path in noted.touched.iter().map(|touched| shown(&touched.path)) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    format!("{count} profiles {to} {}", paths.join(" and "))
}
