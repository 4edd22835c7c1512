//! STS: `GetCallerIdentity`, the one signed call, with the credentials just obtained and no others;
//! and `AssumeRoleWithWebIdentity`, which goes out unsigned.

use std::sync::Arc;

use async_trait::async_trait;
use aws_credential_types::Credentials;
use aws_sdk_sts::Client;
use aws_sdk_sts::config::{BehaviorVersion, Builder, Config};
use aws_smithy_types::timeout::TimeoutConfig;
use jiff::Timestamp;

use super::aws_client::{self, AwsHttp};
use super::refusal::problem;
use crate::domain::{
    AwsCredentials, BasicFlow, Caller, Endpoints, Problem, ProblemKind, Region, Secret,
};
use crate::ops::ports::Sts;

/// STS of any region.
pub struct StsCalls {
    http: Arc<AwsHttp>,
}

impl StsCalls {
    /// Shares the HTTP client with the other adapters.
    #[must_use]
    pub const fn new(http: Arc<AwsHttp>) -> Self {
        Self { http }
    }

    fn config(
        &self,
        region: &Region,
        endpoints: &Endpoints,
        timeouts: TimeoutConfig,
    ) -> Result<Builder, Problem> {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(aws_sdk_sts::config::Region::new(region.to_string()))
            .http_client(self.http.client(endpoints.url.as_ref())?)
            .interceptor(self.http.meter())
            .interceptor(self.http.recorder())
            .use_fips(endpoints.fips)
            .use_dual_stack(endpoints.dual_stack)
            .timeout_config(timeouts)
            .retry_config(aws_client::retries());
        config.set_endpoint_url(aws_client::endpoint(endpoints.url.as_ref()));
        Ok(config)
    }
}

#[async_trait]
impl Sts for StsCalls {
    async fn caller(
        &self,
        credentials: &AwsCredentials,
        region: &Region,
        endpoints: &Endpoints,
    ) -> Result<Caller, Problem> {
        let keys = Credentials::new(
            credentials.access_key_id.clone(),
            credentials.secret_access_key.expose(),
            Some(credentials.session_token.expose().to_owned()),
            None,
            "poolkey",
        );
        let config = self
            .config(region, endpoints, aws_client::short_timeouts())?
            .credentials_provider(keys)
            .time_source(self.http.signing_time());
        let output = Client::from_conf(config.build())
            .get_caller_identity()
            .send()
            .await
            .map_err(|error| problem("GetCallerIdentity", &error))?;
        match (output.account, output.arn) {
            (Some(account), Some(arn)) => Ok(Caller { account, arn }),
            _ => Err(incomplete("an account")),
        }
    }

    async fn assume_role(
        &self,
        basic: &BasicFlow,
        open_id_token: &Secret,
        region: &Region,
        endpoints: &Endpoints,
    ) -> Result<AwsCredentials, Problem> {
        let config = self.config(region, endpoints, aws_client::timeouts())?;
        let seconds = basic
            .duration
            .and_then(|length| length.get().try_into().ok());
        let output = Client::from_conf(config.build())
            .assume_role_with_web_identity()
            .role_arn(basic.role.as_str())
            .role_session_name(basic.session_name())
            .web_identity_token(open_id_token.expose())
            .set_duration_seconds(seconds)
            .set_policy(basic.policy.clone())
            .send()
            .await
            .map_err(|error| problem("AssumeRoleWithWebIdentity", &error))?;
        let credentials = output
            .credentials
            .ok_or_else(|| incomplete("credentials"))?;
        let expires_at = Timestamp::new(credentials.expiration.secs(), 0);
        Ok(AwsCredentials {
            access_key_id: credentials.access_key_id,
            secret_access_key: Secret::new(credentials.secret_access_key),
            session_token: Secret::new(credentials.session_token),
            expires_at: expires_at.map_err(|_| incomplete("an expiry"))?,
        })
    }
}

fn incomplete(what: &str) -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        format!("STS answered without {what}"),
    )
}
