//! An OpenID Connect provider of its own, for identity pools that take one.
//!
//! Its issuer is `http://127.0.0.1:PORT/oidc`: discovery, keys, `authorize`, `token`. Apps must use
//! PKCE. Deliberately absent: passwords (who comes chooses one of its people), `userinfo`, logout,
//! and a browser that stays signed in.

mod authorize;
mod token;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::routing::MethodFilter;
use serde_json::json;

use super::error::Refusal;
use super::managed_login::codes::Codes;
use super::managed_login::{Asked, Urls, client_auth, pages, route};
use super::providers::{OIDC_CLIENT, OIDC_SECRET_CLIENT};
use super::reply::Reply;
use super::server::Service;
use super::world::Call;

/// Who can be chosen on its page.
const PEOPLE: [&str; 3] = ["ana", "tom", "zoe"];

/// What the provider remembers.
pub(super) struct OidcProvider {
    /// Its key in a `Logins` map: the issuer without the scheme.
    pub(super) key: String,
    /// Where it may send a browser, for both clients.
    pub(super) urls: Urls,
    codes: Codes,
    sign_ins: HashMap<String, token::SignIn>,
}

impl OidcProvider {
    pub(super) fn at(port: u16) -> Self {
        Self {
            key: format!("127.0.0.1:{port}/oidc"),
            urls: Urls::default(),
            codes: Codes::default(),
            sign_ins: HashMap::new(),
        }
    }

    /// `iss` of its ID tokens.
    pub(super) fn issuer(&self) -> String {
        format!("http://{}", self.key)
    }
}

/// The provider's name for a client that is registered with it.
fn client(id: &str) -> Option<&'static str> {
    let mut clients = [OIDC_CLIENT, OIDC_SECRET_CLIENT].into_iter();
    clients.find(|known| *known == id)
}

/// The routes; each is counted, and takes faults, under its path without the first slash.
pub(super) fn router() -> Router<Arc<Service>> {
    let (get, post) = (MethodFilter::GET, MethodFilter::POST);
    let (page, app) = (pages::refused, client_auth::refused);
    let authorize = "oidc/authorize";
    Router::new()
        .route(
            "/oidc/authorize",
            route(get, authorize, authorize::show, page).merge(route(
                post,
                authorize,
                authorize::choose,
                page,
            )),
        )
        .route("/oidc/token", route(post, "oidc/token", token::token, app))
        .route("/oidc/jwks.json", route(get, "oidc/jwks.json", jwks, app))
        .route(
            "/oidc/.well-known/openid-configuration",
            route(get, "oidc/openid-configuration", configuration, app),
        )
}

#[allow(clippy::unnecessary_wraps, reason = "the same shape as every route")]
fn jwks(call: &mut Call<'_>, _: &Asked) -> Result<Reply, Refusal> {
    Ok(Reply::document(Ok(call.signer.jwks())))
}

#[allow(clippy::unnecessary_wraps, reason = "the same shape as every route")]
fn configuration(call: &mut Call<'_>, _: &Asked) -> Result<Reply, Refusal> {
    let issuer = call.state.oidc.issuer();
    let at = |path: &str| format!("{issuer}/{path}");
    Ok(Reply::document(Ok(json!({
        "issuer": issuer,
        "jwks_uri": at("jwks.json"),
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "id_token_signing_alg_values_supported": ["RS256"],
        "subject_types_supported": ["public"],
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "scopes_supported": ["openid", "email", "profile", "offline_access"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported":
            ["none", "client_secret_basic", "client_secret_post"],
    }))))
}
