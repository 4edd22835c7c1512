//! The browser's two cookies: who is signed in, and the token that ties a form to its page.
//!
//! Deliberately absent: the `Secure` attribute; the sandbox speaks plain HTTP on a loopback address.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;

use super::asked::Asked;
use crate::sandbox::clock::after;
use crate::sandbox::error::Refusal;
use crate::sandbox::fresh;
use crate::sandbox::users::User;
use crate::sandbox::world::Call;

/// Named as in the service.
const SESSION: &str = "cognito";
const CSRF: &str = "XSRF-TOKEN";
/// Fixed in the service, and not extended by use.
const LIFETIME: Duration = Duration::from_hours(1);

/// Browsers that somebody signed in with.
#[derive(Default)]
pub(super) struct Browsers(HashMap<String, SignedIn>);

struct SignedIn {
    username: String,
    sub: String,
    provider: String,
    since: Timestamp,
}

/// Remembers the sign-in; answers with the cookie.
pub(super) fn remember(
    call: &mut Call<'_>,
    user: &User,
    provider: &str,
) -> Result<String, Refusal> {
    let id = BASE64URL_NOPAD.encode(fresh::bytes::<32>()?.as_slice());
    let signed_in = SignedIn {
        username: user.username.clone(),
        sub: user.sub.clone(),
        provider: provider.to_owned(),
        since: call.now,
    };
    let browsers = &mut call.state.managed_login.browsers.0;
    browsers.insert(id.clone(), signed_in);
    Ok(cookie(SESSION, &id, LIFETIME))
}

/// Who is signed in in this browser, and may still sign in. Where a provider is named, only a user
/// who came from there.
pub(super) fn user(call: &Call<'_>, asked: &Asked, provider: Option<&str>) -> Option<Arc<User>> {
    let browsers = &call.state.managed_login.browsers.0;
    let signed_in = browsers.get(asked.cookie(SESSION)?)?;
    let fits = provider.is_none_or(|provider| provider == signed_in.provider);
    if !fits || call.now >= after(signed_in.since, LIFETIME) {
        return None;
    }
    let user = call.state.directory.get(&signed_in.username)?;
    (user.sub == signed_in.sub && user.may_sign_in().is_ok()).then_some(user)
}

/// Forgets the sign-in; answers with the cookie that removes the cookie.
pub(super) fn forget(call: &mut Call<'_>, asked: &Asked) -> String {
    if let Some(id) = asked.cookie(SESSION) {
        call.state.managed_login.browsers.0.remove(id);
    }
    cookie(SESSION, "", Duration::ZERO)
}

/// The token for the forms of this browser, kept while there is one so that two tabs both work.
pub(in crate::sandbox) fn csrf(asked: &Asked) -> Result<String, Refusal> {
    match asked.cookie(CSRF).filter(|token| is_token(token)) {
        Some(token) => Ok(token.to_owned()),
        None => Ok(BASE64URL_NOPAD.encode(fresh::bytes::<32>()?.as_slice())),
    }
}

pub(in crate::sandbox) fn csrf_cookie(token: &str) -> String {
    cookie(CSRF, token, LIFETIME)
}

/// Whether a form was sent from a page of this browser.
pub(in crate::sandbox) fn sent_by_own_page(asked: &Asked) -> bool {
    let token = asked.cookie(CSRF).filter(|token| is_token(token));
    token.is_some() && token == asked.form.text("_csrf")
}

fn is_token(text: &str) -> bool {
    BASE64URL_NOPAD
        .decode(text.as_bytes())
        .is_ok_and(|bytes| bytes.len() == 32)
}

fn cookie(name: &str, value: &str, lifetime: Duration) -> String {
    let seconds = lifetime.as_secs();
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax")
}
