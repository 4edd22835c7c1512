//! The server half of SRP: the verifier, B, and the signature a right password leads to.
//!
//! A user's password is kept only as salt and verifier, as in the service; `USER_PASSWORD_AUTH` is
//! checked against the same verifier. Deliberately absent: the challenge's bookkeeping (who was
//! asked when), which is in `password_verifier`.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use crypto_bigint::U256;
use data_encoding::HEXLOWER;
use zeroize::Zeroizing;

use super::error::Refusal;
use super::fresh;
use crate::crypto::group::{self, Element, GENERATOR, MULTIPLIER};
use crate::crypto::srp::{hmac_sha256, private_key, scrambler, session_key};
use crate::domain::Secret;

const EXPONENT_BITS: u32 = 256;

/// Salt and v = gˣ of one password.
#[derive(Clone)]
pub(super) struct Verifier {
    salt: Vec<u8>,
    value: Element,
}

impl Verifier {
    /// The verifier of `password` with a random salt.
    pub(super) fn new(pool_name: &str, user: &str, password: &Secret) -> Result<Self, Refusal> {
        let salt = fresh::bytes::<16>()?.to_vec();
        let value = power(&salt, pool_name, user, password);
        Ok(Self { salt, value })
    }

    /// A verifier that a client computed, both numbers big-endian. `None` unless it is one of the
    /// group: zero and what is a multiple of N would make every proof right or wrong.
    pub(super) fn given(salt: &[u8], value: &[u8]) -> Option<Self> {
        let value =
            group::reduced_element(value).filter(|_| !group::is_multiple_of_modulus(value))?;
        let salt = salt.to_vec();
        Some(Self { salt, value })
    }

    /// The verifier of nobody, for a challenge to a user who does not exist. The same `seed` and
    /// `user` give the same salt: a salt that changes would tell that there is no such user.
    pub(super) fn of_nobody(seed: &[u8], user: &str) -> Self {
        let tag = hmac_sha256(seed, user.as_bytes());
        let (salt, x) = tag.split_at(tag.len() / 2);
        let x = Zeroizing::new(U256::from_be_slice(&group::sha256(&[x])));
        Self {
            salt: salt.to_vec(),
            value: GENERATOR.pow_bounded_exp(&*x, EXPONENT_BITS),
        }
    }

    /// Whether `password` is the one this verifier was made of.
    pub(super) fn matches(&self, pool_name: &str, user: &str, password: &Secret) -> bool {
        let typed = power(&self.salt, pool_name, user, password);
        verify_slices_are_equal(
            &group::padded_bytes(&typed),
            &group::padded_bytes(&self.value),
        )
        .is_ok()
    }

    /// `SALT`, as Java prints a `BigInteger`.
    pub(super) fn salt_hex(&self) -> String {
        integer_hex(&self.salt)
    }
}

/// One offered B and what is needed to check the answer to it.
pub(super) struct Offer {
    client: Element,
    private: Zeroizing<U256>,
    public: Element,
    verifier: Element,
}

impl Offer {
    /// Reads `SRP_A` and chooses b.
    pub(super) fn new(srp_a: &str, verifier: &Verifier) -> Result<Self, Refusal> {
        let a = group::bytes_from_hex(srp_a).ok_or_else(|| not_hexadecimal(srp_a))?;
        // A multiple of N makes S zero whatever the password is.
        if group::is_multiple_of_modulus(&a) {
            return Err(Refusal::invalid_parameter("Invalid SRP_A"));
        }
        let client = group::reduced_element(&a)
            .ok_or_else(|| Refusal::invalid_parameter("Invalid SRP_A"))?;
        let private = Zeroizing::new(U256::from_be_slice(fresh::bytes::<32>()?.as_slice()));
        let public = MULTIPLIER
            .mul(&verifier.value)
            .add(&GENERATOR.pow_bounded_exp(&*private, EXPONENT_BITS));
        Ok(Self {
            client,
            private,
            public,
            verifier: verifier.value,
        })
    }

    /// `SRP_B`, as Java prints a `BigInteger`: an odd number of digits is possible.
    pub(super) fn srp_b(&self) -> String {
        integer_hex(&group::padded_bytes(&self.public))
    }

    /// Whether `signature` proves the password, in constant time.
    pub(super) fn accepts(&self, signature: &[u8], signed: &Signed<'_>) -> bool {
        let Ok(u) = scrambler(
            &group::padded_bytes(&self.client),
            &group::padded_bytes(&self.public),
        ) else {
            return false;
        };
        let base = self
            .client
            .mul(&self.verifier.pow_bounded_exp(&u, EXPONENT_BITS));
        let shared = base.pow_bounded_exp(&*self.private, EXPONENT_BITS);
        let key = session_key(&u, &shared);
        let message = [
            signed.pool_name.as_bytes(),
            signed.user.as_bytes(),
            signed.secret_block,
            signed.timestamp.as_bytes(),
        ]
        .concat();
        verify_slices_are_equal(&hmac_sha256(&key, &message), signature).is_ok()
    }
}

/// What `PASSWORD_CLAIM_SIGNATURE` signs.
pub(super) struct Signed<'a> {
    pub(super) pool_name: &'a str,
    pub(super) user: &'a str,
    pub(super) secret_block: &'a [u8],
    pub(super) timestamp: &'a str,
}

fn power(salt: &[u8], pool_name: &str, user: &str, password: &Secret) -> Element {
    let x = private_key(salt, pool_name, user, password);
    GENERATOR.pow_bounded_exp(&*x, EXPONENT_BITS)
}

fn integer_hex(big_endian: &[u8]) -> String {
    let digits = HEXLOWER.encode(big_endian);
    let minimal = digits.trim_start_matches('0');
    if minimal.is_empty() {
        "0".to_owned()
    } else {
        minimal.to_owned()
    }
}

fn not_hexadecimal(srp_a: &str) -> Refusal {
    Refusal::invalid_parameter(format!(
        "1 validation error detected: Value '{srp_a}' at 'sRPA' failed to satisfy constraint: \
         Member must satisfy regular expression pattern: ^[0-9a-fA-F]+$"
    ))
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64;

    use super::*;
    use crate::crypto::srp::{Ephemeral, PasswordChallenge, password_claim_signature};

    const NOW: &str = "Fri Nov 20 23:05:07 UTC 2026";

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    fn accepted(verifier: &Verifier, typed: &str) -> bool {
        let ephemeral = Ephemeral::from_bytes(random_a().as_slice()).unwrap();
        let offer = Offer::new(&ephemeral.srp_a(), verifier).unwrap();
        let block = [7_u8; 40];
        let signature = password_claim_signature(
            &ephemeral,
            &PasswordChallenge {
                pool_name: "AbC123",
                user_id_for_srp: "ana",
                salt_hex: &verifier.salt_hex(),
                srp_b_hex: &offer.srp_b(),
                secret_block: &BASE64.encode(&block),
                timestamp: NOW,
            },
            &secret(typed),
        )
        .unwrap();
        offer.accepts(
            &BASE64.decode(signature.as_bytes()).unwrap(),
            &Signed {
                pool_name: "AbC123",
                user: "ana",
                secret_block: &block,
                timestamp: NOW,
            },
        )
    }

    fn random_a() -> Zeroizing<[u8; 32]> {
        fresh::bytes::<32>().unwrap()
    }

    #[test]
    fn only_the_right_password_is_accepted() {
        let verifier = Verifier::new("AbC123", "ana", &secret("Pässw0rd!23")).unwrap();
        assert!(accepted(&verifier, "Pässw0rd!23"));
        assert!(!accepted(&verifier, "Passw0rd!23"));
        assert!(verifier.matches("AbC123", "ana", &secret("Pässw0rd!23")));
        assert!(!verifier.matches("AbC123", "tom", &secret("Pässw0rd!23")));
    }

    /// The verifiers that other clients computed, and what the service could not use.
    #[test]
    fn a_given_verifier_knows_its_secret() {
        let text = include_str!("../../tests/vectors/srp.json");
        let vectors: serde_json::Value = serde_json::from_str(text).unwrap();
        let cases = vectors["device_verifier"].as_array().unwrap();
        assert!(!cases.is_empty());
        for case in cases {
            let (input, expected) = (&case["input"], &case["expected"]);
            let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
            let number = |name: &str| group::bytes_from_hex(&text(&expected[name])).unwrap();
            let verifier =
                Verifier::given(&number("salt_bytes_hex"), &number("verifier_hex")).unwrap();
            let (group_key, key) = (text(&input["device_group_key"]), text(&input["device_key"]));
            let right = text(&input["device_password"]);
            assert!(
                verifier.matches(&group_key, &key, &secret(&right)),
                "{}",
                case["id"]
            );
            assert!(!verifier.matches(&group_key, &key, &secret("wrong")));
        }
        assert!(Verifier::given(&[1], &[0]).is_none());
        assert!(Verifier::given(&[1], &[0xff; 384]).is_none());
    }

    #[test]
    fn nobody_has_a_stable_salt_and_no_password() {
        let (first, second) = (
            Verifier::of_nobody(b"seed", "eve"),
            Verifier::of_nobody(b"seed", "eve"),
        );
        assert_eq!(first.salt_hex(), second.salt_hex());
        assert!(!accepted(&first, ""));
    }

    #[test]
    fn an_a_that_fixes_the_key_is_refused() {
        let verifier = Verifier::of_nobody(b"seed", "eve");
        for a in ["0", "00", "-1", "0x5", ""] {
            assert!(Offer::new(a, &verifier).is_err(), "{a}");
        }
        let modulus = {
            // N − 1 is −1 in the group; N itself is one more.
            let mut bytes = group::padded_bytes(&Element::ZERO.sub(&Element::ONE));
            *bytes.last_mut().unwrap() += 1;
            HEXLOWER.encode(&bytes)
        };
        assert!(Offer::new(&modulus, &verifier).is_err());
    }

    #[test]
    fn hexadecimal_has_no_leading_zeros() {
        assert_eq!(integer_hex(&[0, 0, 0x0f]), "f");
        assert_eq!(integer_hex(&[0]), "0");
    }
}
