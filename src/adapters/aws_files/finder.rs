//! Sections that Poolkey could serve: their values name an identity pool.
//!
//! Only values that have the form of an ID are taken out of the file; a finding is made of those and
//! of names, never of other text. Deliberately absent: files (the token of a web identity is read by
//! the caller), and asking AWS whether the pools are there.

mod ids;
#[cfg(test)]
mod tests;

use std::path::Path;

use zeroize::Zeroizing;

use self::ids::{Ids, ids, served};
use super::document::Document;
use super::find::sections;
use super::rules::{OLD_TOKEN, TOKEN};
use super::section::{Owner, Section};
use super::{AwsFiles, store};
use crate::domain::{
    BasicFlow, Exchange, IdentityPoolId, PoolClient, Problem, Profile, ProfileName, SignInMethod,
};

/// A section that Poolkey could serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The profile's name in the AWS files.
    pub section: String,
    /// What to add; none where the section says too little, or there is a profile of the name.
    pub profile: Option<Profile>,
    /// A sentence without a full stop.
    pub why: String,
}

/// What a web identity's token says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenSays {
    /// `aud`, where `iss` is an identity pool's.
    pub identity_pool: IdentityPoolId,
    /// `amr` says `unauthenticated`.
    pub is_guest: bool,
}

impl AwsFiles {
    /// The sections of a file that Poolkey could serve.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn findings(
        path: &Path,
        known: &[ProfileName],
        token: impl Fn(&Path) -> Option<TokenSays>,
    ) -> Result<Vec<Finding>, Problem> {
        let document = Document::parse(store::read(path)?);
        let document = document.map_err(|refusal| refusal.problem(path))?;
        Ok(findings(&document, known, token))
    }

    /// The sections of a pasted text that Poolkey could serve. What it says of files is not
    /// followed.
    ///
    /// # Errors
    /// A text that is no such file.
    pub fn findings_in(
        text: &str,
        source: &str,
        known: &[ProfileName],
    ) -> Result<Vec<Finding>, Problem> {
        let document = Document::parse(Zeroizing::new(text.as_bytes().to_vec()));
        let document = document.map_err(|refusal| refusal.problem(Path::new(source)))?;
        Ok(findings(&document, known, |_| None))
    }
}

/// Looks through the file. `known` are the names of the profiles that there are; `token` reads the
/// file of a web identity's token.
fn findings(
    document: &Document,
    known: &[ProfileName],
    token: impl Fn(&Path) -> Option<TokenSays>,
) -> Vec<Finding> {
    let text = document.text();
    let found = sections(text).filter_map(|(inside, section)| {
        let name = match inside.strip_prefix("profile") {
            Some(name) if name.starts_with(char::is_whitespace) => name.trim(),
            _ => inside,
        };
        finding(
            text,
            name.trim_matches(['"', '\'']),
            &section,
            known,
            &token,
        )
    });
    found.collect()
}

fn finding(
    text: &str,
    name: &str,
    section: &Section,
    known: &[ProfileName],
    token: &impl Fn(&Path) -> Option<TokenSays>,
) -> Option<Finding> {
    let is_known = |name: &str| known.iter().any(|known| known.as_str() == name);
    let only = |why: String| {
        Some(Finding {
            section: name.to_owned(),
            profile: None,
            why,
        })
    };
    if let Some(served) = section.entries.iter().find_map(|entry| served(text, entry)) {
        if is_known(served.as_str()) {
            return None;
        }
        return only(format!(
            "It runs Poolkey for {served}, and there is no such profile"
        ));
    }
    if section.owner != Owner::Foreign {
        return None;
    }
    let ids = ids(text, section, token);
    let Some(identity_pool) = ids.identity_pool.clone() else {
        let temporary = section.has_key_like(TOKEN) || section.has_key_like(OLD_TOKEN);
        if temporary && is_known(name) {
            return only(format!(
                "It has temporary keys that Poolkey did not write: export {name} with --take-over \
                 to keep it fresh"
            ));
        }
        return None;
    };
    if is_known(name) {
        return only(format!(
            "It names {identity_pool}, and there is a profile {name} already"
        ));
    }
    let Ok(profile_name) = name.parse::<ProfileName>() else {
        return only(format!(
            "It names {identity_pool}, but its name cannot be a profile's: add one with poolkey \
             profile add"
        ));
    };
    match proposed(profile_name, identity_pool, ids) {
        Ok((profile, why)) => Some(Finding {
            section: name.to_owned(),
            profile: Some(profile),
            why,
        }),
        Err(why) => only(why),
    }
}

fn proposed(
    name: ProfileName,
    identity_pool: IdentityPoolId,
    ids: Ids,
) -> Result<(Profile, String), String> {
    let (mut profile, why) = match (ids.user_pool, ids.client) {
        (Some(_), Some(client)) if ids.has_client_secret => {
            return Err(format!(
                "It names {client}, which needs its client secret: add it with poolkey profile add \
                 {name} --client-secret-stdin"
            ));
        }
        (Some(user_pool_id), Some(client_id)) => {
            let why = format!("Signs in to {user_pool_id}, then {identity_pool}");
            let client = PoolClient {
                user_pool_id,
                client_id,
                has_client_secret: false,
            };
            (Profile::of_user_pool(name, client, identity_pool), why)
        }
        (Some(user_pool), None) => {
            return Err(format!(
                "It names {user_pool} and {identity_pool}, but no app client: add it with poolkey \
                 profile add {name}"
            ));
        }
        (None, _) if ids.is_web_identity && !ids.is_guest => {
            return Err(format!(
                "Its token is of {identity_pool}, but how to sign in is not said: add it with \
                 poolkey profile add {name}"
            ));
        }
        (None, _) => {
            let why = format!("Guest of {identity_pool}");
            (
                Profile::of_identity_pool(name, SignInMethod::Guest, identity_pool),
                why,
            )
        }
    };
    if let Some(role) = ids.role {
        let enhanced = profile.exchange.clone();
        profile.exchange = if ids.is_web_identity {
            Exchange::Basic(BasicFlow {
                role,
                session_name: None,
                duration: None,
                policy: None,
            })
        } else {
            Exchange::Enhanced { role: Some(role) }
        };
        if !profile.faults(&[]).is_empty() {
            profile.exchange = enhanced;
        }
    }
    match profile.faults(&[]).into_iter().next() {
        Some(fault) => Err(fault.sentence),
        None => Ok((profile, why)),
    }
}
