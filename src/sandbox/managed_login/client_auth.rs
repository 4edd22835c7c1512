//! How an app says which client it is, and what the OAuth endpoints refuse.
//!
//! Deliberately absent: assertions (`private_key_jwt`), which the service does not take either.

use std::sync::Arc;

use data_encoding::BASE64;
use serde_json::{Value, json};

use super::asked::Asked;
use crate::sandbox::clients::Client;
use crate::sandbox::error::Refusal;
use crate::sandbox::reply::Reply;
use crate::sandbox::world::State;

const JSON: &str = "application/json;charset=UTF-8";

/// An error of RFC 6749, section 5.2, or RFC 7009.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sandbox) enum OauthError {
    /// A parameter is missing.
    InvalidRequest,
    /// Nobody knows the client, or its secret is wrong or missing.
    InvalidClient,
    /// Code or refresh token are used, unknown, expired, revoked, or somebody else's.
    InvalidGrant,
    /// No client of the sandbox may do this.
    UnauthorizedClient,
    /// There is no such grant.
    UnsupportedGrantType,
    /// Only refresh tokens can be revoked.
    UnsupportedTokenType,
    /// The sandbox itself failed.
    Failed(Refusal),
}

impl OauthError {
    /// The answer: 400, unless the caller knows better.
    pub(in crate::sandbox) fn reply(&self, status: u16) -> Reply {
        let error = match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedTokenType => "unsupported_token_type",
            Self::Failed(refusal) => return refused(refusal),
        };
        answer(status, &json!({ "error": error })).logged_as(error)
    }
}

/// JSON that nobody may keep.
pub(in crate::sandbox) fn answer(status: u16, body: &Value) -> Reply {
    Reply::web(status, JSON, body.to_string())
        .with("cache-control", "no-store")
        .with("pragma", "no-cache")
}

/// A refusal where an app waits.
pub(in crate::sandbox) fn refused(refusal: &Refusal) -> Reply {
    Reply::document(Err(refusal.clone()))
}

/// The client that asks.
pub(super) fn client(state: &State, asked: &Asked) -> Result<Arc<Client>, OauthError> {
    let (id, secret) = named(asked)?;
    let client = state.client(&id).map_err(|_| OauthError::InvalidClient)?;
    client
        .check_secret(secret.as_deref())
        .map_err(|_| OauthError::InvalidClient)?;
    Ok(client)
}

/// Client ID and secret: by HTTP Basic, or by `client_id` and `client_secret` in the form.
pub(in crate::sandbox) fn named(asked: &Asked) -> Result<(String, Option<String>), OauthError> {
    let form = &asked.form;
    let (id, secret) = match basic(asked)? {
        Some((id, secret)) => (id, Some(secret)),
        None => (
            form.text("client_id")
                .ok_or(OauthError::InvalidRequest)?
                .to_owned(),
            form.text("client_secret").map(str::to_owned),
        ),
    };
    // Two names for one client are a mistake of the app.
    if form.text("client_id").is_some_and(|named| named != id) {
        return Err(OauthError::InvalidClient);
    }
    Ok((id, secret))
}

/// User and password of `Authorization: Basic`; without that header nothing.
fn basic(asked: &Asked) -> Result<Option<(String, String)>, OauthError> {
    let Some(header) = &asked.authorization else {
        return Ok(None);
    };
    let text = header
        .strip_prefix("Basic ")
        .and_then(|encoded| BASE64.decode(encoded.trim().as_bytes()).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or(OauthError::InvalidClient)?;
    let (id, secret) = text.split_once(':').ok_or(OauthError::InvalidClient)?;
    Ok(Some((id.to_owned(), secret.to_owned())))
}
