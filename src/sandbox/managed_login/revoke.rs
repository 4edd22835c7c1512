//! `POST /oauth2/revoke`: ends the family of a refresh token (RFC 7009).
//!
//! Deliberately absent: revoking access tokens by themselves; they end with their family.

use super::asked::Asked;
use super::client_auth::{OauthError, client};
use crate::sandbox::error::Refusal;
use crate::sandbox::reply::Reply;
use crate::sandbox::world::Call;

#[allow(clippy::unnecessary_wraps, reason = "the same shape as every route")]
pub(super) fn revoke(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    Ok(match end(call, asked) {
        Ok(()) => Reply::web(200, "text/plain", String::new()).with("cache-control", "no-store"),
        Err(error @ OauthError::InvalidClient) => error.reply(401),
        Err(error) => error.reply(400),
    })
}

/// A token nobody knows is revoked already.
fn end(call: &mut Call<'_>, asked: &Asked) -> Result<(), OauthError> {
    let token = asked.form.text("token").ok_or(OauthError::InvalidRequest)?;
    let client = client(call.state, asked)?;
    if call.signer.verify(token).is_ok() {
        return Err(OauthError::UnsupportedTokenType);
    }
    let grants = &mut call.state.grants;
    let Some(family) = grants.family_of(token).cloned() else {
        return Ok(());
    };
    if family.client_id != client.id {
        return Err(OauthError::InvalidRequest);
    }
    grants.revoke_family(&family.id);
    Ok(())
}
