//! Sections that Poolkey could serve: their values name an identity pool.
//!
//! Only values that have the form of an ID are taken out of the file; a finding is made of those and
//! of names, never of other text. Deliberately absent: files (the token of a web identity is read by
//! the caller), and asking AWS whether the pools are there.

use std::path::Path;

use super::document::Document;
use super::find::sections;
use super::rules::{OLD_TOKEN, PROCESS, SECRET_KEY, TOKEN, TOKEN_FILE};
use super::section::{Entry, Owner, Section};
use crate::domain::{
    BasicFlow, ClientId, Exchange, IdentityPoolId, PoolClient, Profile, ProfileName, RoleArn,
    SignInMethod, UserPoolId,
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

/// The IDs in one section.
#[derive(Default)]
struct Ids {
    identity_pool: Option<IdentityPoolId>,
    user_pool: Option<UserPoolId>,
    client: Option<ClientId>,
    role: Option<RoleArn>,
    is_guest: bool,
    is_web_identity: bool,
}

/// Looks through the file. `known` are the names of the profiles that there are; `token` reads the
/// file of a web identity's token.
pub fn findings(
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

fn ids(text: &str, section: &Section, token: &impl Fn(&Path) -> Option<TokenSays>) -> Ids {
    let mut ids = Ids::default();
    for entry in &section.entries {
        if entry.key == SECRET_KEY || entry.key == TOKEN || entry.key == OLD_TOKEN {
            continue;
        }
        if entry.key == TOKEN_FILE
            && let Some(path) = text.get(entry.value.clone())
            && let Some(says) = token(Path::new(path))
        {
            ids.identity_pool = Some(says.identity_pool);
            ids.is_guest = says.is_guest;
            ids.is_web_identity = true;
        }
        for word in words(text, entry) {
            ids.take(word);
        }
    }
    ids
}

impl Ids {
    /// The first of each kind counts.
    fn take(&mut self, word: &str) {
        if is_identity_pool(word) {
            self.identity_pool = self.identity_pool.take().or_else(|| word.parse().ok());
        } else if is_user_pool(word) {
            self.user_pool = self.user_pool.take().or_else(|| word.parse().ok());
        } else if word.starts_with("arn:") && word.contains(":role/") {
            self.role = self.role.take().or_else(|| word.parse().ok());
        } else if is_client(word) {
            self.client = self.client.take().or_else(|| word.parse().ok());
        }
    }
}

/// The words of a value, without quotes; `--option=value` is two.
fn words<'a>(text: &'a str, entry: &Entry) -> impl Iterator<Item = &'a str> {
    let first = text.get(entry.value.clone()).unwrap_or_default();
    let more = text.get(entry.line.end..entry.end()).unwrap_or_default();
    let separates = |c: char| c.is_whitespace() || "\"'=,;".contains(c);
    let all = first.split(separates).chain(more.split(separates));
    all.filter(|word| !word.is_empty())
}

/// The profile that a `credential_process` of Poolkey's is for.
fn served(text: &str, entry: &Entry) -> Option<ProfileName> {
    if entry.key != PROCESS {
        return None;
    }
    let mut words = words(text, entry).skip_while(|word| {
        let program = word.rsplit(['/', '\\']).next().unwrap_or_default();
        !matches!(program, "poolkey" | "poolkey.exe")
    });
    words.find(|word| *word == "credential-process")?;
    words.next()?.parse().ok()
}

/// `eu-west-1:` and a UUID.
fn is_identity_pool(word: &str) -> bool {
    word.split_once(':').is_some_and(|(region, id)| {
        let groups = id.split('-').map(str::len);
        is_region(region)
            && groups.eq([8, 4, 4, 4, 12])
            && id
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
    })
}

/// `eu-west-1_` and nine letters or digits; some pools have fewer.
fn is_user_pool(word: &str) -> bool {
    word.split_once('_').is_some_and(|(region, name)| {
        is_region(region)
            && (1..=40).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// 26 small letters and digits.
fn is_client(word: &str) -> bool {
    word.len() == 26
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        && word.bytes().any(|byte| byte.is_ascii_digit())
}

/// `eu-west-1`, `us-gov-west-1`.
fn is_region(text: &str) -> bool {
    let mut parts = text.rsplit('-');
    let number = parts
        .next()
        .is_some_and(|part| part.len() == 1 && part != "0" && part.parse::<u8>().is_ok());
    let names: Vec<&str> = parts.collect();
    let named = |part: &&str| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    number && (2..=3).contains(&names.len()) && names.iter().all(named)
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;

    const POOL: &str = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e";

    fn look(text: &str, known: &[&str]) -> Vec<Finding> {
        let document = Document::parse(Zeroizing::new(text.as_bytes().to_vec()));
        let known: Vec<ProfileName> = known.iter().map(|name| name.parse().unwrap()).collect();
        let token = |path: &Path| {
            let is_guest = path.ends_with("guest");
            path.starts_with("/run").then(|| TokenSays {
                identity_pool: POOL.parse().unwrap(),
                is_guest,
            })
        };
        findings(&document.unwrap(), &known, token)
    }

    #[test]
    fn a_tool_with_all_three_ids_becomes_a_profile() {
        let text = format!(
            "[profile work]\ncredential_process = /usr/bin/cogauth --pool=eu-west-1_aB3dE5gH7 \
             --client '1h57kf5cpq17m0eml12example' \"{POOL}\"\n[profile other]\nregion = x\n"
        );
        let found = look(&text, &[]);
        assert_eq!(found.len(), 1);
        let profile = found[0].profile.as_ref().unwrap();
        assert_eq!(profile.name.as_str(), "work");
        assert_eq!(profile.sign_in, SignInMethod::Srp);
        assert_eq!(profile.identity_pool_id.as_str(), POOL);
        let client = profile.user_pool.as_ref().unwrap();
        assert_eq!(client.user_pool_id.as_str(), "eu-west-1_aB3dE5gH7");
        assert_eq!(client.client_id.as_str(), "1h57kf5cpq17m0eml12example");
        assert!(look(&text, &["work"])[0].profile.is_none());
    }

    #[test]
    fn keys_of_a_tool_and_continuation_lines_count_too() {
        let text = format!("[a]\ncognito_identity_pool = {POOL}\n[b]\ntool =\n  pool {POOL}\n");
        let found = look(&text, &[]);
        let methods = found
            .iter()
            .map(|found| found.profile.as_ref().unwrap().sign_in);
        assert!(methods.eq([SignInMethod::Guest, SignInMethod::Guest]));
    }

    #[test]
    fn web_identities_of_cognito() {
        let role = "role_arn = arn:aws:iam::123456789012:role/R";
        let text = format!(
            "[profile g]\n{role}\nweb_identity_token_file = /run/guest\n\
             [profile u]\n{role}\nweb_identity_token_file = /run/user\n\
             [profile k]\n{role}\nweb_identity_token_file = /var/kubernetes\n"
        );
        let found = look(&text, &[]);
        assert_eq!(found.len(), 2, "{found:?}");
        let profile = found[0].profile.as_ref().unwrap();
        assert_eq!(profile.exchange.name(), "basic");
        assert!(found[1].profile.is_none() && found[1].why.contains(POOL));
    }

    #[test]
    fn poolkeys_own_are_named_only_without_their_profile() {
        let text = "# managed by Poolkey\n[profile x]\ncredential_process = \"/opt/my apps/poolkey\" \
                    --state-dir /s credential-process gone\n";
        let found = look(text, &[]);
        assert!(
            found[0].profile.is_none() && found[0].why.contains("gone"),
            "{found:?}"
        );
        assert!(look(text, &["gone"]).is_empty());
    }

    #[test]
    fn temporary_keys_under_a_profiles_name() {
        let text = "[dev]\naws_access_key_id = ASIACANARY\naws_secret_access_key = canary\n\
                    aws_session_token = canary\n";
        let found = look(text, &["dev"]);
        assert!(found[0].why.contains("--take-over"));
        assert!(!format!("{found:?}").to_lowercase().contains("canary"));
        assert!(look(text, &[]).is_empty());
        assert!(look(&format!("# managed by Poolkey\n{text}"), &["dev"]).is_empty());
    }

    #[test]
    fn what_only_looks_like_an_id() {
        for text in [
            "eu-west-1:not-a-uuid",
            "x-y_z",
            "http://eu-west-1:8080",
            "arn:aws:iam::1:role/x",
            "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41",
        ] {
            assert!(
                look(&format!("[a]\nk = {text}\n"), &[]).is_empty(),
                "{text}"
            );
        }
    }
}
