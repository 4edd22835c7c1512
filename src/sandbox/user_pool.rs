//! User pool operations: the entrance (`InitiateAuth`, `RespondToAuthChallenge`) and the refresh.
//!
//! The order of checks is the service's, because it decides which message a client sees. What an
//! access token allows is in `account`; a challenge's own rules are in the file named after it.

use std::sync::Arc;

use serde_json::json;

use super::attempts::Attempt;
use super::choice;
use super::clients::{Client, Flow};
use super::custom;
use super::device_verifier;
use super::error::{Answer, Refusal};
use super::input::{Input, Parameters};
use super::issue;
use super::mfa_setup;
use super::new_password;
use super::next_challenge;
use super::password;
use super::password_verifier;
use super::response::Response;
use super::second_factor;
use super::software_token;
use super::users::User;
use super::world::Call;

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
    if flow == Flow::Refresh {
        return refresh_auth(call, &client, parameters);
    }
    let typed = first_name(&client, parameters)?;
    match flow {
        Flow::Srp => parameters.required("SRP_A")?,
        Flow::Password => parameters.required("PASSWORD")?,
        _ => typed,
    };
    let user = call.state.directory.typed(typed)?;
    let user = user.as_deref();
    if flow == Flow::Password {
        return password_auth(call, &client, user, typed, parameters);
    }
    if let Some(user) = user {
        user.may_sign_in()?;
    }
    match flow {
        Flow::Choice => choice::begin(call, &client, user, typed, parameters),
        Flow::Custom => custom::begin(call, &client, user, typed, parameters),
        _ => srp_auth(call, &client, user, typed, parameters),
    }
}

/// `RespondToAuthChallenge`.
pub(super) fn respond_to_auth_challenge(call: &mut Call<'_>, input: &Input) -> Answer {
    let name = input.required("ChallengeName")?;
    let response = Response::read(call, input)?;
    match name {
        "PASSWORD_VERIFIER" => password_verifier::answer(call, &response),
        "NEW_PASSWORD_REQUIRED" => new_password::answer(call, &response),
        "SOFTWARE_TOKEN_MFA" => software_token::answer(call, &response),
        "SMS_MFA" | "EMAIL_OTP" | "SMS_OTP" => second_factor::answer(call, &response, name),
        "SELECT_MFA_TYPE" => second_factor::choose(call, &response),
        "MFA_SETUP" => mfa_setup::answer(call, &response),
        "SELECT_CHALLENGE" => choice::answer(call, &response),
        "PASSWORD" | "PASSWORD_SRP" => choice::complete(call, &response, name),
        "WEB_AUTHN" => choice::passkey(call, &response),
        "CUSTOM_CHALLENGE" => custom::answer(call, &response),
        "DEVICE_SRP_AUTH" => device_verifier::offer(call, &response),
        "DEVICE_PASSWORD_VERIFIER" => device_verifier::answer(call, &response),
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
    let devices = &call.state.devices;
    devices.allow_refresh(&family, input.text("DeviceKey"))?;
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

fn srp_auth(
    call: &mut Call<'_>,
    client: &Client,
    user: Option<&User>,
    typed: &str,
    parameters: Parameters<'_>,
) -> Answer {
    let name = user.map_or(typed, |user| user.username.as_str());
    let attempt = Attempt::begun(call, client, name, Flow::Srp, parameters);
    password_verifier::offer(call, &attempt, user, parameters.required("SRP_A")?)
}

fn password_auth(
    call: &mut Call<'_>,
    client: &Client,
    user: Option<&User>,
    typed: &str,
    parameters: Parameters<'_>,
) -> Answer {
    let name = user.map_or(typed, |user| user.username.as_str());
    password::check(call, name, user, parameters.required("PASSWORD")?)?;
    let mut attempt = Attempt::new(name, client, Flow::Password);
    // There is no response here that could be refused for an unknown device.
    if let Some(key) = parameters.text("DEVICE_KEY")
        && client.tracks_devices
    {
        call.state.devices.known(key, name)?;
        attempt.device = Some(key.to_owned());
    }
    next_challenge::after_first_factor(call, attempt)
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
    let devices = &call.state.devices;
    devices.allow_refresh(&family, parameters.text("DEVICE_KEY"))?;
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
