//! The identity pool's calls through the AWS SDK. SDK types end here and are never printed: their
//! `Debug` shows the logins map and the session token.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use aws_sdk_cognitoidentity::Client;
use aws_sdk_cognitoidentity::config::retry::RetryConfig;
use aws_sdk_cognitoidentity::config::{BehaviorVersion, Config};
use jiff::Timestamp;

use super::aws_client::{self, AwsHttp};
use super::refusal::problem;
use crate::domain::{
    AwsCredentials, Endpoints, IdentityId, IdentityPoolId, Problem, ProblemKind, Region, RoleArn,
    Secret,
};
use crate::ops::ports::{IdentityAt, IdentityPool, Login};

/// Identity pools of any region.
pub struct IdentityPools {
    http: Arc<AwsHttp>,
}

impl IdentityPools {
    /// Shares the HTTP client with the other adapters.
    #[must_use]
    pub const fn new(http: Arc<AwsHttp>) -> Self {
        Self { http }
    }

    fn sdk(
        &self,
        region: &Region,
        endpoints: &Endpoints,
        retries: RetryConfig,
    ) -> Result<Client, Problem> {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(aws_sdk_cognitoidentity::config::Region::new(
                region.to_string(),
            ))
            .http_client(self.http.client(endpoints.url.as_ref())?)
            .interceptor(self.http.meter())
            .interceptor(self.http.recorder())
            .use_fips(endpoints.fips)
            .use_dual_stack(endpoints.dual_stack)
            .timeout_config(aws_client::timeouts())
            .retry_config(retries);
        config.set_endpoint_url(aws_client::endpoint(endpoints.url.as_ref()));
        Ok(Client::from_conf(config.build()))
    }
}

/// None for a guest: the service refuses an empty map.
fn map(logins: &[Login]) -> Option<HashMap<String, String>> {
    let entry = |login: &Login| (login.provider_name.clone(), login.token.expose().to_owned());
    (!logins.is_empty()).then(|| logins.iter().map(entry).collect())
}

fn identity(text: Option<&str>) -> Result<IdentityId, Problem> {
    text.and_then(|text| text.parse().ok())
        .ok_or_else(|| incomplete("an identity ID"))
}

fn incomplete(what: &str) -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        format!("The identity pool answered without {what}"),
    )
}

#[async_trait]
impl IdentityPool for IdentityPools {
    async fn identity_id(
        &self,
        pool: &IdentityPoolId,
        endpoints: &Endpoints,
        logins: &[Login],
    ) -> Result<IdentityId, Problem> {
        // Each call makes a guest anew, for ever: also one whose answer was lost.
        let retries = if logins.is_empty() {
            aws_client::no_retries()
        } else {
            aws_client::retries()
        };
        let output = self
            .sdk(&pool.region(), endpoints, retries)?
            .get_id()
            .identity_pool_id(pool.as_str())
            .set_logins(map(logins))
            .send()
            .await
            .map_err(|error| problem("GetId", &error))?;
        identity(output.identity_id())
    }

    async fn credentials(
        &self,
        at: IdentityAt<'_>,
        logins: &[Login],
        role: Option<&RoleArn>,
    ) -> Result<(IdentityId, AwsCredentials), Problem> {
        let output = self
            .sdk(at.region, at.endpoints, aws_client::retries())?
            .get_credentials_for_identity()
            .identity_id(at.id.as_str())
            .set_logins(map(logins))
            .set_custom_role_arn(role.map(ToString::to_string))
            .send()
            .await
            .map_err(|error| problem("GetCredentialsForIdentity", &error))?;
        let answered = identity(output.identity_id())?;
        let credentials = output
            .credentials
            .ok_or_else(|| incomplete("credentials"))?;
        let expires_at = credentials
            .expiration
            .and_then(|time| Timestamp::new(time.secs(), 0).ok())
            .ok_or_else(|| incomplete("an expiry"))?;
        let secret =
            |text: Option<String>| text.map(Secret::new).ok_or_else(|| incomplete("a key"));
        Ok((
            answered,
            AwsCredentials {
                access_key_id: credentials
                    .access_key_id
                    .ok_or_else(|| incomplete("a key ID"))?,
                secret_access_key: secret(credentials.secret_key)?,
                session_token: secret(credentials.session_token)?,
                expires_at,
            },
        ))
    }

    async fn open_id_token(
        &self,
        at: IdentityAt<'_>,
        logins: &[Login],
    ) -> Result<(IdentityId, Secret), Problem> {
        let output = self
            .sdk(at.region, at.endpoints, aws_client::retries())?
            .get_open_id_token()
            .identity_id(at.id.as_str())
            .set_logins(map(logins))
            .send()
            .await
            .map_err(|error| problem("GetOpenIdToken", &error))?;
        let answered = identity(output.identity_id())?;
        let token = output.token.map(Secret::new);
        Ok((answered, token.ok_or_else(|| incomplete("a token"))?))
    }
}
