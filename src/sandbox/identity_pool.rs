//! Identity pool operations: `GetId` and `GetCredentialsForIdentity`, the enhanced flow.
//!
//! Guests are off, which is the default of a new pool. Deliberately absent: the basic flow.

use serde_json::json;

use super::clock::after;
use super::error::{Answer, Refusal};
use super::input::Input;
use super::logins;
use super::vended::Vended;
use super::world::{Call, IDENTITY_POOL_ID};

/// `GetId`.
pub(super) fn get_id(call: &mut Call<'_>, input: &Input) -> Answer {
    let pool = input.required("IdentityPoolId")?;
    if pool != IDENTITY_POOL_ID {
        return Err(Refusal::not_found(format!(
            "IdentityPool '{pool}' not found."
        )));
    }
    let Some(map) = input.map("Logins") else {
        return Err(Refusal::not_authorized(
            "Unauthenticated access is not supported for this identity pool.",
        ));
    };
    let login = logins::verify(call, map)?;
    Ok(json!({ "IdentityId": call.state.identities.of_login(&login.sub)? }))
}

/// `GetCredentialsForIdentity`.
pub(super) fn get_credentials_for_identity(call: &mut Call<'_>, input: &Input) -> Answer {
    let id = input.required("IdentityId")?;
    if !call.state.identities.has(id) {
        return Err(Refusal::not_found(format!("Identity '{id}' not found.")));
    }
    let Some(map) = input.map("Logins") else {
        return Err(Refusal::not_authorized(format!(
            "Access to Identity '{id}' is forbidden."
        )));
    };
    let login = logins::verify(call, map)?;
    if !call.state.identities.is_of_login(id, &login.sub) {
        return Err(Refusal::not_authorized(
            "Logins don't match. Please include at least one valid login for this identity or \
             identity pool.",
        ));
    }
    let role = login.role(input.text("CustomRoleArn"))?;
    let vended = Vended::new(role, after(call.now, call.state.lifetimes.credentials))?;
    let answer = json!({
        "IdentityId": id,
        "Credentials": {
            "AccessKeyId": vended.access_key_id,
            "SecretKey": vended.secret_key,
            "SessionToken": vended.session_token,
            "Expiration": vended.expires.as_second(),
        },
    });
    // Expired ones are kept: STS says "expired" for them and "invalid" for unknown ones.
    call.state
        .vended
        .insert(vended.access_key_id.clone(), vended);
    Ok(answer)
}
