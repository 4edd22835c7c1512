//! Which settings are ours, and what may be done to whose section.
//!
//! Deliberately absent: files and paths; these are functions from one document to the next.

use super::document::{Document, Setting, Stamp};
use super::lines::{Line, lines};
use super::refusal::Refusal;
use super::section::{AwsFile, Owner, Section, SectionId};
use crate::domain::AwsProfileName;

pub const KEY_ID: &str = "aws_access_key_id";
pub const SECRET_KEY: &str = "aws_secret_access_key";
pub const TOKEN: &str = "aws_session_token";
/// Boto's old name for the token; botocore prefers it to the new one, so a stale one is fatal.
pub const OLD_TOKEN: &str = "aws_security_token";
/// SDKs ignore it; other tools and the status read it.
pub const EXPIRES: &str = "x_security_token_expires";
/// SDKs ignore it, too: whose keys they are, where that is not the section's name.
pub const PROFILE: &str = "x_poolkey_profile";
pub const PROCESS: &str = "credential_process";
pub const REGION: &str = "region";
pub const ROLE: &str = "role_arn";
pub const TOKEN_FILE: &str = "web_identity_token_file";
pub const SESSION_NAME: &str = "role_session_name";
/// A web identity of ours, all of it but the region.
pub const WEB_IDENTITY: [&str; 3] = [ROLE, TOKEN_FILE, SESSION_NAME];

/// `[name]` of the credentials file.
pub fn credentials(name: &AwsProfileName) -> SectionId<'_> {
    SectionId {
        file: AwsFile::Credentials,
        name: name.as_str(),
    }
}

/// `[profile name]` of the config file.
pub fn config(name: &AwsProfileName) -> SectionId<'_> {
    SectionId {
        file: AwsFile::Config,
        name: name.as_str(),
    }
}

/// What may be done to a section that is somebody else's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// Nothing.
    None,
    /// It may be written: that was said.
    TakeOver,
    /// Nothing yet: what a take-over would do is only told.
    Preview,
}

/// The section to write, and how. A section of somebody else's is written only when that was said.
pub fn permission(
    document: &Document,
    id: SectionId<'_>,
    leave: Leave,
) -> Result<(Option<Section>, Stamp), Refusal> {
    let section = document.section(id)?;
    let foreign = is_foreign(section.as_ref());
    if foreign && leave == Leave::None {
        return Err(Refusal::NotOurs {
            inside: id.inside(),
            hint: "Choose another name, or write into it with --take-over",
        });
    }
    let stamp = if foreign {
        Stamp::TakeOver
    } else {
        Stamp::Leave
    };
    Ok((section, stamp))
}

/// True for a section that is there without a mark of ours.
pub fn is_foreign(section: Option<&Section>) -> bool {
    section.is_some_and(|section| section.owner == Owner::Foreign)
}

/// The region goes only where its removal can be told from its owner's wish: not into a section of
/// somebody else's, which carries no mark.
pub fn put_region(
    doc: &Document,
    name: &AwsProfileName,
    region: &str,
    keep: bool,
) -> Result<Document, Refusal> {
    let id = config(name);
    match doc.section(id)? {
        Some(section) if section.owner == Owner::Foreign => doc.unchanged(),
        Some(section) if keep && has_region(doc, &section)? => doc.unchanged(),
        section => doc.put_into(section, id, &[(REGION, region)], &[], Stamp::Leave),
    }
}

/// The settings to write: with `keep`, a region that is set stays.
pub fn wanted<'a>(
    doc: &Document,
    section: Option<&Section>,
    settings: &[Setting<'a>],
    keep: bool,
) -> Result<Vec<Setting<'a>>, Refusal> {
    let stays = match section {
        Some(section) => keep && has_region(doc, section)?,
        None => false,
    };
    let wanted = settings
        .iter()
        .filter(|(key, _)| !(stays && *key == REGION));
    Ok(wanted.copied().collect())
}

fn has_region(doc: &Document, section: &Section) -> Result<bool, Refusal> {
    Ok(doc
        .value(section, REGION)?
        .is_some_and(|region| !region.is_empty()))
}

/// What leaves a section of the config file when something else is put in its place.
pub fn replaced_by(section: Option<&Section>, new: &str) -> &'static [&'static str] {
    if new != PROCESS {
        return &[PROCESS];
    }
    // A role by itself is some other way to credentials: its owner's, and warned about.
    if section.is_some_and(|section| section.has_key_like(TOKEN_FILE)) {
        &WEB_IDENTITY
    } else {
        &[]
    }
}

/// The region goes with the keys where we made its section and no process or role needs it.
pub fn take_region(document: &Document, name: &AwsProfileName) -> Result<Document, Refusal> {
    let id = config(name);
    match document.section(id)? {
        Some(section)
            if section.owner == Owner::Created
                && section.entry(PROCESS)?.is_none()
                && section.entry(TOKEN_FILE)?.is_none() =>
        {
            document.take(id, &[REGION])
        }
        _ => document.unchanged(),
    }
}

/// Removes a process or a web identity, whichever `keys` are, and the region unless somebody needs
/// it.
pub fn take_config(
    document: &Document,
    name: &AwsProfileName,
    keys: &[&str],
    keep_region: bool,
) -> Result<Document, Refusal> {
    let id = config(name);
    match ours(document, id)? {
        None => document.unchanged(),
        // The other of the two is there, or nothing but the region.
        Some(section) if !keys.iter().any(|key| section.has_key_like(key)) => document.unchanged(),
        // In a section that was taken over the region may be its owner's.
        Some(section) if section.owner == Owner::TakenOver => document.take(id, keys),
        // Not `take`: what stays is ours, and so is the mark.
        Some(section) if keep_region && section.entry(REGION)?.is_some() => {
            document.put(id, &[], keys, Stamp::Leave)
        }
        Some(_) => document.take(id, &[keys, &[REGION]].concat()),
    }
}

/// The token files that a section named before and none does after, whosever it is.
pub fn orphans(before: &Document, after: &Document) -> Vec<String> {
    let left = token_files(after);
    let gone = token_files(before)
        .into_iter()
        .filter(|file| !left.contains(file));
    gone.map(str::to_owned).collect()
}

fn token_files(document: &Document) -> Vec<&str> {
    let text = document.text();
    if !text.contains(TOKEN_FILE) {
        return Vec::new();
    }
    let settings = lines(text)
        .filter(Line::counts)
        .filter_map(|line| line.setting());
    let named = settings.filter(|(key, ..)| *key == TOKEN_FILE);
    named.filter_map(|(_, _, value)| text.get(value)).collect()
}

/// The section to remove from, unless it is somebody else's.
pub fn ours(document: &Document, id: SectionId<'_>) -> Result<Option<Section>, Refusal> {
    match document.section(id)? {
        Some(section) if section.owner == Owner::Foreign => {
            let hint = "Remove it by hand if it is not needed";
            Err(Refusal::NotOurs {
                inside: id.inside(),
                hint,
            })
        }
        section => Ok(section),
    }
}

/// Removes the keys.
pub fn take_keys(document: &Document, name: &AwsProfileName) -> Result<Document, Refusal> {
    let id = credentials(name);
    match ours(document, id)? {
        None => document.unchanged(),
        Some(_) => document.take(
            id,
            &[KEY_ID, SECRET_KEY, TOKEN, OLD_TOKEN, EXPIRES, PROFILE],
        ),
    }
}
