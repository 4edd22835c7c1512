//! JSON web tokens: one RSA key per sandbox, its JWKS, RS256 signatures made and checked.
//!
//! Deliberately absent: other algorithms (`alg` in a token's header is never believed), key
//! rotation, and the claims' meaning, which is in `issue` and `logins`.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, UnparsedPublicKey,
};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use serde_json::{Map, Value, json};

use super::error::Refusal;
use super::fresh;

/// Claims of a token.
pub(super) type Claims = Map<String, Value>;

/// What is wrong with a text that should be one of the sandbox's tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenFlaw {
    /// Not three parts of base64url with JSON inside.
    NotAToken,
    /// A token, but not signed with this sandbox's key.
    Signature,
}

/// The signing key.
pub(super) struct Signer {
    key: RsaKeyPair,
    key_id: String,
    modulus: String,
}

impl Signer {
    /// A new 2048-bit key; takes some tenths of a second.
    pub(super) fn generate() -> Result<Self, Refusal> {
        let key = RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_| Refusal::internal())?;
        let modulus = modulus(key.public_key().as_ref()).ok_or_else(Refusal::internal)?;
        let key_id = BASE64.encode(fresh::bytes::<32>()?.as_slice());
        Ok(Self {
            key,
            key_id,
            modulus,
        })
    }

    /// The body of `jwks.json`.
    pub(super) fn jwks(&self) -> Value {
        json!({ "keys": [{
            "alg": "RS256", "e": "AQAB", "kid": self.key_id, "kty": "RSA", "n": self.modulus, "use": "sig",
        }] })
    }

    /// A signed token.
    pub(super) fn sign(&self, claims: &Value) -> Result<String, Refusal> {
        let header = json!({ "kid": self.key_id, "alg": "RS256" });
        let mut token = [header.to_string(), claims.to_string()]
            .map(|part| BASE64URL_NOPAD.encode(part.as_bytes()))
            .join(".");
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                token.as_bytes(),
                &mut signature,
            )
            .map_err(|_| Refusal::internal())?;
        token.push('.');
        token.push_str(&BASE64URL_NOPAD.encode(&signature));
        Ok(token)
    }

    /// The claims of a token that this sandbox signed.
    pub(super) fn verify(&self, token: &str) -> Result<Claims, TokenFlaw> {
        let claims = unverified_claims(token).ok_or(TokenFlaw::NotAToken)?;
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenFlaw::NotAToken)?;
        let signature = BASE64URL_NOPAD
            .decode(signature.as_bytes())
            .map_err(|_| TokenFlaw::Signature)?;
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, self.key.public_key())
            .verify(signed.as_bytes(), &signature)
            .map_err(|_| TokenFlaw::Signature)?;
        Ok(claims)
    }
}

/// The claims as written, before anything is checked: only to choose the message of a refusal.
pub(super) fn unverified_claims(token: &str) -> Option<Claims> {
    let mut parts = token.split('.');
    let (_header, claims, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let raw = BASE64URL_NOPAD.decode(claims.as_bytes()).ok()?;
    serde_json::from_slice(&raw).ok()
}

/// n of a 2048-bit `RSAPublicKey` (RFC 8017, A.1.1): SEQUENCE, INTEGER of 257 bytes with a sign
/// byte, then e. The lengths are fixed for that size, so this needs no DER reader.
fn modulus(public_key: &[u8]) -> Option<String> {
    let starts = public_key.starts_with(&[0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01, 0x00]);
    let ends = public_key.get(265..)? == [0x02, 0x03, 0x01, 0x00, 0x01];
    (starts && ends)
        .then(|| public_key.get(9..265).map(|n| BASE64URL_NOPAD.encode(n)))
        .flatten()
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::RsaPublicKeyComponents;

    use super::*;

    #[test]
    fn the_published_key_verifies_what_was_signed() {
        let signer = Signer::generate().unwrap();
        let token = signer.sign(&json!({ "sub": "ana" })).unwrap();
        assert_eq!(signer.verify(&token).unwrap()["sub"], "ana");

        let jwks = signer.jwks();
        let decode = |name: &str| {
            BASE64URL_NOPAD
                .decode(jwks["keys"][0][name].as_str().unwrap().as_bytes())
                .unwrap()
        };
        let published = RsaPublicKeyComponents {
            n: decode("n"),
            e: decode("e"),
        };
        let (body, signature) = token.rsplit_once('.').unwrap();
        let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap();
        published
            .verify(&RSA_PKCS1_2048_8192_SHA256, body.as_bytes(), &signature)
            .unwrap();
    }

    #[test]
    fn foreign_and_changed_tokens_are_refused() {
        let (signer, other) = (Signer::generate().unwrap(), Signer::generate().unwrap());
        let token = signer.sign(&json!({ "sub": "ana" })).unwrap();
        assert_eq!(other.verify(&token), Err(TokenFlaw::Signature));

        let forged = BASE64URL_NOPAD.encode(br#"{"sub":"tom"}"#);
        let mut parts: Vec<&str> = token.split('.').collect();
        parts[1] = &forged;
        assert_eq!(signer.verify(&parts.join(".")), Err(TokenFlaw::Signature));
        for text in ["", "a.b", "a.b.c", "a.b.c.d"] {
            assert_eq!(signer.verify(text), Err(TokenFlaw::NotAToken), "{text}");
        }
    }
}
