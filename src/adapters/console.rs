//! The AWS console's federation endpoint: temporary credentials become a link that is signed in.
//!
//! Source: the IAM user guide, "Enabling custom identity broker access to the AWS console". The keys
//! are in the query of the first request, so it goes out over TLS only. Deliberately absent:
//! `SessionDuration`, which is refused for credentials that came of another role; and a log of any
//! address.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use form_urlencoded::byte_serialize;
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use super::aws_client::{self, AwsHttp};
use super::managed_login::{http, open_browser};
use crate::domain::{
    AwsCredentials, AwsSaid, Endpoints, Partition, Problem, ProblemKind, Region, Secret,
};
use crate::ops::ports::Console;

const OPERATION: &str = "GetSigninToken";
const WITHIN: Duration = Duration::from_secs(15);

/// Where an expired console session sends the person: nowhere, but the parameter is wanted.
const ISSUER: &str = "poolkey";

/// The console of every partition.
pub struct ConsoleSignIn {
    http: Arc<AwsHttp>,
}

impl ConsoleSignIn {
    /// Shares certificates and proxy with the other adapters.
    #[must_use]
    pub const fn new(http: Arc<AwsHttp>) -> Self {
        Self { http }
    }
}

/// The credentials as the endpoint names them.
#[derive(Serialize)]
struct Session<'a> {
    #[serde(rename = "sessionId")]
    id: &'a str,
    #[serde(rename = "sessionKey")]
    key: &'a str,
    #[serde(rename = "sessionToken")]
    token: &'a str,
}

#[derive(Deserialize)]
struct Granted {
    #[serde(rename = "SigninToken")]
    signin_token: String,
}

#[async_trait]
impl Console for ConsoleSignIn {
    async fn sign_in_url(
        &self,
        credentials: &AwsCredentials,
        region: &Region,
        endpoints: &Endpoints,
        destination: Option<&str>,
    ) -> Result<Secret, Problem> {
        let federation = federation(region, endpoints)?;
        let destination = self::destination(region, destination)?;
        let url = request(&federation, credentials);
        let answer = http::get(&self.http, &url, OPERATION, WITHIN).await?;
        if answer.status != 200 {
            return Err(refused(answer.status));
        }
        let granted: Granted =
            serde_json::from_slice(&answer.body).map_err(|_| not_its_answer())?;
        let token = Zeroizing::new(granted.signin_token);
        let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        let token = Zeroizing::new(encoded(&token));
        Ok(Secret::new(format!(
            "{federation}?Action=login&Issuer={ISSUER}&Destination={}&SigninToken={}",
            encoded(&destination),
            token.as_str(),
        )))
    }

    async fn open(&self, url: &Secret) -> Result<(), Problem> {
        open_browser(url.expose()).await
    }
}

/// The endpoint's address. Keys that go out in a query must not be read on their way.
fn federation(region: &Region, endpoints: &Endpoints) -> Result<String, Problem> {
    let Some(instead) = &endpoints.url else {
        // Keys of one partition are nothing to be sent to another's sign-in.
        if Partition::is_isolated(region) {
            let sentence = format!("Where the console of region {region} signs in is not known");
            return Err(Problem::new(ProblemKind::Usage, sentence).hint(
                "The credentials themselves work there: use them with the AWS command line.",
            ));
        }
        let host = Partition::of(region).console_sign_in(region);
        return Ok(format!("{host}/federation"));
    };
    if !instead.as_str().starts_with("https://") && !instead.is_loopback() {
        let sentence = "The credentials would travel to this endpoint unencrypted";
        return Err(Problem::new(ProblemKind::Usage, sentence)
            .hint("Use an https:// address, or a server on this machine, as the endpoint."));
    }
    let base = aws_client::endpoint(Some(instead)).unwrap_or_default();
    Ok(format!("{base}/federation"))
}

/// The page to open.
fn destination(region: &Region, asked: Option<&str>) -> Result<String, Problem> {
    let Some(asked) = asked else {
        let console = Partition::of(region).console(region);
        return Ok(format!("{console}/console/home?region={region}"));
    };
    match Url::parse(asked) {
        Ok(url) if url.scheme() == "https" && url.has_host() => Ok(url.into()),
        _ => Err(Problem::new(
            ProblemKind::Usage,
            "The destination is not an https:// address",
        )
        .hint("Copy the address of a page of the AWS console.")),
    }
}

/// In one buffer that is large enough: growing would leave copies of the keys behind.
fn request(federation: &str, credentials: &AwsCredentials) -> Zeroizing<String> {
    let session = Session {
        id: &credentials.access_key_id,
        key: credentials.secret_access_key.expose(),
        token: credentials.session_token.expose(),
    };
    let length = session.key.len() + session.token.len() + 256;
    let mut json = Zeroizing::new(Vec::with_capacity(length));
    // Plain texts always serialize; without them the endpoint refuses.
    if serde_json::to_writer(&mut *json, &session).is_err() {
        json.clear();
    }
    let mut url = Zeroizing::new(String::with_capacity(3 * length + federation.len()));
    url.push_str(federation);
    url.push_str("?Action=getSigninToken&Session=");
    url.extend(byte_serialize(&json));
    url
}

/// An answer without a sign-in token.
fn not_its_answer() -> Problem {
    let sentence = "What answered is not the AWS console's sign-in";
    Problem::new(ProblemKind::Network, sentence)
        .hint("A proxy or another server may have answered: check HTTPS_PROXY and endpoint_url.")
}

/// The endpoint gives no reason.
fn refused(status: u16) -> Problem {
    if status >= 500 || status == 429 {
        return Problem::new(
            ProblemKind::Network,
            format!("The console's sign-in could not answer (HTTP {status})"),
        )
        .hint("Try again in a moment.");
    }
    let sentence = "The AWS console's sign-in did not take these credentials";
    Problem::new(ProblemKind::Refused, sentence)
        .hint("Sign in again: the role's session may have been ended by an administrator.")
        .said(AwsSaid::new(OPERATION, &format!("HTTP {status}"), ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_out_encrypted_or_stay_on_this_machine() {
        let region: Region = "eu-west-1".parse().unwrap();
        let at = |url: &str| federation(&region, &Endpoints::at(url.parse().unwrap()));
        assert!(at("http://10.0.0.1:5000").is_err());
        assert!(at("http://emulator.example").is_err());
        for (url, expected) in [
            ("http://127.0.0.1:5000/", "http://127.0.0.1:5000/federation"),
            (
                "https://emulator.example",
                "https://emulator.example/federation",
            ),
        ] {
            assert_eq!(at(url).as_deref(), Ok(expected));
        }
        let isolated: Region = "us-iso-east-1".parse().unwrap();
        assert!(federation(&isolated, &Endpoints::AWS).is_err());
        let aws = federation(&region, &Endpoints::AWS);
        assert_eq!(
            aws.as_deref(),
            Ok("https://signin.aws.amazon.com/federation")
        );
    }

    #[test]
    fn destinations_are_pages() {
        let region: Region = "cn-north-1".parse().unwrap();
        let home = "https://console.amazonaws.cn/console/home?region=cn-north-1";
        assert_eq!(destination(&region, None).as_deref(), Ok(home));
        let page = "https://s3.console.aws.amazon.com/s3/home";
        assert_eq!(destination(&region, Some(page)).as_deref(), Ok(page));
        for bad in [
            "",
            "s3",
            "http://console.aws.amazon.com",
            "javascript:alert(1)",
        ] {
            assert!(destination(&region, Some(bad)).is_err(), "{bad}");
        }
    }
}
