//! What user pools refuse about sign-ins, app clients and whole pools.

use super::{BAD_PARAMETER, Known, NOT_AUTHORIZED, known, of, quoting};

const NO_REVOCATION: &str = "The app client does not let a sign-in be ended";
const ENABLE_REVOCATION: &[&str] = &[
    "Ask the pool's administrator to enable token revocation on the app client.",
    "Until then the sign-in lasts as long as its refresh token; signing out everywhere ends it now.",
];

pub(super) const KNOWN: &[Known] = &[
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
        BAD_PARAMETER,
        "Initiate Auth method not supported",
        "The app client does not allow this sign-in method",
        &[
            "Choose another sign-in method in the profile's configuration, or enable the flow on the app client.",
        ],
    ),
    quoting(
        "UserLambdaValidationException",
        "",
        "The user pool's own program refuses",
        &["Ask the pool's administrator."],
    ),
    known(
        "UnexpectedLambdaException",
        "",
        "The user pool's own program failed",
        &["Try again. If it happens every time, tell the pool's administrator."],
    ),
    known(
        "InvalidLambdaResponseException",
        "",
        "The user pool's own program answered something invalid",
        &["Tell the pool's administrator."],
    ),
    known(
        "FeatureUnavailableInTierException",
        "",
        "The user pool's feature plan does not include this",
        &[
            "Choose another sign-in method in the profile's configuration, or let the administrator change the plan.",
        ],
    ),
    of(
        "RevokeToken",
        known(
            "UnsupportedOperationException",
            "",
            NO_REVOCATION,
            ENABLE_REVOCATION,
        ),
    ),
    of(
        "RevokeToken",
        known(
            "UnsupportedTokenTypeException",
            "",
            NO_REVOCATION,
            ENABLE_REVOCATION,
        ),
    ),
    known(
        "ForbiddenException",
        "",
        "A firewall in front of the user pool refuses this machine",
        &["Check network and proxy, or ask the pool's administrator."],
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
        &["Choose a new one with the code that was sent, or ask for a new code."],
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
        "TooManyRequestsException",
        "",
        "AWS asks to slow down",
        &["Wait a moment, then try again."],
    ),
    known(
        "LimitExceededException",
        "Attempt limit exceeded",
        "Too many tries, or too many codes were asked for",
        &["Wait a while: it can take an hour. Then try again."],
    ),
    known(
        "LimitExceededException",
        "",
        "AWS asks to slow down",
        &["Wait a moment, then try again."],
    ),
];
