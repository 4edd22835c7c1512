//! A JSON Web Token read for showing (RFC 7519), its signature not checked.
//!
//! Deliberately absent: any decision. What a token allows is the service's to say.

use jiff::Timestamp;

use super::secret::Secret;

/// Header and claims of a token, by name, but groups and roles first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenReading {
    /// `alg`, `kid`.
    pub header: Vec<Claim>,
    /// The payload.
    pub claims: Vec<Claim>,
}

/// A token of a sign-in, to look at.
#[derive(Debug)]
pub struct SeenToken {
    /// `ID token`, `Access token`, or a provider's name.
    pub title: String,
    /// The token itself.
    pub token: Secret,
    /// What it says.
    pub reading: TokenReading,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// `cognito:groups`, `exp`.
    pub name: String,
    /// What it says.
    pub value: ClaimValue,
}

/// What a claim says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimValue {
    /// A text, a number or a truth value, as written.
    Text(String),
    /// A list of such.
    List(Vec<String>),
    /// `exp`, `iat`, `auth_time`, `nbf`: seconds since 1970 in the token.
    Time(Timestamp),
    /// Anything deeper, as JSON.
    Json(String),
}

impl TokenReading {
    /// A claim by its name.
    #[must_use]
    pub fn claim(&self, name: &str) -> Option<&ClaimValue> {
        let mut claims = self.claims.iter();
        claims
            .find(|claim| claim.name == name)
            .map(|claim| &claim.value)
    }

    /// `exp`.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        match self.claim("exp") {
            Some(ClaimValue::Time(at)) => Some(*at),
            _ => None,
        }
    }

    /// `sub`.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        match self.claim("sub") {
            Some(ClaimValue::Text(text)) => Some(text),
            _ => None,
        }
    }
}
