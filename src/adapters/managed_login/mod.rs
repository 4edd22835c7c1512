//! Managed login: the system's browser, the callback's listener, and the OAuth calls.
//!
//! | file | holds |
//! |---|---|
//! | `callback`, `ports`, `page` | the listener on this machine, and the page that a browser ends at |
//! | `token`, `id_token` | tokens for a code, and the check of the ID token |
//! | `http` | one bounded request |
//!
//! Deliberately absent: a log of any address, because its query may hold a code.

mod callback;
pub(super) mod http;
mod id_token;
mod page;
mod ports;
mod token;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};
use webbrowser::{Browser, BrowserOptions};

use self::http::Answer;
use self::id_token::Expected;
use self::ports::Leaving;
use super::aws_client::{self, AwsHttp};
use crate::domain::{CallbackUrl, ManagedLogin, Problem, ProblemKind, Secret};
use crate::ops::ports::{AppClient, Callback, CodeGrant, Granted, ManagedLogins};

/// A browser in the terminal only ends with the sign-in.
const OPENING: Duration = Duration::from_secs(3);
const JWKS: &str = "The user pool's key document";
/// Each time it is asked for.
const KEYS_WITHIN: Duration = Duration::from_secs(8);
/// Between the times.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_millis(800)];

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

    /// The key document, asked for again where that may help: the code is spent by now, and a
    /// connection that breaks must not cost the sign-in.
    async fn keys(&self, url: &str) -> Result<Answer, Problem> {
        let mut pauses = PAUSES.into_iter();
        loop {
            let (problem, may_pass) = match http::get(&self.http, url, JWKS, KEYS_WITHIN).await {
                Ok(answer) if answer.status == 200 => return Ok(answer),
                Ok(Answer { status, .. }) => {
                    let may_pass = status >= 500 || status == 429;
                    (http::not_theirs(JWKS, status), may_pass)
                }
                Err(problem) => {
                    let may_pass = problem.kind == ProblemKind::Network;
                    (problem, may_pass)
                }
            };
            match pauses.next() {
                Some(pause) if may_pass => sleep(pause).await,
                _ => return Err(problem),
            }
        }
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
        let url = url.to_owned();
        let opening = spawn_blocking(move || {
            let mut options = BrowserOptions::new();
            options.with_suppress_output(true);
            webbrowser::open_browser_with_options(Browser::Default, &url, &options)
        });
        match timeout(OPENING, opening).await {
            Err(_) | Ok(Ok(Ok(()))) => Ok(()),
            Ok(_) => Err(
                Problem::new(ProblemKind::Unexpected, "No browser could be opened")
                    .hint("Open the address yourself, or name a browser in BROWSER."),
            ),
        }
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
        let keys = self.keys(&url).await?;
        // The sandbox and most emulators say AWS's own issuer, some say their address.
        let issuers: Vec<String> = std::iter::once(at_aws).chain(instead).collect();
        let expected = Expected {
            issuers: &issuers,
            audience: client.client_id.as_str(),
            nonce,
            now,
        };
        id_token::check(id_token, &keys.body, &expected).map_err(id_token::Flaw::problem)
    }
}
