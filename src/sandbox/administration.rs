//! What an administrator's tools list: user pools, app clients, identity pools.
//!
//! Every call has to be signed with the developer's keys. Lists come in short parts, so that whoever
//! does not ask for the next one is found out. Deliberately absent: calls that change anything, and
//! IAM policies (a test lets a call be refused).

use serde_json::{Map, Value, json};

use super::clients::{Client, Flow};
use super::error::{Answer, Refusal};
use super::identity_pool::settings::{IdentityPool, PoolSettings};
use super::input::{Input, broken_constraint};
use super::providers::{OIDC_CLIENT, OIDC_SECRET_CLIENT};
use super::server::Operation;
use super::world::{ACCOUNT_ID, Call, LOGIN_PROVIDER, USER_POOL_ID};

/// The user pool's name.
const USER_POOL_NAME: &str = "sandbox-users";

/// Managed login's prefix; the pages are at the sandbox's own address.
const DOMAIN: &str = "poolkey-sandbox";

/// Fewer than anybody asks for.
const LONGEST_PART: usize = 3;
const MOST_RESULTS: u64 = 60;

/// The operation that a target names.
pub(super) fn operation(target: &str) -> Option<Operation> {
    Some(match target {
        "AWSCognitoIdentityProviderService.ListUserPools" => list_user_pools,
        "AWSCognitoIdentityProviderService.DescribeUserPool" => describe_user_pool,
        "AWSCognitoIdentityProviderService.ListUserPoolClients" => list_user_pool_clients,
        "AWSCognitoIdentityProviderService.DescribeUserPoolClient" => describe_user_pool_client,
        "AWSCognitoIdentityService.ListIdentityPools" => list_identity_pools,
        "AWSCognitoIdentityService.DescribeIdentityPool" => describe_identity_pool,
        _ => return None,
    })
}

/// The service that a request has to be signed for; none where it is a user's.
pub(super) fn signed_service(target: &str) -> Option<&'static str> {
    let vouches = target == "AWSCognitoIdentityService.GetOpenIdTokenForDeveloperIdentity";
    if !vouches && operation(target).is_none() {
        return None;
    }
    let is_user_pools = target.starts_with("AWSCognitoIdentityProviderService.");
    Some(if is_user_pools {
        "cognito-idp"
    } else {
        "cognito-identity"
    })
}

/// `ListUserPools`.
fn list_user_pools(_: &mut Call<'_>, input: &Input) -> Answer {
    let pool = json!({ "Id": USER_POOL_ID, "Name": USER_POOL_NAME });
    part(input, "UserPools", &[pool])
}

/// `DescribeUserPool`.
fn describe_user_pool(_: &mut Call<'_>, input: &Input) -> Answer {
    the_user_pool(input)?;
    Ok(json!({ "UserPool": {
        "Id": USER_POOL_ID, "Name": USER_POOL_NAME, "Domain": DOMAIN, "MfaConfiguration": "OPTIONAL",
    } }))
}

/// `ListUserPoolClients`.
fn list_user_pool_clients(call: &mut Call<'_>, input: &Input) -> Answer {
    the_user_pool(input)?;
    let clients = call.state.clients.iter().map(|client| {
        json!({ "UserPoolId": USER_POOL_ID, "ClientId": client.id, "ClientName": client.name })
    });
    part(input, "UserPoolClients", &clients.collect::<Vec<_>>())
}

/// `DescribeUserPoolClient`.
fn describe_user_pool_client(call: &mut Call<'_>, input: &Input) -> Answer {
    the_user_pool(input)?;
    let client = call.state.client(input.required("ClientId")?)?;
    Ok(json!({ "UserPoolClient": described(&client) }))
}

/// `ListIdentityPools`.
fn list_identity_pools(call: &mut Call<'_>, input: &Input) -> Answer {
    if input.number("MaxResults").is_none() {
        return Err(broken_constraint(
            "MaxResults",
            " null",
            "Member must not be null",
        ));
    }
    let pools = call.state.identity_pools.iter();
    let pools =
        pools.map(|pool| json!({ "IdentityPoolId": pool.id, "IdentityPoolName": pool.name }));
    part(input, "IdentityPools", &pools.collect::<Vec<_>>())
}

/// `DescribeIdentityPool`.
fn describe_identity_pool(call: &mut Call<'_>, input: &Input) -> Answer {
    let id = input.required("IdentityPoolId")?;
    let mut pools = call.state.identity_pools.iter();
    let pool = pools.find(|pool| pool.id == id);
    let pool = pool.ok_or_else(|| Refusal::not_found(format!("IdentityPool '{id}' not found.")))?;
    Ok(identity_pool(pool))
}

fn the_user_pool(input: &Input) -> Result<(), Refusal> {
    let id = input.required("UserPoolId")?;
    if id == USER_POOL_ID {
        return Ok(());
    }
    Err(Refusal::not_found(format!(
        "User pool {id} does not exist."
    )))
}

/// From `NextToken` on, as many as fit.
fn part(input: &Input, name: &str, items: &[Value]) -> Answer {
    let wanted = input.number("MaxResults").unwrap_or(MOST_RESULTS);
    if wanted == 0 || wanted > MOST_RESULTS {
        let constraint = format!("Member must have value less than or equal to {MOST_RESULTS}");
        return Err(broken_constraint(
            "MaxResults",
            &format!(" '{wanted}'"),
            &constraint,
        ));
    }
    let wanted = usize::try_from(wanted).unwrap_or(LONGEST_PART);
    let from = match input.text("NextToken") {
        None => 0,
        Some(token) => token
            .parse()
            .map_err(|_| Refusal::invalid_parameter("Invalid pagination token"))?,
    };
    let end = items.len().min(from + wanted.min(LONGEST_PART));
    let mut answer = Map::new();
    let these = items.get(from..end).unwrap_or_default().to_vec();
    answer.insert(name.to_owned(), these.into());
    if end < items.len() {
        answer.insert("NextToken".to_owned(), end.to_string().into());
    }
    Ok(answer.into())
}

fn described(client: &Client) -> Value {
    let flows: Vec<&str> = client
        .flows
        .iter()
        // The service refuses to have both on one client.
        .filter(|flow| **flow != Flow::Refresh || client.rotation.is_none())
        .map(|flow| match flow {
            Flow::Srp => "ALLOW_USER_SRP_AUTH",
            Flow::Password => "ALLOW_USER_PASSWORD_AUTH",
            Flow::Custom => "ALLOW_CUSTOM_AUTH",
            Flow::Choice => "ALLOW_USER_AUTH",
            Flow::Refresh => "ALLOW_REFRESH_TOKEN_AUTH",
        })
        .collect();
    let mut described = json!({
        "UserPoolId": USER_POOL_ID,
        "ClientId": client.id,
        "ClientName": client.name,
        "ExplicitAuthFlows": flows,
        "SupportedIdentityProviders": ["COGNITO"],
        "CallbackURLs": client.urls.callback,
        "LogoutURLs": client.urls.logout,
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"],
        "AllowedOAuthFlowsUserPoolClient": true,
    });
    if let (Some(secret), Some(members)) = (&client.secret, described.as_object_mut()) {
        members.insert("ClientSecret".to_owned(), secret.expose().into());
    }
    if let (Some(grace), Some(members)) = (client.rotation, described.as_object_mut()) {
        let rotation = json!({ "Feature": "ENABLED", "RetryGracePeriodSeconds": grace.as_secs() });
        members.insert("RefreshTokenRotation".to_owned(), rotation);
    }
    described
}

fn identity_pool(pool: &IdentityPool) -> Value {
    let PoolSettings {
        guests,
        classic_flow,
        user_pool_clients,
        providers,
        developer_provider,
        ..
    } = &pool.settings;
    let clients = user_pool_clients.iter();
    let clients: Vec<Value> = clients
        .map(|client| {
            json!({
                "ProviderName": LOGIN_PROVIDER,
                "ClientId": client.client_id,
                "ServerSideTokenCheck": client.server_side_token_check,
            })
        })
        .collect();
    let is_oidc = |audiences: &[String]| {
        audiences
            .iter()
            .any(|known| known == OIDC_CLIENT || known == OIDC_SECRET_CLIENT)
    };
    let (mut social, mut saml, mut oidc) = (Map::new(), Vec::new(), Vec::new());
    for provider in providers {
        let name = provider.name.as_str();
        if name.starts_with("arn:") {
            saml.push(name.to_owned());
        } else if is_oidc(&provider.audiences) {
            oidc.push(format!("arn:aws:iam::{ACCOUNT_ID}:oidc-provider/{name}"));
        } else {
            let app = provider.audiences.first().cloned().unwrap_or_default();
            social.insert(name.to_owned(), app.into());
        }
    }
    let mut described = json!({
        "IdentityPoolId": pool.id,
        "IdentityPoolName": pool.name,
        "AllowUnauthenticatedIdentities": guests,
        "AllowClassicFlow": classic_flow,
        "CognitoIdentityProviders": clients,
        "SupportedLoginProviders": social,
        "SamlProviderARNs": saml,
        "OpenIdConnectProviderARNs": oidc,
    });
    if let (Some(name), Some(members)) = (developer_provider, described.as_object_mut()) {
        members.insert("DeveloperProviderName".to_owned(), name.clone().into());
    }
    described
}
