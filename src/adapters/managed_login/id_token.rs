//! Checks an ID token that came through a browser (OpenID Connect Core 1.0, section 3.1.3.7).
//!
//! RS256, and of other providers ES256, by a key of the issuer's JWKS and nothing else: the token's
//! header names the key, and the key has to fit the algorithm. Deliberately absent: a cache of keys; a sign-in is rare and keys change.

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;

use crate::domain::{Problem, ProblemKind, Secret};

/// How far the machine's clock may be off.
const LEEWAY: SignedDuration = SignedDuration::from_mins(2);

/// What the token must say.
pub(in crate::adapters) struct Expected<'a> {
    pub(in crate::adapters) issuers: &'a [String],
    pub(in crate::adapters) audience: &'a str,
    /// None for a token that a refresh brought.
    pub(in crate::adapters) nonce: Option<&'a str>,
    pub(in crate::adapters) whose: Whose,
    pub(in crate::adapters) now: Timestamp,
}

/// Who issued it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::adapters) enum Whose {
    /// RS256, and `token_use` says that it is an ID token.
    UserPool,
    /// Any other provider.
    Provider,
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
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    token_use: Option<String>,
    nonce: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Claims {
    /// True where it is for this client: of several audiences, `azp` says who asked.
    fn is_for(&self, client: &str) -> bool {
        let is_meant = match &self.aud {
            Audience::One(one) => one == client,
            Audience::Several(several) => {
                several.iter().any(|one| one == client)
                    && (several.len() == 1 || self.azp.is_some())
            }
        };
        is_meant && self.azp.as_deref().is_none_or(|azp| azp == client)
    }
}

/// What is wrong with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::adapters) enum Flaw {
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
pub(in crate::adapters) fn check(
    token: &Secret,
    jwks: &[u8],
    expected: &Expected<'_>,
) -> Result<(), Flaw> {
    let token = token.expose();
    // An algorithm the library does not know, such as none, is no header to it.
    let header = decode_header(token).map_err(|_| Flaw::NotAToken)?;
    let is_known = match expected.whose {
        Whose::UserPool => header.alg == Algorithm::RS256,
        Whose::Provider => matches!(header.alg, Algorithm::RS256 | Algorithm::ES256),
    };
    if !is_known {
        return Err(Flaw::Algorithm);
    }
    let key = key(jwks, header.kid.as_deref(), header.alg)?;
    let mut signature_only = Validation::new(header.alg);
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
    if !claims.is_for(expected.audience) {
        return Err(Flaw::Audience);
    }
    if expected.whose == Whose::UserPool && claims.token_use.as_deref() != Some("id") {
        return Err(Flaw::Use);
    }
    if expected.nonce.is_some() && claims.nonce.as_deref() != expected.nonce {
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

/// The signing key of that ID; the only one there is, where the token names none.
fn key(jwks: &[u8], kid: Option<&str>, algorithm: Algorithm) -> Result<DecodingKey, Flaw> {
    let jwks: Jwks = serde_json::from_slice(jwks).map_err(|_| Flaw::Keys)?;
    let (kty, alg, crv) = match algorithm {
        Algorithm::ES256 => ("EC", "ES256", Some("P-256")),
        _ => ("RSA", "RS256", None),
    };
    let may = |said: &Option<String>, fits: &str| said.as_deref().is_none_or(|said| said == fits);
    let signs = |key: &&Jwk| {
        key.kty == kty
            && key.crv.as_deref() == crv
            && may(&key.alg, alg)
            && may(&key.purpose, "sig")
            && (kid.is_none() || key.kid.as_deref() == kid)
    };
    let mut keys = jwks.keys.iter().filter(signs);
    let found = keys.next().ok_or(Flaw::UnknownKey)?;
    if kid.is_none() && keys.next().is_some() {
        return Err(Flaw::UnknownKey);
    }
    let part = |part: &Option<String>| part.clone().ok_or(Flaw::UnknownKey);
    let key = if algorithm == Algorithm::ES256 {
        DecodingKey::from_ec_components(&part(&found.x)?, &part(&found.y)?)
    } else {
        DecodingKey::from_rsa_components(&part(&found.n)?, &part(&found.e)?)
    };
    key.map_err(|_| Flaw::Keys)
}

impl Flaw {
    /// For a person.
    pub(in crate::adapters) fn problem(self, whose: Whose) -> Problem {
        let is_pool = whose == Whose::UserPool;
        let of = |pool, provider| if is_pool { pool } else { provider };
        let check = of(
            "Check that the managed login domain belongs to the profile's user pool.",
            "Check the issuer in the profile.",
        );
        let clock = "Set the machine's clock, then sign in again.";
        let (what, hint) = match self {
            Self::NotAToken => (
                "it cannot be read",
                of("Check the managed login domain.", check),
            ),
            Self::Keys => (
                of(
                    "the user pool's keys cannot be read",
                    "the provider's keys cannot be read",
                ),
                of("Check the user pool ID and the endpoint.", check),
            ),
            Self::Algorithm | Self::UnknownKey | Self::Signature => (
                of(
                    "it is not signed by the user pool",
                    "it is not signed by the provider",
                ),
                check,
            ),
            Self::Issuer => (
                of("it is from another user pool", "it is from another issuer"),
                check,
            ),
            Self::Audience | Self::Use => (
                of(
                    "it is meant for another app client",
                    "it is meant for another client",
                ),
                "Check the client ID in the profile.",
            ),
            Self::Nonce => (
                "it belongs to another sign-in",
                "Sign in again. If it happens every time, somebody may be interfering.",
            ),
            Self::Expired => ("it has expired by this machine's clock", clock),
            Self::NotYet => ("it is from the future by this machine's clock", clock),
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
