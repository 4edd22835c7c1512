//! `GetCallerIdentity`: the one signed call, with the credentials just obtained and no others.

use std::sync::Arc;

use async_trait::async_trait;
use aws_credential_types::Credentials;
use aws_sdk_sts::Client;
use aws_sdk_sts::config::{BehaviorVersion, Config};

use super::aws_client::{self, AwsHttp};
use super::refusal::problem;
use crate::domain::{AwsCredentials, Caller, EndpointUrl, Problem, ProblemKind, Region};
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
}

#[async_trait]
impl Sts for StsCalls {
    async fn caller(
        &self,
        credentials: &AwsCredentials,
        region: &Region,
        endpoint_url: Option<&EndpointUrl>,
    ) -> Result<Caller, Problem> {
        let keys = Credentials::new(
            credentials.access_key_id.clone(),
            credentials.secret_access_key.expose(),
            Some(credentials.session_token.expose().to_owned()),
            None,
            "poolkey",
        );
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(aws_sdk_sts::config::Region::new(region.to_string()))
            .http_client(self.http.client(endpoint_url)?)
            .credentials_provider(keys)
            .interceptor(self.http.meter())
            .time_source(self.http.signing_time())
            .timeout_config(aws_client::short_timeouts())
            .retry_config(aws_client::retries());
        config.set_endpoint_url(aws_client::endpoint(endpoint_url));
        let output = Client::from_conf(config.build())
            .get_caller_identity()
            .send()
            .await
            .map_err(|error| problem("GetCallerIdentity", &error))?;
        match (output.account, output.arn) {
            (Some(account), Some(arn)) => Ok(Caller { account, arn }),
            _ => Err(Problem::new(
                ProblemKind::Unexpected,
                "STS answered without an account",
            )),
        }
    }
}
