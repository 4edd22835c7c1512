//! What an identity pool refuses about the token it is given.
//!
//! Sources: the API reference's error lists, and messages that users of the SDKs have reported.

use super::commands::{
    LIST_IDENTITIES, SHOW_IDENTITY_POOL, change_identity_pool, show_app_client, show_user_pool,
};
use super::{BAD_PARAMETER, NOT_AUTHORIZED, ProfileField, Row, Who, pages, row};

pub(super) const ROWS: &[Row] = &[
    row(
        NOT_AUTHORIZED,
        "Token is not from a supported provider",
        "The identity pool does not accept tokens from this provider",
    )
    .only(Who::Provider)
    .why("The pool has no provider <provider_key> with the audience for which the token was issued.")
    .steps(&[
        "In the Cognito console open the identity pool <identity_pool_id>",
        "User access → Add identity provider → <provider>",
        "Enter the client ID for which the provider issues the token: <audience>",
    ])
    .command(&[
        SHOW_IDENTITY_POOL,
    ])
    .page(pages::IDENTITY_POOL),
    row(
        NOT_AUTHORIZED,
        "Token is not from a supported provider",
        "The identity pool does not accept tokens from this user pool",
    )
    .why("Identity pool <identity_pool_id> does not have this user pool and app client as an identity provider. Where it has, the user was signed out everywhere, disabled or deleted, and the pool checks that.")
    .steps(&[
        "In the Cognito console open the identity pool <identity_pool_id>",
        "User access → Add identity provider → Amazon Cognito user pool",
        "User pool <user_pool_id>, app client <client_id>",
    ])
    .command(&[
        ADD_USER_POOL,
        SHOW_IDENTITY_POOL,
    ])
    .page(pages::IDENTITY_POOL)
    .mended_in(ProfileField::IdentityPool),
    row(
        NOT_AUTHORIZED,
        "Logins don't match",
        "The kept identity belongs to another user",
    )
    .why("The identity ID that was sent has none of the logins that were sent with it.")
    .steps(&[
        "Sign out of <profile>, then in again: Poolkey asks for the identity of this user.",
    ])
    .command(&[LIST_IDENTITIES])
    .page(pages::IDENTITIES),
    row(
        NOT_AUTHORIZED,
        "Issuer doesn't match providerName",
        "The token is not from the provider it was sent for",
    )
    .why("The name of the login has to be the token's issuer without https://.")
    .steps(&[
        "The token has to come from <user_pool_key>",
        "The token has to come from <provider_key>: compare that with its iss claim.",
        "Check user pool ID and region in the configuration of <profile>.",
    ])
    .command(&[SHOW_IDENTITY_POOL])
    .page(pages::IDENTITY_POOL)
    .mended_in(ProfileField::UserPool),
    row(
        NOT_AUTHORIZED,
        "Missing a required claim: aud",
        "An access token was sent where an ID token is wanted",
    )
    .why("Identity pools take ID tokens; only Facebook and Amazon give access tokens to them.")
    .steps(&[
        "Give <profile> the provider's <token_kind> for <provider_key>",
        "Sign in to <profile> again: Poolkey sends the ID token of user pool <user_pool_id>",
    ])
    .command(&[SHOW_IDENTITY_POOL])
    .page(pages::IDENTITY_POOL),
    row(
        NOT_AUTHORIZED,
        "Token expired",
        "The ID token is too old for the identity pool",
    )
    .why("The token ran out before it arrived, or this machine's clock is wrong.")
    .steps(&[
        "Try again: Poolkey asks for a new token.",
        "If it happens every time, set this machine's clock: date -u shows it.",
        "A token that is typed or read from a file has to be a new one.",
    ])
    .command(&[
        show_app_client!("'UserPoolClient.[IdTokenValidity,TokenValidityUnits.IdToken]'"),
        SHOW_IDENTITY_POOL,
    ])
    .page(pages::APP_CLIENT),
    row(
        NOT_AUTHORIZED,
        "Couldn't verify signed token",
        "The token's signature could not be checked",
    )
    .why(SIGNATURE)
    .steps(SIGNATURE_STEPS)
    .command(&[show_user_pool!("UserPool.Arn"), SHOW_IDENTITY_POOL])
    .page(pages::IDENTITY_POOL),
    row(
        NOT_AUTHORIZED,
        "Token signature invalid",
        "The token's signature is wrong",
    )
    .why(SIGNATURE)
    .steps(SIGNATURE_STEPS)
    .command(&[show_user_pool!("UserPool.Arn"), SHOW_IDENTITY_POOL])
    .page(pages::IDENTITY_POOL),
    row(
        NOT_AUTHORIZED,
        "Not a valid OpenId Connect identity token",
        "This is no token that the identity pool can read",
    )
    .why("Under this provider's name the pool wants a signed ID token (a JWT), not an opaque text.")
    .steps(&[
        "Give <profile> the provider's <token_kind> for <provider_key>",
        "The names are accounts.google.com, graph.facebook.com, www.amazon.com and appleid.apple.com; of other providers the issuer without https://.",
        "Sign in to <profile> again: Poolkey sends the ID token of user pool <user_pool_id>",
    ])
    .command(&[SHOW_IDENTITY_POOL])
    .page(pages::IDENTITY_POOL),
    row(
        NOT_AUTHORIZED,
        "Not a Cognito token",
        "This token was not made for a developer-authenticated identity",
    )
    .why("Under this name the pool wants the token that GetOpenIdTokenForDeveloperIdentity gave the backend, together with its identity ID.")
    .steps(&[
        "Let the backend hand over both, unchanged: IdentityId and Token.",
        "The token must be of identity pool <identity_pool_id>",
    ])
    .command(&[SHOW_IDENTITY_POOL])
    .page(pages::IDENTITY_POOL),
    row(
        BAD_PARAMETER,
        "Please provide a valid public provider",
        "The identity pool does not know this provider's name",
    )
    .why("A developer provider's name is for the backend only; what an app sends are the names of public providers.")
    .steps(&[
        "Check the provider's name in the configuration of <profile>: <provider_key>",
        "For a developer provider choose the sign-in method developer instead.",
    ])
    .command(&[SHOW_IDENTITY_POOL])
    .page(pages::IDENTITY_POOL)
    .mended_in(ProfileField::Providers),
    row(
        NOT_AUTHORIZED,
        "Invalid login token",
        "The identity pool does not accept this token",
    )
    .quoting()
    .why("The token reached the pool, but something in it is not as the provider's tokens are.")
    .steps(&[
        "Sign in to <profile> again.",
        "If that fails, compare the identity pool's providers with the profile's.",
    ])
    .command(&[SHOW_IDENTITY_POOL])
    .page(pages::IDENTITY_POOL),
];

/// One that is listed already stays as it is: a second entry could turn its token check off.
const ADD_USER_POOL: &str = change_identity_pool!(
    "CognitoIdentityProviders: [CognitoIdentityProviders || `[]`, length((CognitoIdentityProviders || `[]`)[?ProviderName == `\"<user_pool_key>\"` && ClientId == `\"<client_id>\"`]) == `0` && [`{\"ProviderName\": \"<user_pool_key>\", \"ClientId\": \"<client_id>\", \"ServerSideTokenCheck\": false}`] || `[]`][]"
);

const SIGNATURE: &str = "The token was cut off or changed on its way, or it comes from another issuer than its name says.";
const SIGNATURE_STEPS: &[&str] = &[
    "Sign in to <profile> again.",
    "Check that region and user pool are the right ones: <user_pool_id>",
    "Give the whole <token_kind> of <provider_key>: three parts with a dot between.",
];
