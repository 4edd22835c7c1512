//! `GetOpenIdToken`, the middle of the basic (classic) flow, and the token itself.
//!
//! Its key is published at `GET /.well-known/jwks_uri`, where the service has it below its own
//! address. Deliberately absent: a role; STS is told it.

use std::time::Duration;

use serde_json::{Value, json};

use super::logins::{COGNITO_ISSUER, Login};
use super::settings::{PoolSettings, RoleMapping};
use super::{Caller, caller};
use crate::sandbox::clock::after;
use crate::sandbox::error::{Answer, Refusal};
use crate::sandbox::input::Input;
use crate::sandbox::providers::SAML_MARK;
use crate::sandbox::world::{ACCOUNT_ID, Call, REGION};

/// Fixed by the service for `GetOpenIdToken`.
const LIFETIME: Duration = Duration::from_mins(10);

/// The claim that names the identity pool with its account.
const POOL_ARN_CLAIM: &str = "https://cognito-identity.amazonaws.com/identity-pool-arn";

/// `GetOpenIdToken`.
pub(in crate::sandbox) fn get_open_id_token(call: &mut Call<'_>, input: &Input) -> Answer {
    let caller = caller(call, input)?;
    basic_flow_is_on(&caller.pool.settings, &caller.logins)?;
    let token = token(call, &caller, LIFETIME)?;
    Ok(json!({ "IdentityId": caller.identity_id, "Token": token }))
}

fn basic_flow_is_on(settings: &PoolSettings, logins: &[Login]) -> Result<(), Refusal> {
    let is_saml = |login: &Login| login.subject.provider.contains(SAML_MARK);
    let off = if !settings.classic_flow {
        "enabled"
    } else if settings.role_mapping != RoleMapping::None {
        "supported with RoleMappings enabled"
    } else if logins.iter().any(is_saml) {
        "supported with SAML"
    } else {
        return Ok(());
    };
    Err(Refusal::invalid_parameter(format!(
        "Basic (classic) flow is not {off}, please use enhanced flow."
    )))
}

/// `GET /.well-known/openid-configuration` of a sandbox at `host`.
pub(in crate::sandbox) fn configuration(host: &str) -> Value {
    json!({
        "issuer": COGNITO_ISSUER,
        "jwks_uri": format!("http://{host}/.well-known/jwks_uri"),
        "id_token_signing_alg_values_supported": ["RS256"],
        "subject_types_supported": ["public"],
        "response_types_supported": ["token"],
    })
}

/// A token that says who the caller is and by which logins.
pub(super) fn token(
    call: &Call<'_>,
    caller: &Caller,
    lifetime: Duration,
) -> Result<String, Refusal> {
    call.signer.sign(&json!({
        "sub": caller.identity_id,
        "aud": caller.pool.id,
        "amr": methods(&caller.logins),
        "iss": COGNITO_ISSUER,
        POOL_ARN_CLAIM: format!(
            "arn:aws:cognito-identity:{REGION}:{ACCOUNT_ID}:identitypool/{}",
            caller.pool.id
        ),
        "iat": call.now.as_second(),
        "exp": after(call.now, lifetime).as_second(),
    }))
}

/// `amr`: whether there is a login, then each provider, alone and with whom it vouched for.
fn methods(logins: &[Login]) -> Vec<String> {
    let first = if logins.is_empty() {
        "unauthenticated"
    } else {
        "authenticated"
    };
    let mut methods = vec![first.to_owned()];
    for login in logins {
        let provider = &login.subject.provider;
        methods.push(provider.clone());
        let audience = login.audience.iter().map(String::as_str);
        let parts = [provider.as_str()].into_iter().chain(audience);
        let parts: Vec<&str> = parts.chain([login.subject.id.as_str()]).collect();
        methods.push(parts.join(":"));
    }
    methods
}
