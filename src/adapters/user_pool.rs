//! The user pool's calls through the AWS SDK. SDK types end here and are never printed.
//!
//! Source: the Cognito user pools API reference. Which user name goes into `SECRET_HASH` changes
//! from call to call: the typed name on `InitiateAuth`, the real one everywhere after.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::config::{BehaviorVersion, Config, Region};
use aws_sdk_cognitoidentityprovider::types::{AuthFlowType, ChallengeNameType};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

mod account;
mod answers;
mod kept_sign_in;

use self::answers::{Asked, no_tokens, reply, tokens};
use super::aws_client::{self, AwsHttp};
use super::refusal::problem;
use crate::crypto::device::DeviceVerifier;
use crate::crypto::secret_hash::secret_hash;
use crate::domain::sign_in::{AuthFlow, Delivery, Initiate, Reply, Response};
use crate::domain::{KeptSignIn, Problem, Secret};
use crate::ops::ports::{AppClient, Granted, UserPool};

/// User pools of any region.
pub struct UserPools {
    http: Arc<AwsHttp>,
}

type Fields = HashMap<String, String>;

impl UserPools {
    /// Shares the HTTP client with the other adapters.
    #[must_use]
    pub const fn new(http: Arc<AwsHttp>) -> Self {
        Self { http }
    }

    fn sdk(&self, client: &AppClient, retries: RetryConfig) -> Result<Client, Problem> {
        self.sdk_within(client, retries, aws_client::timeouts())
    }

    /// For ending sign-ins: what is kept is gone by then, and nobody waits long.
    fn parting_sdk(&self, client: &AppClient) -> Result<Client, Problem> {
        let (retries, timeouts) = (aws_client::retries(), aws_client::short_timeouts());
        self.sdk_within(client, retries, timeouts)
    }

    fn sdk_within(
        &self,
        client: &AppClient,
        retries: RetryConfig,
        timeouts: TimeoutConfig,
    ) -> Result<Client, Problem> {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(client.user_pool_id.region().to_string()))
            .http_client(self.http.client(client.endpoints.url.as_ref())?)
            .interceptor(self.http.meter())
            .interceptor(self.http.recorder())
            .use_fips(client.endpoints.fips)
            .use_dual_stack(client.endpoints.dual_stack)
            .timeout_config(timeouts)
            .retry_config(retries);
        config.set_endpoint_url(aws_client::endpoint(client.endpoints.url.as_ref()));
        Ok(Client::from_conf(config.build()))
    }
}

#[async_trait]
impl UserPool for UserPools {
    async fn initiate(&self, client: &AppClient, call: Initiate) -> Result<Reply, Problem> {
        // A wrong password must not be sent three times: it counts towards the lock-out.
        let retries = if call.flow == AuthFlow::Srp {
            aws_client::retries()
        } else {
            aws_client::no_retries()
        };
        let mut fields = exposed(&call.fields);
        fields.insert("USERNAME".to_owned(), call.username.clone());
        add_secret_hash(&mut fields, client, &call.username);
        add_device(&mut fields, call.device_key.as_deref());
        let output = self
            .sdk(client, retries)?
            .initiate_auth()
            .client_id(client.client_id.as_str())
            .auth_flow(AuthFlowType::from(call.flow.name()))
            .set_auth_parameters(Some(fields))
            .send()
            .await
            .map_err(|error| problem("InitiateAuth", &error))?;
        reply(output.authentication_result, || Asked {
            name: output.challenge_name,
            parameters: output.challenge_parameters,
            available: output.available_challenges,
            session: output.session,
        })
    }

    async fn respond(&self, client: &AppClient, response: Response) -> Result<Reply, Problem> {
        let mut fields = exposed(&response.fields);
        fields.insert("USERNAME".to_owned(), response.username.clone());
        add_secret_hash(&mut fields, client, &response.username);
        add_device(&mut fields, response.device_key.as_deref());
        let session = response.session.as_ref();
        let output = self
            .sdk(client, aws_client::no_retries())?
            .respond_to_auth_challenge()
            .client_id(client.client_id.as_str())
            .challenge_name(ChallengeNameType::from(response.challenge.as_str()))
            .set_session(session.map(|session| session.expose().to_owned()))
            .set_challenge_responses(Some(fields))
            .send()
            .await
            .map_err(|error| problem("RespondToAuthChallenge", &error))?;
        reply(output.authentication_result, || Asked {
            name: output.challenge_name,
            parameters: output.challenge_parameters,
            available: output.available_challenges,
            session: output.session,
        })
    }

    async fn associate_software_token(
        &self,
        client: &AppClient,
        session: Option<&Secret>,
    ) -> Result<(Secret, Option<Secret>), Problem> {
        account::associate(&self.sdk(client, aws_client::no_retries())?, session).await
    }

    async fn verify_software_token(
        &self,
        client: &AppClient,
        session: Option<&Secret>,
        code: &Secret,
    ) -> Result<Option<Secret>, Problem> {
        account::verify(&self.sdk(client, aws_client::no_retries())?, session, code).await
    }

    async fn forgot_password(
        &self,
        client: &AppClient,
        username: &str,
    ) -> Result<Option<Delivery>, Problem> {
        let sdk = self.sdk(client, aws_client::no_retries())?;
        account::forgot_password(&sdk, client, username).await
    }

    async fn reset_password(
        &self,
        client: &AppClient,
        username: &str,
        code: &Secret,
        new_password: &Secret,
    ) -> Result<(), Problem> {
        let sdk = self.sdk(client, aws_client::no_retries())?;
        account::reset_password(&sdk, client, username, code, new_password).await
    }

    async fn resend_confirmation(
        &self,
        client: &AppClient,
        username: &str,
    ) -> Result<Option<Delivery>, Problem> {
        let sdk = self.sdk(client, aws_client::no_retries())?;
        account::resend_confirmation(&sdk, client, username).await
    }

    async fn confirm_account(
        &self,
        client: &AppClient,
        username: &str,
        code: &Secret,
    ) -> Result<(), Problem> {
        let sdk = self.sdk(client, aws_client::no_retries())?;
        account::confirm(&sdk, client, username, code).await
    }

    async fn confirm_device(
        &self,
        client: &AppClient,
        access_token: &Secret,
        device_key: &str,
        verifier: &DeviceVerifier,
    ) -> Result<bool, Problem> {
        let sdk = self.sdk(client, aws_client::retries())?;
        account::confirm_device(&sdk, access_token, device_key, verifier).await
    }

    async fn update_device(
        &self,
        client: &AppClient,
        access_token: &Secret,
        device_key: &str,
        remembered: bool,
    ) -> Result<(), Problem> {
        let sdk = self.sdk(client, aws_client::retries())?;
        account::update_device(&sdk, access_token, device_key, remembered).await
    }

    async fn change_password(
        &self,
        client: &AppClient,
        access_token: &Secret,
        previous: &Secret,
        proposed: &Secret,
    ) -> Result<(), Problem> {
        let sdk = self.sdk(client, aws_client::no_retries())?;
        account::change_password(&sdk, access_token, previous, proposed).await
    }

    async fn refresh(&self, client: &AppClient, kept: &KeptSignIn) -> Result<Granted, Problem> {
        let sdk = self.sdk(client, aws_client::no_retries())?;
        let mut answered = kept_sign_in::refresh(&sdk, client, kept).await?;
        let refresh = answered.refresh_token.take().map(Secret::new);
        let tokens = tokens(answered);
        Ok(Granted { refresh, tokens })
    }

    async fn revoke(&self, client: &AppClient, refresh_token: &Secret) -> Result<(), Problem> {
        kept_sign_in::revoke(&self.parting_sdk(client)?, client, refresh_token).await
    }

    async fn sign_out_everywhere(
        &self,
        client: &AppClient,
        access_token: &Secret,
    ) -> Result<(), Problem> {
        kept_sign_in::sign_out_everywhere(&self.parting_sdk(client)?, access_token).await
    }
}

/// `SECRET_HASH` over the name that goes with it, for a client that has a secret.
fn hash_for(client: &AppClient, username: &str) -> Option<String> {
    let secret = client.client_secret.as_ref()?;
    Some(secret_hash(secret, username, client.client_id.as_str()))
}

fn add_secret_hash(fields: &mut Fields, client: &AppClient, username: &str) {
    if let Some(hash) = hash_for(client, username) {
        fields.insert("SECRET_HASH".to_owned(), hash);
    }
}

fn add_device(fields: &mut Fields, device_key: Option<&str>) {
    if let Some(key) = device_key {
        fields.insert("DEVICE_KEY".to_owned(), key.to_owned());
    }
}

fn exposed(fields: &[(String, Secret)]) -> Fields {
    let exposed = |(name, value): &(String, Secret)| (name.clone(), value.expose().to_owned());
    fields.iter().map(exposed).collect()
}
