//! An SDK error becomes a [`Problem`]: AWS's own words, and what to do about the common ones.
//!
//! Only code, message and the connector's own error text are read. Deliberately absent: `Debug` or
//! `DisplayErrorContext` of SDK errors, which print whole response bodies.

use std::error::Error;

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
    let known = KNOWN.iter().find(|known| known.fits(said));
    let sentence = known.map_or("AWS refused the request", |known| known.sentence);
    let hints = known.map_or(&[][..], |known| known.hints);
    hints.iter().fold(
        Problem::new(ProblemKind::Refused, sentence),
        |problem, hint| problem.hint(*hint),
    )
}

/// A refusal that is recognized by its code and a part of its message.
struct Known {
    code: &'static str,
    part: &'static str,
    sentence: &'static str,
    hints: &'static [&'static str],
}

impl Known {
    fn fits(&self, said: &AwsSaid) -> bool {
        said.code == self.code && said.message.contains(self.part)
    }
}

const fn known(
    code: &'static str,
    part: &'static str,
    sentence: &'static str,
    hints: &'static [&'static str],
) -> Known {
    Known {
        code,
        part,
        sentence,
        hints,
    }
}

const NOT_AUTHORIZED: &str = "NotAuthorizedException";
const BAD_PARAMETER: &str = "InvalidParameterException";

/// Messages change more often than codes: a message only chooses words, never what is done.
const KNOWN: &[Known] = &[
    known(
        NOT_AUTHORIZED,
        "Incorrect username or password",
        "The username or the password is wrong",
        &["Type both again. A wrong clock on this machine gives the same answer."],
    ),
    known(
        NOT_AUTHORIZED,
        "Password attempts exceeded",
        "Too many wrong passwords",
        &["Wait up to 15 minutes, then try again."],
    ),
    known(
        NOT_AUTHORIZED,
        "User is disabled",
        "This user is disabled",
        &["Ask the pool's administrator."],
    ),
    known(
        NOT_AUTHORIZED,
        "Unable to verify secret hash",
        "The app client secret is wrong",
        &["Enter the app client's secret again in the profile's configuration."],
    ),
    known(
        NOT_AUTHORIZED,
        "SECRET_HASH was not received",
        "This app client has a secret, but the profile has none",
        &["Enter the app client's secret in the profile's configuration."],
    ),
    known(
        BAD_PARAMETER,
        "not configured for secret",
        "This app client has no secret, but the profile has one",
        &["Remove the client secret from the profile's configuration."],
    ),
    known(
        BAD_PARAMETER,
        "not enabled for",
        "The app client does not allow this sign-in method",
        &[
            "Choose another sign-in method in the profile's configuration, or enable the flow on the app client.",
        ],
    ),
    known(
        "CodeMismatchException",
        "",
        "The code is wrong",
        &["Type the code that your app shows now. A wrong clock on the phone makes wrong codes."],
    ),
    known(
        "ExpiredCodeException",
        "",
        "The code was used already or is too old",
        &["Wait for the next code."],
    ),
    known(
        NOT_AUTHORIZED,
        "Invalid session for the user",
        "The sign-in took too long",
        &["Start the sign-in again."],
    ),
    known(
        "UserNotFoundException",
        "",
        "The user pool does not know this user",
        &["Check the username, and that the profile names the right user pool."],
    ),
    known(
        "UserNotConfirmedException",
        "",
        "This user is not confirmed yet",
        &["Confirm the account with the code that was sent when it was made."],
    ),
    known(
        "PasswordResetRequiredException",
        "",
        "The password has to be reset first",
        &["Reset it where you usually sign in, then try again."],
    ),
    known(
        "ResourceNotFoundException",
        "IdentityPool '",
        "There is no such identity pool",
        &["Check the identity pool ID and its region in the profile's configuration."],
    ),
    known(
        "ResourceNotFoundException",
        "User pool client",
        "The user pool has no such app client",
        &["Check the app client ID, and that it belongs to this user pool."],
    ),
    known(
        "ResourceNotFoundException",
        "User pool",
        "There is no such user pool",
        &["Check the user pool ID and its region in the profile's configuration."],
    ),
    known(
        "ResourceNotFoundException",
        "",
        "There is no such pool or app client",
        &["Check the IDs and their region in the profile's configuration."],
    ),
    known(
        NOT_AUTHORIZED,
        "Token is not from a supported provider",
        "The identity pool does not accept tokens from this user pool",
        &[
            "In the Cognito console open the identity pool.",
            "User access → Add identity provider → Amazon Cognito user pool.",
            "Choose this profile's user pool and app client.",
        ],
    ),
    known(
        NOT_AUTHORIZED,
        "Unauthenticated access is not supported",
        "The identity pool did not accept the sign-in",
        &["Check that the identity pool has this user pool as a provider."],
    ),
    known(
        NOT_AUTHORIZED,
        "Token expired",
        "The ID token is too old for the identity pool",
        &["Try again. If it happens every time, check this machine's clock."],
    ),
    known(
        "InvalidIdentityPoolConfigurationException",
        "",
        "The identity pool has no usable role",
        &[
            "In the identity pool, assign a role to authenticated users, and check its trust policy.",
        ],
    ),
    known(
        "TooManyRequestsException",
        "",
        "AWS asks to slow down",
        &["Wait a moment, then try again."],
    ),
    known(
        "LimitExceededException",
        "",
        "AWS asks to slow down",
        &["Wait a moment, then try again."],
    ),
];

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
fn error_chain(error: &impl Error) -> String {
    let mut texts = vec![error.to_string()];
    let mut source = error.source();
    while let Some(error) = source {
        texts.push(error.to_string());
        source = error.source();
    }
    texts.join(": ")
}
