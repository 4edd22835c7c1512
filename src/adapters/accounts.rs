//! An AWS account's user pools and identity pools, read with one of the person's AWS profiles.
//!
//! Signed with the profile that the person names, and with nothing else. Deliberately absent: calls
//! that change anything, and a copy of what is read: an app client's secret goes from the answer
//! into a `Secret`.

use std::sync::Arc;

use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_sdk_cognitoidentity as identity;
use aws_sdk_cognitoidentity::config::{BehaviorVersion, Region as SdkRegion};
use aws_sdk_cognitoidentityprovider as user_pools;
use aws_sdk_cognitoidentityprovider::types::{FeatureType, UserPoolClientType};
use aws_smithy_types::retry::RetryConfig;

use super::aws_client::{self, AwsHttp};
use super::aws_files::{AwsPaths, sources};
use super::blocking::blocking;
use super::profile_keys::ProfileKeys;
use super::refusal::problem;
use crate::domain::discovery::{AwsSource, ClientSettings, IdentityPoolFound};
use crate::domain::{ClientId, IdentityPoolId, Problem, ProblemKind, Region, Secret, UserPoolId};
use crate::ops::ports::{Account, Accounts, Listed};

/// As many as the service gives at once.
const PART: i32 = 60;

/// With the SDK's back-off: many calls in a row are throttled now and then.
const MOST_ATTEMPTS: u32 = 4;

/// What AWS says of keys that are wrong.
const BAD_KEYS: [&str; 6] = [
    "UnrecognizedClientException",
    "InvalidSignatureException",
    "IncompleteSignatureException",
    "MissingAuthenticationTokenException",
    "ExpiredTokenException",
    "InvalidClientTokenId",
];

/// The accounts behind the user's AWS profiles.
pub struct SignedAccounts {
    http: Arc<AwsHttp>,
    files: AwsPaths,
}

impl SignedAccounts {
    /// Reads the AWS files at these places.
    #[must_use]
    pub const fn new(http: Arc<AwsHttp>, files: AwsPaths) -> Self {
        Self { http, files }
    }
}

#[async_trait]
impl Accounts for SignedAccounts {
    async fn sources(&self) -> Result<Vec<AwsSource>, Problem> {
        let files = self.files.clone();
        blocking(move || sources(&files)).await
    }

    async fn open(
        &self,
        source: &AwsSource,
        regions: &[Region],
    ) -> Result<Vec<(Region, Arc<dyn Account>)>, Problem> {
        let Some(first) = regions.first() else {
            return Err(Problem::new(ProblemKind::Usage, "No region was named"));
        };
        let endpoints = source.endpoints();
        let reader = ProfileKeys::new(&self.http, &self.files);
        let keys = reader.read(&source.name, first, &endpoints).await?;
        let http_client = self.http.client(endpoints.url.as_ref())?;
        let open = |region: &Region| {
            let mut shared = SdkConfig::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(SdkRegion::new(region.to_string()))
                .credentials_provider(keys.clone())
                .time_source(self.http.signing_time())
                .http_client(http_client.clone())
                .timeout_config(aws_client::timeouts())
                .retry_config(RetryConfig::standard().with_max_attempts(MOST_ATTEMPTS));
            shared.set_endpoint_url(aws_client::endpoint(endpoints.url.as_ref()));
            let shared = shared.build();
            let user_pools = user_pools::config::Builder::from(&shared)
                .interceptor(self.http.meter())
                .interceptor(self.http.recorder());
            let identity_pools = identity::config::Builder::from(&shared)
                .interceptor(self.http.meter())
                .interceptor(self.http.recorder());
            let account: Arc<dyn Account> = Arc::new(SignedAccount {
                aws_profile: source.name.clone(),
                user_pools: user_pools::Client::from_conf(user_pools.build()),
                identity_pools: identity::Client::from_conf(identity_pools.build()),
            });
            (region.clone(), account)
        };
        Ok(regions.iter().map(open).collect())
    }
}

/// One region, with the keys.
struct SignedAccount {
    aws_profile: String,
    user_pools: user_pools::Client,
    identity_pools: identity::Client,
}

impl SignedAccount {
    /// Says so where the keys are to blame.
    fn refused(&self, problem: Problem) -> Problem {
        if !problem
            .aws_code()
            .is_some_and(|code| BAD_KEYS.contains(&code))
        {
            return problem;
        }
        let sentence = format!(
            "The keys of the AWS profile {} are not valid",
            self.aws_profile
        );
        Problem {
            sentence,
            hints: vec![
                "They are wrong, were deleted or have run out: get new ones, then try again."
                    .to_owned(),
            ],
            ..problem
        }
    }
}

#[async_trait]
impl Account for SignedAccount {
    async fn user_pools(
        &self,
        next: Option<String>,
    ) -> Result<Listed<(UserPoolId, String)>, Problem> {
        let call = self.user_pools.list_user_pools().max_results(PART);
        let output = call.set_next_token(next).send().await;
        let output = output.map_err(|error| self.refused(problem("ListUserPools", &error)))?;
        let pools = output.user_pools.unwrap_or_default().into_iter();
        Ok(Listed {
            items: pools
                .filter_map(|pool| named(pool.id?, pool.name))
                .collect(),
            next: output.next_token,
        })
    }

    async fn user_pool_domain(&self, id: &UserPoolId) -> Result<Option<String>, Problem> {
        let call = self.user_pools.describe_user_pool();
        let output = call.user_pool_id(id.as_str()).send().await;
        let output = output.map_err(|error| self.refused(problem("DescribeUserPool", &error)))?;
        let pool = output.user_pool;
        Ok(pool.and_then(|pool| pool.custom_domain.or(pool.domain)))
    }

    async fn clients(
        &self,
        pool: &UserPoolId,
        next: Option<String>,
    ) -> Result<Listed<(ClientId, String)>, Problem> {
        let call = self.user_pools.list_user_pool_clients().max_results(PART);
        let call = call.user_pool_id(pool.as_str());
        let output = call.set_next_token(next).send().await;
        let output =
            output.map_err(|error| self.refused(problem("ListUserPoolClients", &error)))?;
        let clients = output.user_pool_clients.unwrap_or_default().into_iter();
        Ok(Listed {
            items: clients
                .filter_map(|client| named(client.client_id?, client.client_name))
                .collect(),
            next: output.next_token,
        })
    }

    async fn client(&self, pool: &UserPoolId, id: &ClientId) -> Result<ClientSettings, Problem> {
        let call = self.user_pools.describe_user_pool_client();
        let call = call.user_pool_id(pool.as_str()).client_id(id.as_str());
        let output = call.send().await;
        let output =
            output.map_err(|error| self.refused(problem("DescribeUserPoolClient", &error)))?;
        let client = output.user_pool_client.ok_or_else(empty)?;
        Ok(settings(client))
    }

    async fn identity_pools(
        &self,
        next: Option<String>,
    ) -> Result<Listed<(IdentityPoolId, String)>, Problem> {
        let call = self.identity_pools.list_identity_pools().max_results(PART);
        let output = call.set_next_token(next).send().await;
        let output = output.map_err(|error| self.refused(problem("ListIdentityPools", &error)))?;
        let pools = output.identity_pools.unwrap_or_default().into_iter();
        Ok(Listed {
            items: pools
                .filter_map(|pool| named(pool.identity_pool_id?, pool.identity_pool_name))
                .collect(),
            next: output.next_token,
        })
    }

    async fn identity_pool(&self, id: &IdentityPoolId) -> Result<IdentityPoolFound, Problem> {
        let call = self.identity_pools.describe_identity_pool();
        let output = call.identity_pool_id(id.as_str()).send().await;
        let output =
            output.map_err(|error| self.refused(problem("DescribeIdentityPool", &error)))?;
        let clients = output.cognito_identity_providers.unwrap_or_default();
        let clients = clients.into_iter();
        let mut others: Vec<String> = output
            .supported_login_providers
            .unwrap_or_default()
            .into_keys()
            .collect();
        others.sort();
        others.extend(output.open_id_connect_provider_arns.unwrap_or_default());
        others.extend(output.saml_provider_arns.unwrap_or_default());
        Ok(IdentityPoolFound {
            id: id.clone(),
            name: output.identity_pool_name,
            clients: clients
                .filter_map(|client| Some((client.provider_name?, client.client_id?)))
                .collect(),
            guests: output.allow_unauthenticated_identities,
            classic_flow: output.allow_classic_flow.unwrap_or_default(),
            developer_provider: output
                .developer_provider_name
                .filter(|name| !name.is_empty()),
            other_providers: others,
        })
    }
}

/// An ID that is none cannot be asked about.
fn named<T: std::str::FromStr>(id: String, name: Option<String>) -> Option<(T, String)> {
    let parsed = id.parse().ok()?;
    Some((parsed, name.unwrap_or(id)))
}

fn settings(client: UserPoolClientType) -> ClientSettings {
    let flows = client.explicit_auth_flows.unwrap_or_default();
    let oauth = client.allowed_o_auth_flows.unwrap_or_default();
    let holds = client
        .allowed_o_auth_flows_user_pool_client
        .unwrap_or_default();
    let rotation = client.refresh_token_rotation;
    ClientSettings {
        secret: client.client_secret.map(Secret::new),
        auth_flows: flows.iter().map(|flow| flow.as_str().to_owned()).collect(),
        oauth_flows: oauth
            .iter()
            .filter(|_| holds)
            .map(|flow| flow.as_str().to_owned())
            .collect(),
        scopes: client.allowed_o_auth_scopes.unwrap_or_default(),
        callback_urls: client.callback_urls.unwrap_or_default(),
        logout_urls: client.logout_urls.unwrap_or_default(),
        identity_providers: client.supported_identity_providers.unwrap_or_default(),
        rotates: rotation.is_some_and(|rotation| *rotation.feature() == FeatureType::Enabled),
    }
}

fn empty() -> Problem {
    let sentence = "DescribeUserPoolClient answered without an app client";
    Problem::new(ProblemKind::Unexpected, sentence)
}
