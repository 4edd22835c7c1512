//! The federation endpoint of the AWS console: a sign-in token for temporary credentials, and a page
//! that stands for the console.
//!
//! Source: the IAM user guide, "Enabling custom identity broker access to the AWS console". The
//! service is not specific about what it refuses; neither is this. Deliberately absent: the console,
//! and what it would let a role do.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::clock::after;
use super::error::Refusal;
use super::fresh;
use super::managed_login::pages::{self, Fill, fill, page};
use super::managed_login::{Asked, route};
use super::reply::Reply;
use super::server::Service;
use super::world::Call;

const CONSOLE: &str = include_str!("../../assets/sandbox/console.html");

/// A sign-in token must be used within that time.
const GOOD_FOR: Duration = Duration::from_mins(15);

/// What `SessionDuration` may be, in seconds.
const SESSION_SECONDS: std::ops::RangeInclusive<u32> = 900..=43_200;

/// The tokens that were handed out: until when, and for whom.
pub(super) type SigninTokens = HashMap<String, (Timestamp, String)>;

pub(super) fn router() -> Router<Arc<Service>> {
    let federation = route(MethodFilter::GET, "federation", answer, pages::refused);
    Router::new().route("/federation", federation)
}

fn answer(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    match asked.query.text("Action") {
        Some("getSigninToken") => signin_token(call, asked),
        Some("login") => login(call, asked),
        _ => Ok(bad_request()),
    }
}

fn signin_token(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    let seconds = asked.query.text("SessionDuration");
    let seconds = seconds.is_none_or(|text| {
        let seconds = text.parse::<u32>();
        seconds.is_ok_and(|seconds| SESSION_SECONDS.contains(&seconds))
    });
    let Some(arn) = caller(call, asked).filter(|_| seconds) else {
        return Ok(bad_request());
    };
    let token = fresh::session()?;
    let until = after(call.now, GOOD_FOR);
    call.state.signin_tokens.insert(token.clone(), (until, arn));
    let body = json!({ "SigninToken": token }).to_string();
    Ok(Reply::web(200, "application/json", body).with("cache-control", "no-store"))
}

/// Whose credentials the session is of, where they are good.
fn caller(call: &Call<'_>, asked: &Asked) -> Option<String> {
    let session: Value = serde_json::from_str(asked.query.text("Session")?).ok()?;
    let text = |name: &str| session.get(name).and_then(Value::as_str);
    let vended = call.state.vended.get(text("sessionId")?)?;
    let is_theirs = text("sessionKey")? == vended.secret_key
        && text("sessionToken")? == vended.session_token
        && call.now < vended.expires;
    is_theirs.then(|| vended.caller_arn())
}

fn login(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    let token = asked.query.or_empty("SigninToken");
    let found = call.state.signin_tokens.get(token);
    let found = found.filter(|(until, _)| call.now < *until);
    let (Some((_, arn)), Some(destination)) = (found, asked.query.text("Destination")) else {
        let message = "The sign-in token is invalid or has expired";
        return Err(Refusal::new(400, "InvalidSigninToken", message));
    };
    let places = [
        ("arn", Fill::Text(arn.as_str())),
        ("destination", Fill::Text(destination)),
    ];
    Ok(page(200, "Console", fill(CONSOLE, &places), None))
}

fn bad_request() -> Reply {
    Reply::web(400, "text/html", "Bad Request".to_owned()).logged_as("BadRequest")
}
