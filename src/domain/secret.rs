//! Secret text: never printed, zeroed on drop, copied only by name.
//!
//! Deliberately absent: `Display`, `Serialize`, `PartialEq`, `Clone`. A secret is read through
//! [`Secret::expose`], which only `adapters/`, `crypto/` and the two widgets that type or reveal a
//! secret may call (kept by the structure test).

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

/// A password, token, key or code.
pub struct Secret(SecretString);

impl Secret {
    /// Takes ownership of `text`; the buffer is zeroed when the secret is dropped.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// A second copy, said aloud. `Clone` is absent so that copies are visible in review.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self::new(self.0.expose_secret().to_owned())
    }

    /// The text itself. See the module's first lines for who may call this.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// True for the empty text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.expose_secret().is_empty()
    }

    /// True when both hold the same text. For two entries of one person; not constant-time.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }

    /// Length in characters: enough to show "1 312 characters" without showing one of them.
    #[must_use]
    pub fn char_count(&self) -> usize {
        self.0.expose_secret().chars().count()
    }
}

/// A new passphrase has at least so many characters. A limit against slips of the finger: what is
/// enough is the person's to know, and the file is costly to guess at.
pub const SHORTEST_PASSPHRASE: usize = 8;

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn debug_says_nothing() {
        let secret = Secret::new("canary-7f3a".to_owned());
        let nested = format!("{:?} {:#?}", secret, Some(secret.duplicate()));
        assert!(!nested.contains("canary"), "{nested}");
    }
}
