//! Authorization codes: five minutes, one use, bound to client, redirect URI and PKCE challenge.
//!
//! Deliberately absent: a second chance. A code that met the wrong client, redirect URI or verifier
//! is gone, because whoever tried may have stolen it.

use std::collections::HashMap;
use std::time::Duration;

use aws_lc_rs::digest;
use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;

use crate::sandbox::clock::after;
use crate::sandbox::error::Refusal;
use crate::sandbox::fresh;

const LIFETIME: Duration = Duration::from_mins(5);

/// What a code stands for.
#[derive(Clone)]
pub(in crate::sandbox) struct Grant {
    pub(in crate::sandbox) client_id: &'static str,
    pub(in crate::sandbox) redirect_uri: String,
    pub(in crate::sandbox) username: String,
    pub(in crate::sandbox) sub: String,
    pub(in crate::sandbox) scope: String,
    pub(in crate::sandbox) nonce: Option<String>,
    pub(in crate::sandbox) challenge: Option<String>,
}

/// Codes that wait for their app.
#[derive(Default)]
pub(in crate::sandbox) struct Codes(HashMap<String, (Grant, Timestamp)>);

impl Codes {
    pub(in crate::sandbox) fn hand_out(
        &mut self,
        grant: Grant,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        let code = fresh::uuid()?;
        self.0.insert(code.clone(), (grant, now));
        Ok(code)
    }

    /// What `code` stands for; it stands for nothing from then on.
    pub(in crate::sandbox) fn take(&mut self, code: &str, now: Timestamp) -> Option<Grant> {
        let (grant, made) = self.0.remove(code)?;
        (now < after(made, LIFETIME)).then_some(grant)
    }
}

impl Grant {
    /// RFC 7636, section 4.6. A verifier without a challenge is refused as well: somebody removed
    /// the challenge from the request (RFC 9700, section 2.1.1).
    pub(in crate::sandbox) fn is_verified_by(&self, verifier: Option<&str>) -> bool {
        match (&self.challenge, verifier) {
            (None, None) => true,
            (Some(challenge), Some(verifier)) => challenge_of(verifier) == *challenge,
            _ => false,
        }
    }
}

/// Whether a text can be an S256 challenge: 32 bytes in base64url.
pub(in crate::sandbox) fn is_challenge(text: &str) -> bool {
    BASE64URL_NOPAD
        .decode(text.as_bytes())
        .is_ok_and(|bytes| bytes.len() == 32)
}

fn challenge_of(verifier: &str) -> String {
    BASE64URL_NOPAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    fn grant(challenge: Option<&str>) -> Grant {
        Grant {
            client_id: "abc",
            redirect_uri: "http://localhost:8976/callback".to_owned(),
            username: "ana".to_owned(),
            sub: "sub".to_owned(),
            scope: "openid".to_owned(),
            nonce: None,
            challenge: challenge.map(str::to_owned),
        }
    }

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// RFC 7636, appendix B.
    #[test]
    fn the_verifier_of_the_rfc_fits_its_challenge() {
        assert!(is_challenge(CHALLENGE));
        assert!(!is_challenge(&CHALLENGE[1..]) && !is_challenge("plain"));
        let grant_with = grant(Some(CHALLENGE));
        assert!(grant_with.is_verified_by(Some(VERIFIER)));
        assert!(!grant_with.is_verified_by(Some(CHALLENGE)));
        assert!(!grant_with.is_verified_by(None));
        assert!(grant(None).is_verified_by(None));
        assert!(!grant(None).is_verified_by(Some(VERIFIER)));
    }

    #[test]
    fn a_code_is_good_once_and_for_five_minutes() {
        let mut codes = Codes::default();
        let code = codes.hand_out(grant(None), second(0)).unwrap();
        assert!(codes.take(&code, second(299)).is_some());
        assert!(codes.take(&code, second(299)).is_none());
        let code = codes.hand_out(grant(None), second(0)).unwrap();
        assert!(codes.take(&code, second(300)).is_none());
    }
}
