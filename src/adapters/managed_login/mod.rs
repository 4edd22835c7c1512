//! Managed login: the system's browser, the callback's listener, and the OAuth calls.
//!
//! | file | holds |
//! |---|---|
//! | `callback`, `ports`, `page` | the listener on this machine, and the page that a browser ends at |
//! | `token`, `id_token` | tokens for a code, and the check of the ID token |
//! | `http` | one bounded request |
//!
//! `http` and `id_token` also serve other providers (see `oidc`).
//!
//! `http` and the opening of the browser also serve the console (see `console`). Deliberately absent:
//! a log of any address, because its query may hold a code.

mod callback;
pub(super) mod http;
pub(super) mod id_token;
mod page;
mod ports;
mod token;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use webbrowser::{Browser, BrowserOptions};
use zeroize::Zeroizing;

use self::id_token::{Expected, Whose};
use self::ports::Leaving;
use super::aws_client::{self, AwsHttp};
use crate::domain::{CallbackUrl, ManagedLogin, Problem, ProblemKind, Secret};
use crate::ops::ports::{AppClient, Callback, CodeGrant, Granted, ManagedLogins};

/// A browser in the terminal only ends with the sign-in.
const OPENING: Duration = Duration::from_secs(3);
const JWKS: &str = "The user pool's key document";

/// Managed login of any user pool.
pub struct BrowserLogins {
    http: Arc<AwsHttp>,
    leaving: Arc<Leaving>,
}

impl BrowserLogins {
    /// Shares certificates and proxy with the other adapters.
    #[must_use]
    pub fn new(http: Arc<AwsHttp>) -> Self {
        Self {
            http,
            leaving: Arc::default(),
        }
    }
}

/// Opens the system's browser.
pub(in crate::adapters) async fn open_browser(url: &str) -> Result<(), Problem> {
    let url = Zeroizing::new(url.to_owned());
    let opening = spawn_blocking(move || {
        let mut options = BrowserOptions::new();
        options.with_suppress_output(true);
        webbrowser::open_browser_with_options(Browser::Default, &url, &options)
    });
    match timeout(OPENING, opening).await {
        Err(_) | Ok(Ok(Ok(()))) => Ok(()),
        Ok(_) => Err(
            Problem::new(ProblemKind::Unexpected, "No browser could be opened")
                .hint("Name a browser in BROWSER."),
        ),
    }
}

#[async_trait]
impl ManagedLogins for BrowserLogins {
    async fn listen(
        &self,
        urls: &[CallbackUrl],
        patience: Duration,
    ) -> Result<Box<dyn Callback>, Problem> {
        let listener = callback::listen(urls, patience, &self.leaving).await?;
        Ok(Box::new(listener))
    }

    async fn open(&self, url: &str) -> Result<(), Problem> {
        let opened = open_browser(url).await;
        opened.map_err(|problem| Problem {
            hints: vec!["Open the address yourself, or name a browser in BROWSER.".to_owned()],
            ..problem
        })
    }

    async fn redeem(
        &self,
        client: &AppClient,
        login: &ManagedLogin,
        grant: CodeGrant<'_>,
    ) -> Result<Granted, Problem> {
        token::redeem(&self.http, client, login, grant).await
    }

    async fn check_id_token(
        &self,
        client: &AppClient,
        id_token: &Secret,
        nonce: &str,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let pool = &client.user_pool_id;
        let at_aws = format!("https://{}", pool.provider_name());
        let instead = aws_client::endpoint(client.endpoints.url.as_ref());
        let instead = instead.map(|endpoint| format!("{endpoint}/{pool}"));
        let base = instead.as_ref().unwrap_or(&at_aws);
        let url = format!("{base}/.well-known/jwks.json");
        let keys = http::document(&self.http, &url, JWKS, http::not_theirs).await?;
        // The sandbox and most emulators say AWS's own issuer, some say their address.
        let issuers: Vec<String> = std::iter::once(at_aws).chain(instead).collect();
        let expected = Expected {
            issuers: &issuers,
            audience: client.client_id.as_str(),
            nonce: Some(nonce),
            whose: Whose::UserPool,
            now,
        };
        id_token::check(id_token, &keys, &expected).map_err(|flaw| flaw.problem(Whose::UserPool))
    }
}
