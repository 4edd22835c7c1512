//! `GET /oauth2/authorize`: to the right page, or straight back for who is signed in already.
//!
//! Deliberately absent: a page of its own, and the choice between signed-in accounts.

use super::asked::Asked;
use super::authorization::Authorization;
use super::{browser, pages, provider};
use crate::sandbox::error::Refusal;
use crate::sandbox::reply::Reply;
use crate::sandbox::world::Call;

pub(super) fn authorize(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    let query = &asked.query;
    let authorization = match Authorization::read(call.state, query) {
        Ok(authorization) => authorization,
        Err(reply) => return Ok(reply),
    };
    let named = query
        .text("identity_provider")
        .or_else(|| query.text("idp_identifier"));
    let page = match named {
        None | Some(provider::OWN) => "login",
        Some(name) if provider::find(name).is_some() => "idp",
        Some(_) => {
            let description = "Identity provider does not exist";
            return Ok(authorization.back.error("invalid_request", description));
        }
    };
    let prompt = query.or_empty("prompt");
    if prompt != "login"
        && let Some(user) = browser::user(call, asked, named)
    {
        return authorization.with_code(call, &user);
    }
    if prompt == "none" {
        let description = "Nobody is signed in";
        return Ok(authorization.back.error("login_required", description));
    }
    Ok(pages::redirect(format!("/{page}?{}", asked.raw_query)))
}
