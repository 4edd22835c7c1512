//! Time-based one-time codes (RFC 6238): SHA-1, six digits, steps of 30 seconds, as Cognito's
//! `SOFTWARE_TOKEN_MFA` uses them.
//!
//! Used where a person hands the shared secret to the command line (`--totp-secret-stdin`) and by
//! the sandbox to check codes. Poolkey never stores the shared secret.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac;
use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::domain::Secret;

/// Length of one step.
pub const STEP_SECONDS: i64 = 30;

/// The code for the step that contains `now`, or `None` when the secret is not base32.
/// Spaces, lower case and `=` padding are accepted, as authenticator apps show them.
#[must_use]
pub fn code_at(shared_secret: &Secret, now: Timestamp) -> Option<Secret> {
    let text: Zeroizing<String> = Zeroizing::new(
        shared_secret
            .expose()
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '=')
            .map(|letter| letter.to_ascii_uppercase())
            .collect(),
    );
    let key = Zeroizing::new(BASE32_NOPAD.decode(text.as_bytes()).ok()?);
    let step = u64::try_from(now.as_second().div_euclid(STEP_SECONDS)).ok()?;
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let offset = usize::from(tag.last()? & 0x0f);
    let window: [u8; 4] = tag.get(offset..offset + 4)?.try_into().ok()?;
    let number = (u32::from_be_bytes(window) & 0x7fff_ffff) % 1_000_000;
    Some(Secret::new(format!("{number:06}")))
}

/// Whether `typed` is the code for the step that contains `now`, compared in constant time.
#[must_use]
pub fn is_code_at(shared_secret: &Secret, now: Timestamp, typed: &Secret) -> bool {
    code_at(shared_secret, now).is_some_and(|code| {
        verify_slices_are_equal(code.expose().as_bytes(), typed.expose().as_bytes()).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B (SHA-1), last six of the eight digits printed there.
    #[test]
    fn agrees_with_the_rfc() {
        let secret = Secret::new("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned());
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            let now = Timestamp::from_second(second).unwrap();
            assert_eq!(code_at(&secret, now).unwrap().expose(), code);
            assert!(is_code_at(&secret, now, &Secret::new(code.to_owned())));
            assert!(!is_code_at(&secret, now, &Secret::new("000000".to_owned())));
        }
    }

    #[test]
    fn a_secret_that_is_not_base32_has_no_code() {
        assert!(
            code_at(
                &Secret::new("not base32!".to_owned()),
                Timestamp::UNIX_EPOCH
            )
            .is_none()
        );
    }
}
