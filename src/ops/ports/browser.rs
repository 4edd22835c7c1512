//! What managed login needs from outside: the browser, the address it comes back to, OAuth calls.
//!
//! Deliberately absent: what the addresses say.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

use super::{AppClient, Granted};
use crate::domain::{CallbackUrl, ManagedLogin, Problem, Secret};

/// Managed login: the browser, the address it comes back to, and the OAuth calls.
#[async_trait]
pub trait ManagedLogins: Send + Sync {
    /// Listens at the first of the addresses whose port is free, for as long as `patience`.
    async fn listen(
        &self,
        urls: &[CallbackUrl],
        patience: Duration,
    ) -> Result<Box<dyn Callback>, Problem>;
    /// Opens the system's browser.
    async fn open(&self, url: &str) -> Result<(), Problem>;
    /// `POST /oauth2/token` with an authorization code.
    async fn redeem(
        &self,
        client: &AppClient,
        login: &ManagedLogin,
        grant: CodeGrant<'_>,
    ) -> Result<Granted, Problem>;
    /// Checks an ID token that came through the browser: signature by the pool's JWKS, issuer,
    /// audience, nonce and times.
    async fn check_id_token(
        &self,
        client: &AppClient,
        id_token: &Secret,
        nonce: &str,
        now: Timestamp,
    ) -> Result<(), Problem>;
}

/// An authorization code and what belongs to it.
#[derive(Debug)]
pub struct CodeGrant<'a> {
    /// As the browser brought it.
    pub code: &'a Secret,
    /// Of PKCE.
    pub verifier: &'a Secret,
    /// The address the browser was sent back to, letter by letter.
    pub redirect_uri: &'a str,
}

/// Waits for the browser to come back.
#[async_trait]
pub trait Callback: Send + Sync {
    /// Where it listens.
    fn url(&self) -> &CallbackUrl;
    /// The query of the next request to the callback's path. The browser waits for its page.
    /// Gives up when nobody brought it to an end in time.
    async fn next(&mut self) -> Result<Returned, Problem>;
    /// Stops listening once the pages that were shown have left. Dropping stops listening, too.
    async fn close(&mut self);
}

/// Shows a browser its last page: whether it worked, and one sentence.
pub type LastPage = Box<dyn FnOnce(bool, &str) + Send>;

/// A browser that came back and waits for its page.
pub struct Returned {
    /// `code=…&state=…`, not decoded.
    pub query: Secret,
    /// Shows the closing page.
    pub page: LastPage,
}
