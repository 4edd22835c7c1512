//! Checking a `Logins` map: whose token it is, and whether the identity pool accepts it.
//!
//! The user pool is the one provider. Deliberately absent: public providers, SAML, developer
//! identities, and the server-side token check: an ID token stays good after a global sign-out.

use serde_json::Value;

use super::error::Refusal;
use super::input::Parameters;
use super::issue::issuer;
use super::tokens::{TokenFlaw, unverified_claims};
use super::world::{Call, LOGIN_PROVIDER, role_arn};

/// A login that was verified.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Login {
    pub(super) sub: String,
    roles: Vec<String>,
    preferred_role: Option<String>,
}

impl Login {
    /// The role for the credentials: the one asked for, the token's preferred one, or the default.
    pub(super) fn role(&self, custom: Option<&str>) -> Result<String, Refusal> {
        match custom {
            Some(role) if self.roles.iter().any(|own| own == role) => Ok(role.to_owned()),
            Some(role) => Err(Refusal::not_authorized(format!(
                "Access to Role '{role}' is forbidden."
            ))),
            None => Ok(self
                .preferred_role
                .clone()
                .unwrap_or_else(|| role_arn("authenticated"))),
        }
    }
}

/// Verifies every login of the map and returns the user pool's.
pub(super) fn verify(call: &Call<'_>, logins: Parameters<'_>) -> Result<Login, Refusal> {
    let mut verified = None;
    for (provider, token) in logins.pairs() {
        if provider != LOGIN_PROVIDER {
            return Err(unsupported());
        }
        verified = Some(verify_token(call, token)?);
    }
    verified.ok_or_else(unsupported)
}

fn verify_token(call: &Call<'_>, token: &str) -> Result<Login, Refusal> {
    let unverified = unverified_claims(token)
        .ok_or_else(|| invalid("Not a valid OpenId Connect identity token."))?;
    if unverified.get("iss").and_then(Value::as_str) != Some(issuer().as_str()) {
        return Err(invalid("Issuer doesn't match providerName"));
    }
    let claims = call.signer.verify(token).map_err(|flaw| match flaw {
        TokenFlaw::NotAToken => invalid("Not a valid OpenId Connect identity token."),
        TokenFlaw::Signature => invalid("Couldn't verify signed token."),
    })?;
    let audience = claims
        .get("aud")
        .and_then(Value::as_str)
        .ok_or_else(|| invalid("Missing a required claim: aud"))?;
    if call.state.client(audience).is_err() {
        return Err(unsupported());
    }
    let expires = claims
        .get("exp")
        .and_then(Value::as_i64)
        .unwrap_or_default();
    let now = call.now.as_second();
    if now >= expires {
        return Err(invalid(&format!("Token expired: {now} >= {expires}")));
    }
    let texts = |name: &str| -> Vec<String> {
        let list = claims
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(Login {
        sub: text("sub").ok_or_else(|| invalid("Missing a required claim: sub"))?,
        roles: texts("cognito:roles"),
        preferred_role: text("cognito:preferred_role"),
    })
}

fn invalid(what: &str) -> Refusal {
    Refusal::not_authorized(format!("Invalid login token. {what}"))
}

fn unsupported() -> Refusal {
    Refusal::not_authorized("Token is not from a supported provider of this identity pool.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_must_be_one_of_the_tokens() {
        let login = Login {
            sub: "s".to_owned(),
            roles: vec![role_arn("developers"), role_arn("on-call")],
            preferred_role: Some(role_arn("developers")),
        };
        assert_eq!(login.role(None), Ok(role_arn("developers")));
        assert_eq!(
            login.role(Some(&role_arn("on-call"))),
            Ok(role_arn("on-call"))
        );
        let refusal = login.role(Some("arn:aws:iam::1:role/admin")).unwrap_err();
        assert_eq!(
            refusal.message,
            "Access to Role 'arn:aws:iam::1:role/admin' is forbidden."
        );
        let plain = Login {
            sub: "s".to_owned(),
            roles: vec![],
            preferred_role: None,
        };
        assert_eq!(plain.role(None), Ok(role_arn("authenticated")));
    }
}
