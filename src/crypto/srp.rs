//! The client half of `USER_SRP_AUTH` and of device SRP: SRP-6a with Cognito's own hashing.
//!
//! Source of the formulas: the Amplify and Android clients, held together by the vectors in
//! `tests/vectors/`. Cognito differs from RFC 5054 in padding, in k, and in deriving the key with
//! an HKDF whose info text is "Caldera Derived Key". Deliberately absent: Unicode normalisation of
//! passwords (the account was made from raw UTF-8), a clock, and a random generator of its own.

use std::fmt;

use aws_lc_rs::hmac;
use crypto_bigint::{U256, U1024, U2048};
use data_encoding::{BASE64, HEXLOWER};
use jiff::Timestamp;
use zeroize::{Zeroize as _, Zeroizing};

use super::group::{self, Element, GENERATOR, MULTIPLIER};
use crate::domain::Secret;

const INFO: &[u8] = b"Caldera Derived Key\x01";
const HASH_BITS: u32 = 256;

/// Why a challenge cannot be answered. None of these carries a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SrpError {
    /// `SRP_B`, `SALT` or the random `a` is not a hexadecimal number of the allowed length.
    NotANumber(&'static str),
    /// `SECRET_BLOCK` is not base64.
    SecretBlockNotBase64,
    /// `SRP_B` is a multiple of N, so the shared key would not depend on the password.
    ServerValueIsZero,
    /// u = 0: the shared key would not depend on the password.
    ScramblerIsZero,
}

impl fmt::Display for SrpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber(name) => write!(f, "{name} is not a number of the SRP group"),
            Self::SecretBlockNotBase64 => f.write_str("SECRET_BLOCK is not base64"),
            Self::ServerValueIsZero => f.write_str("SRP_B is zero in the group"),
            Self::ScramblerIsZero => f.write_str("the SRP scrambler is zero"),
        }
    }
}

/// The client's one-time key pair (a, A). Zeroed on drop.
pub struct Ephemeral {
    private: Zeroizing<U1024>,
    private_bits: u32,
    public: Element,
}

impl Ephemeral {
    /// A key pair from `a` in big-endian bytes: 32 random bytes in the product (RFC 5054 asks for
    /// at least 256 bits), up to 128 in the vectors.
    ///
    /// # Errors
    /// [`SrpError::NotANumber`] for more than 128 bytes or for a = 0.
    pub fn from_bytes(a: &[u8]) -> Result<Self, SrpError> {
        let mut wide = Zeroizing::new([0_u8; U1024::BYTES]);
        let start = wide
            .len()
            .checked_sub(a.len())
            .ok_or(SrpError::NotANumber("a"))?;
        wide.get_mut(start..)
            .ok_or(SrpError::NotANumber("a"))?
            .copy_from_slice(a);
        let private = Zeroizing::new(U1024::from_be_slice(wide.as_slice()));
        if *private == U1024::ZERO {
            return Err(SrpError::NotANumber("a"));
        }
        let private_bits = u32::try_from(a.len()).unwrap_or(u32::MAX).saturating_mul(8);
        let public = GENERATOR.pow_bounded_exp(&*private, private_bits);
        Ok(Self {
            private,
            private_bits,
            public,
        })
    }

    /// `SRP_A`: lower-case hexadecimal.
    #[must_use]
    pub fn srp_a(&self) -> String {
        HEXLOWER.encode(&group::padded_bytes(&self.public))
    }
}

impl fmt::Debug for Ephemeral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ephemeral(…)")
    }
}

/// What the server sent with `PASSWORD_VERIFIER`, and whose password is to be proved.
///
/// For a device, `pool_name` is the device group key and `user_id_for_srp` the device key.
#[derive(Clone, Copy)]
pub struct PasswordChallenge<'a> {
    /// The user pool ID after its `_`.
    pub pool_name: &'a str,
    /// `USER_ID_FOR_SRP`: the real user name, not the alias that was typed.
    pub user_id_for_srp: &'a str,
    /// `SALT`, hexadecimal, read as an integer.
    pub salt_hex: &'a str,
    /// `SRP_B`, hexadecimal.
    pub srp_b_hex: &'a str,
    /// `SECRET_BLOCK`, base64.
    pub secret_block: &'a str,
    /// `TIMESTAMP`, exactly as it will be sent; see [`timestamp`].
    pub timestamp: &'a str,
}

/// `PASSWORD_CLAIM_SIGNATURE` for the challenge, base64.
///
/// # Errors
/// Any [`SrpError`]: the challenge must not be answered then.
pub fn password_claim_signature(
    ephemeral: &Ephemeral,
    challenge: &PasswordChallenge<'_>,
    password: &Secret,
) -> Result<String, SrpError> {
    let secret_block = BASE64
        .decode(challenge.secret_block.as_bytes())
        .map_err(|_| SrpError::SecretBlockNotBase64)?;
    let salt = group::bytes_from_hex(challenge.salt_hex).ok_or(SrpError::NotANumber("SALT"))?;
    let server = server_value(challenge.srp_b_hex)?;

    let scrambler = scrambler(
        &group::padded_bytes(&ephemeral.public),
        &group::padded_bytes(&server),
    )?;
    let x = private_key(
        &salt,
        challenge.pool_name,
        challenge.user_id_for_srp,
        password,
    );
    let shared = shared_secret(ephemeral, &server, &scrambler, &x);
    let key = session_key(&scrambler, &shared);

    let mut message = Vec::with_capacity(secret_block.len() + 128);
    message.extend_from_slice(challenge.pool_name.as_bytes());
    message.extend_from_slice(challenge.user_id_for_srp.as_bytes());
    message.extend_from_slice(&secret_block);
    message.extend_from_slice(challenge.timestamp.as_bytes());
    Ok(BASE64.encode(hmac_sha256(key.as_slice(), &message).as_slice()))
}

/// The time in the one form that Cognito signs: `Sun Nov 1 00:00:00 UTC 2026`.
///
/// English names and a day without padding, whatever the locale: the server formats the parsed
/// time anew and checks the signature over that text.
#[must_use]
pub fn timestamp(now: Timestamp) -> String {
    now.strftime("%a %b %-d %H:%M:%S UTC %Y").to_string()
}

/// x = SHA256(pad(SALT) ‖ SHA256(pool name ‖ user ‖ ":" ‖ password)).
pub(crate) fn private_key(
    salt: &[u8],
    pool_name: &str,
    user: &str,
    password: &Secret,
) -> Zeroizing<U256> {
    let inner = Zeroizing::new(group::sha256(&[
        pool_name.as_bytes(),
        user.as_bytes(),
        b":",
        password.expose().as_bytes(),
    ]));
    let x = Zeroizing::new(group::sha256(&[&group::pad(salt), inner.as_slice()]));
    Zeroizing::new(U256::from_be_slice(x.as_slice()))
}

/// u = SHA256(pad(A) ‖ pad(B)), never zero.
pub(crate) fn scrambler(padded_a: &[u8], padded_b: &[u8]) -> Result<U256, SrpError> {
    non_zero_scrambler(U256::from_be_slice(&group::sha256(&[padded_a, padded_b])))
}

/// K: the first 16 bytes of HKDF-SHA256 over pad(S) with salt pad(u).
pub(crate) fn session_key(scrambler: &U256, shared: &Element) -> Zeroizing<Vec<u8>> {
    let salt = group::pad(scrambler.to_be_bytes().as_ref());
    let secret = Zeroizing::new(group::padded_bytes(shared));
    let pseudo_random_key = hmac_sha256(&salt, &secret);
    let mut key = hmac_sha256(pseudo_random_key.as_slice(), INFO);
    key.truncate(16);
    key
}

/// HMAC-SHA256, zeroed on drop.
pub(crate) fn hmac_sha256(key: &[u8], message: &[u8]) -> Zeroizing<Vec<u8>> {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message);
    Zeroizing::new(tag.as_ref().to_vec())
}

fn non_zero_scrambler(scrambler: U256) -> Result<U256, SrpError> {
    if scrambler == U256::ZERO {
        return Err(SrpError::ScramblerIsZero);
    }
    Ok(scrambler)
}

fn server_value(srp_b_hex: &str) -> Result<Element, SrpError> {
    let bytes = group::bytes_from_hex(srp_b_hex).ok_or(SrpError::NotANumber("SRP_B"))?;
    if group::is_multiple_of_modulus(&bytes) {
        return Err(SrpError::ServerValueIsZero);
    }
    group::reduced_element(&bytes).ok_or(SrpError::NotANumber("SRP_B"))
}

/// S = (B − k·gˣ)^(a + u·x). The exponent is not reduced: the group's order is not N.
fn shared_secret(ephemeral: &Ephemeral, server: &Element, scrambler: &U256, x: &U256) -> Element {
    let mut base = server.sub(&MULTIPLIER.mul(&GENERATOR.pow_bounded_exp(x, HASH_BITS)));
    let wide_scrambler: U2048 = scrambler.resize();
    let product = Zeroizing::new(wide_scrambler.wrapping_mul(x));
    let exponent = Zeroizing::new(product.wrapping_add(&ephemeral.private.resize()));
    let exponent_bits = ephemeral.private_bits.max(2 * HASH_BITS) + 1;
    let shared = base.pow_bounded_exp(&*exponent, exponent_bits);
    base.as_montgomery_mut().zeroize();
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_scrambler_is_refused() {
        assert_eq!(
            non_zero_scrambler(U256::ZERO),
            Err(SrpError::ScramblerIsZero)
        );
    }

    #[test]
    fn a_zero_or_overlong_a_is_refused() {
        assert!(Ephemeral::from_bytes(&[0; 32]).is_err());
        assert!(Ephemeral::from_bytes(&[1; 129]).is_err());
    }
}
