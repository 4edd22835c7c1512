//! User pool operations: the entrance (`InitiateAuth`, `RespondToAuthChallenge`) and the refresh.
//!
//! The order of checks is the service's, because it decides which message a client sees. What an
//! access token allows is in `account`; a challenge's own rules are in the file named after it.

use std::sync::Arc;

use serde_json::json;

use super::clients::{Client, Flow};
use super::error::{Answer, Refusal};
use super::input::{Input, Parameters};
use super::issue;
use super::password_verifier;
use super::software_token;
use super::users::User;
use super::world::{Call, POOL_NAME};
use crate::domain::Secret;

/// `InitiateAuth`.
pub(super) fn initiate_auth(call: &mut Call<'_>, input: &Input) -> Answer {
    let flow = Flow::parse(input.required("AuthFlow")?)?;
    let client = call.state.client(input.required("ClientId")?)?;
    client.allow(flow)?;
    let parameters = input.map("AuthParameters").ok_or_else(|| {
        Refusal::missing_parameter(if flow == Flow::Refresh {
            "REFRESH_TOKEN"
        } else {
            "USERNAME"
        })
    })?;
    match flow {
        Flow::Srp => {
            let username = first_name(&client, parameters)?;
            password_verifier::offer(call, &client, username, parameters.required("SRP_A")?)
        }
        Flow::Password => password_auth(call, &client, parameters),
        Flow::Refresh => refresh_auth(call, &client, parameters),
        // No client can allow them, so `allow` has refused them already.
        Flow::Custom | Flow::Choice => Err(Refusal::invalid_parameter(
            "Initiate Auth method not supported",
        )),
    }
}

/// `RespondToAuthChallenge`.
pub(super) fn respond_to_auth_challenge(call: &mut Call<'_>, input: &Input) -> Answer {
    let client = call.state.client(input.required("ClientId")?)?;
    let name = input.required("ChallengeName")?;
    let responses = input
        .map("ChallengeResponses")
        .ok_or_else(|| Refusal::missing_parameter("challenge responses."))?;
    match name {
        "PASSWORD_VERIFIER" => password_verifier::answer(call, &client, responses),
        "SOFTWARE_TOKEN_MFA" => {
            software_token::answer(call, &client, input.text("Session"), responses)
        }
        _ => Err(Refusal::invalid_parameter(format!(
            "Challenge {name} was not offered"
        ))),
    }
}

/// `GetTokensFromRefreshToken`.
pub(super) fn get_tokens_from_refresh_token(call: &mut Call<'_>, input: &Input) -> Answer {
    let token = input.required("RefreshToken")?;
    let client = call.state.client(input.required("ClientId")?)?;
    client.check_secret(input.text("ClientSecret"))?;
    let lifetime = call.state.lifetimes.refresh_token;
    let family = call
        .state
        .grants
        .use_token(token, client.id, call.now, lifetime)?;
    let user = grant_holder(call, &family.username, &family.sub)?;
    let rotated = match client.rotation {
        Some(grace) => Some(call.state.grants.rotate(token, call.now, grace)?),
        None => None,
    };
    let mut answer = issue::authentication_result(call, &user, &family, rotated)?;
    if let Some(answer) = answer.as_object_mut() {
        answer.remove("ChallengeParameters");
    }
    Ok(answer)
}

/// `RevokeToken`. A token nobody knows is revoked already (RFC 7009, section 2.2).
pub(super) fn revoke_token(call: &mut Call<'_>, input: &Input) -> Answer {
    let token = input.required("Token")?;
    let client = call.state.client(input.required("ClientId")?)?;
    client.check_secret(input.text("ClientSecret"))?;
    if call.signer.verify(token).is_ok() {
        return Err(Refusal::new(
            400,
            "UnsupportedTokenTypeException",
            "Unsupported token type",
        ));
    }
    let Some(family) = call.state.grants.family_of(token).cloned() else {
        return Ok(json!({}));
    };
    if family.client_id != client.id {
        return Err(Refusal::new(
            400,
            "UnauthorizedException",
            "Refresh Token has different Client",
        ));
    }
    call.state.grants.revoke_family(&family.id);
    Ok(json!({}))
}

fn password_auth(call: &mut Call<'_>, client: &Client, parameters: Parameters<'_>) -> Answer {
    let typed = first_name(client, parameters)?;
    let password = Secret::new(parameters.required("PASSWORD")?.to_owned());
    let user = call.state.directory.typed(typed)?;
    let name = user.as_ref().map_or(typed, |user| user.username.as_str());
    call.state.lockouts.check(name, call.now)?;
    if let Some(user) = &user {
        user.may_sign_in()?;
        if user.verifier.matches(POOL_NAME, &user.username, &password) {
            call.state.lockouts.succeeded(&user.username);
            return software_token::challenge_or_tokens(call, client, user);
        }
    }
    call.state.lockouts.failed(name, call.now);
    Err(Refusal::wrong_password())
}

fn refresh_auth(call: &mut Call<'_>, client: &Client, parameters: Parameters<'_>) -> Answer {
    let token = parameters.required("REFRESH_TOKEN")?;
    let lifetime = call.state.lifetimes.refresh_token;
    let family = call
        .state
        .grants
        .use_token(token, client.id, call.now, lifetime)?;
    // Over the real user name, whatever was typed at the sign-in.
    client.check_hash(&family.username, parameters.text("SECRET_HASH"))?;
    let user = grant_holder(call, &family.username, &family.sub)?;
    issue::authentication_result(call, &user, &family, None)
}

/// The user a refresh token was given to, if still there and enabled.
pub(super) fn grant_holder(
    call: &Call<'_>,
    username: &str,
    sub: &str,
) -> Result<Arc<User>, Refusal> {
    let user = call
        .state
        .directory
        .get(username)
        .filter(|user| user.sub == sub)
        .ok_or_else(|| {
            Refusal::not_authorized("The user has been deleted for the associated refresh token")
        })?;
    user.may_sign_in()?;
    Ok(user)
}

/// `USERNAME` where a sign-in starts, with its secret hash checked over exactly that text.
fn first_name<'a>(client: &Client, parameters: Parameters<'a>) -> Result<&'a str, Refusal> {
    let username = parameters.required("USERNAME")?;
    client.check_first_hash(username, parameters.text("SECRET_HASH"))?;
    Ok(username)
}
