//! Checks an ID token that came through a browser (OpenID Connect Core 1.0, section 3.1.3.7).
//!
//! RS256 by a key of the pool's JWKS and nothing else: the token's header chooses the key by its
//! ID, never the algorithm. Deliberately absent: a cache of keys; a sign-in is rare and keys change.

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;

use crate::domain::{Problem, ProblemKind, Secret};

/// How far the machine's clock may be off.
const LEEWAY: SignedDuration = SignedDuration::from_mins(2);

/// What the token must say.
pub(super) struct Expected<'a> {
    pub(super) issuers: &'a [String],
    pub(super) audience: &'a str,
    pub(super) nonce: &'a str,
    pub(super) now: Timestamp,
}

#[derive(Deserialize)]
struct Jwks {
    keys: Vec<Jwk>,
}

#[derive(Deserialize)]
struct Jwk {
    kid: Option<String>,
    kty: String,
    alg: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    token_use: String,
    nonce: Option<String>,
}

/// What is wrong with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    NotAToken,
    Algorithm,
    Keys,
    UnknownKey,
    Signature,
    Issuer,
    Audience,
    Use,
    Nonce,
    Expired,
    NotYet,
}

/// Checks signature and claims.
pub(super) fn check(token: &Secret, jwks: &[u8], expected: &Expected<'_>) -> Result<(), Flaw> {
    let token = token.expose();
    // An algorithm the library does not know, such as none, is no header to it.
    let header = decode_header(token).map_err(|_| Flaw::NotAToken)?;
    if header.alg != Algorithm::RS256 {
        return Err(Flaw::Algorithm);
    }
    let kid = header.kid.ok_or(Flaw::UnknownKey)?;
    let key = key(jwks, &kid)?;
    let mut signature_only = Validation::new(Algorithm::RS256);
    signature_only.required_spec_claims.clear();
    signature_only.validate_exp = false;
    signature_only.validate_aud = false;
    let verified = decode::<Claims>(token, &key, &signature_only);
    let claims = verified.map_err(|error| match error.kind() {
        jsonwebtoken::errors::ErrorKind::Json(_) => Flaw::NotAToken,
        _ => Flaw::Signature,
    })?;
    check_claims(&claims.claims, expected)
}

fn check_claims(claims: &Claims, expected: &Expected<'_>) -> Result<(), Flaw> {
    let at = |second: i64| Timestamp::from_second(second).map_err(|_| Flaw::NotAToken);
    let soonest = expected.now.saturating_sub(LEEWAY);
    let latest = expected.now.saturating_add(LEEWAY);
    let (Ok(soonest), Ok(latest)) = (soonest, latest) else {
        return Err(Flaw::Expired);
    };
    if !expected.issuers.contains(&claims.iss) {
        return Err(Flaw::Issuer);
    }
    if claims.aud != expected.audience {
        return Err(Flaw::Audience);
    }
    if claims.token_use != "id" {
        return Err(Flaw::Use);
    }
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(Flaw::Nonce);
    }
    if at(claims.exp)? <= soonest {
        return Err(Flaw::Expired);
    }
    let begins = claims.nbf.map_or(claims.iat, |nbf| nbf.max(claims.iat));
    if at(begins)? > latest {
        return Err(Flaw::NotYet);
    }
    Ok(())
}

/// The signing key of that ID.
fn key(jwks: &[u8], kid: &str) -> Result<DecodingKey, Flaw> {
    let jwks: Jwks = serde_json::from_slice(jwks).map_err(|_| Flaw::Keys)?;
    let signs = |key: &Jwk| {
        key.kty == "RSA"
            && key.alg.as_deref().is_none_or(|alg| alg == "RS256")
            && key
                .purpose
                .as_deref()
                .is_none_or(|purpose| purpose == "sig")
    };
    let mut keys = jwks.keys.iter();
    let found = keys.find(|key| key.kid.as_deref() == Some(kid) && signs(key));
    let (n, e) = found
        .and_then(|key| Some((key.n.as_deref()?, key.e.as_deref()?)))
        .ok_or(Flaw::UnknownKey)?;
    DecodingKey::from_rsa_components(n, e).map_err(|_| Flaw::Keys)
}

impl Flaw {
    /// For a person.
    pub(super) fn problem(self) -> Problem {
        let (what, hint) = match self {
            Self::NotAToken => ("it cannot be read", "Check the managed login domain."),
            Self::Keys => (
                "the user pool's keys cannot be read",
                "Check the user pool ID and the endpoint.",
            ),
            Self::Algorithm | Self::UnknownKey | Self::Signature => (
                "it is not signed by the user pool",
                "Check that the managed login domain belongs to the profile's user pool.",
            ),
            Self::Issuer => (
                "it is from another user pool",
                "Check that the managed login domain belongs to the profile's user pool.",
            ),
            Self::Audience | Self::Use => (
                "it is meant for another app client",
                "Check the client ID in the profile.",
            ),
            Self::Nonce => (
                "it belongs to another sign-in",
                "Sign in again. If it happens every time, somebody may be interfering.",
            ),
            Self::Expired => (
                "it has expired by this machine's clock",
                "Set the machine's clock, then sign in again.",
            ),
            Self::NotYet => (
                "it is from the future by this machine's clock",
                "Set the machine's clock, then sign in again.",
            ),
        };
        Problem::new(
            ProblemKind::Refused,
            format!("The ID token from the browser's sign-in is not accepted: {what}"),
        )
        .hint(hint)
    }
}

#[cfg(test)]
#[path = "id_token_tests.rs"]
mod id_token_tests;
