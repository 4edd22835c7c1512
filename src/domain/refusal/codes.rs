//! What a user pool refuses about codes, new passwords and the state of an account.
//!
//! Sources: the API reference's error lists, and messages that users of the SDKs have reported.

use super::commands::{LIST_USERS, SHOW_USER, show_user_pool};
use super::{BAD_PARAMETER, NOT_AUTHORIZED, Row, pages, row};

const SHOW_LAST_USER: &[&str] = &[SHOW_USER, LIST_USERS];
const SHOW_PASSWORDS: &[&str] = &[show_user_pool!("UserPool.Policies.PasswordPolicy")];
const INVITE_AGAIN: &[&str] = &[
    "aws cognito-idp admin-create-user --user-pool-id <user_pool_id> --username <username> --message-action RESEND <user_pool_at>",
    LIST_USERS,
];
const CONFIRM: &[&str] = &[
    "aws cognito-idp admin-confirm-sign-up --user-pool-id <user_pool_id> --username <username> <user_pool_at>",
    LIST_USERS,
];

pub(super) const ROWS: &[Row] = &[
    row("CodeMismatchException", "verification code", "The code is wrong")
        .why("The user pool sent another code than the one that came back.")
        .steps(&["Type the code of the newest message, or ask for a new one."]),
    row("CodeMismatchException", "", "The code is wrong")
        .why("The user pool expected another code.")
        .steps(&["Type the newest code. If it comes from an app, check the phone's clock."]),
    row("EnableSoftwareTokenMFAException", "", "The code is wrong")
        .why("The app shows codes of another key, or the phone's clock is wrong.")
        .steps(&[
            "Type the code that your app shows now. A wrong clock on the phone makes wrong codes.",
        ]),
    row(
        "ExpiredCodeException",
        "software token",
        "The code was used already",
    )
    .why("A code of an authenticator app works once.")
    .steps(&["Wait for the app's next code."]),
    row(
        "ExpiredCodeException",
        "",
        "The code was used already or is too old",
    )
    .why("A code that was sent works once and for a limited time.")
    .steps(&["Ask for a new code, or wait for the app's next one."]),
    row(
        "CodeDeliveryFailureException",
        "",
        "The user pool could not send the code",
    )
    .why("The e-mail or SMS service that the pool uses did not take the message.")
    .steps(&["Try again in a moment, or ask the pool's administrator."])
    .command(&[show_user_pool!(
        "'UserPool.[EmailConfiguration,SmsConfiguration,SmsConfigurationFailure]'"
    )])
    .page(pages::USER_POOL),
    row(
        "SoftwareTokenMFANotFoundException",
        "",
        "This account has no authenticator app",
    )
    .why("A code of an authenticator app was sent, but none is registered for the user.")
    .steps(&["Ask the pool's administrator which second factor it has."])
    .command(SHOW_LAST_USER)
    .page(pages::USERS),
    row(
        "MFAMethodNotFoundException",
        "",
        "This account has no such second factor",
    )
    .why("The user pool finds no way to send or check a second factor of that kind.")
    .steps(&["Choose another second factor, or ask the pool's administrator."])
    .command(SHOW_LAST_USER)
    .page(pages::USERS),
    row(
        "InvalidPasswordException",
        "",
        "The user pool does not accept this password",
    )
    .quoting()
    .why("The pool's password policy asks for more.")
    .steps(&["Choose another one."])
    .command(SHOW_PASSWORDS)
    .page(pages::USER_POOL),
    row(
        "PasswordHistoryPolicyViolationException",
        "",
        "This password was used before",
    )
    .why("The pool remembers former passwords and refuses them.")
    .steps(&["Choose one that is new."])
    .command(SHOW_PASSWORDS)
    .page(pages::USER_POOL),
    row(
        BAD_PARAMETER,
        "Invalid attributes given",
        "The account lacks something",
    )
    .quoting()
    .why("The user pool requires an attribute that this account does not have.")
    .steps(&["Fill in every field."])
    .command(&[show_user_pool!("'UserPool.SchemaAttributes[?Required].Name'")])
    .page(pages::USER_POOL),
    row(
        NOT_AUTHORIZED,
        "Cannot modify an already provided",
        "The account has this already",
    )
    .quoting()
    .why("With a new password only attributes that are empty may be given.")
    .steps(&["Leave that field empty."])
    .command(SHOW_LAST_USER)
    .page(pages::USERS),
    row(
        NOT_AUTHORIZED,
        "Current status is",
        "This account cannot be confirmed",
    )
    .quoting()
    .why("Only accounts that wait for it can be confirmed.")
    .steps(&["Try to sign in. If that fails, ask the pool's administrator."])
    .command(SHOW_LAST_USER)
    .page(pages::USERS),
    row(
        NOT_AUTHORIZED,
        "cannot be reset",
        "The password cannot be reset now",
    )
    .why("The account still waits for its temporary password, or comes from another provider.")
    .steps(&[
        "Sign in with the temporary password if you have one, or ask the pool's administrator.",
    ])
    .command(INVITE_AGAIN)
    .page(pages::USERS),
    row(
        BAD_PARAMETER,
        "registered/verified",
        "There is nowhere to send a code to",
    )
    .why("Codes are sent to verified addresses only.")
    .steps(&[
        "The account has no verified e-mail address or phone number: ask the pool's administrator.",
        "Who knows that the e-mail address of <username> is right can mark it as verified with the command.",
    ])
    .command(&[
        "aws cognito-idp admin-update-user-attributes --user-pool-id <user_pool_id> --username <username> --user-attributes Name=email_verified,Value=true <user_pool_at>",
        LIST_USERS,
    ])
    .page(pages::USERS),
    row(
        BAD_PARAMETER,
        "already confirmed",
        "The account is confirmed already",
    )
    .why("Nothing is left to confirm.")
    .steps(&["Start the sign-in again."])
    .command(SHOW_LAST_USER)
    .page(pages::USERS),
    row(
        BAD_PARAMETER,
        "Cannot resend codes",
        "The user pool sends no code to new accounts",
    )
    .why("The pool verifies neither e-mail addresses nor phone numbers by itself.")
    .steps(&["Ask the pool's administrator to confirm the account."])
    .command(CONFIRM)
    .page(pages::USERS),
    row(
        "AliasExistsException",
        "",
        "Another account has this e-mail address or phone number",
    )
    .why("It can be the alias of one confirmed account only.")
    .steps(&["Sign in with the other account, or ask the pool's administrator."])
    .command(SHOW_LAST_USER)
    .page(pages::USERS),
];
