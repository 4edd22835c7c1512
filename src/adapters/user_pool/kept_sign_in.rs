//! What a user pool does with a kept refresh token: new tokens, and its end.
//!
//! Source: the Cognito user pools API reference. `GetTokensFromRefreshToken` takes the client secret
//! itself; only the older flow wants a hash. Deliberately absent: a second try of a refresh.

use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_cognitoidentityprovider::types::{AuthFlowType, AuthenticationResultType};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::{Fields, add_device, add_secret_hash, no_tokens};
use crate::adapters::aws_client;
use crate::adapters::refusal::{not_theirs, problem};
use crate::domain::{KeptSignIn, Problem, Secret};
use crate::ops::ports::AppClient;

/// New tokens; for servers that do not know the operation, by the older flow.
pub(super) async fn refresh(
    sdk: &Client,
    client: &AppClient,
    kept: &KeptSignIn,
) -> Result<AuthenticationResultType, Problem> {
    const OPERATION: &str = "GetTokensFromRefreshToken";
    let asked = sdk
        .get_tokens_from_refresh_token()
        .client_id(client.client_id.as_str())
        .refresh_token(kept.refresh_token.expose())
        .set_device_key(kept.device_key.clone())
        .set_client_secret(exposed_secret(client))
        .send()
        .await;
    match asked {
        Ok(output) => output.authentication_result.ok_or_else(no_tokens),
        Err(error) => {
            let problem = problem(OPERATION, &error);
            if aws_client::is_unknown_operation(&problem) {
                return by_flow(sdk, client, kept).await;
            }
            Err(of_the_pool(OPERATION, &error, problem))
        }
    }
}

async fn by_flow(
    sdk: &Client,
    client: &AppClient,
    kept: &KeptSignIn,
) -> Result<AuthenticationResultType, Problem> {
    const OPERATION: &str = "InitiateAuth";
    let mut fields = Fields::from([(
        "REFRESH_TOKEN".to_owned(),
        kept.refresh_token.expose().to_owned(),
    )]);
    add_secret_hash(&mut fields, client, &kept.username);
    add_device(&mut fields, kept.device_key.as_deref());
    let asked = sdk
        .initiate_auth()
        .client_id(client.client_id.as_str())
        .auth_flow(AuthFlowType::RefreshTokenAuth)
        .set_auth_parameters(Some(fields))
        .send()
        .await;
    match asked {
        Ok(output) => output.authentication_result.ok_or_else(no_tokens),
        Err(error) => {
            let problem = problem(OPERATION, &error);
            Err(of_the_pool(OPERATION, &error, problem))
        }
    }
}

/// A user pool never answers 404. Whoever did so, whatever the words, is not the one that knows
/// whether a refresh token is still good.
fn of_the_pool<E: ProvideErrorMetadata>(
    operation: &'static str,
    error: &SdkError<E, HttpResponse>,
    problem: Problem,
) -> Problem {
    let status = error.raw_response().map(|raw| raw.status().as_u16());
    match status {
        Some(status @ 404) => Problem {
            aws: problem.aws,
            ..not_theirs(operation, status)
        },
        _ => problem,
    }
}

pub(super) async fn revoke(
    sdk: &Client,
    client: &AppClient,
    refresh_token: &Secret,
) -> Result<(), Problem> {
    sdk.revoke_token()
        .client_id(client.client_id.as_str())
        .token(refresh_token.expose())
        .set_client_secret(exposed_secret(client))
        .send()
        .await
        .map(|_| ())
        .map_err(|error| problem("RevokeToken", &error))
}

pub(super) async fn sign_out_everywhere(
    sdk: &Client,
    access_token: &Secret,
) -> Result<(), Problem> {
    sdk.global_sign_out()
        .access_token(access_token.expose())
        .send()
        .await
        .map(|_| ())
        .map_err(|error| problem("GlobalSignOut", &error))
}

fn exposed_secret(client: &AppClient) -> Option<String> {
    let secret = client.client_secret.as_ref()?;
    Some(secret.expose().to_owned())
}
