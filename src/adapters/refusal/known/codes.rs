//! What user pools refuse about codes, new passwords and the state of an account.

use super::{BAD_PARAMETER, Known, NOT_AUTHORIZED, known, quoting};

pub(super) const KNOWN: &[Known] = &[
    known(
        "CodeMismatchException",
        "verification code",
        "The code is wrong",
        &["Type the code of the newest message, or ask for a new one."],
    ),
    known(
        "CodeMismatchException",
        "",
        "The code is wrong",
        &["Type the newest code. If it comes from an app, check the phone's clock."],
    ),
    known(
        "EnableSoftwareTokenMFAException",
        "",
        "The code is wrong",
        &["Type the code that your app shows now. A wrong clock on the phone makes wrong codes."],
    ),
    known(
        "ExpiredCodeException",
        "software token",
        "The code was used already",
        &["Wait for the app's next code."],
    ),
    known(
        "ExpiredCodeException",
        "",
        "The code was used already or is too old",
        &["Ask for a new code, or wait for the app's next one."],
    ),
    known(
        "CodeDeliveryFailureException",
        "",
        "The user pool could not send the code",
        &["Try again in a moment, or ask the pool's administrator."],
    ),
    known(
        "SoftwareTokenMFANotFoundException",
        "",
        "This account has no authenticator app",
        &["Ask the pool's administrator which second factor it has."],
    ),
    quoting(
        "InvalidPasswordException",
        "",
        "The user pool does not accept this password",
        &["Choose another one."],
    ),
    known(
        "PasswordHistoryPolicyViolationException",
        "",
        "This password was used before",
        &["Choose one that is new."],
    ),
    quoting(
        BAD_PARAMETER,
        "Invalid attributes given",
        "The account lacks something",
        &["Fill in every field."],
    ),
    quoting(
        NOT_AUTHORIZED,
        "Cannot modify an already provided",
        "The account has this already",
        &["Leave that field empty."],
    ),
    known(
        NOT_AUTHORIZED,
        "Temporary password has expired",
        "The temporary password has expired",
        &["Ask the pool's administrator for a new one."],
    ),
    known(
        NOT_AUTHORIZED,
        "does not have required scopes",
        "This sign-in may not do that",
        &[
            "Sign in with the password, or let the app client's managed login ask for the scope aws.cognito.signin.user.admin.",
        ],
    ),
    quoting(
        NOT_AUTHORIZED,
        "Current status is",
        "This account cannot be confirmed",
        &["Try to sign in. If that fails, ask the pool's administrator."],
    ),
    known(
        NOT_AUTHORIZED,
        "cannot be reset",
        "The password cannot be reset now",
        &["Sign in with the temporary password if you have one, or ask the pool's administrator."],
    ),
    known(
        BAD_PARAMETER,
        "registered/verified",
        "There is nowhere to send a code to",
        &[
            "The account has no verified e-mail address or phone number: ask the pool's administrator.",
        ],
    ),
    known(
        BAD_PARAMETER,
        "already confirmed",
        "The account is confirmed already",
        &["Start the sign-in again."],
    ),
    known(
        BAD_PARAMETER,
        "Cannot resend codes",
        "The user pool sends no code to new accounts",
        &["Ask the pool's administrator to confirm the account."],
    ),
];
