//! Which role the enhanced flow gives.
//!
//! Deliberately absent: whether the role may be had, which its trust policy says.

use serde_json::Value;

use super::settings::{Ambiguous, MatchType, PoolSettings, RoleMapping, Rule};
use crate::sandbox::error::Refusal;
use crate::sandbox::tokens::Claims;

/// The role of a guest.
pub(super) fn of_guest(settings: &PoolSettings, asked: Option<&str>) -> Result<String, Refusal> {
    match asked {
        Some(role) => Err(forbidden(role)),
        None => settings.unauthenticated_role.clone().ok_or_else(no_role),
    }
}

/// The role of somebody whose login says `claims`: the one asked for, if it is theirs, else the
/// one the pool finds.
pub(super) fn of_login(
    settings: &PoolSettings,
    claims: &Claims,
    asked: Option<&str>,
) -> Result<String, Refusal> {
    let own: Vec<&str> = values(claims, "cognito:roles").collect();
    if let Some(role) = asked {
        let is_own = own.contains(&role);
        return is_own
            .then(|| role.to_owned())
            .ok_or_else(|| forbidden(role));
    }
    let (found, ambiguous) = match &settings.role_mapping {
        RoleMapping::None => (None, Ambiguous::AuthenticatedRole),
        RoleMapping::Token { ambiguous } => {
            let preferred = values(claims, "cognito:preferred_role").next();
            let only = match own.as_slice() {
                [only] => Some(*only),
                _ => None,
            };
            (preferred.or(only), *ambiguous)
        }
        RoleMapping::Rules { rules, ambiguous } => {
            let matching = rules.iter().find(|rule| rule.matches(claims));
            (matching.map(|rule| rule.role.as_str()), *ambiguous)
        }
    };
    match (found, ambiguous) {
        (Some(role), _) => Ok(role.to_owned()),
        (None, Ambiguous::AuthenticatedRole) => {
            settings.authenticated_role.clone().ok_or_else(no_role)
        }
        (None, Ambiguous::Deny) => Err(Refusal::not_authorized(
            "The ambiguous role mapping rules denied this request",
        )),
    }
}

impl Rule {
    fn matches(&self, claims: &Claims) -> bool {
        let wanted = self.value.as_str();
        let mut found = values(claims, &self.claim);
        match self.match_type {
            MatchType::Equals => found.any(|value| value == wanted),
            MatchType::Contains => found.any(|value| value.contains(wanted)),
            MatchType::StartsWith => found.any(|value| value.starts_with(wanted)),
            MatchType::NotEqual => found.all(|value| value != wanted),
        }
    }
}

/// A role that is not the caller's, or not the pool's to give.
pub(super) fn forbidden(role: &str) -> Refusal {
    Refusal::not_authorized(format!("Access to Role '{role}' is forbidden."))
}

/// No role is attached, or none that the pool may give.
pub(super) fn no_role() -> Refusal {
    Refusal::new(
        400,
        "InvalidIdentityPoolConfigurationException",
        "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
    )
}

/// A claim's texts: one, or those of a list.
fn values<'c>(claims: &'c Claims, name: &str) -> impl Iterator<Item = &'c str> {
    let claim = claims.get(name);
    let list = claim.and_then(Value::as_array).into_iter().flatten();
    list.chain(claim).filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::sandbox::identity_pool::settings::fixed_pools;

    fn settings(role_mapping: RoleMapping) -> PoolSettings {
        let authenticated_role = Some("default".to_owned());
        PoolSettings {
            role_mapping,
            authenticated_role,
            ..fixed_pools("o").remove(0).settings
        }
    }

    fn role(mapping: &RoleMapping, claims: &Value, asked: Option<&str>) -> Result<String, String> {
        let role = of_login(
            &settings(mapping.clone()),
            claims.as_object().unwrap(),
            asked,
        );
        role.map_err(|refusal| refusal.message.into_owned())
    }

    const DENIED: &str = "The ambiguous role mapping rules denied this request";

    #[test]
    fn a_token_decides_by_preferred_or_only_role() {
        let token = |ambiguous| RoleMapping::Token { ambiguous };
        let (both, preferred) = (json!(["a", "b"]), "b");
        let claims = json!({ "cognito:roles": both, "cognito:preferred_role": preferred });
        assert_eq!(role(&token(Ambiguous::Deny), &claims, None).unwrap(), "b");
        let only = json!({ "cognito:roles": ["a"] });
        assert_eq!(role(&token(Ambiguous::Deny), &only, None).unwrap(), "a");
        let several = json!({ "cognito:roles": both });
        assert_eq!(
            role(&token(Ambiguous::Deny), &several, None).unwrap_err(),
            DENIED
        );
        let default = token(Ambiguous::AuthenticatedRole);
        assert_eq!(role(&default, &several, None).unwrap(), "default");
        assert_eq!(role(&RoleMapping::None, &claims, None).unwrap(), "default");
    }

    #[test]
    fn a_role_that_is_asked_for_must_be_one_of_the_tokens() {
        let claims = json!({ "cognito:roles": ["a", "b"] });
        for mapping in [
            RoleMapping::None,
            RoleMapping::Token {
                ambiguous: Ambiguous::Deny,
            },
        ] {
            assert_eq!(role(&mapping, &claims, Some("a")).unwrap(), "a");
            let refused = role(&mapping, &claims, Some("c")).unwrap_err();
            assert_eq!(refused, "Access to Role 'c' is forbidden.");
        }
    }

    #[test]
    fn rules_are_tried_in_order() {
        let rule = |match_type, value: &str, role: &str| Rule {
            claim: "groups".to_owned(),
            match_type,
            value: value.to_owned(),
            role: role.to_owned(),
        };
        let rules = vec![
            rule(MatchType::Equals, "ops", "equals"),
            rule(MatchType::StartsWith, "dev", "starts"),
            rule(MatchType::Contains, "guest", "contains"),
        ];
        let ambiguous = Ambiguous::Deny;
        let mapping = RoleMapping::Rules { rules, ambiguous };
        for (claim, expected) in [
            (json!("ops"), Ok("equals".to_owned())),
            (json!(["x", "developers"]), Ok("starts".to_owned())),
            (json!("the guests"), Ok("contains".to_owned())),
            (json!("else"), Err(DENIED.to_owned())),
            (json!(null), Err(DENIED.to_owned())),
        ] {
            assert_eq!(role(&mapping, &json!({ "groups": claim }), None), expected);
        }
        let rules = vec![rule(MatchType::NotEqual, "ops", "other")];
        let mapping = RoleMapping::Rules { rules, ambiguous };
        assert!(role(&mapping, &json!({ "groups": "ops" }), None).is_err());
        assert_eq!(role(&mapping, &json!({}), None).unwrap(), "other");
    }

    #[test]
    fn guests_have_one_role_and_no_choice() {
        let mut settings = settings(RoleMapping::None);
        settings.unauthenticated_role = Some("guest".to_owned());
        assert_eq!(of_guest(&settings, None).unwrap(), "guest");
        assert_eq!(of_guest(&settings, Some("guest")), Err(forbidden("guest")));
        settings.unauthenticated_role = None;
        assert_eq!(of_guest(&settings, None), Err(no_role()));
    }
}
