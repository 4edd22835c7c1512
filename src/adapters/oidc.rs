//! OpenID Connect providers: discovery, and tokens for a code or a refresh token.
//!
//! Sources: OpenID Connect Discovery 1.0, Core 1.0, RFC 8414. Addresses and answers of the token
//! endpoint are `oauth2`'s work, the requests are our own. Deliberately absent: registration, user
//! information, and a cache of documents; a sign-in is rare.

mod provider;

use std::sync::Arc;

use async_trait::async_trait;
use serde::Deserialize;

use self::provider::Provider;
use super::aws_client::AwsHttp;
use super::managed_login::http;
use crate::domain::{EndpointUrl, OidcClient, Problem, ProblemKind, Secret};
use crate::ops::ports::{OpenIdProvider, OpenIdProviders};

const DISCOVERY: &str = "The provider's discovery document";

/// Any provider.
pub struct OidcProviders {
    http: Arc<AwsHttp>,
}

impl OidcProviders {
    /// Shares certificates and proxy with the other adapters.
    #[must_use]
    pub const fn new(http: Arc<AwsHttp>) -> Self {
        Self { http }
    }
}

#[async_trait]
impl OpenIdProviders for OidcProviders {
    async fn discover(
        &self,
        client: &OidcClient,
        client_secret: Option<Secret>,
    ) -> Result<Box<dyn OpenIdProvider>, Problem> {
        let issuer = client.issuer.as_str().trim_end_matches('/');
        safe(issuer)?;
        let url = format!("{issuer}/.well-known/openid-configuration");
        let document = http::document(&self.http, &url, DISCOVERY, not_theirs).await?;
        let document: Document =
            serde_json::from_slice(&document).map_err(|_| not_theirs(DISCOVERY, 200))?;
        // A document of somebody else would lead the code there.
        if document.issuer.trim_end_matches('/') != issuer {
            return Err(other_issuer(&client.issuer));
        }
        for url in [
            &document.authorization_endpoint,
            &document.token_endpoint,
            &document.jwks_uri,
        ] {
            safe(url)?;
        }
        let http = self.http.clone();
        let provider = Provider::new(http, document, client, client_secret.as_ref())?;
        Ok(Box::new(provider))
    }
}

/// What is read of it.
#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    /// HTTP Basic where it is not said.
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

/// A code and a token travel over TLS, or not over a network at all.
fn safe(url: &str) -> Result<(), Problem> {
    let is_loopback = || {
        let url = url.parse::<EndpointUrl>();
        url.is_ok_and(|url| url.is_loopback())
    };
    if url.starts_with("https://") || is_loopback() {
        return Ok(());
    }
    Err(Problem::new(
        ProblemKind::Usage,
        "The provider's addresses have to begin with https://",
    )
    .hint("Without TLS only a provider on this machine is asked. Check the issuer in the profile."))
}

fn other_issuer(issuer: &EndpointUrl) -> Problem {
    Problem::new(
        ProblemKind::Refused,
        format!("The discovery document at {issuer} is another issuer's"),
    )
    .hint("Check the issuer in the profile, letter by letter.")
}

fn not_theirs(operation: &'static str, status: u16) -> Problem {
    Problem::new(
        ProblemKind::Network,
        format!("{operation} got an answer that no provider gives (HTTP {status})"),
    )
    .hint("A proxy or another server may have answered: check the issuer in the profile.")
}
