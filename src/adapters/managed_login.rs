//! Managed login: the system's browser, the callback's listener, and the OAuth calls.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;

use super::aws_client::AwsHttp;
use crate::domain::{CallbackUrl, ManagedLogin, Problem, ProblemKind, Secret, Tokens};
use crate::ops::ports::{AppClient, Callback, CodeGrant, ManagedLogins};

/// Managed login of any user pool.
pub struct BrowserLogins {
    _http: Arc<AwsHttp>,
}

impl BrowserLogins {
    /// Shares the HTTP client with the other adapters.
    #[must_use]
    pub const fn new(http: Arc<AwsHttp>) -> Self {
        Self { _http: http }
    }
}

fn not_yet() -> Problem {
    Problem::new(ProblemKind::Unexpected, "Managed login is being built")
}

#[async_trait]
impl ManagedLogins for BrowserLogins {
    async fn listen(&self, _urls: &[CallbackUrl]) -> Result<Box<dyn Callback>, Problem> {
        Err(not_yet())
    }

    async fn open(&self, _url: &str) -> Result<(), Problem> {
        Err(not_yet())
    }

    async fn redeem(
        &self,
        _client: &AppClient,
        _login: &ManagedLogin,
        _grant: CodeGrant<'_>,
    ) -> Result<Tokens, Problem> {
        Err(not_yet())
    }

    async fn check_id_token(
        &self,
        _client: &AppClient,
        _id_token: &Secret,
        _nonce: &str,
        _now: Timestamp,
    ) -> Result<(), Problem> {
        Err(not_yet())
    }
}
