//! The refusals that are met most, each with a sentence and what to do.
//!
//! Sources: the API reference's error lists and messages that users have reported. Deliberately
//! absent: decisions; a message may change any day.

use crate::domain::AwsSaid;

/// A refusal that is recognized by its code and a part of its message.
pub(super) struct Known {
    code: &'static str,
    part: &'static str,
    pub sentence: &'static str,
    pub hints: &'static [&'static str],
}

impl Known {
    pub fn fits(&self, said: &AwsSaid) -> bool {
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
        "EnableSoftwareTokenMFAException",
        "",
        "The code is wrong",
        &["Type the code that the app shows now. A wrong clock on the phone makes wrong codes."],
    ),
    known(
        "InvalidPasswordException",
        "",
        "The new password does not follow the user pool's rules",
        &["Choose one that has what the user pool's answer names."],
    ),
    known(
        "PasswordHistoryPolicyViolationException",
        "",
        "The new password was used before",
        &["Choose one that you have not used here yet."],
    ),
    known(
        NOT_AUTHORIZED,
        "does not have required scopes",
        "This sign-in may not do that",
        &[
            "Sign in with the password, or let the app client's managed login ask for the scope aws.cognito.signin.user.admin.",
        ],
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
