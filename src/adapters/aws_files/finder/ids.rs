//! The IDs in a section's values.
//!
//! Deliberately absent: values that do not have the form of an ID; they are passed over unread.

use std::path::Path;

use super::TokenSays;
use crate::adapters::aws_files::rules::{OLD_TOKEN, PROCESS, SECRET_KEY, TOKEN, TOKEN_FILE};
use crate::adapters::aws_files::section::{Entry, Section};
use crate::domain::{ClientId, IdentityPoolId, ProfileName, RoleArn, UserPoolId};

/// The IDs in one section.
#[derive(Default)]
pub struct Ids {
    pub identity_pool: Option<IdentityPoolId>,
    pub user_pool: Option<UserPoolId>,
    pub client: Option<ClientId>,
    pub role: Option<RoleArn>,
    pub is_guest: bool,
    pub is_web_identity: bool,
}

/// What the section names.
pub fn ids(text: &str, section: &Section, token: &impl Fn(&Path) -> Option<TokenSays>) -> Ids {
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
pub fn served(text: &str, entry: &Entry) -> Option<ProfileName> {
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
    let is_word =
        |part: &&str| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    number && (2..=3).contains(&names.len()) && names.iter().all(is_word)
}
