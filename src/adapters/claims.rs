//! Reads the claims of an ID token without checking its signature.
//!
//! The identity pool checks the token; Poolkey reads it to show who is signed in and to key the
//! identity cache. No decision about access hangs on it.

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::domain::{Claim, ClaimValue, Claims, Problem, ProblemKind, Secret, TokenReading};
use crate::ops::ports::ClaimsReader;

/// JSON Web Tokens, RFC 7519.
pub struct JwtClaims;

#[derive(Deserialize)]
struct Payload {
    iss: String,
    sub: String,
    exp: i64,
    #[serde(rename = "cognito:username")]
    username: Option<String>,
    #[serde(rename = "cognito:groups", default)]
    groups: Vec<String>,
    #[serde(rename = "cognito:roles", default)]
    roles: Vec<String>,
    #[serde(rename = "cognito:preferred_role")]
    preferred_role: Option<String>,
}

impl ClaimsReader for JwtClaims {
    fn read(&self, id_token: &Secret) -> Result<Claims, Problem> {
        payload(id_token.expose()).ok_or_else(|| {
            Problem::new(
                ProblemKind::Unexpected,
                "The user pool's ID token cannot be read",
            )
            .hint("Check that the endpoint is a Cognito user pool.")
        })
    }

    fn read_all(&self, token: &Secret) -> Option<TokenReading> {
        let mut parts = token.expose().split('.');
        let (header, body, _signature) = (parts.next()?, parts.next()?, parts.next()?);
        let mut claims = rows(body)?;
        // What decides about roles is looked for first; the sort keeps the rest in order.
        claims.sort_by_key(|claim| {
            let first = ["cognito:groups", "cognito:roles", "cognito:preferred_role"];
            let place = first.iter().position(|name| *name == claim.name);
            place.unwrap_or(first.len())
        });
        Some(TokenReading {
            header: rows(header)?,
            claims,
        })
    }
}

/// The members of a JSON object in base64url.
fn rows(part: &str) -> Option<Vec<Claim>> {
    let json = Zeroizing::new(BASE64URL_NOPAD.decode(part.as_bytes()).ok()?);
    let object: serde_json::Map<String, Value> = serde_json::from_slice(&json).ok()?;
    let row = |(name, value): (String, Value)| Claim {
        value: claim_value(&name, value),
        name,
    };
    Some(object.into_iter().map(row).collect())
}

fn claim_value(name: &str, value: Value) -> ClaimValue {
    let is_time = ["exp", "iat", "nbf", "auth_time", "updated_at"].contains(&name);
    let time = value.as_i64().filter(|_| is_time);
    if let Some(time) = time.and_then(|time| Timestamp::from_second(time).ok()) {
        return ClaimValue::Time(time);
    }
    match value {
        Value::String(text) => ClaimValue::Text(text),
        Value::Array(list)
            if list
                .iter()
                .all(|item| !item.is_object() && !item.is_array()) =>
        {
            ClaimValue::List(list.iter().map(plain).collect())
        }
        Value::Object(_) | Value::Array(_) => ClaimValue::Json(value.to_string()),
        other => ClaimValue::Text(other.to_string()),
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn payload(token: &str) -> Option<Claims> {
    let mut parts = token.split('.');
    let (_header, body, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    let body = Zeroizing::new(BASE64URL_NOPAD.decode(body.as_bytes()).ok()?);
    let payload: Payload = serde_json::from_slice(&body).ok()?;
    let provider_name = payload
        .iss
        .split_once("://")
        .map_or(payload.iss.as_str(), |(_, rest)| rest);
    Some(Claims {
        provider_name: provider_name.to_owned(),
        username: payload.username.unwrap_or_else(|| payload.sub.clone()),
        subject: payload.sub,
        groups: payload.groups,
        roles: payload
            .roles
            .iter()
            .filter_map(|role| role.parse().ok())
            .collect(),
        preferred_role: payload.preferred_role.and_then(|role| role.parse().ok()),
        expires_at: Timestamp::from_second(payload.exp).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(body: &str) -> Secret {
        Secret::new(format!(
            "e30.{}.sig",
            BASE64URL_NOPAD.encode(body.as_bytes())
        ))
    }

    #[test]
    fn reads_what_is_shown() {
        let body = r#"{"iss":"https://cognito-idp.us-east-1.amazonaws.com/us-east-1_A","sub":"s","exp":60,
            "cognito:username":"ana","cognito:groups":["dev"],"aud":"c"}"#;
        let claims = JwtClaims.read(&token(body)).unwrap();
        assert_eq!(
            claims.provider_name,
            "cognito-idp.us-east-1.amazonaws.com/us-east-1_A"
        );
        assert_eq!((claims.username.as_str(), claims.groups.len()), ("ana", 1));
    }

    #[test]
    fn nonsense_is_a_problem_and_never_a_panic() {
        for text in ["", "a.b", "a.b.c", "..", "e30.e30.e30", "é.é.é"] {
            assert!(
                JwtClaims.read(&Secret::new(text.to_owned())).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn every_claim_is_a_row() {
        let body = r#"{"sub":"s","exp":60,"email_verified":true,"cognito:groups":["dev",7],
            "address":{"city":"Ulm"},"exp2":60}"#;
        let reading = JwtClaims.read_all(&token(body)).unwrap();
        assert_eq!(reading.claims[0].name, "cognito:groups");
        let list = ClaimValue::List(vec!["dev".to_owned(), "7".to_owned()]);
        assert_eq!(reading.claim("cognito:groups"), Some(&list));
        assert_eq!(reading.expires_at(), Timestamp::from_second(60).ok());
        assert_eq!(reading.subject(), Some("s"));
        let json = ClaimValue::Json(r#"{"city":"Ulm"}"#.to_owned());
        assert_eq!(reading.claim("address"), Some(&json));
        let text = ClaimValue::Text("true".to_owned());
        assert_eq!(reading.claim("email_verified"), Some(&text));
        assert_eq!(
            reading.claim("exp2"),
            Some(&ClaimValue::Text("60".to_owned()))
        );
        for text in ["", "EAACEdEose0cBA", "a.b.c", "W10.e30.x"] {
            assert_eq!(
                JwtClaims.read_all(&Secret::new(text.to_owned())),
                None,
                "{text}"
            );
        }
    }
}
