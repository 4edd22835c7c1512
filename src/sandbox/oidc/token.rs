//! `POST /oidc/token`: tokens for a code, or for a refresh token.
//!
//! Every sign-in gets a refresh token, which stays the same. Deliberately absent: rotation, and an
//! API that the access token opens.

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::client;
use crate::sandbox::clock::after;
use crate::sandbox::error::Refusal;
use crate::sandbox::fresh;
use crate::sandbox::managed_login::Asked;
use crate::sandbox::managed_login::client_auth::{OauthError, answer, named};
use crate::sandbox::providers::{self, OIDC_SECRET, OIDC_SECRET_CLIENT};
use crate::sandbox::reply::Reply;
use crate::sandbox::world::Call;

/// Who signed in, where, and when: what a refresh token stands for.
#[derive(Clone)]
pub(super) struct SignIn {
    client: &'static str,
    person: String,
    scope: String,
    since: Timestamp,
}

#[allow(clippy::unnecessary_wraps, reason = "the same shape as every route")]
pub(super) fn token(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    let tokens = grant(call, asked);
    Ok(tokens.map_or_else(|error| error.reply(400), |tokens| answer(200, &tokens)))
}

fn grant(call: &mut Call<'_>, asked: &Asked) -> Result<Value, OauthError> {
    let grant_type = asked.form.text("grant_type");
    let grant_type = grant_type.ok_or(OauthError::InvalidRequest)?;
    let client = authenticated(asked)?;
    match grant_type {
        "authorization_code" => for_code(call, client, asked),
        "refresh_token" => for_refresh_token(call, client, asked),
        _ => Err(OauthError::UnsupportedGrantType),
    }
}

/// The client that asks; the one with a secret has to show it.
fn authenticated(asked: &Asked) -> Result<&'static str, OauthError> {
    let (id, secret) = named(asked)?;
    let client = client(&id).ok_or(OauthError::InvalidClient)?;
    let expected = (client == OIDC_SECRET_CLIENT).then_some(OIDC_SECRET);
    if secret.as_deref() != expected {
        return Err(OauthError::InvalidClient);
    }
    Ok(client)
}

fn for_code(call: &mut Call<'_>, client: &'static str, asked: &Asked) -> Result<Value, OauthError> {
    let form = &asked.form;
    let code = form.text("code").ok_or(OauthError::InvalidRequest)?;
    let codes = &mut call.state.oidc.codes;
    let grant = codes
        .take(code, call.now)
        .filter(|grant| grant.client_id == client)
        .filter(|grant| form.text("redirect_uri") == Some(&grant.redirect_uri))
        .filter(|grant| grant.is_verified_by(form.text("code_verifier")))
        .ok_or(OauthError::InvalidGrant)?;
    let sign_in = SignIn {
        client,
        person: grant.username,
        scope: grant.scope,
        since: call.now,
    };
    let refresh_token = opaque().map_err(OauthError::Failed)?;
    let sign_ins = &mut call.state.oidc.sign_ins;
    sign_ins.insert(refresh_token.clone(), sign_in.clone());
    let mut tokens = tokens(call, &sign_in, grant.nonce.as_deref()).map_err(OauthError::Failed)?;
    if let Some(tokens) = tokens.as_object_mut() {
        tokens.insert("refresh_token".into(), refresh_token.into());
    }
    Ok(tokens)
}

fn for_refresh_token(
    call: &mut Call<'_>,
    client: &'static str,
    asked: &Asked,
) -> Result<Value, OauthError> {
    let token = asked.form.text("refresh_token");
    let token = token.ok_or(OauthError::InvalidRequest)?;
    let lifetime = call.state.lifetimes.refresh_token;
    let sign_in = call.state.oidc.sign_ins.get(token).cloned();
    let sign_in = sign_in
        .filter(|sign_in| sign_in.client == client)
        .filter(|sign_in| call.now < after(sign_in.since, lifetime))
        .ok_or(OauthError::InvalidGrant)?;
    tokens(call, &sign_in, None).map_err(OauthError::Failed)
}

/// The answer, without a refresh token.
fn tokens(call: &Call<'_>, sign_in: &SignIn, nonce: Option<&str>) -> Result<Value, Refusal> {
    let lifetime = call.state.lifetimes.id_token;
    let mut claims = providers::claims(&sign_in.person);
    claims.insert("auth_time".into(), sign_in.since.as_second().into());
    if let Some(nonce) = nonce {
        claims.insert("nonce".into(), nonce.into());
    }
    let issuer = call.state.oidc.issuer();
    let expires = after(call.now, lifetime);
    let id_token = providers::id_token(call, &issuer, sign_in.client, claims, expires)?;
    Ok(json!({
        "id_token": id_token,
        "access_token": opaque()?,
        "token_type": "Bearer",
        "expires_in": lifetime.as_secs(),
        "scope": sign_in.scope,
    }))
}

fn opaque() -> Result<String, Refusal> {
    Ok(BASE64URL_NOPAD.encode(fresh::bytes::<48>()?.as_slice()))
}
