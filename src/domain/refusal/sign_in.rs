//! What a user pool refuses about the person who signs in, and what any service refuses at times.
//!
//! Sources: the API reference's error lists, and messages that users of the SDKs have reported.

use super::commands::{LIST_USERS, SHOW_USER};
use super::{BAD_PARAMETER, NOT_AUTHORIZED, NOT_FOUND, ProfileField, Row, pages, row};

const SLOW_DOWN: &str = "AWS asks to slow down";
const SHOW_LAST_USER: &[&str] = &[SHOW_USER, LIST_USERS];

pub(super) const ROWS: &[Row] = &[
    row(
        NOT_AUTHORIZED,
        "Incorrect username or password",
        "The present password is wrong",
    )
    .of("ChangePassword")
    .why("The user pool wants the password that holds now before it takes another one.")
    .steps(&["Type the password that holds now once more."])
    .command(SHOW_LAST_USER)
    .page(pages::USERS),
    row(
        NOT_AUTHORIZED,
        "Incorrect username or password",
        "The username or the password is wrong",
    )
    .why("The user pool says the same for a wrong password, for a user it does not know, and for a proof that came late or with a wrong time.")
    .steps(&["Check the username, and type the password again."])
    .command(SHOW_LAST_USER)
    .page(pages::USERS),
    row(
        NOT_AUTHORIZED,
        "Password attempts exceeded",
        "Too many wrong passwords",
    )
    .why("After five wrong passwords the user pool locks the user for a second, then for twice as long each time.")
    .steps(&["Wait up to 15 minutes, then try again."])
    .command(SHOW_LAST_USER)
    .page(pages::USERS),
    row(NOT_AUTHORIZED, "User is disabled", "This user is disabled")
        .why("An administrator disabled the user in user pool <user_pool_id>.")
        .steps(&["Ask the pool's administrator."])
        .command(&[
            "aws cognito-idp admin-enable-user --user-pool-id <user_pool_id> --username <username> <user_pool_at>",
            LIST_USERS,
        ])
        .page(pages::USERS),
    row(
        NOT_AUTHORIZED,
        "Invalid session for the user",
        "The sign-in took too long",
    )
    .why("Between two answers a sign-in may take three minutes unless the app client allows more, and each step works once.")
    .steps(&["Start the sign-in again."])
    .command(&[super::commands::show_app_client!(
        "UserPoolClient.AuthSessionValidity"
    )])
    .page(pages::APP_CLIENT),
    row(
        NOT_AUTHORIZED,
        "Temporary password has expired",
        "The temporary password has expired",
    )
    .why("A password that an administrator gave is good for seven days unless the pool says otherwise.")
    .steps(&["Ask the pool's administrator for a new one."])
    .command(&[
        "aws cognito-idp admin-create-user --user-pool-id <user_pool_id> --username <username> --message-action RESEND <user_pool_at>",
        LIST_USERS,
    ])
    .page(pages::USERS),
    row(
        "UserNotFoundException",
        "",
        "The user pool does not know this user",
    )
    .why("User pool <user_pool_id> has no user of that name, or another app client has it.")
    .steps(&["Check the username, and that the profile names the right user pool."])
    .command(&[LIST_USERS])
    .page(pages::USERS),
    row(
        "UserNotConfirmedException",
        "",
        "This user is not confirmed yet",
    )
    .why("Who makes an account has to prove its e-mail address or phone number first.")
    .steps(&["Confirm the account with the code that was sent when it was made."])
    .command(&[
        "aws cognito-idp admin-confirm-sign-up --user-pool-id <user_pool_id> --username <username> <user_pool_at>",
        LIST_USERS,
    ])
    .page(pages::USERS),
    row(
        "PasswordResetRequiredException",
        "",
        "The password has to be reset first",
    )
    .why("An administrator reset the password, or the user was imported without one.")
    .steps(&["Choose a new one with the code that was sent, or ask for a new code."])
    .command(&[
        "aws cognito-idp admin-reset-user-password --user-pool-id <user_pool_id> --username <username> <user_pool_at>",
        LIST_USERS,
    ])
    .page(pages::USERS),
    row(
        BAD_PARAMETER,
        "TIMESTAMP format",
        "The user pool did not accept this machine's time",
    )
    .why("The proof of the password carries the time, and this one could not be read.")
    .steps(&["Set this machine's date and clock, then try again. If it stays, please report it."])
    .command(SHOW_LAST_USER),
    row(
        BAD_PARAMETER,
        "Missing required parameter",
        "The user pool lacks something in the answer",
    )
    .quoting()
    .why("The pool asked for more than it was given.")
    .steps(&[
        "Start the sign-in again and fill in every field. If it stays, please report what AWS says here.",
    ])
    .command(SHOW_LAST_USER),
    row(
        NOT_FOUND,
        "",
        "There is no such pool or app client",
    )
    .why("What the profile names does not exist in that region.")
    .steps(&["Check the IDs and their region in the profile's configuration."])
    .command(&[
        "aws cognito-idp list-user-pools --max-results 60 <user_pool_at>",
        "aws cognito-identity list-identity-pools --max-results 60 <at>",
    ])
    .page(pages::IDENTITY_POOLS)
    .mended_in(ProfileField::UserPool),
    row("TooManyRequestsException", "", SLOW_DOWN)
        .why("More requests came within a second than the pool's quota allows.")
        .steps(&["Wait a moment, then try again."]),
    row(
        "LimitExceededException",
        "Attempt limit exceeded",
        "Too many tries, or too many codes were asked for",
    )
    .why("The user pool limits how often a user may try, and ask for codes.")
    .steps(&["Wait a while: it can take an hour. Then try again."])
    .command(SHOW_LAST_USER)
    .page(pages::USERS),
    row("LimitExceededException", "", SLOW_DOWN)
        .why("A quota of the pool is used up.")
        .steps(&["Wait a moment, then try again."]),
];
