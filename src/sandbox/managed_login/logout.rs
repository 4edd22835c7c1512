//! `GET /logout`: ends the browser's sign-in, then to a registered page or back to the login page.
//!
//! Deliberately absent: ending tokens. The service leaves them as they are here, too.

use super::asked::Asked;
use super::authorization::{Authorization, MISMATCH};
use super::browser;
use super::pages::{redirect, to_error};
use crate::sandbox::error::Refusal;
use crate::sandbox::reply::Reply;
use crate::sandbox::world::Call;

#[allow(clippy::unnecessary_wraps, reason = "the same shape as every route")]
pub(super) fn logout(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    let query = &asked.query;
    let location = match query.text("logout_uri") {
        Some(url) => {
            let client = call.state.client(query.or_empty("client_id")).ok();
            if !client.is_some_and(|client| client.urls.logs_out(url)) {
                return Ok(to_error(MISMATCH));
            }
            url.to_owned()
        }
        None => match Authorization::read(call.state, query) {
            Ok(_) => format!("/login?{}", asked.raw_query),
            Err(reply) => return Ok(reply),
        },
    };
    let cookie = browser::forget(call, asked);
    Ok(redirect(location).with("set-cookie", cookie))
}
