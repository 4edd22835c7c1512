//! `POST /oauth2/token`: tokens for a code.
//!
//! Source: the Cognito developer guide, "The token issuer endpoint". Deliberately absent: the
//! refresh grant; `GetTokensFromRefreshToken` renews these sign-ins like all others.

use data_encoding::BASE64;
use form_urlencoded::{Serializer, byte_serialize};
use serde::Deserialize;

use super::http::{self, not_theirs};
use crate::adapters::aws_client::AwsHttp;
use crate::domain::refusal;
use crate::domain::{AwsSaid, ManagedLogin, Problem, ProblemKind, Secret, Tokens};
use crate::ops::ports::{AppClient, CodeGrant, Granted};

const OPERATION: &str = refusal::TOKEN_ENDPOINT;

/// As the endpoint names them, without their common `_token`.
#[derive(Deserialize)]
struct Answered {
    #[serde(rename = "id_token")]
    id: Option<String>,
    #[serde(rename = "access_token")]
    access: String,
    #[serde(rename = "refresh_token")]
    refresh: Option<String>,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
    #[serde(default)]
    error_description: String,
}

pub(super) async fn redeem(
    http: &AwsHttp,
    client: &AppClient,
    login: &ManagedLogin,
    grant: CodeGrant<'_>,
) -> Result<Granted, Problem> {
    let url = format!("{}/oauth2/token", login.domain.base_url());
    let form = Serializer::new(String::new())
        .append_pair("grant_type", "authorization_code")
        .append_pair("client_id", client.client_id.as_str())
        .append_pair("code", grant.code.expose())
        .append_pair("redirect_uri", grant.redirect_uri)
        .append_pair("code_verifier", grant.verifier.expose())
        .finish();
    let secret = client.client_secret.as_ref();
    let basic = secret.map(|secret| basic(client.client_id.as_str(), secret));
    let answer = http::post(http, &url, OPERATION, form, basic).await?;
    if answer.status == 200 {
        let answered: Answered =
            serde_json::from_slice(&answer.body).map_err(|_| not_theirs(OPERATION, 200))?;
        // Who gives tokens is the service: they are checked by its clock.
        answer.measure(http.clock());
        let access = Secret::new(answered.access);
        let id = answered.id.ok_or_else(no_id_token);
        return Ok(Granted {
            refresh: answered.refresh.map(Secret::new),
            tokens: id.map(|id| Tokens {
                id: Secret::new(id),
                access,
                refresh: None,
            }),
        });
    }
    Err(problem(answer.status, &answer.body))
}

/// HTTP Basic with both parts form-encoded (RFC 6749, section 2.3.1).
fn basic(client_id: &str, secret: &Secret) -> String {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encoded(client_id), encoded(secret.expose()));
    format!("Basic {}", BASE64.encode(pair.as_bytes()))
}

fn problem(status: u16, body: &[u8]) -> Problem {
    if status >= 500 || status == 429 {
        return Problem::new(
            ProblemKind::Network,
            format!("{OPERATION} could not answer (HTTP {status})"),
        )
        .hint("Try again in a moment.");
    }
    let Ok(refused) = serde_json::from_slice::<Refused>(body) else {
        return not_theirs(OPERATION, status);
    };
    let said = AwsSaid::new(OPERATION, &refused.error, &refused.error_description);
    refusal::recognized(said)
}

fn no_id_token() -> Problem {
    Problem::new(ProblemKind::Refused, "The user pool gave no ID token")
        .hint("The identity pool needs one: add openid to the profile's scopes.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_is_form_encoded_first() {
        let secret = Secret::new("a+b_c".to_owned());
        let header = basic("id", &secret);
        let encoded = header.strip_prefix("Basic ").unwrap();
        assert_eq!(BASE64.decode(encoded.as_bytes()).unwrap(), b"id:a%2Bb_c");
    }

    #[test]
    fn refusals() {
        for (status, body, kind, sentence) in [
            (
                400,
                r#"{"error":"invalid_grant"}"#,
                ProblemKind::Refused,
                "code from the browser",
            ),
            (
                400,
                r#"{"error":"invalid_client"}"#,
                ProblemKind::Refused,
                "app client",
            ),
            (
                400,
                r#"{"error":"new","error_description":"why"}"#,
                ProblemKind::Refused,
                "refused",
            ),
            (
                503,
                r#"{"error":"server_error"}"#,
                ProblemKind::Network,
                "HTTP 503",
            ),
            (429, "<html>", ProblemKind::Network, "HTTP 429"),
            (302, "<html>", ProblemKind::Network, "not a user pool's"),
        ] {
            let problem = problem(status, body.as_bytes());
            assert_eq!(problem.kind, kind, "{body}");
            assert!(problem.sentence.contains(sentence), "{problem}");
        }
    }
}
