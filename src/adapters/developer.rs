//! Developer-authenticated identities: the signed call, and what the AWS CLI prints of it.
//!
//! Signed with the AWS profile that the person names, read from the user's AWS files with all that a
//! profile there may say: keys, `credential_process`, a role. Deliberately absent: the default chain
//! of credentials, and those of the machine that this runs on.

use std::sync::Arc;

use async_trait::async_trait;
use aws_sdk_cognitoidentity::Client;
use aws_sdk_cognitoidentity::config::{BehaviorVersion, Config, Region as SdkRegion};
use serde::Deserialize;

use super::aws_client::{self, AwsHttp};
use super::aws_files::AwsPaths;
use super::profile_keys::ProfileKeys;
use super::refusal::problem;
use crate::domain::{
    AwsProfileIdentity, Endpoints, IdentityId, IdentityPoolId, Problem, ProblemKind, Secret,
};
use crate::ops::ports::DeveloperIdentities;

/// The user's AWS profiles vouch.
pub struct DeveloperCalls {
    http: Arc<AwsHttp>,
    files: AwsPaths,
}

impl DeveloperCalls {
    /// Reads the AWS files at these places.
    #[must_use]
    pub const fn new(http: Arc<AwsHttp>, files: AwsPaths) -> Self {
        Self { http, files }
    }
}

#[async_trait]
impl DeveloperIdentities for DeveloperCalls {
    async fn open_id_token(
        &self,
        pool: &IdentityPoolId,
        endpoints: &Endpoints,
        person: &AwsProfileIdentity,
    ) -> Result<(IdentityId, Secret), Problem> {
        let region = pool.region();
        let reader = ProfileKeys::new(&self.http, &self.files);
        let keys = reader.read(&person.aws_profile, &region, endpoints).await?;
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(SdkRegion::new(region.to_string()))
            .credentials_provider(keys)
            .time_source(self.http.signing_time())
            .http_client(self.http.client(endpoints.url.as_ref())?)
            .interceptor(self.http.meter())
            .interceptor(self.http.recorder())
            .use_fips(endpoints.fips)
            .use_dual_stack(endpoints.dual_stack)
            .timeout_config(aws_client::timeouts())
            .retry_config(aws_client::retries());
        config.set_endpoint_url(aws_client::endpoint(endpoints.url.as_ref()));
        let output = Client::from_conf(config.build())
            .get_open_id_token_for_developer_identity()
            .identity_pool_id(pool.as_str())
            .logins(&person.provider_name, &person.user_id)
            .set_token_duration(person.token_seconds.map(|length| length.get().into()))
            .send()
            .await
            .map_err(|error| problem("GetOpenIdTokenForDeveloperIdentity", &error))?;
        let identity = output.identity_id().and_then(|text| text.parse().ok());
        let answer = identity.zip(output.token.map(Secret::new));
        answer.ok_or_else(|| {
            let sentence = "The identity pool answered without a developer identity";
            Problem::new(ProblemKind::Unexpected, sentence)
        })
    }

    fn parse(&self, printed: &Secret) -> Result<(IdentityId, Secret), Problem> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Printed {
            identity_id: String,
            token: String,
        }
        let printed: Option<Printed> = serde_json::from_str(printed.expose()).ok();
        let answer = printed.and_then(|printed| {
            let identity = printed.identity_id.parse().ok()?;
            Some((identity, Secret::new(printed.token)))
        });
        answer.ok_or_else(|| {
            let sentence = "The developer's command printed no identity";
            Problem::new(ProblemKind::Usage, sentence).hint(
                "It has to print what aws cognito-identity get-open-id-token-for-developer-identity \
                 prints: {\"IdentityId\": \"…\", \"Token\": \"…\"}.",
            )
        })
    }
}
