//! Pages of the AWS console, in any partition.
//!
//! Deliberately absent: pages that only a list leads to; the steps say what to choose there.

pub(super) const USER_POOLS: &str =
    "<user_pool_console>/cognito/v2/idp/user-pools?region=<user_pool_region>";
pub(super) const USER_POOL: &str = "<user_pool_console>/cognito/v2/idp/user-pools/<user_pool_id>/overview?region=<user_pool_region>";
pub(super) const USERS: &str = "<user_pool_console>/cognito/v2/idp/user-pools/<user_pool_id>/user-management/users?region=<user_pool_region>";
pub(super) const APP_CLIENTS: &str = "<user_pool_console>/cognito/v2/idp/user-pools/<user_pool_id>/applications/app-clients?region=<user_pool_region>";
pub(super) const APP_CLIENT: &str = "<user_pool_console>/cognito/v2/idp/user-pools/<user_pool_id>/applications/app-clients/<client_id>/overview?region=<user_pool_region>";
pub(super) const LOGIN_PAGES: &str = "<user_pool_console>/cognito/v2/idp/user-pools/<user_pool_id>/applications/app-clients/<client_id>/login-pages?region=<user_pool_region>";
pub(super) const IDENTITY_POOLS: &str =
    "<console>/cognito/v2/identity/identity-pools?region=<region>";
pub(super) const IDENTITY_POOL: &str =
    "<console>/cognito/v2/identity/identity-pools/<identity_pool_id>/user-access?region=<region>";
pub(super) const POOL_PROPERTIES: &str = "<console>/cognito/v2/identity/identity-pools/<identity_pool_id>/pool-properties?region=<region>";
pub(super) const IDENTITIES: &str = "<console>/cognito/v2/identity/identity-pools/<identity_pool_id>/identity-browser?region=<region>";
pub(super) const ROLE_TRUST: &str =
    "<console>/iam/home?region=<region>#/roles/details/<role_name>?section=trust_relationships";
pub(super) const ROLE: &str =
    "<console>/iam/home?region=<region>#/roles/details/<role_name>?section=permissions";
pub(super) const IDENTITY_PROVIDERS: &str =
    "<console>/iam/home?region=<region>#/identity_providers";
