//! Random identifiers and opaque tokens in the shapes the service uses.
//!
//! Deliberately absent: a seed. Two sandboxes never hand out the same token, so a test that mixes
//! them up fails.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use zeroize::Zeroizing;

use super::error::Refusal;
use crate::crypto::random;

/// `N` random bytes.
pub(super) fn bytes<const N: usize>() -> Result<Zeroizing<[u8; N]>, Refusal> {
    random::bytes().ok_or_else(Refusal::internal)
}

/// A random UUID (RFC 9562, version 4).
pub(super) fn uuid() -> Result<String, Refusal> {
    let mut raw: [u8; 16] = *bytes()?;
    let [.., version, _, variant, _, _, _, _, _, _, _] = &mut raw;
    *version = (*version & 0x0f) | 0x40;
    *variant = (*variant & 0x3f) | 0x80;
    let hex = HEXLOWER.encode(&raw);
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    Ok([
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32),
    ]
    .join("-"))
}

/// A `Session`: opaque, about 1 kB.
pub(super) fn session() -> Result<String, Refusal> {
    Ok(BASE64URL_NOPAD.encode(bytes::<750>()?.as_slice()))
}

/// A refresh token: five parts like the service's encrypted JWT, about 1.8 kB, as large as the real
/// ones because secret stores have size limits.
pub(super) fn refresh_token() -> Result<String, Refusal> {
    let parts = [
        BASE64URL_NOPAD.encode(br#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#),
        BASE64URL_NOPAD.encode(bytes::<256>()?.as_slice()),
        BASE64URL_NOPAD.encode(bytes::<12>()?.as_slice()),
        BASE64URL_NOPAD.encode(bytes::<1024>()?.as_slice()),
        BASE64URL_NOPAD.encode(bytes::<16>()?.as_slice()),
    ];
    Ok(parts.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_says_its_version_and_variant() {
        let id = uuid().unwrap();
        let shape: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(shape, [8, 4, 4, 4, 12]);
        assert_eq!(&id[14..15], "4");
        assert!("89ab".contains(&id[19..20]), "{id}");
    }

    #[test]
    fn opaque_tokens_are_as_long_as_the_real_ones() {
        let token = refresh_token().unwrap();
        assert!((1_750..1_900).contains(&token.len()), "{}", token.len());
        assert_eq!(token.split('.').count(), 5);
        assert!((20..=4096).contains(&session().unwrap().len()));
    }
}
