//! One provider: the address of its pages, and its token endpoint.
//!
//! Deliberately absent: `Debug` of anything that `oauth2` answers with, and retries.

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::http::StatusCode;
use oauth2::{
    AsyncHttpClient, AuthType, AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret,
    CsrfToken, EndpointNotSet, EndpointSet, ExtraTokenFields, HttpRequest, HttpResponse,
    PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope, StandardRevocableToken,
    StandardTokenResponse, TokenResponse as _, TokenUrl,
};
use serde::{Deserialize, Serialize};

use super::{DISCOVERY, Document, not_theirs};
use crate::adapters::aws_client::AwsHttp;
use crate::adapters::managed_login::http;
use crate::adapters::managed_login::id_token::{Expected, Whose, check};
use crate::domain::{AwsSaid, OidcClient, Problem, ProblemKind, Secret};
use crate::ops::ports::{Authorization, CodeGrant, OpenIdProvider, ProviderGrant};

const KEYS: &str = "The provider's key document";
const TOKENS: &str = "The provider's token endpoint";

/// Beside what every answer has.
#[derive(Deserialize, Serialize)]
struct IdTokenField {
    id_token: Option<String>,
}

impl fmt::Debug for IdTokenField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdTokenField(…)")
    }
}

impl ExtraTokenFields for IdTokenField {}

type Answer = StandardTokenResponse<IdTokenField, BasicTokenType>;
/// With the two addresses that are used.
type Oauth = Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// One provider, as its document says.
pub(super) struct Provider {
    http: Arc<AwsHttp>,
    oauth: Oauth,
    client: OidcClient,
    document: Document,
}

/// The client as `oauth2` knows it.
fn oauth(
    document: &Document,
    client: &OidcClient,
    secret: Option<&Secret>,
) -> Result<Oauth, Problem> {
    let bad = |_| not_theirs(DISCOVERY, 200);
    let methods = document.token_endpoint_auth_methods_supported.as_deref();
    let has = |name: &str| methods.is_some_and(|methods| methods.iter().any(|one| one == name));
    let posts = has("client_secret_post") && !has("client_secret_basic");
    let oauth = Client::new(ClientId::new(client.client_id.clone()))
        .set_auth_uri(AuthUrl::new(document.authorization_endpoint.clone()).map_err(bad)?)
        .set_token_uri(TokenUrl::new(document.token_endpoint.clone()).map_err(bad)?)
        .set_auth_type(if posts {
            AuthType::RequestBody
        } else {
            AuthType::BasicAuth
        });
    Ok(match secret {
        Some(secret) => oauth.set_client_secret(ClientSecret::new(secret.expose().to_owned())),
        None => oauth,
    })
}

#[async_trait]
impl OpenIdProvider for Provider {
    fn issuer(&self) -> &str {
        &self.document.issuer
    }

    fn address(&self, asked: &Authorization<'_>) -> Result<String, Problem> {
        let redirect = redirect(asked.callback.as_str())?;
        let state = asked.state.to_owned();
        let scopes = self.client.scopes.iter().filter(|scope| *scope != "openid");
        let (mut url, _state) = self
            .oauth
            .authorize_url(|| CsrfToken::new(state))
            .set_redirect_uri(Cow::Owned(redirect))
            .add_scope(Scope::new("openid".to_owned()))
            .add_scopes(scopes.cloned().map(Scope::new))
            .add_extra_param("nonce", asked.nonce)
            .url();
        // The challenge is made already; oauth2's own type would want the verifier.
        url.query_pairs_mut()
            .append_pair("code_challenge", asked.challenge)
            .append_pair("code_challenge_method", "S256");
        Ok(url.into())
    }

    async fn redeem(
        &self,
        grant: CodeGrant<'_>,
        nonce: &str,
        now: Timestamp,
    ) -> Result<ProviderGrant, Problem> {
        let redirect = redirect(grant.redirect_uri)?;
        let verifier = PkceCodeVerifier::new(grant.verifier.expose().to_owned());
        let code = AuthorizationCode::new(grant.code.expose().to_owned());
        let sender = Sender(self.http.clone());
        let answer = self
            .oauth
            .exchange_code(code)
            .set_redirect_uri(Cow::Owned(redirect))
            .set_pkce_verifier(verifier)
            .request_async(&sender)
            .await;
        self.granted(answer.map_err(refusal)?, Some(nonce), now)
            .await
    }

    async fn refresh(
        &self,
        refresh_token: &Secret,
        now: Timestamp,
    ) -> Result<ProviderGrant, Problem> {
        let token = RefreshToken::new(refresh_token.expose().to_owned());
        let sender = Sender(self.http.clone());
        let request = self.oauth.exchange_refresh_token(&token);
        let answer = request.request_async(&sender).await;
        self.granted(answer.map_err(refusal)?, None, now).await
    }
}

impl Provider {
    /// With the client's secret, where it has one.
    pub(super) fn new(
        http: Arc<AwsHttp>,
        document: Document,
        client: &OidcClient,
        client_secret: Option<&Secret>,
    ) -> Result<Self, Problem> {
        Ok(Self {
            http,
            oauth: oauth(&document, client, client_secret)?,
            client: client.clone(),
            document,
        })
    }

    async fn granted(
        &self,
        answer: Answer,
        nonce: Option<&str>,
        now: Timestamp,
    ) -> Result<ProviderGrant, Problem> {
        let refresh = answer.refresh_token();
        let refresh = refresh.map(|token| Secret::new(token.secret().clone()));
        let given = answer.extra_fields().id_token.clone().map(Secret::new);
        let id_token = match given {
            Some(token) => self.checked(token, nonce, now).await,
            None => Err(no_id_token()),
        };
        Ok(ProviderGrant { refresh, id_token })
    }

    async fn checked(
        &self,
        token: Secret,
        nonce: Option<&str>,
        now: Timestamp,
    ) -> Result<Secret, Problem> {
        let url = &self.document.jwks_uri;
        let keys = http::document(&self.http, url, KEYS, not_theirs).await?;
        let issuers = [self.document.issuer.clone()];
        let expected = Expected {
            issuers: &issuers,
            audience: &self.client.client_id,
            nonce,
            whose: Whose::Provider,
            now,
        };
        match check(&token, &keys, &expected) {
            Ok(()) => Ok(token),
            Err(flaw) => Err(flaw.problem(Whose::Provider)),
        }
    }
}

/// Sends what `oauth2` asks, with our own bounds, certificates and proxy.
struct Sender(Arc<AwsHttp>);

impl<'c> AsyncHttpClient<'c> for Sender {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Problem>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(send(&self.0, request))
    }
}

async fn send(http: &AwsHttp, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let (head, body) = request.into_parts();
    let form = String::from_utf8(body).map_err(|_| not_theirs(TOKENS, 0))?;
    let authorization = head.headers.get("authorization");
    let authorization = authorization.and_then(|value| value.to_str().ok());
    let authorization = authorization.map(str::to_owned);
    let url = head.uri.to_string();
    let answer = http::post(http, &url, TOKENS, form, authorization).await?;
    if answer.status >= 500 || answer.status == 429 {
        let sentence = format!("{TOKENS} could not answer (HTTP {})", answer.status);
        return Err(Problem::new(ProblemKind::Network, sentence).hint("Try again in a moment."));
    }
    let status = StatusCode::from_u16(answer.status);
    let mut response = HttpResponse::new(answer.body.to_vec());
    *response.status_mut() = status.map_err(|_| not_theirs(TOKENS, answer.status))?;
    Ok(response)
}

fn redirect(url: &str) -> Result<RedirectUrl, Problem> {
    RedirectUrl::new(url.to_owned()).map_err(|_| {
        Problem::new(ProblemKind::Usage, format!("{url} is no address"))
            .hint("Check callback_urls in the profile.")
    })
}

fn no_id_token() -> Problem {
    Problem::new(ProblemKind::Refused, "The provider gave no ID token")
        .hint("Check that the client at the provider may use OpenID Connect.")
}

fn refusal(error: RequestTokenError<Problem, BasicErrorResponse>) -> Problem {
    let said = match error {
        RequestTokenError::Request(problem) => return problem,
        // Neither the answer nor the error that quotes it is shown: a token may be in it.
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            return not_theirs(TOKENS, 200);
        }
        RequestTokenError::ServerResponse(refused) => {
            let description = refused.error_description().map_or("", String::as_str);
            AwsSaid::new(TOKENS, refused.error().as_ref(), description)
        }
    };
    let (sentence, hint) = match said.code.as_str() {
        "invalid_grant" => (
            "The provider did not accept the code or the kept sign-in",
            "A code works once and for a short time: sign in again.",
        ),
        "invalid_client" | "unauthorized_client" => (
            "The provider did not accept the client",
            "Check the client ID and the client's secret; a provider with a secret wants has_client_secret in the profile.",
        ),
        _ => (
            "The provider's token endpoint refused the request",
            "Check the client's settings at the provider.",
        ),
    };
    Problem::new(ProblemKind::Refused, sentence)
        .hint(hint)
        .said(said)
}
