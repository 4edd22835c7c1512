//! Made-up identity providers: a page with one person on it, who becomes a federated user.
//!
//! Deliberately absent: SAML and OpenID Connect. What an app sees (the jump, the page, the user's
//! name and `identities`) is as with a real provider; what passes between provider and user pool
//! an app never sees.

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use serde_json::json;

use super::asked::Asked;
use super::authorization::Authorization;
use super::browser;
use super::pages::{Fill, fill, page, stale_form, to_error};
use crate::sandbox::error::Refusal;
use crate::sandbox::fresh;
use crate::sandbox::reply::Reply;
use crate::sandbox::users::{NewUser, User};
use crate::sandbox::world::{Call, POOL_NAME};

const PAGE: &str = include_str!("../../../assets/sandbox/provider.html");
const LINK: &str = include_str!("../../../assets/sandbox/provider-link.html");
const LINKS: &str = include_str!("../../../assets/sandbox/providers.html");

/// The user pool's own users.
pub(super) const OWN: &str = "COGNITO";

/// A provider and the one person it knows.
pub(super) struct Provider {
    name: &'static str,
    kind: &'static str,
    user_id: &'static str,
    email: &'static str,
}

const PROVIDERS: [Provider; 2] = [
    Provider {
        name: "ExampleSAML",
        kind: "SAML",
        user_id: "fern@example.com",
        email: "fern@example.com",
    },
    Provider {
        name: "Google",
        kind: "Google",
        user_id: "112233445566778899001",
        email: "gale@example.com",
    },
];

/// The provider of that name, in the very same letters.
pub(super) fn find(name: &str) -> Option<&'static Provider> {
    PROVIDERS.iter().find(|provider| provider.name == name)
}

/// The links below the login form.
pub(super) fn links(raw_query: &str) -> String {
    let link = |provider: &Provider| {
        let name = Fill::Text(provider.name);
        fill(
            LINK,
            &[("provider", name), ("query", Fill::Text(raw_query))],
        )
    };
    let links: String = PROVIDERS.iter().map(link).collect();
    fill(LINKS, &[("links", Fill::Html(links))])
}

/// `GET /idp`.
pub(super) fn show(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    let (authorization, provider) = match read(call, asked) {
        Ok(read) => read,
        Err(reply) => return Ok(reply),
    };
    let csrf = browser::csrf(asked)?;
    let main = fill(
        PAGE,
        &[
            ("provider", Fill::Text(provider.name)),
            ("email", Fill::Text(provider.email)),
            ("query", Fill::Text(&asked.raw_query)),
            ("csrf", Fill::Text(&csrf)),
            ("cancel", Fill::Text(&authorization.back.cancel_url())),
        ],
    );
    let leads_to = Some(authorization.back.redirect_uri.as_str());
    let reply = page(200, provider.name, main, leads_to);
    Ok(reply.with("set-cookie", browser::csrf_cookie(&csrf)))
}

/// `POST /idp`.
pub(super) fn sign_in(call: &mut Call<'_>, asked: &Asked) -> Result<Reply, Refusal> {
    if !browser::sent_by_own_page(asked) {
        return Ok(stale_form());
    }
    let (authorization, provider) = match read(call, asked) {
        Ok(read) => read,
        Err(reply) => return Ok(reply),
    };
    let user = provider.user(call)?;
    if let Err(refusal) = user.may_sign_in() {
        let back = &authorization.back;
        return Ok(back.error("invalid_request", &refusal.message));
    }
    let cookie = browser::remember(call, &user, provider.name)?;
    let reply = authorization.with_code(call, &user)?;
    Ok(reply.with("set-cookie", cookie))
}

fn read(call: &Call<'_>, asked: &Asked) -> Result<(Authorization, &'static Provider), Reply> {
    let authorization = Authorization::read(call.state, &asked.query)?;
    let query = &asked.query;
    let name = query
        .text("identity_provider")
        .or_else(|| query.text("idp_identifier"));
    let provider = name.and_then(find);
    let provider = provider.ok_or_else(|| to_error("invalid_request"))?;
    Ok((authorization, provider))
}

impl Provider {
    /// The provider's person as a user of the pool, made on the first sign-in.
    fn user(&self, call: &mut Call<'_>) -> Result<Arc<User>, Refusal> {
        let username = format!("{}_{}", self.name, self.user_id);
        if let Some(user) = call.state.directory.get(&username) {
            return Ok(user);
        }
        // Nobody knows this password, so nobody signs in with one.
        let password = BASE64URL_NOPAD.encode(fresh::bytes::<32>()?.as_slice());
        let new = NewUser::plain(&username, &password, self.email);
        let mut user = User::new(POOL_NAME, &new)?;
        let identities = json!([{
            "userId": self.user_id,
            "providerName": self.name,
            "providerType": self.kind,
            "issuer": null,
            "primary": "true",
            "dateCreated": call.now.as_millisecond().to_string(),
        }]);
        user.attributes
            .insert("identities".to_owned(), identities.to_string());
        let user = Arc::new(user);
        call.state.directory.put(User::clone(&user));
        Ok(user)
    }
}
