//! What the endpoint says: the container credentials schema, and errors as AWS's own endpoints word
//! them, which the SDKs show.
//!
//! Deliberately absent: deciding who is told.

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header};
use serde::Serialize;
use zeroize::Zeroizing;

use super::{Refusal, Vended};
use crate::domain::{Problem, ProblemKind};

/// Nobody keeps an answer, and no page reads one.
const HEADERS: [(HeaderName, HeaderValue); 4] = [
    (
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    ),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// The names are the SDKs': `Token`, and not `SessionToken`.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Schema<'a> {
    access_key_id: &'a str,
    secret_access_key: &'a str,
    token: &'a str,
    expiration: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<&'a str>,
}

#[derive(Serialize)]
struct ErrorSchema<'a> {
    code: &'a str,
    message: &'a str,
}

pub(super) fn credentials(vended: &Vended) -> Response<Body> {
    let credentials = &vended.credentials;
    respond(
        StatusCode::OK,
        &Schema {
            access_key_id: &credentials.access_key_id,
            secret_access_key: credentials.secret_access_key.expose(),
            token: credentials.session_token.expose(),
            expiration: credentials.expires_at.to_string(),
            account_id: vended.account.as_deref(),
        },
    )
}

/// SDKs ask again after a 5xx and not after a 4xx: a network may come back, a sign-in does not by
/// itself.
pub(super) fn problem(problem: &Problem) -> Response<Body> {
    let (status, code) = match problem.kind {
        ProblemKind::SignInNeeded => (StatusCode::FORBIDDEN, "SignInNeeded"),
        ProblemKind::Usage => (StatusCode::FORBIDDEN, "BadConfiguration"),
        ProblemKind::SecretStore => (StatusCode::FORBIDDEN, "SecretStoreUnavailable"),
        ProblemKind::Refused => (StatusCode::FORBIDDEN, "AccessDenied"),
        ProblemKind::Network => (StatusCode::BAD_GATEWAY, "ServiceUnreachable"),
        ProblemKind::File => (StatusCode::SERVICE_UNAVAILABLE, "FileUnavailable"),
        ProblemKind::Unexpected => (StatusCode::INTERNAL_SERVER_ERROR, "InternalFailure"),
    };
    let message = match problem.hints.first() {
        Some(hint) => format!("{}. {hint}", problem.sentence),
        None => problem.sentence.clone(),
    };
    let message = &message;
    respond(status, &ErrorSchema { code, message })
}

impl Refusal {
    pub(super) fn response(&self) -> Response<Body> {
        let Self { status, message } = self;
        let code = match *status {
            StatusCode::UNAUTHORIZED => "Unauthorized",
            StatusCode::NOT_FOUND => "NotFound",
            StatusCode::METHOD_NOT_ALLOWED => "MethodNotAllowed",
            _ => "Forbidden",
        };
        respond(*status, &ErrorSchema { code, message })
    }

    /// For a person who wonders why a program gets nothing.
    pub(super) fn line(&self, method: &Method, uri: &Uri) -> String {
        // A query may hold anything.
        let path: String = uri.path().chars().take(64).collect();
        let (status, message) = (self.status.as_u16(), self.message);
        format!("{method} {path}: refused with {status}: {message}")
    }
}

fn respond(status: StatusCode, body: &impl Serialize) -> Response<Body> {
    // Texts only: this does not fail.
    let bytes = Zeroizing::new(serde_json::to_vec(body).unwrap_or_default());
    let mut response = Response::new(Body::from(Bytes::from_owner(bytes)));
    *response.status_mut() = status;
    response.headers_mut().extend(HEADERS);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        let only = HeaderValue::from_static("GET");
        response.headers_mut().insert(header::ALLOW, only);
    }
    response
}
