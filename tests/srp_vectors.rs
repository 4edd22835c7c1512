//! SRP against vectors that several independent clients agree on (`tests/vectors/README.md`).
//!
//! `POOLKEY_SRP_VECTORS` names another file of the same format.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop where it stands"
)]

use jiff::Timestamp;
use poolkey::crypto::device;
use poolkey::crypto::group::{self, bytes_from_hex, reduced_element};
use poolkey::crypto::secret_hash::secret_hash;
use poolkey::crypto::srp::{
    Ephemeral, PasswordChallenge, SrpError, password_claim_signature, timestamp,
};
use poolkey::domain::{Secret, UserPoolId};
use serde_json::Value;

fn vectors() -> Value {
    let path = std::env::var("POOLKEY_SRP_VECTORS").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/srp.json").to_owned()
    });
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} in {value}"))
}

fn array<'a>(value: &'a Value, name: &str) -> &'a Vec<Value> {
    let rows = value[name].as_array().unwrap();
    assert!(!rows.is_empty(), "no {name} in the vectors");
    rows
}

fn secret(value: &str) -> Secret {
    Secret::new(value.to_owned())
}

fn challenge(input: &Value) -> PasswordChallenge<'_> {
    PasswordChallenge {
        pool_name: text(input, "pool_name"),
        user_id_for_srp: text(input, "user_id_for_srp"),
        salt_hex: text(input, "SALT"),
        srp_b_hex: text(input, "SRP_B"),
        secret_block: text(input, "SECRET_BLOCK"),
        timestamp: text(input, "TIMESTAMP"),
    }
}

fn ephemeral(input: &Value) -> Ephemeral {
    Ephemeral::from_bytes(&bytes_from_hex(text(input, "a_hex")).unwrap()).unwrap()
}

fn integer(hex: &str) -> String {
    hex.trim_start_matches('0').to_lowercase()
}

/// What is not compared here would only look as if it were.
#[test]
fn srp_vectors_have_no_other_parts() {
    let vectors = vectors();
    let parts: Vec<&str> = vectors
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let about = ["format", "generated", "notation"];
    let compared = [
        "auth",
        "bad_timestamps",
        "device_verifier",
        "divergence",
        "group",
        "negative",
        "timestamps",
    ];
    let mut known = [&about[..], &compared[..]].concat();
    known.sort_unstable();
    assert_eq!(parts, known);
}

#[test]
fn srp_vectors_group() {
    let vectors = vectors();
    let group = &vectors["group"];
    let number = |name: &str| bytes_from_hex(text(group, name)).unwrap();
    let modulus = number("N_hex");
    assert_eq!(reduced_element(&modulus), None);
    let mut one_less = modulus.clone();
    *one_less.last_mut().unwrap() -= 1;
    assert!(reduced_element(&one_less).is_some());
    assert_eq!(
        group::sha256(&[&modulus]).as_slice(),
        number("N_sha256_of_384_bytes")
    );

    let generator = [u8::try_from(group["g"].as_u64().unwrap()).unwrap()];
    assert_eq!(reduced_element(&generator), Some(group::GENERATOR));
    let multiplier = number("k_hex");
    assert_eq!(reduced_element(&multiplier), Some(group::MULTIPLIER));
    let padded = [group::pad(&modulus), group::pad(&generator)];
    assert_eq!(
        group::sha256(&[&padded[0], &padded[1]]).as_slice(),
        multiplier
    );
}

#[test]
fn srp_vectors_sign_in() {
    let vectors = vectors();
    for case in array(&vectors, "auth") {
        let (id, input, expected) = (text(case, "id"), &case["input"], &case["expected"]);
        let ephemeral = ephemeral(input);
        assert_eq!(
            integer(&ephemeral.srp_a()),
            integer(text(expected, "SRP_A")),
            "{id}"
        );
        let signature = password_claim_signature(
            &ephemeral,
            &challenge(input),
            &secret(text(input, "password")),
        );
        assert_eq!(
            signature.as_deref(),
            Ok(text(expected, "PASSWORD_CLAIM_SIGNATURE")),
            "{id}"
        );
    }
}

/// In a device's challenge the group key stands for the pool and the device for the user.
#[test]
fn srp_vectors_device_sign_in() {
    let vectors = vectors();
    let mut compared = 0;
    for case in array(&vectors, "auth") {
        if text(case, "kind") != "device" {
            continue;
        }
        let (id, input) = (text(case, "id"), &case["input"]);
        let challenge = PasswordChallenge {
            pool_name: text(input, "device_group_key"),
            ..challenge(input)
        };
        let signature = password_claim_signature(
            &ephemeral(input),
            &challenge,
            &secret(text(input, "password")),
        );
        let expected = text(&case["expected"], "PASSWORD_CLAIM_SIGNATURE");
        assert_eq!(signature.as_deref(), Ok(expected), "{id}");
        compared += 1;
    }
    assert!(compared > 1);
}

#[test]
fn srp_vectors_device_verifier() {
    let vectors = vectors();
    for case in array(&vectors, "device_verifier") {
        let (id, input, expected) = (text(case, "id"), &case["input"], &case["expected"]);
        let salt = bytes_from_hex(text(input, "random_salt_hex")).unwrap();
        let verifier = device::verifier(
            text(input, "device_group_key"),
            text(input, "device_key"),
            &secret(text(input, "device_password")),
            &salt.try_into().unwrap(),
        );
        assert_eq!(verifier.salt, text(expected, "Salt"), "{id}");
        let value = text(expected, "PasswordVerifier");
        assert_eq!(verifier.password_verifier, value, "{id}");
    }
}

#[test]
fn srp_vectors_device_password_is_base64() {
    let vectors = vectors();
    for case in array(&vectors, "device_verifier") {
        let password = text(&case["input"], "device_password");
        let bytes = data_encoding::BASE64.decode(password.as_bytes()).unwrap();
        let made = device::password(&bytes.try_into().unwrap());
        assert_eq!(made.expose(), password);
    }
}

#[test]
fn srp_vectors_secret_hash() {
    let vectors = vectors();
    let mut compared = 0;
    for case in array(&vectors, "auth") {
        let (input, expected) = (&case["input"], &case["expected"]);
        for (field, username) in [
            ("SECRET_HASH_over_username_typed", "username_typed"),
            ("SECRET_HASH_over_user_id_for_srp", "user_id_for_srp"),
        ] {
            let (Some(hash), Some(username)) = (expected[field].as_str(), input[username].as_str())
            else {
                continue;
            };
            let client_secret = secret(text(input, "client_secret"));
            assert_eq!(
                secret_hash(&client_secret, username, text(input, "client_id")),
                hash
            );
            compared += 1;
        }
    }
    assert!(compared > 0);
}

#[test]
fn srp_vectors_salt_is_an_integer() {
    let vectors = vectors();
    for case in array(&vectors, "divergence") {
        let base = array(&vectors, "auth")
            .iter()
            .find(|auth| text(auth, "id") == "user-01-plain")
            .unwrap();
        let input = &base["input"];
        let challenge = PasswordChallenge {
            salt_hex: text(case, "SALT"),
            ..challenge(input)
        };
        let signature = password_claim_signature(
            &ephemeral(input),
            &challenge,
            &secret(text(input, "password")),
        );
        assert_eq!(
            signature.as_deref(),
            Ok(text(&case["signature_by_implementation"], "aci"))
        );
    }
}

#[test]
fn srp_vectors_timestamps() {
    let vectors = vectors();
    for case in array(&vectors, "timestamps") {
        let now = Timestamp::from_second(case["epoch_seconds"].as_i64().unwrap()).unwrap();
        assert_eq!(timestamp(now), text(case, "TIMESTAMP"));
    }
    let day = Timestamp::from_second(1_793_491_200).unwrap();
    for case in array(&vectors, "bad_timestamps") {
        assert_ne!(timestamp(day), text(case, "TIMESTAMP"));
    }
}

#[test]
fn srp_vectors_negative() {
    let vectors = vectors();
    let input = &vectors["auth"][0]["input"];
    let answer = |challenge: &PasswordChallenge<'_>| {
        password_claim_signature(&ephemeral(input), challenge, &secret("x"))
    };
    for case in array(&vectors, "negative") {
        let id = text(case, "id");
        if let Some(srp_b_hex) = case["SRP_B"].as_str() {
            let refused = answer(&PasswordChallenge {
                srp_b_hex,
                ..challenge(input)
            });
            let zero = id.contains("zero") || id.contains("equals");
            let expected = if zero {
                SrpError::ServerValueIsZero
            } else {
                SrpError::NotANumber("SRP_B")
            };
            assert_eq!(refused, Err(expected), "{id}");
        } else if let Some(secret_block) = case["SECRET_BLOCK"].as_str() {
            let refused = answer(&PasswordChallenge {
                secret_block,
                ..challenge(input)
            });
            assert_eq!(refused, Err(SrpError::SecretBlockNotBase64), "{id}");
        } else if let Some(pool_id) = case["pool_id"].as_str() {
            assert!(pool_id.parse::<UserPoolId>().is_err(), "{id}");
        } else {
            // u = 0 cannot be made from outside; the unit test in crypto/srp.rs puts it in.
            assert_eq!(id, "neg-04-u-zero");
        }
    }
}
