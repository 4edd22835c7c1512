//! The keys of an AWS profile that a person named, for calls that are signed with it.
//!
//! Read from the user's AWS files with all that a profile there may say: keys, `credential_process`,
//! a role. Deliberately absent: the default chain of credentials, and those of the machine that this
//! runs on.

use std::sync::Arc;
use std::time::Duration;

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_sdk_cognitoidentity::config::{BehaviorVersion, Region as SdkRegion};
use aws_smithy_async::rt::sleep::TokioSleep;

use super::aws_client::AwsHttp;
use super::aws_files::AwsPaths;
use super::refusal::error_chain;
use crate::domain::{Endpoints, Problem, ProblemKind, Region};

/// A profile's own command, or a role that has to be assumed, may take this long.
const CREDENTIALS: Duration = Duration::from_secs(30);

/// Credential sources of a machine, which a person's identity does not come from.
const OF_MACHINES: [&str; 2] = ["Ec2InstanceMetadata", "EcsContainer"];

/// Reads keys where a call needs them.
pub struct ProfileKeys<'a> {
    http: &'a Arc<AwsHttp>,
    files: &'a AwsPaths,
}

impl<'a> ProfileKeys<'a> {
    /// From the AWS files at these places.
    pub const fn new(http: &'a Arc<AwsHttp>, files: &'a AwsPaths) -> Self {
        Self { http, files }
    }

    /// The profile's keys: nothing that is read here is kept.
    pub async fn read(
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

fn no_keys(aws_profile: &str, why: &str) -> Problem {
    let sentence = format!("The AWS profile {aws_profile:?} gives no credentials: {why}");
    Problem::new(ProblemKind::Usage, sentence)
        .hint("It has to be one of your own AWS profiles, in AWS_CONFIG_FILE or ~/.aws.")
}
