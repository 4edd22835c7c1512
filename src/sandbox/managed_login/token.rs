//! `POST /oauth2/token`: tokens for a code, or for a refresh token.
//!
//! A code's sign-in is a family like every other: its refresh token works with
//! `GetTokensFromRefreshToken`, and the other way round. Deliberately absent: client credentials,
//! for which no client of the sandbox is registered.

use aws_lc_rs::digest;
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value, json};

use super::asked::Asked;
use super::client_auth::{OauthError, answer, client};
use super::scopes;
use crate::sandbox::clients::Client;
use crate::sandbox::error::Refusal;
use crate::sandbox::grants::Family;
use crate::sandbox::issue::{access_claims, id_claims};
use crate::sandbox::reply::Reply;
use crate::sandbox::user_pool::grant_holder;
use crate::sandbox::users::User;
use crate::sandbox::world::Call;

#[allow(clippy::unnecessary_wraps, reason = "the same shape as every route")]
pub(super) fn token(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    let tokens = grant(call, asked);
    Ok(tokens.map_or_else(|error| error.reply(400), |tokens| answer(200, &tokens)))
}

fn grant(call: &mut Call<'_>, asked: &Asked) -> Result<Value, OauthError> {
    let grant_type = asked.form.text("grant_type");
    let grant_type = grant_type.ok_or(OauthError::InvalidRequest)?;
    let client = client(call.state, asked)?;
    match grant_type {
        "authorization_code" => for_code(call, &client, asked),
        "refresh_token" => for_refresh_token(call, &client, asked),
        "client_credentials" => Err(OauthError::UnauthorizedClient),
        _ => Err(OauthError::UnsupportedGrantType),
    }
}

fn for_code(call: &mut Call<'_>, client: &Client, asked: &Asked) -> Result<Value, OauthError> {
    let form = &asked.form;
    let code = form.text("code").ok_or(OauthError::InvalidRequest)?;
    let redirect_uri = form.text("redirect_uri");
    let redirect_uri = redirect_uri.ok_or(OauthError::InvalidRequest)?;
    let codes = &mut call.state.managed_login.codes;
    let grant = codes
        .take(code, call.now)
        .filter(|grant| grant.client_id == client.id)
        .filter(|grant| grant.redirect_uri == redirect_uri)
        .filter(|grant| grant.is_verified_by(form.text("code_verifier")))
        .ok_or(OauthError::InvalidGrant)?;
    let user = grant_holder(call, &grant.username, &grant.sub);
    let user = user.map_err(|_| OauthError::InvalidGrant)?;
    let grants = &mut call.state.grants;
    let (mut family, refresh_token) = grants
        .open(&user.username, &user.sub, client.id, call.now)
        .map_err(OauthError::Failed)?;
    grants.grant_scope(&mut family, &grant.scope);
    let nonce = grant.nonce.as_deref();
    tokens(call, &user, &family, nonce, Some(refresh_token)).map_err(OauthError::Failed)
}

fn for_refresh_token(
    call: &mut Call<'_>,
    client: &Client,
    asked: &Asked,
) -> Result<Value, OauthError> {
    let token = asked.form.text("refresh_token");
    let token = token.ok_or(OauthError::InvalidRequest)?;
    let lifetime = call.state.lifetimes.refresh_token;
    let grants = &mut call.state.grants;
    let refused = |_| OauthError::InvalidGrant;
    let family = grants
        .use_token(token, client.id, call.now, lifetime)
        .map_err(refused)?;
    let user = grant_holder(call, &family.username, &family.sub).map_err(refused)?;
    let rotated = match client.rotation {
        Some(grace) => {
            let rotated = call.state.grants.rotate(token, call.now, grace);
            Some(rotated.map_err(refused)?)
        }
        None => None,
    };
    tokens(call, &user, &family, None, rotated).map_err(OauthError::Failed)
}

/// The answer. Without the scope `openid` there is no ID token.
fn tokens(
    call: &Call<'_>,
    user: &User,
    family: &Family,
    nonce: Option<&str>,
    refresh_token: Option<String>,
) -> Result<Value, Refusal> {
    let lifetimes = &call.state.lifetimes;
    let access = access_claims(user, family, call.now, lifetimes.access_token)?;
    let access = call.signer.sign(&access)?;
    let mut answer = Map::new();
    if scopes::has(&family.scope, scopes::OPENID) {
        let mut claims = id_claims(user, family, call.now, lifetimes.id_token)?;
        if let Some(claims) = claims.as_object_mut() {
            claims.insert("at_hash".into(), at_hash(&access).into());
            if let Some(nonce) = nonce {
                claims.insert("nonce".into(), nonce.into());
            }
        }
        answer.insert("id_token".into(), call.signer.sign(&claims)?.into());
    }
    answer.insert("access_token".into(), access.into());
    if let Some(token) = refresh_token {
        answer.insert("refresh_token".into(), token.into());
    }
    let expires_in = lifetimes.access_token.as_secs();
    answer.insert("expires_in".into(), json!(expires_in));
    answer.insert("token_type".into(), "Bearer".into());
    Ok(Value::Object(answer))
}

/// The left half of the access token's SHA-256 (OpenID Connect Core 1.0, section 3.1.3.6).
fn at_hash(access_token: &str) -> String {
    let hash = digest::digest(&digest::SHA256, access_token.as_bytes());
    BASE64URL_NOPAD.encode(hash.as_ref().get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::at_hash;

    /// The example of OpenID Connect Core 1.0, appendix A.3.
    #[test]
    fn at_hash_agrees_with_the_standard() {
        assert_eq!(
            at_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"),
            "77QmUPtjPfzWtF2AnpK9RQ"
        );
    }
}
