//! What an access token allows: `GetUser` and `GlobalSignOut`.
//!
//! A password is changed in `password_change`. Deliberately absent: changing attributes and MFA preferences.

use std::sync::Arc;

use serde_json::{Value, json};

use super::error::{Answer, Refusal};
use super::input::Input;
use super::issue::{USER_SCOPE, issuer};
use super::users::User;
use super::world::Call;

/// `GetUser`.
pub(super) fn get_user(call: &mut Call<'_>, input: &Input) -> Answer {
    let user = bearer(call, input.required("AccessToken")?)?;
    let mut answer = json!({
        "Username": user.username,
        "UserAttributes": [
            { "Name": "email", "Value": user.email },
            { "Name": "email_verified", "Value": "true" },
            { "Name": "sub", "Value": user.sub },
        ],
    });
    if user.totp_secret.is_some()
        && let Some(answer) = answer.as_object_mut()
    {
        answer.insert("PreferredMfaSetting".into(), "SOFTWARE_TOKEN_MFA".into());
        answer.insert("UserMFASettingList".into(), json!(["SOFTWARE_TOKEN_MFA"]));
    }
    Ok(answer)
}

/// `GlobalSignOut`: ends every sign-in of the user. ID tokens already handed out stay good at the
/// identity pool, as in the service.
pub(super) fn global_sign_out(call: &mut Call<'_>, input: &Input) -> Answer {
    let user = bearer(call, input.required("AccessToken")?)?;
    call.state.grants.revoke_user(&user.username);
    Ok(json!({}))
}

/// The user an access token speaks for.
pub(super) fn bearer(call: &Call<'_>, token: &str) -> Result<Arc<User>, Refusal> {
    let invalid = || Refusal::not_authorized("Invalid Access Token");
    let claims = call.signer.verify(token).map_err(|_| invalid())?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    if text("token_use") != "access" || text("iss") != issuer() {
        return Err(invalid());
    }
    let expires = claims
        .get("exp")
        .and_then(Value::as_i64)
        .ok_or_else(invalid)?;
    if call.now.as_second() >= expires {
        return Err(Refusal::not_authorized("Access Token has expired"));
    }
    if call.state.grants.is_revoked(text("origin_jti")) {
        return Err(Refusal::not_authorized("Access Token has been revoked"));
    }
    if !text("scope").split(' ').any(|scope| scope == USER_SCOPE) {
        return Err(Refusal::not_authorized(
            "Access Token does not have required scopes",
        ));
    }
    let user = call
        .state
        .directory
        .get(text("username"))
        .filter(|user| user.sub == text("sub"));
    let user =
        user.ok_or_else(|| Refusal::new(400, "UserNotFoundException", "User does not exist."))?;
    user.may_sign_in()?;
    Ok(user)
}
