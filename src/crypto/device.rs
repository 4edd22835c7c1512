//! A device's own password and the verifier that a user pool keeps of it.
//!
//! Source: the Amplify and Android clients, held together by the vectors in `tests/vectors/`.
//! Deliberately absent: the device's proof, which is `srp` with other names.

use data_encoding::BASE64;
use zeroize::Zeroizing;

use super::group::{self, GENERATOR};
use super::srp::private_key;
use crate::domain::Secret;

/// An exponent is a SHA-256 value.
const EXPONENT_BITS: u32 = 256;

/// `DeviceSecretVerifierConfig`: what the user pool keeps. No secret: the password does not follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceVerifier {
    /// `Salt`, base64 of the padded bytes.
    pub salt: String,
    /// `PasswordVerifier`, base64 of the padded bytes: big-endian, with a zero byte before a set
    /// top bit. Without it the service takes the number for a negative one.
    pub password_verifier: String,
}

/// A device password: base64 of random bytes.
#[must_use]
pub fn password(random: &[u8; 40]) -> Secret {
    Secret::new(BASE64.encode(random))
}

/// The verifier of a device password, with a salt of 16 random bytes.
#[must_use]
pub fn verifier(
    device_group_key: &str,
    device_key: &str,
    password: &Secret,
    random_salt: &[u8; 16],
) -> DeviceVerifier {
    let x: Zeroizing<_> = private_key(random_salt, device_group_key, device_key, password);
    let value = GENERATOR.pow_bounded_exp(&*x, EXPONENT_BITS);
    DeviceVerifier {
        salt: BASE64.encode(&group::pad(random_salt)),
        password_verifier: BASE64.encode(&group::padded_bytes(&value)),
    }
}
