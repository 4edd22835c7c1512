//! `/login` and `/mfa`: user name and password, then the code of a second factor.
//!
//! Deliberately absent: a new password, setting a factor up, "forgot your password?". Who has that
//! to do first is told so.

use std::sync::Arc;

use super::asked::Asked;
use super::authorization::Authorization;
use super::pages::{Fill, alert, fill, page, stale_form};
use super::{browser, provider, second_factor};
use crate::sandbox::error::Refusal;
use crate::sandbox::password;
use crate::sandbox::reply::Reply;
use crate::sandbox::users::{Mfa, Status, User};
use crate::sandbox::world::Call;

const LOGIN: &str = include_str!("../../../assets/sandbox/login.html");
const CODE: &str = include_str!("../../../assets/sandbox/code.html");

/// `GET /login`.
pub(super) fn show(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    match Authorization::read(call.state, &asked.query) {
        Ok(authorization) => login_page(asked, &authorization, None),
        Err(reply) => Ok(reply),
    }
}

/// `POST /login`.
pub(super) fn sign_in(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    let authorization = match authorization(call, asked) {
        Ok(authorization) => authorization,
        Err(reply) => return Ok(reply),
    };
    let (username, password) = (
        asked.form.or_empty("username"),
        asked.form.or_empty("password"),
    );
    let user = match check_password(call, username, password) {
        Ok(user) => user,
        Err(refusal) => return login_page(asked, &authorization, Some(&refusal)),
    };
    match second_factor::of(&user) {
        None => signed_in(call, authorization, &user),
        Some(factor) => {
            let session = second_factor::ask(call, &user, factor)?;
            code_page(asked, &authorization, &user, &session, None)
        }
    }
}

/// `POST /mfa`.
pub(super) fn verify(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    let authorization = match authorization(call, asked) {
        Ok(authorization) => authorization,
        Err(reply) => return Ok(reply),
    };
    let session = asked.form.or_empty("session");
    let username = second_factor::waiting(call, session);
    let user = username.and_then(|username| call.state.directory.get(&username));
    let Some(user) = user.filter(|user| user.may_sign_in().is_ok()) else {
        let late = Refusal::not_authorized("Invalid session for the user, session is expired.");
        return login_page(asked, &authorization, Some(&late));
    };
    match second_factor::accept(call, session, &user, asked.form.or_empty("code").trim()) {
        Ok(()) => signed_in(call, authorization, &user),
        Err(refusal) => code_page(asked, &authorization, &user, session, Some(&refusal)),
    }
}

/// What a form belongs to; the error is the answer.
fn authorization(call: &Call<'_>, asked: &Asked) -> Result<Authorization, Reply> {
    if browser::sent_by_own_page(asked) {
        Authorization::read(call.state, &asked.query)
    } else {
        Err(stale_form())
    }
}

fn signed_in(
    call: &mut Call<'_>,
    authorization: Authorization,
    user: &User,
) -> Result<Reply, Refusal> {
    let cookie = browser::remember(call, user, provider::OWN)?;
    let reply = authorization.with_code(call, user)?;
    Ok(reply.with("set-cookie", cookie))
}

fn check_password(call: &mut Call<'_>, typed: &str, password: &str) -> Result<Arc<User>, Refusal> {
    let user = call.state.directory.typed(typed)?;
    let name = user.as_ref().map_or(typed, |user| user.username.as_str());
    password::check(call, name, user.as_deref(), password)?;
    let user = user.ok_or_else(Refusal::wrong_password)?;
    can_finish_here(&user)?;
    Ok(user)
}

fn can_finish_here(user: &User) -> Result<(), Refusal> {
    let has_more_to_do = user.status == Status::MustChangePassword
        || (second_factor::of(user).is_none() && !user.must_set_up.is_empty());
    if has_more_to_do {
        return Err(Refusal::invalid_parameter(
            "This account has something to set up first, which these pages cannot do.",
        ));
    }
    Ok(())
}

fn login_page(
    asked: &Asked,
    authorization: &Authorization,
    refusal: Option<&Refusal>,
) -> Result<Reply, Refusal> {
    let csrf = browser::csrf(asked)?;
    let query = &asked.query;
    let typed = asked.form.text("username");
    let typed = typed.or_else(|| query.text("login_hint"));
    // Who asked for the user pool's own users is shown nothing else.
    let providers = if query.text("identity_provider") == Some(provider::OWN) {
        String::new()
    } else {
        provider::links(&asked.raw_query)
    };
    let main = fill(
        LOGIN,
        &[
            ("query", Fill::Text(&asked.raw_query)),
            ("csrf", Fill::Text(&csrf)),
            ("username", Fill::Text(typed.unwrap_or_default())),
            ("alert", alert(refusal.map(|refusal| &*refusal.message))),
            ("providers", Fill::Html(providers)),
            ("cancel", Fill::Text(&authorization.back.cancel_url())),
        ],
    );
    Ok(form_page("Sign in", main, authorization, &csrf, refusal))
}

fn code_page(
    asked: &Asked,
    authorization: &Authorization,
    user: &User,
    session: &str,
    refusal: Option<&Refusal>,
) -> Result<Reply, Refusal> {
    let csrf = browser::csrf(asked)?;
    let lead = match second_factor::of(user) {
        Some(Mfa::Sms) => "The code that was sent to your phone.",
        Some(Mfa::Email) => "The code that was sent to your email address.",
        _ => "The six digits that your authenticator app shows.",
    };
    let main = fill(
        CODE,
        &[
            ("lead", Fill::Text(lead)),
            ("query", Fill::Text(&asked.raw_query)),
            ("csrf", Fill::Text(&csrf)),
            ("session", Fill::Text(session)),
            ("alert", alert(refusal.map(|refusal| &*refusal.message))),
            ("cancel", Fill::Text(&authorization.back.cancel_url())),
        ],
    );
    let title = "Enter your code";
    Ok(form_page(title, main, authorization, &csrf, refusal))
}

fn form_page(
    title: &str,
    main: String,
    authorization: &Authorization,
    csrf: &str,
    refusal: Option<&Refusal>,
) -> Reply {
    let leads_to = Some(authorization.back.redirect_uri.as_str());
    let reply = page(200, title, main, leads_to);
    let reply = reply.with("set-cookie", browser::csrf_cookie(csrf));
    match refusal {
        Some(refusal) => reply.logged_as(refusal.code),
        None => reply,
    }
}
