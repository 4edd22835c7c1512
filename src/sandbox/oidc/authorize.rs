//! `/oidc/authorize`: who comes chooses a person, and the app gets a code.
//!
//! With `prompt=none` and a `login_hint` that names one of the people there is no page: an app
//! whose person is signed in already is answered at once. Deliberately absent: consent.

use super::{OidcProvider, PEOPLE, client};
use crate::sandbox::error::Refusal;
use crate::sandbox::managed_login::authorization::{Back, MISMATCH};
use crate::sandbox::managed_login::codes::{Grant, is_challenge};
use crate::sandbox::managed_login::pages::{self, Fill, fill, page, stale_form};
use crate::sandbox::managed_login::{Asked, Pairs, browser};
use crate::sandbox::reply::Reply;
use crate::sandbox::world::Call;

const PAGE: &str = include_str!("../../../assets/sandbox/oidc.html");
const PERSON: &str = include_str!("../../../assets/sandbox/oidc-person.html");

/// A request that may be answered with a code.
struct Request {
    back: Back,
    client: &'static str,
    scope: String,
    nonce: Option<String>,
    challenge: String,
}

/// `GET /oidc/authorize`.
pub(super) fn show(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    let request = match Request::read(&call.state.oidc, &asked.query) {
        Ok(request) => request,
        Err(reply) => return Ok(reply),
    };
    if asked.query.text("prompt") == Some("none") {
        return match person(asked.query.text("login_hint")) {
            Some(person) => request.with_code(call, person),
            None => Ok(request.back.error("login_required", "Nobody is signed in")),
        };
    }
    let csrf = browser::csrf(asked)?;
    let button = |person: &&str| fill(PERSON, &[("person", Fill::Text(person))]);
    let main = fill(
        PAGE,
        &[
            ("query", Fill::Text(&asked.raw_query)),
            ("csrf", Fill::Text(&csrf)),
            ("people", Fill::Html(PEOPLE.iter().map(button).collect())),
            ("cancel", Fill::Text(&request.back.cancel_url())),
        ],
    );
    let leads_to = Some(request.back.redirect_uri.as_str());
    let reply = page(200, "Choose who you are", main, leads_to);
    Ok(reply.with("set-cookie", browser::csrf_cookie(&csrf)))
}

/// `POST /oidc/authorize`.
pub(super) fn choose(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    if !browser::sent_by_own_page(asked) {
        return Ok(stale_form());
    }
    let request = match Request::read(&call.state.oidc, &asked.query) {
        Ok(request) => request,
        Err(reply) => return Ok(reply),
    };
    match person(asked.form.text("person")) {
        Some(person) => request.with_code(call, person),
        None => Ok(request.back.error("access_denied", "Nobody was chosen")),
    }
}

impl Request {
    /// Reads and checks the query; the error is the answer.
    fn read(provider: &OidcProvider, query: &Pairs) -> Result<Self, Reply> {
        let redirect_uri = query.or_empty("redirect_uri");
        let client = client(query.or_empty("client_id"))
            .filter(|_| provider.urls.calls_back(redirect_uri))
            .ok_or_else(|| pages::to_error(MISMATCH))?;
        let back = Back {
            redirect_uri: redirect_uri.to_owned(),
            state: query.text("state").map(str::to_owned),
        };
        if query.text("response_type") != Some("code") {
            return Err(back.error("unsupported_response_type", "response_type must be code"));
        }
        let scope = query.or_empty("scope");
        if !scope.split(' ').any(|scope| scope == "openid") {
            return Err(back.error("invalid_scope", "scope must hold openid"));
        }
        let challenge = query.or_empty("code_challenge");
        if query.text("code_challenge_method") != Some("S256") || !is_challenge(challenge) {
            return Err(back.error("invalid_request", "PKCE with S256 is required"));
        }
        Ok(Self {
            back,
            client,
            scope: scope.to_owned(),
            nonce: query.text("nonce").map(str::to_owned),
            challenge: challenge.to_owned(),
        })
    }

    /// Back to the app with a code for `person`.
    fn with_code(self, call: &mut Call<'_>, person: &str) -> Result<Reply, Refusal> {
        let grant = Grant {
            client_id: self.client,
            redirect_uri: self.back.redirect_uri.clone(),
            username: person.to_owned(),
            sub: person.to_owned(),
            scope: self.scope,
            nonce: self.nonce,
            challenge: Some(self.challenge),
        };
        let code = call.state.oidc.codes.hand_out(grant, call.now)?;
        Ok(pages::redirect(self.back.url(&[("code", &code)])))
    }
}

/// One of the provider's people.
fn person(name: Option<&str>) -> Option<&'static str> {
    PEOPLE.into_iter().find(|person| Some(*person) == name)
}
