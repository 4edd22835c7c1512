//! What an app asks for in the query of `/oauth2/authorize`, and the ways back to it.
//!
//! Until client and redirect URI are known to belong together nothing is sent to the redirect URI:
//! the browser stays on `/error`. Deliberately absent: `response_mode`, `claims`, request objects.

use std::sync::Arc;

use form_urlencoded::Serializer;

use super::asked::Pairs;
use super::codes::{Grant, is_challenge};
use super::{pages, scopes};
use crate::sandbox::clients::Client;
use crate::sandbox::error::Refusal;
use crate::sandbox::reply::Reply;
use crate::sandbox::users::User;
use crate::sandbox::world::{Call, State};

/// A request whose client and redirect URI belong together.
pub(super) struct Authorization {
    pub(super) back: Back,
    client: Arc<Client>,
    scope: String,
    nonce: Option<String>,
    challenge: Option<String>,
}

/// The way back to the app.
pub(in crate::sandbox) struct Back {
    pub(in crate::sandbox) redirect_uri: String,
    pub(in crate::sandbox) state: Option<String>,
}

/// The error where client and redirect URI do not belong together.
pub(in crate::sandbox) const MISMATCH: &str = "redirect_mismatch";

impl Authorization {
    /// Reads and checks the query; the error is the answer.
    pub(super) fn read(state: &State, query: &Pairs) -> Result<Self, Reply> {
        let redirect_uri = query.or_empty("redirect_uri");
        let client = state.client(query.or_empty("client_id")).ok();
        let client = client
            .filter(|client| client.urls.calls_back(redirect_uri))
            .ok_or_else(|| pages::to_error(MISMATCH))?;
        let back = Back {
            redirect_uri: redirect_uri.to_owned(),
            state: query.text("state").map(str::to_owned),
        };
        match query.or_empty("response_type") {
            "code" => {}
            "token" => return Err(back.error("unauthorized_client", "implicit grant")),
            _ => return Err(back.error("invalid_request", "response_type must be code")),
        }
        let Some(scope) = scopes::granted(query.text("scope")) else {
            return Err(back.error("invalid_scope", "unknown scope, or openid is missing"));
        };
        let challenge = query.text("code_challenge");
        let method = query.text("code_challenge_method");
        let fits = match challenge {
            Some(challenge) => method == Some("S256") && is_challenge(challenge),
            None => method.is_none(),
        };
        if !fits {
            return Err(back.error("invalid_request", "code_challenge_method must be S256"));
        }
        Ok(Self {
            back,
            client,
            scope,
            nonce: query.text("nonce").map(str::to_owned),
            challenge: challenge.map(str::to_owned),
        })
    }

    /// Back to the app with a code for `user`.
    pub(super) fn with_code(self, call: &mut Call<'_>, user: &User) -> Result<Reply, Refusal> {
        let grant = Grant {
            client_id: self.client.id,
            redirect_uri: self.back.redirect_uri.clone(),
            username: user.username.clone(),
            sub: user.sub.clone(),
            scope: self.scope,
            nonce: self.nonce,
            challenge: self.challenge,
        };
        let codes = &mut call.state.managed_login.codes;
        let code = codes.hand_out(grant, call.now)?;
        Ok(pages::redirect(self.back.url(&[("code", &code)])))
    }
}

impl Back {
    /// Back to the app with an error.
    pub(in crate::sandbox) fn error(&self, error: &'static str, description: &str) -> Reply {
        let url = self.url(&[("error_description", description), ("error", error)]);
        pages::redirect(url).logged_as(error)
    }

    /// Where a person goes who does not want to sign in.
    pub(in crate::sandbox) fn cancel_url(&self) -> String {
        self.url(&[
            ("error_description", "User cancelled"),
            ("error", "access_denied"),
        ])
    }

    pub(in crate::sandbox) fn url(&self, answer: &[(&str, &str)]) -> String {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(answer);
        if let Some(state) = &self.state {
            query.append_pair("state", state);
        }
        let joint = if self.redirect_uri.contains('?') {
            '&'
        } else {
            '?'
        };
        format!("{}{joint}{}", self.redirect_uri, query.finish())
    }
}
