//! What STS refuses in the basic flow.
//!
//! Source: the API reference of `AssumeRoleWithWebIdentity`, and messages that users have reported.

use super::commands::{SHOW_TRUST, TRUST_IDENTITY_POOL};
use super::{ProfileField, Row, pages, row};

const ASSUME: &str = "AssumeRoleWithWebIdentity";
const INVALID_TOKEN: &str = "InvalidIdentityToken";

pub(super) const ROWS: &[Row] = &[
    row(
        "AccessDenied",
        "AssumeRoleWithWebIdentity",
        "The role does not trust this identity pool",
    )
    .why("STS says the same when the role's trust policy does not name the identity pool and when there is no such role.")
    .steps(&[
        "In the IAM console open the role <role_name> of account <account> → Trust relationships",
        "Federated principal: <principal>; action: sts:AssumeRoleWithWebIdentity",
        "Condition StringEquals: <principal>:aud is <identity_pool_id>",
        "Condition ForAnyValue:StringLike: <principal>:amr is <amr>",
        "The command adds that statement to the trust policy; the statements that are there stay.",
    ])
    .command(&[TRUST_IDENTITY_POOL])
    .page(pages::ROLE_TRUST),
    row(
        INVALID_TOKEN,
        "No OpenIDConnect provider found",
        "The account does not know the token's issuer",
    )
    .why("STS got a token of an issuer that is no identity provider in account <account>. A user pool's own ID token goes to the identity pool, not to STS.")
    .steps(&[
        "Check that the role is in the account of identity pool <identity_pool_id>: it is <role>",
        "Leave the exchange to identity pool <identity_pool_id>, or add the issuer in IAM → Identity providers.",
    ])
    .command(&["aws iam list-open-id-connect-providers <at>"])
    .page(pages::IDENTITY_PROVIDERS),
    row(
        INVALID_TOKEN,
        "Incorrect token audience",
        "The token was issued for somebody else",
    )
    .why("The token's audience is not one that the role's identity provider has.")
    .steps(&[
        "The role's trust policy has to name <principal> with the audience <identity_pool_id>",
        "A provider of its own in IAM has to list the token's audience.",
    ])
    .command(&[SHOW_TRUST])
    .page(pages::ROLE_TRUST),
    row(
        INVALID_TOKEN,
        "not a valid JWT",
        "STS cannot read the token",
    )
    .why("An access token, or a token that was cut off, was sent where an OpenID token is wanted.")
    .steps(&["Try again: Poolkey asks identity pool <identity_pool_id> for a new token."])
    .command(&[SHOW_TRUST])
    .page(pages::ROLE_TRUST),
    row(
        INVALID_TOKEN,
        "verification key",
        "STS could not get the issuer's keys",
    )
    .why("The issuer's key page did not answer STS in time, or is not public.")
    .steps(&[
        "Try again in a moment.",
        "If it happens every time, open the issuer's /.well-known/openid-configuration and its jwks_uri from outside your network.",
    ])
    .command(&["aws iam list-open-id-connect-providers <at>"])
    .page(pages::IDENTITY_PROVIDERS),
    row(INVALID_TOKEN, "", "STS does not accept the token")
        .quoting()
        .why("The token is damaged, or not of the issuer that the role trusts.")
        .steps(&[
            "Sign in to <profile> again.",
            "Check that the role <role> trusts <principal>",
        ])
        .command(&[SHOW_TRUST])
        .page(pages::ROLE_TRUST),
    row(
        "ExpiredTokenException",
        "",
        "The token was too old when it reached STS",
    )
    .of(ASSUME)
    .why("The identity pool's token is good for ten minutes.")
    .steps(&[
        "Try again: Poolkey asks for a new token.",
        "If it happens every time, set this machine's clock.",
    ]),
    row(
        "ValidationError",
        "DurationSeconds exceeds the MaxSessionDuration",
        "The role does not allow sessions that long",
    )
    .why("The profile wants <duration> seconds, and the role's maximum session duration is shorter.")
    .steps(&[
        "Set a shorter session in the configuration of <profile>.",
        "Or raise the role's maximum: IAM console → <role_name> → Edit → Maximum session duration.",
    ])
    .command(&[
        "aws iam update-role --role-name <role_name> --max-session-duration <duration> <at>",
        "aws iam get-role --role-name <role_name> <at> --query Role.MaxSessionDuration",
    ])
    .page(pages::ROLE)
    .mended_in(ProfileField::Duration),
    row(
        "ValidationError",
        "",
        "STS finds a mistake in what the profile asks for",
    )
    .of(ASSUME)
    .quoting()
    .why("The role's ARN, the session's name or its length is not as STS wants it.")
    .steps(&["Check the exchange in the configuration of <profile>: the role is <role>"])
    .command(&["aws iam get-role --role-name <role_name> <at>"])
    .page(pages::ROLE)
    .mended_in(ProfileField::Role),
    row(
        "IDPCommunicationError",
        "",
        "STS could not reach the token's issuer",
    )
    .why("STS asks the issuer for its keys, and got no answer.")
    .steps(&["Try again in a moment; the service is not always reached at once."])
    .command(&["aws iam list-open-id-connect-providers <at>"])
    .page(pages::IDENTITY_PROVIDERS),
    row(
        "IDPRejectedClaim",
        "",
        "The issuer rejected the token",
    )
    .why("The token has expired or was revoked at its issuer.")
    .steps(&["Sign in to <profile> again."])
    .command(&[SHOW_TRUST])
    .page(pages::ROLE_TRUST),
    row(
        "MalformedPolicyDocument",
        "",
        "The session policy is no valid policy",
    )
    .quoting()
    .why("The profile's session policy is not JSON that IAM understands.")
    .steps(&[
        "Correct the session policy in the configuration of <profile>: IAM's policy editor names the mistake.",
        "So does the command, for a policy in the file policy.json.",
    ])
    .command(&[
        "aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document file://policy.json <at>",
    ])
    .page(pages::ROLE)
    .mended_in(ProfileField::Policy),
    row(
        "PackedPolicyTooLarge",
        "",
        "The session policy is too long",
    )
    .why("Session policy and session tags are packed together, and the packed form has a limit.")
    .steps(&["Shorten the session policy of <profile>, or put its rules into the role."])
    .command(&["aws iam list-role-policies --role-name <role_name> <at>"])
    .page(pages::ROLE)
    .mended_in(ProfileField::Policy),
    row(
        "RegionDisabledException",
        "",
        "STS is turned off in this region",
    )
    .why("The account that owns the role has not activated STS in <region>.")
    .steps(&[
        "In the IAM console of account <account>: Account settings → Security Token Service → activate <region>.",
    ])
    .command(&["aws account get-region-opt-status --region-name <region> <at>"])
    .page("<console>/iam/home?region=<region>#/account_settings"),
];
