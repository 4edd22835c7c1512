//! Challenge parameters: lists inside a text, and free text of somebody else's program.
//!
//! Deliberately absent: a JSON parser. The lists hold names without escapes.

use super::challenge::Challenge;

/// `requiredAttributes`: `["userAttributes.given_name"]`, a JSON array as text.
pub(super) fn required_attributes(challenge: &Challenge) -> Vec<String> {
    let names = strings(challenge.parameter("requiredAttributes"));
    let plain = |name: &String| {
        let name = name.strip_prefix("userAttributes.").unwrap_or(name);
        name.to_owned()
    };
    names.iter().map(plain).collect()
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

/// All but the machine's own; control characters would steer a terminal.
pub(super) fn public_parameters(challenge: &Challenge) -> Vec<(String, String)> {
    let plain = |text: &str| -> String {
        let letters = text.chars();
        letters
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .collect()
    };
    challenge
        .parameters
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "USERNAME" | "USER_ID_FOR_SRP"))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect()
}
