//! Challenge parameters: lists inside a text, and free text of somebody else's program.
//!
//! Deliberately absent: a JSON parser. The lists hold names without escapes.

use super::challenge::Challenge;
use crate::domain::plain::plain;

/// `requiredAttributes`: `["userAttributes.given_name"]`, a JSON array as text. The pool refuses an
/// attribute that the account has already, so those are left out.
pub(super) fn required_attributes(challenge: &Challenge) -> Vec<String> {
    let there = challenge.parameter("userAttributes");
    let names = strings(challenge.parameter("requiredAttributes"));
    let bare = |name: &String| plain(name.strip_prefix("userAttributes.").unwrap_or(name));
    let mut names: Vec<String> = names.iter().map(bare).collect();
    names.retain(|name| !is_filled(there, name));
    names
}

/// True when a JSON object of texts, itself a text, has something under that name. A quote inside
/// a value has a backslash before it, so no value looks like a name.
fn is_filled(json: &str, name: &str) -> bool {
    let quoted = format!("\"{name}\"");
    let values = json.match_indices(&quoted).filter_map(|(place, _)| {
        let rest = json.get(place + quoted.len()..)?;
        rest.trim_start()
            .strip_prefix(':')?
            .trim_start()
            .strip_prefix('"')
    });
    values.into_iter().any(|value| !value.starts_with('"'))
}

/// The strings of a JSON array of strings.
pub(super) fn strings(json: &str) -> Vec<String> {
    let inner = json.trim().trim_start_matches('[').trim_end_matches(']');
    let names = inner.split(',').map(|name| name.trim().trim_matches('"'));
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// All but the machine's own.
pub(super) fn public_parameters(challenge: &Challenge) -> Vec<(String, String)> {
    challenge
        .parameters
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "USERNAME" | "USER_ID_FOR_SRP"))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_filled_or_not() {
        let json = r#"{"email" : "ana@example.com","name":"","note":"\"city\":\"x\"","of":"zip"}"#;
        let filled = |name: &str| is_filled(json, name);
        assert!(filled("email") && filled("note") && filled("of"));
        for name in ["name", "city", "zip", "mail", "given_name"] {
            assert!(!filled(name), "{name}");
        }
        assert!(!is_filled("", "email"));
    }
}
