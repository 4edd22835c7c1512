//! A provider whose answers to a refresh are a test's own.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use poolkey::domain::{OidcClient, Problem, Secret};
use poolkey::ops::ports::{
    Authorization, CodeGrant, OpenIdProvider, OpenIdProviders, ProviderGrant,
};

use crate::support::{Bench, secret};

/// A provider that answers a refresh otherwise than ours.
struct Odd {
    inner: Box<dyn OpenIdProvider>,
    answer: Result<String, Problem>,
}

struct OddProviders {
    inner: Arc<dyn OpenIdProviders>,
    answer: Result<String, Problem>,
}

#[async_trait]
impl OpenIdProviders for OddProviders {
    async fn discover(
        &self,
        client: &OidcClient,
        secret: Option<Secret>,
    ) -> Result<Box<dyn OpenIdProvider>, Problem> {
        Ok(Box::new(Odd {
            inner: self.inner.discover(client, secret).await?,
            answer: self.answer.clone(),
        }))
    }
}

#[async_trait]
impl OpenIdProvider for Odd {
    fn issuer(&self) -> &str {
        self.inner.issuer()
    }

    fn address(&self, asked: &Authorization<'_>) -> Result<String, Problem> {
        self.inner.address(asked)
    }

    async fn redeem(
        &self,
        grant: CodeGrant<'_>,
        nonce: &str,
        now: Timestamp,
    ) -> Result<ProviderGrant, Problem> {
        self.inner.redeem(grant, nonce, now).await
    }

    async fn refresh(&self, _token: &Secret, _now: Timestamp) -> Result<ProviderGrant, Problem> {
        let id_token = self.answer.clone()?;
        Ok(ProviderGrant {
            refresh: None,
            id_token: Ok(secret(&id_token)),
        })
    }
}

/// From now on.
pub fn answers(bench: &mut Bench, answer: Result<String, Problem>) {
    bench.deps.openid = Arc::new(OddProviders {
        inner: bench.deps.openid.clone(),
        answer,
    });
}
