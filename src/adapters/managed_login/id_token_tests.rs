//! ID tokens with one thing wrong each, signed with keys made here.

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
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

#[test]
fn every_flaw_has_a_sentence_and_a_hint() {
    for flaw in [Flaw::Nonce, Flaw::Signature, Flaw::NotYet, Flaw::Keys] {
        let problem = flaw.problem(Whose::Provider);
        assert_eq!(problem.kind, ProblemKind::Refused);
        assert_eq!(problem.hints.len(), 1);
    }
}
