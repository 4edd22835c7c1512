//! Managed login (the hosted UI): pages a browser signs in on, and OAuth 2.0 for the app behind it.
//!
//! | file | holds |
//! |---|---|
//! | `asked` | a request: query, form, cookies |
//! | `authorization` | what an app asked for: checked, sent back with an error, answered with a code |
//! | `authorize`, `login`, `provider`, `logout` | the pages' routes |
//! | `second_factor`, `browser`, `codes` | one-time codes, cookies, authorization codes |
//! | `token`, `client_auth`, `revoke`, `user_info` | the app's routes |
//! | `scopes`, `urls`, `pages` | scopes and their claims, registered URLs, HTML |
//!
//! The OpenID Connect provider (`oidc`) uses the same pages, codes and forms of requests.
//!
//! What was asked for travels in the query from page to page and is checked again on each, so that a
//! page can be opened, reloaded and left like any other. Deliberately absent: JavaScript, the
//! implicit and client credentials grants, custom scopes, sign-up, and what a user may have to set
//! up first (new password, authenticator app): the page says so.

mod asked;
pub(super) mod authorization;
mod authorize;
pub(super) mod browser;
pub(super) mod client_auth;
pub(super) mod codes;
mod login;
mod logout;
pub(super) mod pages;
mod provider;
mod revoke;
pub(super) mod scopes;
mod second_factor;
mod token;
mod urls;
mod user_info;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Uri};
use axum::routing::{MethodFilter, MethodRouter, on};

pub(super) use asked::{Asked, Pairs};
pub(super) use urls::Urls;

use super::connection::Cut;
use super::error::Refusal;
use super::reply::Reply;
use super::server::Service;
use super::world::Call;

/// What managed login remembers.
#[derive(Default)]
pub(super) struct ManagedLogin {
    browsers: browser::Browsers,
    codes: codes::Codes,
    second_factors: second_factor::Pending,
}

type Handler = fn(&mut Call<'_>, &Asked) -> Result<Reply, Refusal>;

/// The routes; each is counted, and takes faults, under its path without the first slash.
pub(super) fn router() -> Router<Arc<Service>> {
    let page = |name, handler| route(MethodFilter::GET, name, handler, pages::refused);
    let form = |name, handler| route(MethodFilter::POST, name, handler, pages::refused);
    let app = |method, name, handler| route(method, name, handler, client_auth::refused);
    let login = page("login", login::show).merge(form("login", login::sign_in));
    let provider = page("idp", provider::show).merge(form("idp", provider::sign_in));
    let authorize = page("oauth2/authorize", authorize::authorize);
    let either = MethodFilter::GET.or(MethodFilter::POST);
    let (token, revoke, user_info) = (token::token, revoke::revoke, user_info::user_info);
    Router::new()
        .route("/oauth2/authorize", authorize)
        .route("/login", login)
        .route("/mfa", form("mfa", login::verify))
        .route("/idp", provider)
        .route("/logout", page("logout", logout::logout))
        .route("/error", page("error", pages::error))
        .route(
            "/oauth2/token",
            app(MethodFilter::POST, "oauth2/token", token),
        )
        .route(
            "/oauth2/revoke",
            app(MethodFilter::POST, "oauth2/revoke", revoke),
        )
        .route(
            "/oauth2/userInfo",
            app(either, "oauth2/userInfo", user_info),
        )
}

/// One method of a route: `handler` runs alone with the state, `refused` words its failure.
pub(super) fn route(
    method: MethodFilter,
    name: &'static str,
    handler: Handler,
    refused: fn(&Refusal) -> Reply,
) -> MethodRouter<Arc<Service>> {
    let serve = move |State(service): State<Arc<Service>>,
                      ConnectInfo(cut): ConnectInfo<Cut>,
                      uri: Uri,
                      headers: HeaderMap,
                      body: Bytes| async move {
        let asked = Asked::read(&uri, &headers, &body);
        let answer = |_: &str, fault: Option<Refusal>| {
            let answer = match fault {
                Some(refusal) => Err(refusal),
                None => service.world.call(|call| handler(call, &asked)),
            };
            answer.unwrap_or_else(|refusal| refused(&refusal))
        };
        service.deliver(name, &cut, answer).await
    };
    on(method, serve)
}
