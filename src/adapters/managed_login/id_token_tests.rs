//! ID tokens with one thing wrong each, signed with keys made here.

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

use super::*;

const ISSUER: &str = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A";
const NOW: i64 = 1_800_000_000;

struct Signer {
    key: RsaKeyPair,
}

impl Signer {
    fn new() -> Self {
        let key = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        Self { key }
    }

    fn jwks(&self) -> Value {
        // Where a 2048-bit modulus stands in its DER.
        let n = BASE64URL_NOPAD.encode(&self.key.public_key().as_ref()[9..265]);
        json!({ "keys": [
            { "kid": "other", "kty": "RSA", "n": n, "e": "AQAB", "use": "enc" },
            { "kid": "ours", "kty": "RSA", "n": n, "e": "AQAB", "alg": "RS256", "use": "sig" },
        ]})
    }

    fn sign(&self, kid: &str, claims: &Value) -> Secret {
        let signed = signed_part(&json!({ "alg": "RS256", "kid": kid }), claims);
        let mut signature = vec![0; self.key.public_modulus_len()];
        let random = SystemRandom::new();
        self.key
            .sign(
                &RSA_PKCS1_SHA256,
                &random,
                signed.as_bytes(),
                &mut signature,
            )
            .unwrap();
        Secret::new(format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature)))
    }
}

fn signed_part(header: &Value, claims: &Value) -> String {
    [header, claims]
        .map(|part| BASE64URL_NOPAD.encode(part.to_string().as_bytes()))
        .join(".")
}

fn claims(change: impl FnOnce(&mut Value)) -> Value {
    let mut claims = json!({
        "sub": "s", "iss": ISSUER, "aud": "client", "token_use": "id", "nonce": "n",
        "iat": NOW, "exp": NOW + 3600,
    });
    change(&mut claims);
    claims
}

fn checked(token: &Secret, jwks: &Value) -> Result<(), Flaw> {
    let issuers = [ISSUER.to_owned()];
    let expected = Expected {
        issuers: &issuers,
        audience: "client",
        nonce: Some("n"),
        whose: Whose::UserPool,
        now: Timestamp::from_second(NOW).unwrap(),
    };
    check(token, jwks.to_string().as_bytes(), &expected)
}

#[test]
fn one_wrong_claim_is_enough() {
    let signer = Signer::new();
    let jwks = signer.jwks();
    assert_eq!(
        checked(&signer.sign("ours", &claims(|_| {})), &jwks),
        Ok(())
    );
    for (name, value, flaw) in [
        (
            "iss",
            json!("https://evil.example/eu-west-1_A"),
            Flaw::Issuer,
        ),
        ("iss", json!(format!("{ISSUER}B")), Flaw::Issuer),
        ("aud", json!("other"), Flaw::Audience),
        ("aud", json!(["client", "other"]), Flaw::Audience),
        ("aud", Value::Null, Flaw::NotAToken),
        ("token_use", json!("access"), Flaw::Use),
        ("nonce", json!("m"), Flaw::Nonce),
        ("nonce", json!(""), Flaw::Nonce),
        ("nonce", Value::Null, Flaw::Nonce),
        ("exp", json!(NOW - 120), Flaw::Expired),
        ("exp", json!(NOW - 86_400), Flaw::Expired),
        ("exp", Value::Null, Flaw::NotAToken),
        ("iat", json!(NOW + 121), Flaw::NotYet),
        ("nbf", json!(NOW + 121), Flaw::NotYet),
    ] {
        let token = signer.sign("ours", &claims(|claims| claims[name] = value.clone()));
        assert_eq!(checked(&token, &jwks), Err(flaw), "{name} {value}");
    }
    for (name, value) in [
        ("exp", NOW - 119),
        ("iat", NOW + 120),
        ("nbf", NOW - 1),
        ("nbf", NOW + 120),
    ] {
        let token = signer.sign("ours", &claims(|claims| claims[name] = json!(value)));
        assert_eq!(checked(&token, &jwks), Ok(()), "{name} {value}");
    }
}

#[test]
fn only_a_signing_key_of_the_pool_counts() {
    let (signer, stranger) = (Signer::new(), Signer::new());
    let jwks = signer.jwks();
    let good = claims(|_| {});
    let foreign = stranger.sign("ours", &good);
    assert_eq!(checked(&foreign, &jwks), Err(Flaw::Signature));
    for kid in ["unknown", "other"] {
        let token = signer.sign(kid, &good);
        assert_eq!(checked(&token, &jwks), Err(Flaw::UnknownKey), "{kid}");
    }
    let token = signer.sign("ours", &good);
    for (jwks, flaw) in [
        (json!({}), Flaw::Keys),
        (json!({ "keys": [] }), Flaw::UnknownKey),
        (
            json!({ "keys": [{ "kid": "ours", "kty": "EC" }] }),
            Flaw::UnknownKey,
        ),
    ] {
        assert_eq!(checked(&token, &jwks), Err(flaw));
    }
    // The claims of one token under the signature of another.
    let other = signer.sign("ours", &claims(|claims| claims["sub"] = json!("tom")));
    let (body, _) = other.expose().rsplit_once('.').unwrap();
    let (_, signature) = token.expose().rsplit_once('.').unwrap();
    let mixed = Secret::new(format!("{body}.{signature}"));
    assert_eq!(checked(&mixed, &jwks), Err(Flaw::Signature));
}

#[test]
fn the_header_does_not_choose_the_algorithm() {
    let signer = Signer::new();
    let jwks = signer.jwks();
    let unsigned = signed_part(&json!({ "alg": "none", "kid": "ours" }), &claims(|_| {}));
    for token in [format!("{unsigned}."), unsigned] {
        assert_eq!(checked(&Secret::new(token), &jwks), Err(Flaw::NotAToken));
    }
    // The public key as an HMAC secret.
    let by_hmac = signed_part(&json!({ "alg": "HS256", "kid": "ours" }), &claims(|_| {}));
    let modulus = jwks["keys"][1]["n"].as_str().unwrap().as_bytes();
    let key = hmac::Key::new(hmac::HMAC_SHA256, modulus);
    let signature = BASE64URL_NOPAD.encode(hmac::sign(&key, by_hmac.as_bytes()).as_ref());
    let token = Secret::new(format!("{by_hmac}.{signature}"));
    assert_eq!(checked(&token, &jwks), Err(Flaw::Algorithm));
    for text in ["", "a", "a.b.c", "..", "é.é.é"] {
        let token = Secret::new(text.to_owned());
        assert_eq!(checked(&token, &jwks), Err(Flaw::NotAToken), "{text}");
    }
}

/// A provider's tokens: no `token_use`, several audiences, another algorithm.
fn checked_of_provider(token: &Secret, jwks: &Value, nonce: Option<&str>) -> Result<(), Flaw> {
    let issuers = [ISSUER.to_owned()];
    let expected = Expected {
        issuers: &issuers,
        audience: "client",
        nonce,
        whose: Whose::Provider,
        now: Timestamp::from_second(NOW).unwrap(),
    };
    check(token, jwks.to_string().as_bytes(), &expected)
}

#[test]
fn of_several_audiences_the_authorized_party_decides() {
    let signer = Signer::new();
    let jwks = signer.jwks();
    for (aud, azp, result) in [
        (json!("client"), Value::Null, Ok(())),
        (json!("client"), json!("client"), Ok(())),
        (json!("client"), json!("other"), Err(Flaw::Audience)),
        (json!(["client"]), Value::Null, Ok(())),
        (json!(["client", "other"]), json!("client"), Ok(())),
        (json!(["client", "other"]), Value::Null, Err(Flaw::Audience)),
        (json!(["other"]), json!("client"), Err(Flaw::Audience)),
        (json!([]), json!("client"), Err(Flaw::Audience)),
    ] {
        let claims = claims(|claims| {
            claims["token_use"] = Value::Null;
            claims["aud"] = aud.clone();
            claims["azp"] = azp.clone();
        });
        let token = signer.sign("ours", &claims);
        let case = format!("{aud} {azp}");
        assert_eq!(
            checked_of_provider(&token, &jwks, Some("n")),
            result,
            "{case}"
        );
        let other = checked_of_provider(&token, &jwks, Some("m"));
        assert_eq!(other, result.and(Err(Flaw::Nonce)), "{case}");
        assert_eq!(checked_of_provider(&token, &jwks, None), result, "{case}");
    }
}

#[test]
fn a_provider_may_sign_with_an_elliptic_curve() {
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    let key = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref()).unwrap();
    let point = key.public_key().as_ref();
    let part = |range: std::ops::Range<usize>| BASE64URL_NOPAD.encode(&point[range]);
    let jwk = json!({ "kty": "EC", "crv": "P-256", "x": part(1..33), "y": part(33..65) });
    let signed = signed_part(&json!({ "alg": "ES256" }), &claims(|_| {}));
    let signature = key.sign(&random, signed.as_bytes()).unwrap();
    let signature = BASE64URL_NOPAD.encode(signature.as_ref());
    let token = Secret::new(format!("{signed}.{signature}"));
    let of = |keys: Value| checked_of_provider(&token, &json!({ "keys": keys }), Some("n"));
    assert_eq!(of(json!([jwk])), Ok(()));
    // Without a key's name there may be one only, and it has to be of the kind.
    assert_eq!(of(json!([jwk, jwk])), Err(Flaw::UnknownKey));
    let rsa = Signer::new().jwks()["keys"][1].clone();
    assert_eq!(of(json!([rsa, jwk])), Ok(()));
    assert_eq!(of(json!([rsa])), Err(Flaw::UnknownKey));
    // A user pool never does.
    let jwks = json!({ "keys": [jwk] });
    assert_eq!(checked(&token, &jwks), Err(Flaw::Algorithm));
}

#[test]
fn every_flaw_has_a_sentence_and_a_hint() {
    for flaw in [Flaw::Nonce, Flaw::Signature, Flaw::NotYet, Flaw::Keys] {
        let problem = flaw.problem(Whose::Provider);
        assert_eq!(problem.kind, ProblemKind::Refused);
        assert_eq!(problem.hints.len(), 1);
    }
}
