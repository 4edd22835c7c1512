//! An SDK error becomes a [`Problem`]: AWS's own words, and what to do about the common ones.
//!
//! Only code, message and the connector's own error text are read. Deliberately absent: `Debug` or
//! `DisplayErrorContext` of SDK errors, which print whole response bodies.

use std::error::Error;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

mod known;

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
    explain(&said).said(said)
}

/// Somebody else answered.
pub(super) fn not_theirs(operation: &'static str, status: u16) -> Problem {
    Problem::new(
        ProblemKind::Network,
        format!("{operation} got an answer that is not AWS's (HTTP {status})"),
    )
    .hint("A proxy or another server may have answered: check the endpoint.")
}

/// A sentence and hints for what is refused most. What is not known keeps AWS's own words.
fn explain(said: &AwsSaid) -> Problem {
    let known = known::find(said);
    let sentence = known.map_or_else(
        || "AWS refused the request".to_owned(),
        |known| known.sentence(said),
    );
    let hints = known.map_or(&[][..], |known| known.hints);
    hints.iter().fold(
        Problem::new(ProblemKind::Refused, sentence),
        |problem, hint| problem.hint(*hint),
    )
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

    fn sentence(code: &str, message: &str) -> (String, Vec<String>) {
        let problem = answered("AnyCall", 400, Some(code), Some(message));
        assert_eq!(problem.kind, ProblemKind::Refused);
        assert_eq!(problem.aws_code(), Some(code));
        (problem.sentence, problem.hints)
    }

    #[test]
    fn what_only_aws_knows_is_said_in_its_words() {
        let (policy, _) = sentence(
            "InvalidPasswordException",
            "Password did not conform with policy: Password must have numeric characters",
        );
        assert_eq!(
            policy,
            "The user pool does not accept this password: Password must have numeric characters"
        );
        let (lambda, _) = sentence(
            "UserLambdaValidationException",
            "PreAuthentication failed with error \u{1b}[2JNot today.",
        );
        assert_eq!(
            lambda,
            "The user pool's own program refuses: PreAuthentication failed with error  [2JNot today"
        );
        let (silent, _) = sentence("UserLambdaValidationException", "");
        assert_eq!(silent, "The user pool's own program refuses");
    }

    #[test]
    fn one_code_has_words_for_each_of_its_meanings() {
        for (code, message, part) in [
            (
                "NotAuthorizedException",
                "User password cannot be reset in the current state.",
                "reset now",
            ),
            (
                "NotAuthorizedException",
                "User cannot be confirmed. Current status is DISABLED",
                "confirmed: ",
            ),
            (
                "NotAuthorizedException",
                "Cannot modify an already provided email",
                "already: ",
            ),
            (
                "InvalidParameterException",
                "Invalid attributes given, name is missing",
                "something: name is missing",
            ),
            (
                "LimitExceededException",
                "Attempt limit exceeded, please try after some time.",
                "Too many tries",
            ),
            ("LimitExceededException", "Rate exceeded", "slow down"),
            (
                "ExpiredCodeException",
                "Your software token has already been used once.",
                "was used already",
            ),
        ] {
            let (sentence, hints) = sentence(code, message);
            assert!(sentence.contains(part), "{sentence}");
            assert!(!hints.is_empty());
        }
        for code in [
            "UnsupportedOperationException",
            "UnsupportedTokenTypeException",
        ] {
            let (elsewhere, _) = sentence(code, "Not here");
            assert_eq!(elsewhere, "AWS refused the request");
            let problem = answered("RevokeToken", 400, Some(code), Some("Not here"));
            assert!(problem.sentence.contains("app client"), "{problem:?}");
            assert!(problem.hints[0].contains("token revocation"));
        }
        let message = "Invalid verification code provided, please try again.";
        let (_, delivered) = sentence("CodeMismatchException", message);
        let (_, app) = sentence("EnableSoftwareTokenMFAException", "Code mismatch");
        assert!(delivered[0].contains("message") && app[0].contains("app"));
    }
}
