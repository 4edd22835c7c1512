//! OAuth scopes: what a sign-in in the browser asks for.

use std::fmt;
use std::str::FromStr;

use super::ids::IdError;

/// One scope, such as `openid`: RFC 6749, section 3.3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope(String);

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Scope {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let fits = |letter: char| letter.is_ascii_graphic() && !"\"\\".contains(letter);
        if text.is_empty() || !text.chars().all(fits) {
            return Err(IdError::new("A scope is one word, such as openid"));
        }
        Ok(Self(text.to_owned()))
    }
}
