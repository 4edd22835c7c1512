//! `GET /oauth2/userInfo`: the attributes of the user an access token speaks for.
//!
//! Values are texts, `email_verified` too, as in the service. Deliberately absent: attributes that
//! an ID token of the same scopes would not have.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::asked::Asked;
use super::client_auth::answer;
use super::scopes;
use crate::sandbox::error::Refusal;
use crate::sandbox::issue::issuer;
use crate::sandbox::reply::Reply;
use crate::sandbox::users::User;
use crate::sandbox::world::Call;

const ENDED: &str =
    "Access token is expired, disabled, or deleted, or the user has globally signed out.";
const NO_OPENID: &str = "Access token does not contain openid scope";

#[allow(clippy::unnecessary_wraps, reason = "the same shape as every route")]
pub(super) fn user_info(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    Ok(match bearer(call, asked) {
        Ok((user, scope)) => answer(200, &attributes(&user, &scope)),
        Err(description) => {
            let error = "invalid_token";
            let body = json!({ "error": error, "error_description": description });
            let header = format!("error=\"{error}\", error_description=\"{description}\"");
            let reply = answer(401, &body).with("www-authenticate", header);
            reply.logged_as(error)
        }
    })
}

/// The user and the scopes of the token; the error is what the service says.
fn bearer(call: &Call<'_>, asked: &Asked) -> Result<(Arc<User>, String), &'static str> {
    let header = asked.authorization.as_deref().unwrap_or_default();
    let token = header.strip_prefix("Bearer ").ok_or(ENDED)?;
    let claims = call.signer.verify(token).map_err(|_| ENDED)?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    let expires = claims.get("exp").and_then(Value::as_i64);
    let is_good = text("token_use") == "access"
        && text("iss") == issuer()
        && expires.is_some_and(|expires| call.now.as_second() < expires)
        && !call.state.grants.is_revoked(text("origin_jti"));
    if !is_good {
        return Err(ENDED);
    }
    if !scopes::has(text("scope"), scopes::OPENID) {
        return Err(NO_OPENID);
    }
    let user = call.state.directory.get(text("username"));
    let user = user.filter(|user| user.sub == text("sub") && user.may_sign_in().is_ok());
    Ok((user.ok_or(ENDED)?, text("scope").to_owned()))
}

fn attributes(user: &User, scope: &str) -> Value {
    let mut claims = Map::new();
    let mut put = |name: &str, value: &str| claims.insert(name.to_owned(), value.into());
    put("sub", &user.sub);
    put("username", &user.username);
    put("email", &user.email);
    put("email_verified", "true");
    if let Some(phone) = &user.phone {
        put("phone_number", phone);
        put("phone_number_verified", "true");
    }
    for (name, value) in &user.attributes {
        put(name, value);
    }
    scopes::limit(&mut claims, scope);
    Value::Object(claims)
}
