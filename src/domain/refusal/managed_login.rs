//! What managed login sends back instead of a code, and what its token endpoint refuses.
//!
//! Source: the developer guide's pages on the two endpoints. What the browser shows itself, such as
//! `redirect_mismatch`, never comes back.

use super::commands::show_app_client;
use super::{MANAGED_LOGIN, ProfileField, Row, TOKEN_ENDPOINT, pages, row};

const SHOW_SCOPES: &[&str] = &[show_app_client!(
    "'UserPoolClient.[AllowedOAuthScopes,AllowedOAuthFlows]'"
)];
const SHOW_CLIENT: &[&str] = &[show_app_client!(
    "'UserPoolClient.[AllowedOAuthFlowsUserPoolClient,AllowedOAuthFlows,AllowedOAuthScopes,CallbackURLs,SupportedIdentityProviders]'"
)];
const SHOW_PROVIDERS: &[&str] =
    &["aws cognito-idp list-identity-providers --user-pool-id <user_pool_id> <user_pool_at>"];

const PROVIDER: &str = "The identity provider did not sign you in";
const WHY_PROVIDER: &str =
    "Managed login sent you to another identity provider, and its answer was no, or none.";
const CHECK_PROVIDER: &[&str] =
    &["Check identity_provider in the profile, and the provider's settings in the user pool."];

/// The service says so of triggers and identity providers in the description only.
const fn of_provider(part: &'static str) -> Row {
    row("", part, PROVIDER)
        .of(MANAGED_LOGIN)
        .why(WHY_PROVIDER)
        .steps(CHECK_PROVIDER)
        .command(SHOW_PROVIDERS)
        .page(pages::USER_POOL)
        .mended_in(ProfileField::ManagedLogin)
}

pub(super) const ROWS: &[Row] = &[
    row(
        "access_denied",
        "",
        "The sign-in was cancelled or denied in the browser",
    )
    .of(MANAGED_LOGIN)
    .why("Somebody cancelled, or the identity provider or a program of the user pool denied it.")
    .steps(&[
        "Try again. If you did not cancel, ask the administrator of the pool or of the identity provider.",
    ])
    .command(SHOW_PROVIDERS)
    .page(pages::LOGIN_PAGES),
    row(
        "invalid_scope",
        "",
        "The app client does not allow a scope that was asked for",
    )
    .of(MANAGED_LOGIN)
    .why("Every scope that the profile asks for has to be allowed for app client <client_id>.")
    .steps(&[
        "Allow the profile's scopes in the app client's managed login settings, or set scopes in the profile.",
    ])
    .command(SHOW_SCOPES)
    .page(pages::LOGIN_PAGES)
    .mended_in(ProfileField::ManagedLogin),
    row(
        "unauthorized_client",
        "",
        "The app client may not be used with managed login",
    )
    .of(MANAGED_LOGIN)
    .why("App client <client_id> has no authorization code grant.")
    .steps(&["Turn on the authorization code grant in the app client's managed login settings."])
    .command(SHOW_CLIENT)
    .page(pages::LOGIN_PAGES),
    row("login_required", "", "Nobody is signed in in the browser")
        .of(MANAGED_LOGIN)
        .why("The sign-in was asked for without showing a page.")
        .steps(&["Try again and sign in there."]),
    row("server_error", "", "Managed login failed")
        .of(MANAGED_LOGIN)
        .why("The service could not go on; it gives no reason.")
        .steps(&["Try again in a moment."]),
    row(
        "temporarily_unavailable",
        "",
        "Managed login is not available at the moment",
    )
    .of(MANAGED_LOGIN)
    .why("The service is overloaded or being worked on.")
    .steps(&["Try again in a moment."]),
    of_provider("idp"),
    of_provider("identity provider"),
    of_provider("saml"),
    of_provider("getting token"),
    of_provider("connection reset"),
    row("", "", "Managed login refused the sign-in")
        .of(MANAGED_LOGIN)
        .why("Something in the request is not what app client <client_id> allows.")
        .steps(&["Check scopes, callback addresses and identity provider of the app client."])
        .command(SHOW_CLIENT)
        .page(pages::LOGIN_PAGES),
    row(
        "invalid_grant",
        "",
        "The code from the browser was not accepted",
    )
    .of(TOKEN_ENDPOINT)
    .why("The code was used already or is too old, or the app client may not read what a scope brings.")
    .steps(&[
        "A code works once and for five minutes: sign in again.",
        "If it happens every time, the app client may not be allowed to read an attribute of a scope, such as email_verified.",
    ])
    .command(&[show_app_client!(
        "'UserPoolClient.[AllowedOAuthScopes,ReadAttributes]'"
    )])
    .page(pages::APP_CLIENT),
    row("invalid_client", "", "The app client was not accepted")
        .of(TOKEN_ENDPOINT)
        .why("Client ID and secret do not belong together, or the domain is another pool's.")
        .steps(&["Check the client ID and the app client's secret."])
        .command(SHOW_CLIENT)
        .page(pages::APP_CLIENT)
    .mended_in(ProfileField::ClientSecret),
    row("unauthorized_client", "", "The app client was not accepted")
        .of(TOKEN_ENDPOINT)
        .why("The app client may not redeem codes.")
        .steps(&["Check the client ID and the app client's secret."])
        .command(SHOW_CLIENT)
        .page(pages::LOGIN_PAGES),
    row("", "", "The token endpoint refused the code")
        .of(TOKEN_ENDPOINT)
        .why("Something in the request is not what app client <client_id> allows.")
        .steps(&["Check the app client's managed login settings."])
        .command(SHOW_CLIENT)
        .page(pages::LOGIN_PAGES),
];
