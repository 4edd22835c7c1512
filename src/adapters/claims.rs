//! Reads the claims of an ID token without checking its signature.
//!
//! The identity pool checks the token; Poolkey reads it to show who is signed in and to key the
//! identity cache. No decision about access hangs on it.

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::domain::{Claims, Problem, ProblemKind, Secret};
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
}
