//! An SDK error becomes a [`Problem`]: AWS's own words, and what to do about the common ones.
//!
//! Only code, message and the connector's own error text are read. Deliberately absent: `Debug` or
//! `DisplayErrorContext` of SDK errors, which print whole response bodies.

use std::error::Error;
use std::fmt::Debug;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

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
            Problem::new(
                ProblemKind::Network,
                format!("{operation} got an answer that is not AWS's (HTTP {status})"),
            )
            .hint("A proxy or another server may have answered: check the endpoint.")
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
        return Problem::new(
            ProblemKind::Network,
            format!("{operation} got an answer that is not AWS's (HTTP {status})"),
        )
        .hint("A proxy or another server may have answered: check the endpoint.");
    };
    let said = AwsSaid {
        operation,
        code: code.to_owned(),
        message: message.unwrap_or_default().to_owned(),
    };
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

/// A sentence and hints for what is refused most. What is not known keeps AWS's own words.
fn explain(said: &AwsSaid) -> Problem {
    let refused = |sentence: &str| Problem::new(ProblemKind::Refused, sentence);
    let message = said.message.as_str();
    match (said.code.as_str(), message) {
        ("NotAuthorizedException", m) if m.starts_with("Incorrect username or password") => {
            refused("The username or the password is wrong")
                .hint("Type both again. A wrong clock on this machine gives the same answer.")
        }
        ("NotAuthorizedException", m) if m.starts_with("Password attempts exceeded") => {
            refused("Too many wrong passwords").hint("Wait up to 15 minutes, then try again.")
        }
        ("NotAuthorizedException", m) if m.starts_with("User is disabled") => {
            refused("This user is disabled").hint("Ask the pool's administrator.")
        }
        ("NotAuthorizedException", m) if m.starts_with("Unable to verify secret hash") => {
            refused("The app client secret is wrong")
                .hint("Enter the app client's secret again in the profile's configuration.")
        }
        ("NotAuthorizedException", m) if m.contains("SECRET_HASH was not received") => {
            refused("This app client has a secret, but the profile has none")
                .hint("Enter the app client's secret in the profile's configuration.")
        }
        ("InvalidParameterException", m) if m.contains("not configured for secret") => {
            refused("This app client has no secret, but the profile has one")
                .hint("Remove the client secret from the profile's configuration.")
        }
        ("InvalidParameterException", m) if m.contains("not enabled for") => {
            refused("The app client does not allow this sign-in method")
                .hint("Choose another sign-in method in the profile's configuration, or enable the flow on the app client.")
        }
        ("CodeMismatchException", _) => refused("The code is wrong")
            .hint("Type the code that your app shows now. A wrong clock on the phone makes wrong codes."),
        ("ExpiredCodeException", _) => refused("The code was used already or is too old")
            .hint("Wait for the next code."),
        ("NotAuthorizedException", m) if m.starts_with("Invalid session for the user") => {
            refused("The sign-in took too long").hint("Start the sign-in again.")
        }
        ("UserNotFoundException", _) => refused("The user pool does not know this user")
            .hint("Check the username, and that the profile names the right user pool."),
        ("UserNotConfirmedException", _) => refused("This user is not confirmed yet")
            .hint("Confirm the account with the code that was sent when it was made."),
        ("PasswordResetRequiredException", _) => refused("The password has to be reset first")
            .hint("Reset it where you usually sign in, then try again."),
        ("ResourceNotFoundException", _) => refused("There is no such pool or app client")
            .hint("Check the IDs and their region in the profile's configuration."),
        ("NotAuthorizedException", m) if m.starts_with("Token is not from a supported provider") => {
            refused("The identity pool does not accept tokens from this user pool")
                .hint("In the Cognito console open the identity pool.")
                .hint("User access → Add identity provider → Amazon Cognito user pool.")
                .hint("Choose this profile's user pool and app client.")
        }
        ("NotAuthorizedException", m) if m.starts_with("Unauthenticated access is not supported") => {
            refused("The identity pool did not accept the sign-in")
                .hint("Check that the identity pool has this user pool as a provider.")
        }
        ("NotAuthorizedException", m) if m.contains("Token expired") => {
            refused("The ID token is too old for the identity pool")
                .hint("Try again. If it happens every time, check this machine's clock.")
        }
        ("InvalidIdentityPoolConfigurationException", _) => refused("The identity pool has no usable role")
            .hint("In the identity pool, assign a role to authenticated users, and check its trust policy."),
        ("TooManyRequestsException" | "LimitExceededException", _) => refused("AWS asks to slow down")
            .hint("Wait a moment, then try again."),
        _ => refused("AWS refused the request"),
    }
}

fn not_reached(operation: &'static str, chain: &str) -> Problem {
    let sentence = |why: &str| {
        Problem::new(
            ProblemKind::Network,
            format!("{operation} did not reach AWS: {why}"),
        )
    };
    let lower = chain.to_lowercase();
    if lower.contains("certificate") || lower.contains("tls") || lower.contains("handshake") {
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
fn error_chain(error: &(impl Error + Debug)) -> String {
    let mut texts = vec![error.to_string()];
    let mut source = error.source();
    while let Some(error) = source {
        texts.push(error.to_string());
        source = error.source();
    }
    texts.join(": ")
}
