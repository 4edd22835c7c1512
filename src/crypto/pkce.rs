//! Proof Key for Code Exchange, and the random texts that tie a browser's answer to its question.
//!
//! Source: RFC 7636. Deliberately absent: the `plain` method, which Cognito does not take.

use aws_lc_rs::digest;
use data_encoding::BASE64URL_NOPAD;

use super::random;
use crate::domain::Secret;

/// A verifier and its challenge.
pub struct Pkce {
    /// Goes to the token endpoint with the code.
    pub verifier: Secret,
    /// Goes to the browser before.
    pub challenge: String,
}

impl Pkce {
    /// A new pair, or `None` where the operating system gives no random bytes.
    #[must_use]
    pub fn new() -> Option<Self> {
        let verifier = Secret::new(random_text()?);
        let challenge = challenge(&verifier);
        Some(Self {
            verifier,
            challenge,
        })
    }
}

/// `S256`: base64url(SHA-256(verifier)).
#[must_use]
pub fn challenge(verifier: &Secret) -> String {
    let digest = digest::digest(&digest::SHA256, verifier.expose().as_bytes());
    BASE64URL_NOPAD.encode(digest.as_ref())
}

/// 256 random bits in base64url, for `state` and `nonce`.
#[must_use]
pub fn random_text() -> Option<String> {
    let bytes = random::bytes::<32>()?;
    Some(BASE64URL_NOPAD.encode(bytes.as_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7636, appendix B.
    #[test]
    fn the_challenge_of_the_rfc() {
        let verifier = Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned());
        assert_eq!(
            challenge(&verifier),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn verifiers_are_long_unreserved_and_new_each_time() {
        let (one, other) = (Pkce::new().unwrap(), Pkce::new().unwrap());
        assert!(!one.verifier.is_same(&other.verifier));
        assert_eq!(challenge(&one.verifier), one.challenge);
        let unreserved = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        assert_eq!(one.verifier.char_count(), 43);
        assert!(one.verifier.expose().chars().all(unreserved));
        assert_ne!(random_text(), random_text());
    }
}
