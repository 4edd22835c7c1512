//! Names for what was found: of the profiles, and for a person.
//!
//! Deliberately absent: renaming. The person does that afterwards.

use super::inventory::{AppClientFound, UserPoolFound};
use crate::domain::ids::{ClientId, ProfileName, UserPoolId};
use crate::domain::offered::{free_name, name_of};

/// A name made of the text that is not taken: `Acme Web (EU)` becomes `acme-web-eu`.
pub fn new_name(text: &str, is_taken: impl Fn(&str) -> bool) -> Option<ProfileName> {
    let mut joined = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.') {
            joined.push(letter.to_ascii_lowercase());
        } else if !joined.ends_with('-') {
            joined.push('-');
        }
    }
    let wanted = name_of(&joined).or_else(|| name_of("profile"))?;
    Some(free_name(&wanted, is_taken))
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
