//! Developer-authenticated identities: the signed call, and what the AWS CLI prints of it.
//!
//! Signed with the AWS profile that the person names, read from the user's AWS files with all that a
//! profile there may say: keys, `credential_process`, a role. Deliberately absent: the default chain
//! of credentials, and those of the machine that this runs on.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_sdk_cognitoidentity::Client;
use aws_sdk_cognitoidentity::config::{BehaviorVersion, Config, Region as SdkRegion};
use aws_smithy_async::rt::sleep::TokioSleep;
use serde::Deserialize;

use super::aws_client::{self, AwsHttp};
use super::aws_files::AwsPaths;
use super::refusal::{error_chain, problem};
use crate::domain::{
    AwsProfileIdentity, Endpoints, IdentityId, IdentityPoolId, Problem, ProblemKind, Region, Secret,
};
use crate::ops::ports::DeveloperIdentities;

/// A profile's own command, or a role that has to be assumed, may take this long.
const CREDENTIALS: Duration = Duration::from_secs(30);

/// Credential sources of a machine, which a person's identity does not come from.
const OF_MACHINES: [&str; 2] = ["Ec2InstanceMetadata", "EcsContainer"];

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

    /// The profile's keys: nothing that is read here is kept.
    async fn keys(
        &self,
        aws_profile: &str,
        region: &Region,
        endpoints: &Endpoints,
    ) -> Result<SharedCredentialsProvider, Problem> {
        // STS, where the profile names a role, is AWS's own also beside an emulator.
        let provider_config = ProviderConfig::empty()
            .with_region(Some(SdkRegion::new(region.to_string())))
            .with_http_client(self.http.client(None)?)
            .with_time_source(self.http.signing_time())
            .with_sleep_impl(TokioSleep::new())
            .with_use_fips(Some(endpoints.fips))
            .with_use_dual_stack(Some(endpoints.dual_stack))
            .with_behavior_version(Some(BehaviorVersion::latest()));
        let both = [
            (EnvConfigFileKind::Config, &self.files.config),
            (EnvConfigFileKind::Credentials, &self.files.credentials),
        ];
        // The SDK refuses a file that it is given and that is not there, and panics without any.
        let there: Vec<_> = both.into_iter().filter(|(_, path)| path.exists()).collect();
        if there.is_empty() {
            let (config, credentials) = (&self.files.config, &self.files.credentials);
            let (config, credentials) = (config.display(), credentials.display());
            let why = format!("neither {config} nor {credentials} is there");
            return Err(no_keys(aws_profile, &why));
        }
        let files = there
            .into_iter()
            .fold(EnvConfigFiles::builder(), |files, (kind, path)| {
                files.with_file(kind, path)
            })
            .build();
        let mut builder = ProfileFileCredentialsProvider::builder()
            .configure(&provider_config)
            .profile_name(aws_profile)
            .profile_files(files);
        for name in OF_MACHINES {
            builder = builder.with_custom_provider(name, NotHere);
        }
        let loading = tokio::time::timeout(CREDENTIALS, async {
            builder.build().provide_credentials().await
        });
        match loading.await {
            Ok(Ok(keys)) => Ok(SharedCredentialsProvider::new(keys)),
            Ok(Err(error)) => Err(no_keys(aws_profile, &error_chain(&error))),
            Err(_) => Err(no_keys(aws_profile, "they did not come in time")),
        }
    }
}

/// What a machine was given belongs to whatever runs there.
#[derive(Debug)]
struct NotHere;

impl ProvideCredentials for NotHere {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(CredentialsError::not_loaded(
            "credentials of a machine are not used",
        )))
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
        let keys = self.keys(&person.aws_profile, &region, endpoints).await?;
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

fn no_keys(aws_profile: &str, why: &str) -> Problem {
    let sentence = format!("The AWS profile {aws_profile:?} gives no credentials: {why}");
    Problem::new(ProblemKind::Usage, sentence)
        .hint("It has to be one of your own AWS profiles, in AWS_CONFIG_FILE or ~/.aws.")
}
