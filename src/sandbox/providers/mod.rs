//! Identity providers besides the user pool, and logins of made-up people at them.
//!
//! Google, Apple and the sandbox's own OpenID Connect provider (`oidc`) give ID tokens that the
//! sandbox signs; Facebook and Amazon give access tokens, and the SAML provider responses, that the
//! sandbox remembers. In this process there is [`Running::provider_token`](super::Running), for
//! other programs `GET /sandbox/token?provider=…&person=…`: `{"token": "…"}`.
//!
//! Anybody is a person here. Deliberately absent: signatures on SAML responses, and a provider's
//! own pages, except those of `oidc`.

use data_encoding::{BASE64, BASE64URL_NOPAD};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::clock::after;
use super::error::{Refusal, escaped};
use super::fresh;
use super::tokens::Claims;
use super::world::{ACCOUNT_ID, Call, State, role_arn};

/// Google's key in a `Logins` map.
pub(super) const GOOGLE: &str = "accounts.google.com";
/// The SAML provider's key: its ARN.
pub(super) const SAML: &str = "arn:aws:iam::123456789012:saml-provider/SandboxSaml";
/// What every SAML provider's ARN holds.
pub(super) const SAML_MARK: &str = ":saml-provider/";
/// The OpenID Connect provider's client without a secret.
pub(super) const OIDC_CLIENT: &str = "poolkey-desktop";
/// The OpenID Connect provider's client with a secret.
pub(super) const OIDC_SECRET_CLIENT: &str = "poolkey-secret";
/// That secret; good for nothing elsewhere, so it may be plain text.
pub(super) const OIDC_SECRET: &str = "demo-secret-of-the-sandbox-oidc-client";

/// A provider that the service knows by its name.
pub(super) struct Federated {
    /// Its key in a `Logins` map.
    pub(super) key: &'static str,
    /// `iss`, where its logins are ID tokens.
    issuer: Option<&'static str>,
    /// The client that the identity pool is registered with.
    pub(super) audience: Option<&'static str>,
}

/// The providers that the service knows by their names.
pub(super) const FEDERATED: [Federated; 5] = [
    Federated {
        key: GOOGLE,
        issuer: Some("https://accounts.google.com"),
        audience: Some("1234567890-poolkeysandbox.apps.googleusercontent.com"),
    },
    Federated {
        key: "graph.facebook.com",
        issuer: None,
        audience: Some("123456789012345"),
    },
    Federated {
        key: "www.amazon.com",
        issuer: None,
        audience: Some("amzn1.application.poolkeysandbox"),
    },
    Federated {
        key: "appleid.apple.com",
        issuer: Some("https://appleid.apple.com"),
        audience: Some("example.poolkey.sandbox"),
    },
    Federated {
        key: SAML,
        issuer: None,
        audience: None,
    },
];

/// What a provider's logins are.
pub(super) enum Kind {
    /// ID tokens with this `iss`.
    IdToken { issuer: String },
    /// Texts that only the provider understands.
    Remembered,
}

/// What the logins of the provider with that key are. A key nobody knows is an OpenID Connect
/// provider's.
pub(super) fn kind(state: &State, key: &str) -> Kind {
    if key == state.oidc.key {
        let issuer = state.oidc.issuer();
        return Kind::IdToken { issuer };
    }
    match FEDERATED.iter().find(|known| known.key == key) {
        Some(Federated { issuer: None, .. }) => Kind::Remembered,
        Some(Federated {
            issuer: Some(issuer),
            ..
        }) => Kind::IdToken {
            issuer: (*issuer).to_owned(),
        },
        None if key.contains(SAML_MARK) => Kind::Remembered,
        None => Kind::IdToken {
            issuer: format!("https://{key}"),
        },
    }
}

/// The client that the logins of a known provider are for.
pub(super) fn audience(key: &str) -> Option<&'static str> {
    let known = FEDERATED.iter().find(|known| known.key == key);
    known.and_then(|known| known.audience)
}

/// Logins that are no ID tokens.
#[derive(Default)]
pub(super) struct ProviderTokens(Vec<ProviderToken>);

/// One of them.
pub(super) struct ProviderToken {
    provider: String,
    token: String,
    pub(super) claims: Claims,
    pub(super) expires: Timestamp,
}

impl ProviderTokens {
    /// What a text stands for at a provider.
    pub(super) fn find(&self, provider: &str, token: &str) -> Option<&ProviderToken> {
        let mut known = self.0.iter();
        known.find(|known| known.provider == provider && known.token == token)
    }
}

/// A login of `person` at the provider with that key: until `expires`, or as long
/// as an ID token is.
pub(super) fn token(
    call: &mut Call<'_>,
    provider: &str,
    person: &str,
    expires: Option<Timestamp>,
) -> Result<String, Refusal> {
    let expires = expires.unwrap_or_else(|| after(call.now, call.state.lifetimes.id_token));
    let mut claims = claims(person);
    let is_saml = provider.contains(SAML_MARK);
    match kind(call.state, provider) {
        Kind::IdToken { issuer } => {
            let own = provider == call.state.oidc.key;
            let audience = if own {
                Some(OIDC_CLIENT)
            } else {
                audience(provider)
            };
            id_token(
                call,
                &issuer,
                audience.unwrap_or("somebody-else"),
                claims,
                expires,
            )
        }
        Kind::Remembered => {
            let token = if is_saml {
                claims.insert("cognito:roles".into(), json!([role_arn("developers")]));
                saml_response(provider, person, expires)?
            } else {
                format!(
                    "Sandbox|{}",
                    BASE64URL_NOPAD.encode(fresh::bytes::<90>()?.as_slice())
                )
            };
            let known = ProviderToken {
                provider: provider.to_owned(),
                token: token.clone(),
                claims,
                expires,
            };
            call.state.provider_tokens.0.push(known);
            Ok(token)
        }
    }
}

/// An ID token with these claims and the ones that every ID token has.
pub(super) fn id_token(
    call: &Call<'_>,
    issuer: &str,
    audience: &str,
    mut claims: Claims,
    expires: Timestamp,
) -> Result<String, Refusal> {
    claims.insert("iss".into(), issuer.into());
    claims.insert("aud".into(), audience.into());
    claims.insert("iat".into(), call.now.as_second().into());
    claims.insert("exp".into(), expires.as_second().into());
    call.signer.sign(&Value::Object(claims))
}

/// What every provider says about a person.
pub(super) fn claims(person: &str) -> Claims {
    let mut claims = Map::new();
    claims.insert("sub".into(), person.into());
    claims.insert("name".into(), person.into());
    claims.insert("email".into(), format!("{person}@example.com").into());
    claims.insert("email_verified".into(), true.into());
    claims
}

/// The smallest response that says who, until when and which role.
fn saml_response(provider: &str, person: &str, expires: Timestamp) -> Result<String, Refusal> {
    let person = escaped(person);
    let (role, id) = (role_arn("developers"), fresh::uuid()?);
    let xml = format!(
        "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
         xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_{id}\" Version=\"2.0\">\
         <Assertion><Issuer>https://saml.sandbox.example/{ACCOUNT_ID}</Issuer>\
         <Subject><NameID>{person}</NameID></Subject>\
         <Conditions NotOnOrAfter=\"{expires}\"/><AttributeStatement>\
         <Attribute Name=\"https://aws.amazon.com/SAML/Attributes/Role\">\
         <AttributeValue>{role},{provider}</AttributeValue></Attribute>\
         </AttributeStatement></Assertion></samlp:Response>"
    );
    Ok(BASE64.encode(xml.as_bytes()))
}
