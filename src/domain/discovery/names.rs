//! Names for what was found: of the profiles, and for a person.
//!
//! Deliberately absent: renaming. The person does that afterwards.

use super::inventory::{AppClientFound, UserPoolFound};
use crate::domain::ids::{ClientId, ProfileName, UserPoolId};

const LONGEST: usize = 64;

/// A name made of the text that is not taken.
pub fn new_name(text: &str, taken: impl Fn(&ProfileName) -> bool) -> ProfileName {
    let base = slug(text);
    let mut name = base.clone();
    let mut number = 1;
    loop {
        if let Ok(name) = name.parse()
            && !taken(&name)
        {
            return name;
        }
        number += 1;
        let end = format!("-{number}");
        let kept: String = base.chars().take(LONGEST - end.len()).collect();
        name = kept + &end;
    }
}

/// `Acme Web (EU)` becomes `acme-web-eu`: what a profile's name may be made of, never empty.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.') {
            slug.push(letter.to_ascii_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_matches('-').chars().take(LONGEST).collect();
    if slug.is_empty() {
        return "profile".to_owned();
    }
    slug
}

/// `acme-web in acme-customers`; IDs where the names are not known.
pub fn who(
    client: Option<&AppClientFound>,
    client_id: &ClientId,
    pool: Option<&UserPoolFound>,
    pool_id: &UserPoolId,
) -> String {
    let client = client.map_or(client_id.as_str(), |client| client.name.as_str());
    let pool = pool.map_or(pool_id.as_str(), |pool| pool.name.as_str());
    format!("{client} in {pool}")
}
