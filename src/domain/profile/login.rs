//! An entry of the logins map that is not the user pool's: which provider, and where its token
//! comes from.
//!
//! Deliberately absent: the token. It is typed, read or fetched when it is needed.

use std::path::PathBuf;

use crate::domain::ids::{EndpointUrl, LoginProvider};
use crate::domain::managed_login::CallbackUrl;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderLogin {
    /// The key in the logins map.
    pub provider: LoginProvider,
    /// Where the value comes from.
    pub token: TokenSource,
}

/// Where a provider's token comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// The person types or pastes it when signing in.
    Typed,
    /// A file that something else keeps fresh; the window watches it.
    File(PathBuf),
    /// What a command prints, run by the system's shell.
    Command(String),
    /// The provider's own pages in the browser: authorization code with PKCE (RFC 7636).
    Browser(OidcClient),
}

impl TokenSource {
    /// The name in the configuration file.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Typed => "typed",
            Self::File(_) => "file",
            Self::Command(_) => "command",
            Self::Browser(_) => "browser",
        }
    }

    /// True when nobody has to be asked for a new one.
    #[must_use]
    pub const fn is_unattended(&self) -> bool {
        matches!(self, Self::File(_) | Self::Command(_))
    }
}

/// A client of an OpenID Connect provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OidcClient {
    /// The issuer: `https://accounts.google.com`. Its discovery document is below it.
    pub issuer: EndpointUrl,
    /// As registered at the provider, and in the identity pool as its audience.
    pub client_id: String,
    /// True when the provider wants a secret, which is then in the secret store.
    pub has_client_secret: bool,
    /// Beside `openid`.
    pub scopes: Vec<String>,
    /// Registered at the provider; the first whose port is free is used.
    pub callback_urls: Vec<CallbackUrl>,
}

impl OidcClient {
    /// A client with the defaults of everything else: no secret, `openid` alone, Poolkey's usual
    /// callback addresses.
    #[must_use]
    pub fn at(issuer: EndpointUrl, client_id: String) -> Self {
        Self {
            issuer,
            client_id,
            has_client_secret: false,
            scopes: Vec::new(),
            callback_urls: CallbackUrl::usual(),
        }
    }
}
