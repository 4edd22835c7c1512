//! The user pool's calls through the AWS SDK. SDK types end here and are never printed.
//!
//! Source: the Cognito user pools API reference. Which user name goes into `SECRET_HASH` changes
//! from call to call: the typed name on `InitiateAuth`, the real one everywhere after.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::config::{BehaviorVersion, Config, Region};
use aws_sdk_cognitoidentityprovider::types::{
    AuthFlowType, AuthenticationResultType, ChallengeNameType,
};
use aws_smithy_types::retry::RetryConfig;

use super::aws_client::{self, AwsHttp};
use super::refusal::problem;
use crate::crypto::secret_hash::secret_hash;
use crate::domain::sign_in::{Challenge, Question, Reply};
use crate::domain::{KeptSignIn, Problem, ProblemKind, Secret, Tokens};
use crate::ops::ports::{AppClient, FirstCall, PasswordProof, UserPool};

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
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(client.user_pool_id.region().to_string()))
            .http_client(self.http.client(client.endpoint_url.as_ref())?)
            .timeout_config(aws_client::timeouts())
            .retry_config(retries);
        config.set_endpoint_url(aws_client::endpoint(client.endpoint_url.as_ref()));
        Ok(Client::from_conf(config.build()))
    }

    async fn respond(
        &self,
        client: &AppClient,
        name: ChallengeNameType,
        username: &str,
        session: Option<&Secret>,
        mut fields: Fields,
    ) -> Result<Reply, Problem> {
        fields.insert("USERNAME".to_owned(), username.to_owned());
        add_secret_hash(&mut fields, client, username);
        let output = self
            .sdk(client, aws_client::no_retries())?
            .respond_to_auth_challenge()
            .client_id(client.client_id.as_str())
            .challenge_name(name)
            .set_session(session.map(|session| session.expose().to_owned()))
            .set_challenge_responses(Some(fields))
            .send()
            .await
            .map_err(|error| problem("RespondToAuthChallenge", &error))?;
        reply(
            output.authentication_result,
            output.challenge_name,
            output.challenge_parameters,
            output.session,
        )
    }

    /// For servers that do not know `GetTokensFromRefreshToken`.
    async fn refresh_by_flow(
        &self,
        client: &AppClient,
        kept: &KeptSignIn,
    ) -> Result<Tokens, Problem> {
        let mut fields = Fields::from([(
            "REFRESH_TOKEN".to_owned(),
            kept.refresh_token.expose().to_owned(),
        )]);
        add_secret_hash(&mut fields, client, &kept.username);
        let output = self
            .sdk(client, aws_client::no_retries())?
            .initiate_auth()
            .client_id(client.client_id.as_str())
            .auth_flow(AuthFlowType::RefreshTokenAuth)
            .set_auth_parameters(Some(fields))
            .send()
            .await
            .map_err(|error| problem("InitiateAuth", &error))?;
        output
            .authentication_result
            .map_or_else(|| Err(no_tokens()), tokens)
    }
}

#[async_trait]
impl UserPool for UserPools {
    async fn initiate(
        &self,
        client: &AppClient,
        username: &str,
        call: FirstCall,
    ) -> Result<Reply, Problem> {
        let (flow, key, value) = match call {
            FirstCall::Srp { srp_a } => (AuthFlowType::UserSrpAuth, "SRP_A", srp_a),
            FirstCall::Password(password) => (
                AuthFlowType::UserPasswordAuth,
                "PASSWORD",
                password.expose().to_owned(),
            ),
        };
        // A wrong password must not be sent three times: it counts towards the lock-out.
        let retries = if flow == AuthFlowType::UserSrpAuth {
            aws_client::retries()
        } else {
            aws_client::no_retries()
        };
        let mut fields = Fields::from([
            ("USERNAME".to_owned(), username.to_owned()),
            (key.to_owned(), value),
        ]);
        add_secret_hash(&mut fields, client, username);
        let output = self
            .sdk(client, retries)?
            .initiate_auth()
            .client_id(client.client_id.as_str())
            .auth_flow(flow)
            .set_auth_parameters(Some(fields))
            .send()
            .await
            .map_err(|error| problem("InitiateAuth", &error))?;
        reply(
            output.authentication_result,
            output.challenge_name,
            output.challenge_parameters,
            output.session,
        )
    }

    async fn prove_password(
        &self,
        client: &AppClient,
        proof: PasswordProof,
    ) -> Result<Reply, Problem> {
        let fields = Fields::from([
            ("PASSWORD_CLAIM_SECRET_BLOCK".to_owned(), proof.secret_block),
            ("PASSWORD_CLAIM_SIGNATURE".to_owned(), proof.signature),
            ("TIMESTAMP".to_owned(), proof.timestamp),
        ]);
        let name = ChallengeNameType::PasswordVerifier;
        self.respond(
            client,
            name,
            &proof.username,
            proof.session.as_ref(),
            fields,
        )
        .await
    }

    async fn answer(
        &self,
        client: &AppClient,
        question: &Question,
        answer: &Secret,
    ) -> Result<Reply, Problem> {
        let name = ChallengeNameType::from(question.kind.challenge_name());
        let fields = Fields::from([(
            question.kind.response_key().to_owned(),
            answer.expose().to_owned(),
        )]);
        self.respond(
            client,
            name,
            &question.username,
            question.session.as_ref(),
            fields,
        )
        .await
    }

    async fn refresh(&self, client: &AppClient, kept: &KeptSignIn) -> Result<Tokens, Problem> {
        let result = self
            .sdk(client, aws_client::no_retries())?
            .get_tokens_from_refresh_token()
            .client_id(client.client_id.as_str())
            .refresh_token(kept.refresh_token.expose())
            .set_client_secret(
                client
                    .client_secret
                    .as_ref()
                    .map(|secret| secret.expose().to_owned()),
            )
            .send()
            .await;
        match result {
            Ok(output) => output
                .authentication_result
                .map_or_else(|| Err(no_tokens()), tokens),
            Err(error) => {
                let problem = problem("GetTokensFromRefreshToken", &error);
                if aws_client::is_unknown_operation(&problem) {
                    return self.refresh_by_flow(client, kept).await;
                }
                Err(problem)
            }
        }
    }

    async fn revoke(&self, client: &AppClient, refresh_token: &Secret) -> Result<(), Problem> {
        self.sdk(client, aws_client::retries())?
            .revoke_token()
            .client_id(client.client_id.as_str())
            .token(refresh_token.expose())
            .set_client_secret(
                client
                    .client_secret
                    .as_ref()
                    .map(|secret| secret.expose().to_owned()),
            )
            .send()
            .await
            .map(|_| ())
            .map_err(|error| problem("RevokeToken", &error))
    }

    async fn sign_out_everywhere(
        &self,
        client: &AppClient,
        access_token: &Secret,
    ) -> Result<(), Problem> {
        self.sdk(client, aws_client::retries())?
            .global_sign_out()
            .access_token(access_token.expose())
            .send()
            .await
            .map(|_| ())
            .map_err(|error| problem("GlobalSignOut", &error))
    }
}

fn add_secret_hash(fields: &mut Fields, client: &AppClient, username: &str) {
    if let Some(secret) = &client.client_secret {
        let hash = secret_hash(secret, username, client.client_id.as_str());
        fields.insert("SECRET_HASH".to_owned(), hash);
    }
}

fn reply(
    result: Option<AuthenticationResultType>,
    challenge_name: Option<ChallengeNameType>,
    parameters: Option<Fields>,
    session: Option<String>,
) -> Result<Reply, Problem> {
    if let Some(result) = result {
        return tokens(result).map(Reply::Tokens);
    }
    let name = challenge_name.ok_or_else(no_tokens)?.as_str().to_owned();
    Ok(Reply::Challenge(Challenge {
        name,
        parameters: parameters.unwrap_or_default().into_iter().collect(),
        session: session.map(Secret::new),
    }))
}

fn tokens(result: AuthenticationResultType) -> Result<Tokens, Problem> {
    let secret = |text: Option<String>| text.map(Secret::new).ok_or_else(no_tokens);
    Ok(Tokens {
        id: secret(result.id_token)?,
        access: secret(result.access_token)?,
        refresh: result.refresh_token.map(Secret::new),
    })
}

fn no_tokens() -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        "The user pool answered with neither tokens nor a challenge",
    )
}
