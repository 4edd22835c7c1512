//! What an identity pool refuses because of its own settings, or of an identity's.
//!
//! Sources: the API reference's error lists, and messages that users of the SDKs have reported.

use super::commands::{
    LIST_IDENTITIES, SHOW_IDENTITY, SHOW_IDENTITY_POOL, SHOW_POOL_ROLES, SHOW_TRUST,
    change_identity_pool,
};
use super::{BAD_PARAMETER, NOT_AUTHORIZED, NOT_FOUND, ProfileField, Row, Who, pages, row};

pub(super) const ROWS: &[Row] = &[
    row(
        NOT_FOUND,
        "IdentityPool '",
        "There is no such identity pool",
    )
    .why("Region <region> of this account has no identity pool <identity_pool_id>: it was deleted, or the ID belongs to another region or account.")
    .steps(&[
        "Compare the identity pool ID in the configuration of <profile> with the console: <identity_pool_id>",
        "The text before the colon is the region: check that first.",
    ])
    .command(&["aws cognito-identity list-identity-pools --max-results 60 <at>"])
    .page(pages::IDENTITY_POOLS)
    .mended_in(ProfileField::IdentityPool),
    row(
        NOT_FOUND,
        "Identity '",
        "The identity pool does not know this identity any more",
    )
    .why("The identity was deleted. Poolkey drops the ID it kept and asks for a new one, once.")
    .steps(&["Try again: a new identity is made. What was stored under the old one stays there."])
    .command(&[LIST_IDENTITIES])
    .page(pages::IDENTITIES),
    row(
        NOT_AUTHORIZED,
        "Unauthenticated access is not supported",
        "The identity pool has no guests",
    )
    .only(Who::Guest)
    .why("Guest access is turned off in identity pool <identity_pool_id>.")
    .steps(&[
        "In the Cognito console open the identity pool <identity_pool_id>",
        "User access → Guest access → Edit → turn it on, with a role for guests.",
        "Or let <profile> sign in instead: everybody who has the pool's ID can be a guest.",
    ])
    .command(&[change_identity_pool!("AllowUnauthenticatedIdentities: `true`")])
    .page(pages::IDENTITY_POOL)
    .mended_in(ProfileField::SignIn),
    row(
        NOT_AUTHORIZED,
        "Unauthenticated access is not supported",
        "The identity pool did not accept the sign-in",
    )
    .why("The request counted as a guest's, because the pool does not know the provider's name that came with the token.")
    .steps(&[
        "In the Cognito console open the identity pool <identity_pool_id>",
        "User access → Identity providers: there has to be <user_pool_key>",
        "User access → Identity providers: there has to be <provider_key>",
    ])
    .command(&[SHOW_IDENTITY_POOL])
    .page(pages::IDENTITY_POOL),
    row(
        NOT_AUTHORIZED,
        "Access to Identity '",
        "This identity belongs to somebody who signs in",
    )
    .only(Who::Guest)
    .why(NOT_A_GUESTS)
    .steps(&["Forget it: poolkey identity <profile> --forget. Then a new guest's identity is made."])
    .command(&[SHOW_IDENTITY])
    .page(pages::IDENTITIES),
    row(
        NOT_AUTHORIZED,
        "Access to Identity '",
        "This identity belongs to somebody who signs in",
    )
    .why(NOT_A_GUESTS)
    .steps(&[
        "Sign out of <profile>, then in again: Poolkey drops the identity it kept and asks for the right one.",
    ])
    .command(&[SHOW_IDENTITY])
    .page(pages::IDENTITIES),
    row(
        "InvalidIdentityPoolConfigurationException",
        "",
        "The identity pool has no usable role",
    )
    .why("No role is assigned to these users, or its trust policy does not let this identity pool use it.")
    .steps(&[
        "In the Cognito console open the identity pool <identity_pool_id>",
        "User access → assign a role to authenticated users, and to guests where there are any. The command set-identity-pool-roles overwrites all roles that it is not given.",
        "The role's trust policy must allow sts:AssumeRoleWithWebIdentity, not sts:AssumeRole, to <principal>",
        "It must want <principal>:aud to be <identity_pool_id>",
        "It must want <principal>:amr to be <amr>",
    ])
    .command(&[SHOW_POOL_ROLES])
    .page(pages::IDENTITY_POOL),
    row(
        NOT_AUTHORIZED,
        "ambiguous role mapping",
        "The identity pool's rules choose no role for this user",
    )
    .why("No rule fits, or the token names several roles and prefers none; the pool is told to refuse then.")
    .steps(&[
        "In the Cognito console open the identity pool <identity_pool_id>",
        "User access → the identity provider → Role settings: add a rule that fits, or let the default role be used.",
        "Or name one of the user's roles in the configuration of <profile>.",
    ])
    .command(&[SHOW_POOL_ROLES])
    .page(pages::IDENTITY_POOL)
    .mended_in(ProfileField::Role),
    row(
        NOT_AUTHORIZED,
        "Access to Role '",
        "This user may not have the role that the profile names",
    )
    .why("A role can be chosen only where the token lists it in cognito:roles, which the user pool's groups bring, and where the identity pool may assume it.")
    .steps(&[
        "Add <username> to a group of user pool <user_pool_id> that has the role <role>",
        "Or take the role out of the configuration of <profile>: then the identity pool chooses.",
        "After a change sign in again: the ID token lists the roles.",
    ])
    .command(&[
        "aws cognito-idp admin-list-groups-for-user --user-pool-id <user_pool_id> --username <username> <user_pool_at>",
        SHOW_POOL_ROLES,
    ])
    .page(pages::IDENTITY_POOL)
    .mended_in(ProfileField::Role),
    row(
        BAD_PARAMETER,
        "flow is not supported with RoleMappings",
        "The identity pool chooses roles by rules, so it has no basic flow",
    )
    .why("With role mappings the pool decides about the role; in the basic flow the caller would.")
    .steps(&[
        "Set the exchange of <basic_profile> to the enhanced flow.",
        OR_CREDENTIAL_PROCESS,
        "Or remove the role mappings of identity pool <identity_pool_id>",
    ])
    .command(&[SHOW_POOL_ROLES])
    .page(pages::IDENTITY_POOL)
    .mended_in(ProfileField::Flow),
    row(
        BAD_PARAMETER,
        "not supported with SAML",
        "SAML works in the enhanced flow only",
    )
    .why("The basic flow takes no SAML assertion.")
    .steps(&[
        "Set the exchange of <basic_profile> to the enhanced flow.",
        OR_CREDENTIAL_PROCESS,
    ])
    .command(&[SHOW_IDENTITY_POOL])
    .page(pages::IDENTITY_POOL)
    .mended_in(ProfileField::Flow),
    row(
        BAD_PARAMETER,
        "(classic) flow is not enabled",
        "The identity pool does not allow the basic flow",
    )
    .why("The basic (classic) flow is turned off in identity pool <identity_pool_id>.")
    .steps(&[
        "Set the exchange of <basic_profile> to the enhanced flow.",
        OR_CREDENTIAL_PROCESS,
        "Or turn the basic flow on: Cognito console → identity pool <identity_pool_id>",
        "Identity pool properties → Basic (classic) authentication → Edit → activate it.",
    ])
    .command(&[change_identity_pool!("AllowClassicFlow: `true`")])
    .page(pages::POOL_PROPERTIES)
    .mended_in(ProfileField::Flow),
    row(
        "ResourceConflictException",
        "",
        "This login belongs to another identity",
    )
    .why("A login belongs to one identity of the pool, and an identity has one login of each provider.")
    .steps(&[
        "Sign in to <profile> with one login only, so that its own identity is found.",
        "Or unlink the login from the other identity first.",
    ])
    .command(&[LIST_IDENTITIES])
    .page(pages::IDENTITIES),
    row(
        "ExternalServiceException",
        "",
        "The login provider did not answer the identity pool",
    )
    .why("The identity pool asks Facebook or Amazon whether the token is good.")
    .steps(&["Try again in a moment. If it happens every time, look at the provider's status page."])
    .command(&[SHOW_IDENTITY_POOL]),
    row(
        "AccessDeniedException",
        "GetOpenIdTokenForDeveloperIdentity",
        "The AWS profile may not vouch for users",
    )
    .why("Only who may call cognito-identity:GetOpenIdTokenForDeveloperIdentity on the pool can vouch for somebody.")
    .steps(&[
        "Allow cognito-identity:GetOpenIdTokenForDeveloperIdentity on identity pool <identity_pool_id>",
        "Give it to the identity behind the AWS profile <aws_profile>",
    ])
    .command(&[SHOW_CALLER])
    .page(pages::IDENTITY_POOL),
    row("UnrecognizedClientException", "", BAD_KEYS)
        .of(VOUCH)
        .why(WHY_BAD_KEYS)
        .steps(MEND_KEYS)
        .command(&[SHOW_CALLER]),
    row("InvalidSignatureException", "", BAD_KEYS)
        .of(VOUCH)
        .why(WHY_BAD_KEYS)
        .steps(MEND_KEYS)
        .command(&[SHOW_CALLER]),
    row("ExpiredTokenException", "", BAD_KEYS)
        .of(VOUCH)
        .why(WHY_BAD_KEYS)
        .steps(MEND_KEYS)
        .command(&[SHOW_CALLER]),
    row(
        BAD_PARAMETER,
        "valid developer provider",
        "The identity pool does not know this developer provider",
    )
    .why("A backend can only vouch under the developer provider name that the pool has.")
    .steps(&[
        "Compare the provider's name in the configuration of <profile> with the pool's: <developer_name>",
        "Cognito console → identity pool <identity_pool_id> → User access → Identity providers → Custom developer provider.",
    ])
    .command(&[SHOW_IDENTITY_POOL])
    .page(pages::IDENTITY_POOL)
    .mended_in(ProfileField::Developer),
    row(
        "DeveloperUserAlreadyRegisteredException",
        "",
        "This user is already linked to another identity",
    )
    .why("The developer provider's user identifier belongs to another identity of the pool.")
    .steps(&["Merge the two identities in the backend, or use the identity that has the user."])
    .command(&[LIST_IDENTITIES])
    .page(pages::IDENTITIES),
    row(
        "AccessDenied",
        "no session policy allows",
        "Guests may not use this service",
    )
    .only(Who::Guest)
    .why(SCOPE_DOWN)
    .steps(SCOPE_DOWN_STEPS)
    .command(&[SHOW_TRUST, SHOW_POOL_ROLES])
    .page(pages::IDENTITY_POOL)
    .mended_in(ProfileField::Flow),
    row(
        "AccessDeniedException",
        "no session policy allows",
        "Guests may not use this service",
    )
    .only(Who::Guest)
    .why(SCOPE_DOWN)
    .steps(SCOPE_DOWN_STEPS)
    .command(&[SHOW_TRUST, SHOW_POOL_ROLES])
    .page(pages::IDENTITY_POOL)
    .mended_in(ProfileField::Flow),
];

/// The profile itself has no need of the basic flow then.
const OR_CREDENTIAL_PROCESS: &str = "A web identity token needs the basic (classic) flow. Without it export <enhanced_profile> as credential_process instead.";
const NOT_A_GUESTS: &str = "An identity that once signed in cannot be used without a login, and one that was merged into another is disabled.";

const VOUCH: &str = "GetOpenIdTokenForDeveloperIdentity";
const BAD_KEYS: &str = "The AWS profile's keys are not valid";
const WHY_BAD_KEYS: &str = "The request was signed with the keys of an AWS profile that are wrong, were deleted or have run out.";
const MEND_KEYS: &[&str] = &[
    "Renew the keys of the AWS profile <aws_profile>",
    "A clock of this machine that is wrong by minutes gives the same answer.",
];
const SHOW_CALLER: &str = "aws sts get-caller-identity --profile <aws_profile> <at>";

const SCOPE_DOWN: &str = "In the enhanced flow AWS narrows what guests may do to a fixed list of services (DynamoDB, S3, Lambda, SNS, SQS, IoT and some more), whatever their role allows.";
const SCOPE_DOWN_STEPS: &[&str] = &[
    "Let <profile> sign in: signed-in users are not narrowed.",
    "Or set the exchange of <profile> to the basic flow, which does not narrow guests.",
];
