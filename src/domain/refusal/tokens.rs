//! What a user pool refuses about a sign-in that is kept: refresh tokens, access tokens, devices.
//!
//! Sources: the API reference's error lists, and messages that users of the SDKs have reported.
//! Deliberately absent: which refusal ends a kept sign-in (see `ops::refresh`).

use super::commands::{SHOW_USER, show_app_client};
use super::{NOT_AUTHORIZED, NOT_FOUND, ProfileField, Row, pages, row};

const SIGN_IN: &[&str] = &["Sign in: poolkey sign-in <profile>"];
const SHOW_LIFETIMES: &[&str] = &[show_app_client!(
    "'UserPoolClient.[RefreshTokenValidity,TokenValidityUnits.RefreshToken,RefreshTokenRotation]'"
)];
const SHOW_LAST_USER: &[&str] = &[SHOW_USER];

pub(super) const ROWS: &[Row] = &[
    row(
        "RefreshTokenReuseException",
        "",
        "The sign-in was continued somewhere else",
    )
    .why("The app client rotates refresh tokens, and this one had been used before: by another copy of it, or in a call whose answer was lost.")
    .steps(SIGN_IN)
    .command(SHOW_LIFETIMES)
    .page(pages::APP_CLIENT),
    row(
        NOT_AUTHORIZED,
        "Refresh Token has been revoked",
        "The sign-in was ended",
    )
    .why("Somebody signed out, here or everywhere, or an administrator ended all sign-ins of the user.")
    .steps(SIGN_IN)
    .command(SHOW_LAST_USER)
    .page(pages::USERS),
    row(
        NOT_AUTHORIZED,
        "Refresh Token has expired",
        "The sign-in has run out",
    )
    .why("A sign-in lasts as long as the app client's refresh tokens do: 30 days unless it is set.")
    .steps(SIGN_IN)
    .command(SHOW_LIFETIMES)
    .page(pages::APP_CLIENT),
    row(
        NOT_AUTHORIZED,
        "Refresh Token has different Client",
        "The kept sign-in belongs to another app client",
    )
    .why("A refresh token works only with the app client that it was made for; that is not <client_id>.")
    .steps(SIGN_IN)
    .command(&[
        "aws cognito-idp list-user-pool-clients --user-pool-id <user_pool_id> <user_pool_at>",
    ])
    .page(pages::APP_CLIENT),
    row(
        NOT_AUTHORIZED,
        "user has been deleted",
        "The user of this sign-in was deleted",
    )
    .why("User pool <user_pool_id> has no such user any more.")
    .steps(&["Ask the pool's administrator, or sign in as another user."])
    .command(&[super::commands::LIST_USERS])
    .page(pages::USERS),
    row(
        NOT_AUTHORIZED,
        "User does not exist",
        "The user of this sign-in was deleted",
    )
    .why("The identity pool asked user pool <user_pool_id>, which has no such user any more.")
    .steps(&["Ask the pool's administrator, or sign in as another user."])
    .command(&[super::commands::LIST_USERS])
    .page(pages::USERS),
    row(
        NOT_AUTHORIZED,
        "Invalid Refresh Token",
        "The user pool does not accept the kept sign-in any more",
    )
    .why("The refresh token has run out, was rotated or revoked, or the pool remembers devices and this machine is none it knows.")
    .steps(SIGN_IN)
    .command(SHOW_LIFETIMES)
    .page(pages::APP_CLIENT),
    row(
        NOT_AUTHORIZED,
        "Access Token has expired",
        "The access token has run out",
    )
    .why("Access tokens last an hour unless the app client says otherwise. This machine's clock may be wrong, too.")
    .steps(&["Try again: Poolkey asks for a new token."])
    .command(&[show_app_client!(
        "'UserPoolClient.[AccessTokenValidity,TokenValidityUnits.AccessToken]'"
    )])
    .page(pages::APP_CLIENT),
    row(
        NOT_AUTHORIZED,
        "Access Token has been revoked",
        "The sign-in was ended",
    )
    .why("The user was signed out everywhere, disabled or deleted since the token was made.")
    .steps(SIGN_IN)
    .command(SHOW_LAST_USER)
    .page(pages::USERS),
    row(
        NOT_AUTHORIZED,
        "Invalid Access Token",
        "The user pool does not accept the access token",
    )
    .why("The token is of another user pool or region, or was cut off.")
    .steps(SIGN_IN)
    .command(&[show_app_client!("UserPoolClient.UserPoolId")])
    .page(pages::APP_CLIENT),
    row(
        NOT_AUTHORIZED,
        "does not have required scopes",
        "This sign-in may not do that",
    )
    .why("Only tokens with the scope aws.cognito.signin.user.admin may change the user's own account or end its other sign-ins.")
    .steps(&[
        "Sign in with the password, or let the app client's managed login ask for the scope aws.cognito.signin.user.admin.",
    ])
    .command(&[show_app_client!("UserPoolClient.AllowedOAuthScopes")])
    .page(pages::LOGIN_PAGES),
    row(
        NOT_FOUND,
        "Device does not exist",
        "The user pool does not know this machine any more",
    )
    .why("The device that was remembered was forgotten at the pool. Poolkey goes on without it.")
    .steps(&["Sign in again: the pool may ask for a code, then remember this machine anew."])
    .command(&[
        "aws cognito-idp admin-list-devices --user-pool-id <user_pool_id> --username <username> <user_pool_at>",
    ])
    .page(pages::USERS),
    row(
        "InvalidParameterException",
        "Invalid device key given",
        "The user pool does not remember this machine",
    )
    .why("A device can only be remembered after a sign-in that proved a password by SRP.")
    .steps(&[
        "Nothing is lost: the sign-in works without it.",
        "To be remembered, choose the sign-in method srp in the configuration of <profile>.",
    ])
    .command(&[super::commands::show_user_pool!("UserPool.DeviceConfiguration")])
    .page(pages::USER_POOL)
    .mended_in(ProfileField::SignIn),
];
