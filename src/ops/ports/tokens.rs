//! Where tokens of other providers come from: files, commands, and their own sign-in pages.
//!
//! Deliberately absent: the person who types one.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use jiff::Timestamp;

use super::CodeGrant;
use crate::domain::{CallbackUrl, OidcClient, Problem, Secret};

/// Told which of the watched files holds something else now.
pub type FileChanged = Box<dyn Fn(&Path) + Send + Sync>;

/// Where tokens of other providers come from without anybody being asked.
#[async_trait]
pub trait TokenSources: Send + Sync {
    /// What a file holds, without the white space around it. `~/` is the person's home.
    async fn read(&self, path: &Path) -> Result<Secret, Problem>;
    /// The token that a command prints, without the white space around it. Bounded in time and
    /// size.
    async fn run(&self, command: &str) -> Result<Secret, Problem>;
    /// All that a command prints, bounded in the same way.
    async fn output(&self, command: &str) -> Result<Secret, Problem>;
    /// Tells of each file whose content became another one, also by renaming another over it, once
    /// it has settled. Ends when the answer is dropped. Beside it: which folders cannot be watched.
    async fn watch(
        &self,
        paths: Vec<PathBuf>,
        changed: FileChanged,
    ) -> (Box<dyn Send + Sync>, Vec<Problem>);
}

/// OpenID Connect providers.
#[async_trait]
pub trait OpenIdProviders: Send + Sync {
    /// What the provider says about itself (OpenID Connect Discovery 1.0), for one of its clients.
    async fn discover(
        &self,
        client: &OidcClient,
        client_secret: Option<Secret>,
    ) -> Result<Box<dyn OpenIdProvider>, Problem>;
}

/// One provider, and one of its clients.
#[async_trait]
pub trait OpenIdProvider: Send + Sync {
    /// Its name for itself, letter by letter.
    fn issuer(&self) -> &str;
    /// Where the person signs in.
    fn address(&self, asked: &Authorization<'_>) -> Result<String, Problem>;
    /// The ID token for an authorization code, checked: signature, issuer, audience, nonce, times.
    async fn redeem(
        &self,
        grant: CodeGrant<'_>,
        nonce: &str,
        now: Timestamp,
    ) -> Result<ProviderGrant, Problem>;
    /// A new ID token, checked as the first one. Never retried by itself.
    async fn refresh(
        &self,
        refresh_token: &Secret,
        now: Timestamp,
    ) -> Result<ProviderGrant, Problem>;
}

/// What an authorization request carries.
#[derive(Debug, Clone, Copy)]
pub struct Authorization<'a> {
    /// The address the browser is to come back to.
    pub callback: &'a CallbackUrl,
    /// Compared with what comes back.
    pub state: &'a str,
    /// Compared with what the ID token says.
    pub nonce: &'a str,
    /// Of PKCE, by `S256`.
    pub challenge: &'a str,
}

/// What a provider granted. A refresh token counts even where the rest is of no use.
#[derive(Debug)]
pub struct ProviderGrant {
    /// Absent where the one before stays valid, or there never is one.
    pub refresh: Option<Secret>,
    /// For the logins map.
    pub id_token: Result<Secret, Problem>,
}
