//! The tokens a sign-in or a refresh leads to, claim by claim as in the service.
//!
//! `iss` is the service's own address, not the sandbox's: the login key of an identity pool is made
//! of it. Deliberately absent: what only managed login adds (`nonce`, `at_hash`).

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::clients::Client;
use super::clock::after;
use super::device_operations::DEVICE_CLAIM;
use super::error::{Answer, Refusal};
use super::fresh;
use super::grants::Family;
use super::managed_login::scopes;
use super::users::User;
use super::world::{Call, LOGIN_PROVIDER, role_arn};

/// The scope an access token needs for `GetUser` and `GlobalSignOut`: the one of an API sign-in.
pub(super) const USER_SCOPE: &str = "aws.cognito.signin.user.admin";

/// `iss` of every token.
pub(super) fn issuer() -> String {
    format!("https://{LOGIN_PROVIDER}")
}

/// The answer that ends a sign-in: a new family and its three tokens.
pub(super) fn signed_in(
    call: &mut Call<'_>,
    user: &User,
    client: &Client,
    device: Option<String>,
) -> Answer {
    let (mut family, refresh_token) =
        call.state
            .grants
            .open(&user.username, &user.sub, client.id, call.now)?;
    if let Some(device) = device {
        call.state.grants.bind_device(&mut family, device);
    }
    authentication_result(call, user, &family, Some(refresh_token))
}

/// An answer with new ID and access tokens of `family`.
pub(super) fn authentication_result(
    call: &Call<'_>,
    user: &User,
    family: &Family,
    refresh_token: Option<String>,
) -> Answer {
    let lifetimes = &call.state.lifetimes;
    let mut result = Map::new();
    result.insert(
        "AccessToken".into(),
        call.signer
            .sign(&access_claims(
                user,
                family,
                call.now,
                lifetimes.access_token,
            )?)?
            .into(),
    );
    result.insert("ExpiresIn".into(), lifetimes.access_token.as_secs().into());
    result.insert("TokenType".into(), "Bearer".into());
    result.insert(
        "IdToken".into(),
        call.signer
            .sign(&id_claims(user, family, call.now, lifetimes.id_token)?)?
            .into(),
    );
    if let Some(token) = refresh_token {
        result.insert("RefreshToken".into(), token.into());
    }
    Ok(json!({ "AuthenticationResult": result, "ChallengeParameters": {} }))
}

/// The claims of an ID token.
pub(super) fn id_claims(
    user: &User,
    family: &Family,
    now: Timestamp,
    lifetime: Duration,
) -> Answer {
    let mut claims = common_claims(user, family, now, lifetime)?;
    let own = json!({
        "token_use": "id",
        "aud": family.client_id,
        "cognito:username": user.username,
        "email": user.email,
        "email_verified": true,
    });
    extend(&mut claims, own);
    // A user without groups has neither the roles nor the preferred role in the token.
    if let Some(preferred) = user.groups.first() {
        let roles: Vec<String> = user.groups.iter().map(|group| role_arn(group)).collect();
        let own = json!({ "cognito:roles": roles, "cognito:preferred_role": role_arn(preferred) });
        extend(&mut claims, own);
    }
    // Of the attributes only what the service writes as JSON is a claim of its own here.
    let identities = user.attributes.get("identities");
    if let Some(identities) = identities.and_then(|text| serde_json::from_str(text).ok()) {
        claims.insert("identities".into(), identities);
    }
    scopes::limit(&mut claims, &family.scope);
    Ok(Value::Object(claims))
}

/// The claims of an access token.
pub(super) fn access_claims(
    user: &User,
    family: &Family,
    now: Timestamp,
    lifetime: Duration,
) -> Answer {
    let mut claims = common_claims(user, family, now, lifetime)?;
    let own = json!({
        "token_use": "access",
        "client_id": family.client_id,
        "username": user.username,
        "scope": family.scope,
    });
    extend(&mut claims, own);
    if let Some(device) = &family.device {
        claims.insert(DEVICE_CLAIM.into(), device.clone().into());
    }
    Ok(Value::Object(claims))
}

fn common_claims(
    user: &User,
    family: &Family,
    now: Timestamp,
    lifetime: Duration,
) -> Result<Map<String, Value>, Refusal> {
    let mut claims = Map::new();
    let own = json!({
        "sub": user.sub,
        "iss": issuer(),
        "auth_time": family.auth_time.as_second(),
        "iat": now.as_second(),
        "exp": after(now, lifetime).as_second(),
        "jti": fresh::uuid()?,
        "origin_jti": family.id,
        "event_id": family.event_id,
    });
    extend(&mut claims, own);
    if !user.groups.is_empty() {
        claims.insert("cognito:groups".into(), json!(user.groups));
    }
    Ok(claims)
}

fn extend(claims: &mut Map<String, Value>, more: Value) {
    if let Value::Object(more) = more {
        claims.extend(more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::grants::Grants;
    use crate::sandbox::users::{ANA, NewUser};

    fn claims_of(new: &NewUser<'_>) -> (Value, Value) {
        let user = User::new("Pool", new).unwrap();
        let now = Timestamp::from_second(1_000).unwrap();
        let (family, _) = Grants::default()
            .open(&user.username, &user.sub, "abc", now)
            .unwrap();
        let hour = Duration::from_hours(1);
        (
            id_claims(&user, &family, now, hour).unwrap(),
            access_claims(&user, &family, now, hour).unwrap(),
        )
    }

    #[test]
    fn an_id_token_says_who_and_which_roles() {
        let (id, access) = claims_of(&ANA);
        assert_eq!(
            id["iss"],
            "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Poolkey01"
        );
        assert_eq!(
            (&id["aud"], &id["token_use"], &id["exp"]),
            (&json!("abc"), &json!("id"), &json!(4_600))
        );
        assert_eq!(id["cognito:groups"], json!(["developers", "on-call"]));
        assert_eq!(
            id["cognito:preferred_role"],
            "arn:aws:iam::123456789012:role/poolkey-sandbox-developers"
        );
        assert_eq!(id["origin_jti"], access["origin_jti"]);
        assert_ne!(id["jti"], access["jti"]);
    }

    #[test]
    fn an_access_token_has_no_audience_and_no_roles() {
        let (_, access) = claims_of(&ANA);
        assert_eq!(
            (&access["client_id"], &access["scope"]),
            (&json!("abc"), &json!(USER_SCOPE))
        );
        assert!(access.get("aud").is_none() && access.get("cognito:roles").is_none());
    }

    #[test]
    fn a_user_without_groups_has_no_group_claims() {
        let (id, _) = claims_of(&NewUser { groups: &[], ..ANA });
        for claim in ["cognito:groups", "cognito:roles", "cognito:preferred_role"] {
            assert!(id.get(claim).is_none(), "{claim}");
        }
    }
}
