//! What a user pool refuses because of what an administrator set: app clients, flows, programs.
//!
//! Sources: the API reference's error lists, and messages that users of the SDKs have reported.

use super::commands::{change_app_client, show_app_client, show_user_pool};
use super::{BAD_PARAMETER, NOT_AUTHORIZED, NOT_FOUND, ProfileField, Row, pages, row};

const NO_REVOCATION: &str = "The app client does not let a sign-in be ended";
const WHY_NO_REVOCATION: &str = "Token revocation is turned off for app client <client_id>.";
const ENABLE_REVOCATION: &[&str] = &[
    "Ask the pool's administrator to enable token revocation on the app client.",
    "Until then the sign-in lasts as long as its refresh token; signing out everywhere ends it now.",
];
const SET_REVOCATION: &str = change_app_client!(".EnableTokenRevocation = true");

const NO_FLOW: &str = "The app client does not allow this sign-in method";
const WHY_NO_FLOW: &str =
    "App client <client_id> does not list this method among its authentication flows.";
const ALLOW_FLOW: &[&str] = &[
    "Choose another sign-in method in the configuration of <profile>.",
    "Or in the Cognito console: app client <client_id> → Edit → Authentication flows: turn on <flow>",
];
/// A client that lists no flow allows these three (`CreateUserPoolClient`): they have to be listed
/// with the new one, or they end.
const SET_FLOW: &[&str] = &[
    change_app_client!(
        ".ExplicitAuthFlows |= (if length == 0 then [\"ALLOW_REFRESH_TOKEN_AUTH\", \"ALLOW_USER_SRP_AUTH\", \"ALLOW_CUSTOM_AUTH\"] else . end + [\"<flow>\"] | unique)"
    ),
    show_app_client!("UserPoolClient.ExplicitAuthFlows"),
];

const SHOW_SECRET: &[&str] = &[show_app_client!("UserPoolClient.ClientSecret")];
const SHOW_LAMBDA: &[&str] = &[show_user_pool!("UserPool.LambdaConfig")];
const SHOW_PLAN: &[&str] = &[show_user_pool!("UserPool.UserPoolTier")];

pub(super) const ROWS: &[Row] = &[
    row("UnsupportedOperationException", "", NO_REVOCATION)
        .of("RevokeToken")
        .why(WHY_NO_REVOCATION)
        .steps(ENABLE_REVOCATION)
        .command(&[SET_REVOCATION])
        .page(pages::APP_CLIENT),
    row("UnsupportedTokenTypeException", "", NO_REVOCATION)
        .of("RevokeToken")
        .why(WHY_NO_REVOCATION)
        .steps(ENABLE_REVOCATION)
        .command(&[SET_REVOCATION])
        .page(pages::APP_CLIENT),
    row(
        NOT_AUTHORIZED,
        "Unable to verify secret hash",
        "The app client secret is wrong",
    )
    .why("The proof that was sent was made with another secret than that of app client <client_id>.")
    .steps(&["Enter the app client's secret again in the profile's configuration."])
    .command(SHOW_SECRET)
    .page(pages::APP_CLIENT)
    .mended_in(ProfileField::ClientSecret),
    row(
        NOT_AUTHORIZED,
        "SECRET_HASH was not received",
        "This app client has a secret, but the profile has none",
    )
    .why("App client <client_id> wants every request to prove its secret.")
    .steps(&[
        "Enter the app client's secret in the profile's configuration.",
        "Or use an app client without a secret: a program on somebody's machine cannot keep one.",
    ])
    .command(SHOW_SECRET)
    .page(pages::APP_CLIENT)
    .mended_in(ProfileField::ClientSecret),
    row(
        BAD_PARAMETER,
        "not configured for secret",
        "This app client has no secret, but the profile has one",
    )
    .why("App client <client_id> is a public one and refuses the proof of a secret.")
    .steps(&["Remove the client secret from the profile's configuration."])
    .command(&[show_app_client!("UserPoolClient.ClientName")])
    .page(pages::APP_CLIENT)
    .mended_in(ProfileField::ClientSecret),
    row(BAD_PARAMETER, "not enabled for", NO_FLOW)
        .why(WHY_NO_FLOW)
        .steps(ALLOW_FLOW)
        .command(SET_FLOW)
        .page(pages::APP_CLIENT)
    .mended_in(ProfileField::SignIn),
    row(BAD_PARAMETER, "Initiate Auth method not supported", NO_FLOW)
        .why(WHY_NO_FLOW)
        .steps(ALLOW_FLOW)
        .command(SET_FLOW)
        .page(pages::APP_CLIENT)
    .mended_in(ProfileField::SignIn),
    row(
        "UserLambdaValidationException",
        "",
        "The user pool's own program refuses",
    )
    .quoting()
    .why("A Lambda function of the user pool decides about sign-ins, and said no.")
    .steps(&["Ask the pool's administrator."])
    .command(SHOW_LAMBDA)
    .page(pages::USER_POOL),
    row(
        "UnexpectedLambdaException",
        "",
        "The user pool's own program failed",
    )
    .why("A Lambda function of the user pool ended with an error, or the pool may not call it.")
    .steps(&["Try again. If it happens every time, tell the pool's administrator."])
    .command(SHOW_LAMBDA)
    .page(pages::USER_POOL),
    row(
        "InvalidLambdaResponseException",
        "",
        "The user pool's own program answered something invalid",
    )
    .why("A Lambda function of the user pool answered what the pool does not understand.")
    .steps(&["Tell the pool's administrator."])
    .command(SHOW_LAMBDA)
    .page(pages::USER_POOL),
    row(
        "FeatureUnavailableInTierException",
        "",
        "The user pool's feature plan does not include this",
    )
    .why("Choice-based sign-in and some other features need the Essentials or the Plus plan.")
    .steps(&[
        "Choose another sign-in method in the configuration of <profile>, or let the administrator change the plan.",
        "User pool <user_pool_id> → Settings → Feature plan. The command update-user-pool resets all that it is not given.",
    ])
    .command(SHOW_PLAN)
    .page(pages::USER_POOL)
    .mended_in(ProfileField::SignIn),
    row(
        "OperationNotEnabledException",
        "",
        "This replica of the user pool does not do that",
    )
    .why("User pool <user_pool_id> is a replica, and not every operation is enabled there.")
    .steps(&[
        "Name the primary user pool in the configuration of <profile>, or ask the pool's administrator.",
    ])
    .command(SHOW_PLAN)
    .page(pages::USER_POOL)
    .mended_in(ProfileField::UserPool),
    row(
        "ForbiddenException",
        "",
        "A firewall in front of the user pool refuses this machine",
    )
    .why("AWS WAF has a rule that this network, country or request falls under.")
    .steps(&["Check network and proxy, or ask the pool's administrator."])
    .command(&[
        "aws wafv2 get-web-acl-for-resource <user_pool_at> --resource-arn \"$(aws cognito-idp describe-user-pool --user-pool-id <user_pool_id> <user_pool_at> --query UserPool.Arn --output text)\"",
    ])
    .page(pages::USER_POOL),
    row(
        "InvalidSmsRoleAccessPolicyException",
        "",
        "The user pool may not send text messages",
    )
    .why("The role that the pool sends SMS with lacks sns:Publish.")
    .steps(&["Tell the pool's administrator: Authentication → Authentication methods → SMS."])
    .command(&[show_user_pool!("UserPool.SmsConfiguration")])
    .page(pages::USER_POOL),
    row(
        "InvalidSmsRoleTrustRelationshipException",
        "",
        "The user pool may not send text messages",
    )
    .why("The role that the pool sends SMS with does not trust cognito-idp.amazonaws.com, or wants another external ID.")
    .steps(&["Tell the pool's administrator: Authentication → Authentication methods → SMS."])
    .command(&[show_user_pool!("UserPool.SmsConfiguration")])
    .page(pages::USER_POOL),
    row(
        "InvalidEmailRoleAccessPolicyException",
        "",
        "The user pool may not send e-mail",
    )
    .why("The pool may not use the e-mail identity in Amazon SES that it is set to send with.")
    .steps(&["Tell the pool's administrator: Authentication → Authentication methods → E-mail."])
    .command(&[show_user_pool!("UserPool.EmailConfiguration")])
    .page(pages::USER_POOL),
    row(
        "InvalidUserPoolConfigurationException",
        "",
        "The user pool's settings contradict each other",
    )
    .quoting()
    .why("Something that this sign-in needs is set up in part only.")
    .steps(&["Tell the pool's administrator what AWS says here."])
    .command(&[show_user_pool!("UserPool")])
    .page(pages::USER_POOL),
    row(
        NOT_FOUND,
        "User pool client",
        "The user pool has no such app client",
    )
    .why("User pool <user_pool_id> has no app client <client_id>: it was deleted, or belongs to another pool.")
    .steps(&[
        "Check the app client ID, and that it belongs to this user pool.",
        "Check the region, too: <user_pool_region>",
    ])
    .command(&[
        "aws cognito-idp list-user-pool-clients --user-pool-id <user_pool_id> <user_pool_at>",
    ])
    .page(pages::APP_CLIENTS)
    .mended_in(ProfileField::Client),
    row(NOT_FOUND, "User pool", "There is no such user pool")
        .why("Region <user_pool_region> of this account has no user pool <user_pool_id>: it was deleted, or the ID belongs to another region.")
        .steps(&["Check the user pool ID and its region in the configuration of <profile>: <user_pool_id>"])
        .command(&["aws cognito-idp list-user-pools --max-results 60 <user_pool_at>"])
        .page(pages::USER_POOLS)
    .mended_in(ProfileField::UserPool),
];
