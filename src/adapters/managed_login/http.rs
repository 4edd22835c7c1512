//! One plain HTTP request, bounded in time and size, by the proxy and certificates of the AWS calls.
//!
//! An answer says what the service's clock showed; who knows that it is the service's tells the
//! clock. Deliberately absent: retries but of a document (a code works once), and redirects (a code
//! must not go elsewhere).

use std::time::Duration;

use aws_smithy_runtime_api::client::http::HttpConnector as _;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use axum::body::{Body, Bytes, to_bytes};
use jiff::Timestamp;
use tokio::time::{sleep, timeout};

use crate::adapters::activity::{error_code, request_id};
use crate::adapters::aws_client::AwsHttp;
use crate::adapters::clock::ServiceClock;
use crate::adapters::refusal::{error_chain, not_reached};
use crate::adapters::service_clock::date;
use crate::domain::{CallOutcome, Problem, ProblemKind};

const WHOLE_CALL: Duration = Duration::from_secs(20);
/// Tokens with many groups have tens of kilobytes.
const MOST_BYTES: usize = 512 * 1024;

/// Each time a document is asked for.
const DOCUMENT_WITHIN: Duration = Duration::from_secs(8);
/// Between the times.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_millis(800)];

/// What came back.
pub(in crate::adapters) struct Answer {
    pub(in crate::adapters) status: u16,
    pub(in crate::adapters) body: Bytes,
    /// Where the browser would go on.
    pub(in crate::adapters) location: Option<String>,
    when: Option<When>,
}

/// Sent and received by this machine's clock, answered by the server's.
struct When {
    sent: Timestamp,
    received: Timestamp,
    answered: Timestamp,
}

impl Answer {
    /// Tells the clock what this answer says about it.
    pub(in crate::adapters) fn measure(&self, clock: &ServiceClock) {
        if let Some(when) = &self.when {
            clock.measure(when.sent, when.received, when.answered);
        }
    }
}

/// `GET`, answered in full within that time.
pub(in crate::adapters) async fn get(
    http: &AwsHttp,
    url: &str,
    operation: &'static str,
    within: Duration,
) -> Result<Answer, Problem> {
    let request = HttpRequest::get(url).map_err(|_| bad_address(url))?;
    send(http, request, operation, within).await
}

/// A document of a server, asked for again where that may help: a code may be spent by now, and a
/// connection that breaks must not cost the sign-in.
pub(in crate::adapters) async fn document(
    http: &AwsHttp,
    url: &str,
    operation: &'static str,
    not_theirs: fn(&'static str, u16) -> Problem,
) -> Result<Bytes, Problem> {
    let mut pauses = PAUSES.into_iter();
    loop {
        let (problem, may_pass) = match get(http, url, operation, DOCUMENT_WITHIN).await {
            Ok(answer) if answer.status == 200 => return Ok(answer.body),
            Ok(Answer { status, .. }) => {
                let may_pass = status >= 500 || status == 429;
                (not_theirs(operation, status), may_pass)
            }
            Err(problem) => {
                let may_pass = problem.kind == ProblemKind::Network;
                (problem, may_pass)
            }
        };
        match pauses.next() {
            Some(pause) if may_pass => sleep(pause).await,
            _ => return Err(problem),
        }
    }
}

/// `POST` of a form, with HTTP Basic where `authorization` is given.
pub(in crate::adapters) async fn post(
    http: &AwsHttp,
    url: &str,
    operation: &'static str,
    form: String,
    authorization: Option<String>,
) -> Result<Answer, Problem> {
    let mut request = HttpRequest::get(url).map_err(|_| bad_address(url))?;
    request.set_method("POST").map_err(|_| bad_address(url))?;
    let headers = request.headers_mut();
    headers.insert("content-type", "application/x-www-form-urlencoded");
    headers.insert("content-length", form.len().to_string());
    if let Some(authorization) = authorization {
        headers.insert("authorization", authorization);
    }
    *request.body_mut() = SdkBody::from(form);
    send(http, request, operation, WHOLE_CALL).await
}

async fn send(
    http: &AwsHttp,
    mut request: HttpRequest,
    operation: &'static str,
    within: Duration,
) -> Result<Answer, Problem> {
    let agent = concat!("poolkey/", env!("CARGO_PKG_VERSION"));
    request.headers_mut().insert("user-agent", agent);
    request.headers_mut().insert("accept", "application/json");
    let connector = http.connector(request.uri())?;
    let clock = http.clock();
    let (service, what) = named(&request);
    let record = http.calls().begin(service, what);
    let failed = |why: &str| record.end(1, None, CallOutcome::Failed(why.to_owned()));
    let call = async {
        let sent = clock.machine();
        let response = connector.call(request).await;
        let response = response.map_err(|error| {
            failed("no connection");
            not_reached(operation, &error_chain(&error))
        })?;
        let status = response.status().as_u16();
        let location = response.headers().get("location").map(str::to_owned);
        let headers = response.headers().clone();
        // What a cache kept was made earlier.
        let is_fresh = response.headers().get("age").is_none();
        let when = date(&response).filter(|_| is_fresh).map(|answered| When {
            sent,
            received: clock.machine(),
            answered,
        });
        let body = to_bytes(Body::new(response.into_body()), MOST_BYTES).await;
        let body = body.map_err(|_| {
            failed("unreadable answer");
            Problem::new(
                ProblemKind::Network,
                format!("The answer of {operation} was cut off, or far too long (HTTP {status})"),
            )
            .hint("A proxy or another server may have answered: check the network, then try again.")
        })?;
        let outcome = if status < 400 {
            CallOutcome::Answered
        } else {
            CallOutcome::Refused(error_code(status, &headers, &body))
        };
        record.end(1, request_id(&headers), outcome);
        Ok(Answer {
            status,
            body,
            location,
            when,
        })
    };
    let late = |_| {
        failed("no answer in time");
        Err(Problem::new(
            ProblemKind::Network,
            format!("{operation} got no answer in time"),
        )
        .hint("Check the network, the proxy (HTTPS_PROXY) and the address, then try again."))
    };
    timeout(within, call).await.unwrap_or_else(late)
}

/// Service and operation, for the record. The host says who is asked, but for the two addresses
/// that are a user pool's.
fn named(request: &HttpRequest) -> (String, String) {
    let (host, path) = match url::Url::parse(request.uri()) {
        Ok(url) => (
            url.host_str().unwrap_or_default().to_owned(),
            url.path().to_owned(),
        ),
        Err(_) => Default::default(),
    };
    let (before, document) = path.split_once("/.well-known/").unwrap_or(("", &path));
    let service = match document {
        "jwks.json" if before.contains('_') => "Cognito user pool".to_owned(),
        "/oauth2/token" => "Managed login".to_owned(),
        // Also below an endpoint's own path.
        _ if path.ends_with("/federation") => {
            return ("AWS console".to_owned(), "GetSigninToken".to_owned());
        }
        _ => host,
    };
    (service, format!("{} {document}", request.method()))
}

/// An answer that no user pool gives.
pub(in crate::adapters) fn not_theirs(operation: &'static str, status: u16) -> Problem {
    Problem::new(
        ProblemKind::Network,
        format!("{operation} got an answer that is not a user pool's (HTTP {status})"),
    )
    .hint("A proxy or another server may have answered: check the managed login domain and the endpoint.")
}

/// What comes behind the `?` may be secret.
fn bad_address(url: &str) -> Problem {
    let url = url.split('?').next().unwrap_or_default();
    Problem::new(ProblemKind::Usage, format!("{url} is no address"))
        .hint("Check domain and endpoint_url in the profile.")
}
