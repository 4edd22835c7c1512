//! AWS CLI commands that several rows share.
//!
//! Most `update-*` calls reset what they are not given. So these read the present settings, change
//! one, and hand all of them back: for identity pools and trust policies by the CLI's own `JMESPath`,
//! for app clients by `jq`, because the answer also holds members that the call does not take.

/// Reads one setting of the app client.
macro_rules! show_app_client {
    ($query:literal) => {
        concat!(
            "aws cognito-idp describe-user-pool-client --user-pool-id <user_pool_id> --client-id <client_id> <user_pool_at> --query ",
            $query
        )
    };
}

/// Changes the app client, with the rest as it is: `jq` gets what follows.
macro_rules! change_app_client {
    ($change:literal) => {
        concat!(
            "aws cognito-idp update-user-pool-client <user_pool_at> --cli-input-json \"$(aws cognito-idp describe-user-pool-client --user-pool-id <user_pool_id> --client-id <client_id> <user_pool_at> --output json | jq '.UserPoolClient | del(.ClientSecret, .ClientType, .CreationDate, .LastModifiedDate) | ",
            $change,
            "')\""
        )
    };
}

/// Reads one setting of the user pool.
macro_rules! show_user_pool {
    ($query:literal) => {
        concat!(
            "aws cognito-idp describe-user-pool --user-pool-id <user_pool_id> <user_pool_at> --query ",
            $query
        )
    };
}

/// Changes the identity pool, with the rest as it is: the `merge` of `JMESPath` gets what follows.
macro_rules! change_identity_pool {
    ($change:literal) => {
        concat!(
            "aws cognito-identity update-identity-pool <at> --cli-input-json \"$(aws cognito-identity describe-identity-pool --identity-pool-id <identity_pool_id> <at> --output json --query 'merge(@, {",
            $change,
            "})')\""
        )
    };
}

/// What a reader has to know of a command before it is run.
pub(super) fn remark(command: &str) -> Option<&'static str> {
    const JQ: &str = "The command needs jq and keeps the app client's other settings; update-user-pool-client alone resets all that it is not given.";
    command.contains("| jq ").then_some(JQ)
}

pub(super) use {change_app_client, change_identity_pool, show_app_client, show_user_pool};

pub(super) const SHOW_USER: &str = "aws cognito-idp admin-get-user --user-pool-id <user_pool_id> --username <username> <user_pool_at>";
pub(super) const LIST_USERS: &str =
    "aws cognito-idp list-users --user-pool-id <user_pool_id> <user_pool_at>";
pub(super) const SHOW_IDENTITY_POOL: &str =
    "aws cognito-identity describe-identity-pool --identity-pool-id <identity_pool_id> <at>";
pub(super) const SHOW_POOL_ROLES: &str =
    "aws cognito-identity get-identity-pool-roles --identity-pool-id <identity_pool_id> <at>";
pub(super) const SHOW_IDENTITY: &str =
    "aws cognito-identity describe-identity --identity-id <quoted> <at>";
pub(super) const SHOW_TRUST: &str =
    "aws iam get-role --role-name <role_name> <at> --query Role.AssumeRolePolicyDocument";
pub(super) const LIST_IDENTITIES: &str = "aws cognito-identity list-identities --identity-pool-id <identity_pool_id> --max-results 60 <at>";
/// Adds a statement for this identity pool to the role's trust policy.
pub(super) const TRUST_IDENTITY_POOL: &str = r#"aws iam update-assume-role-policy --role-name <role_name> <at> --policy-document "$(aws iam get-role --role-name <role_name> <at> --output json --query 'merge(Role.AssumeRolePolicyDocument, {Statement: [Role.AssumeRolePolicyDocument.Statement, [`{"Effect":"Allow","Principal":{"Federated":"<principal>"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"<principal>:aud":"<identity_pool_id>"},"ForAnyValue:StringLike":{"<principal>:amr":"<amr>"}}}`]][]})')""#;
