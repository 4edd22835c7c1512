//! An SDK error becomes a [`Problem`]: a title and AWS's own words, or why there was no answer.
//!
//! Only code, message and the connector's own error text are read. Deliberately absent: `Debug` or
//! `DisplayErrorContext` of SDK errors, which print whole response bodies; and what a refusal means
//! (see `domain::refusal`).

use std::error::Error;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::domain::refusal::recognized;
use crate::domain::{AwsSaid, Problem, ProblemKind};

/// Turns the error of `operation` into a problem.
pub fn problem<E>(operation: &'static str, error: &SdkError<E, HttpResponse>) -> Problem
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match error {
        SdkError::ServiceError(service) => {
            let status = service.raw().status().as_u16();
            answered(
                operation,
                status,
                service.err().code(),
                service.err().message(),
            )
        }
        SdkError::TimeoutError(_) => Problem::new(
            ProblemKind::Network,
            format!("{operation} got no answer in time"),
        )
        .hint("Check the network, the proxy (HTTPS_PROXY) and the endpoint, then try again."),
        SdkError::DispatchFailure(failure) => {
            let chain = failure
                .as_connector_error()
                .map(error_chain)
                .unwrap_or_default();
            not_reached(operation, &chain)
        }
        SdkError::ResponseError(response) => {
            let status = response.raw().status().as_u16();
            not_theirs(operation, status)
        }
        _ => Problem::new(
            ProblemKind::Unexpected,
            format!("{operation} could not be sent"),
        ),
    }
}

fn answered(
    operation: &'static str,
    status: u16,
    code: Option<&str>,
    message: Option<&str>,
) -> Problem {
    let Some(code) = code else {
        return not_theirs(operation, status);
    };
    let said = AwsSaid::new(operation, code, message.unwrap_or_default());
    if status >= 500 {
        return Problem::new(
            ProblemKind::Network,
            format!("AWS could not answer {operation} (HTTP {status})"),
        )
        .hint("Try again in a moment.")
        .said(said);
    }
    recognized(said)
}

/// Somebody else answered.
pub(super) fn not_theirs(operation: &'static str, status: u16) -> Problem {
    Problem::new(
        ProblemKind::Network,
        format!("{operation} got an answer that is not AWS's (HTTP {status})"),
    )
    .hint("A proxy or another server may have answered: check the endpoint.")
}

pub(super) fn not_reached(operation: &'static str, chain: &str) -> Problem {
    let sentence = |why: &str| {
        Problem::new(
            ProblemKind::Network,
            format!("{operation} did not reach AWS: {why}"),
        )
    };
    let lower = chain.to_lowercase();
    if lower.contains("corrupt message") {
        sentence("the server does not speak TLS")
            .hint("Check whether the endpoint begins with http:// or https://.")
    } else if lower.contains("certificate") || lower.contains("tls") || lower.contains("handshake")
    {
        sentence("the server's certificate is not trusted")
            .hint("Behind a proxy that inspects TLS, name its certificate in AWS_CA_BUNDLE.")
    } else if lower.contains("dns") || lower.contains("lookup") || lower.contains("resolve") {
        sentence("the host name is not known")
            .hint("Check the network and the region of the pool IDs.")
    } else if lower.contains("refused") {
        sentence("the connection was refused")
            .hint("Check the endpoint and the proxy (HTTPS_PROXY).")
    } else if lower.contains("timed out") || lower.contains("timeout") {
        sentence("no connection in time").hint("Check the network and the proxy (HTTPS_PROXY).")
    } else {
        sentence("the connection broke")
            .hint("Check the network and the proxy (HTTPS_PROXY), then try again.")
    }
}

/// The texts of an error and its sources. Connector errors carry addresses, never bodies.
pub(super) fn error_chain(error: &impl Error) -> String {
    let mut texts = vec![error.to_string()];
    let mut source = error.source();
    while let Some(error) = source {
        texts.push(error.to_string());
        source = error.source();
    }
    texts.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_service_cannot_answer_is_no_refusal() {
        for (status, code, kind, sentence) in [
            (
                400,
                Some("UserNotFoundException"),
                ProblemKind::Refused,
                "The user pool does not know this user",
            ),
            (
                400,
                Some("BrandNewException"),
                ProblemKind::Refused,
                "AWS refused the request",
            ),
            (
                503,
                Some("InternalErrorException"),
                ProblemKind::Network,
                "AWS could not answer AnyCall (HTTP 503)",
            ),
            (
                403,
                None,
                ProblemKind::Network,
                "AnyCall got an answer that is not AWS's (HTTP 403)",
            ),
        ] {
            let problem = answered("AnyCall", status, code, Some("Its words."));
            assert_eq!((problem.kind, problem.sentence.as_str()), (kind, sentence));
            assert_eq!(problem.aws_code(), code);
            let said = problem.aws.map(|said| said.message);
            assert_eq!(said.as_deref(), code.map(|_| "Its words."));
        }
    }
}
