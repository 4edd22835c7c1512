//! The account's roles: whom they trust and for how long a session of them may last.
//!
//! A trust policy is reduced to what decides for Cognito: principal, action, and the conditions
//! `cognito-identity.amazonaws.com:aud` and `:amr`. Deliberately absent: what a role may do.

use std::time::Duration;

use crate::sandbox::world::{IDENTITY_POOL_ID, OPEN_IDENTITY_POOL_ID, role_arn};

/// The principal of identity pools.
pub(in crate::sandbox) const COGNITO_PRINCIPAL: &str = "cognito-identity.amazonaws.com";
const ACTION: &str = "sts:AssumeRoleWithWebIdentity";

/// How one role is configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleSettings {
    /// Who may assume it.
    pub trust: TrustPolicy,
    /// `MaxSessionDuration`: an hour to twelve.
    pub max_session: Duration,
}

/// Who may assume a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustPolicy {
    /// The federated principal: `cognito-identity.amazonaws.com`.
    pub principal: String,
    /// The action it allows: `sts:AssumeRoleWithWebIdentity`.
    pub action: String,
    /// The identity pools of the condition `aud`.
    pub identity_pools: Vec<String>,
    /// The condition `amr`: `authenticated` or `unauthenticated`; none means either.
    pub amr: Option<String>,
}

impl TrustPolicy {
    /// Whether it lets a token of identity pool `aud` with these methods (`amr`) in.
    pub(in crate::sandbox) fn lets_in(&self, aud: &str, amr: &[&str]) -> bool {
        let method = self.amr.as_deref();
        self.principal == COGNITO_PRINCIPAL
            && self.action == ACTION
            && self.identity_pools.iter().any(|known| known == aud)
            && method.is_none_or(|method| amr.contains(&method))
    }
}

/// The roles of the account.
pub(in crate::sandbox) struct Roles(Vec<Role>);

struct Role {
    name: &'static str,
    settings: RoleSettings,
}

/// The names of the fixed roles, as [`role_arn`] takes them.
pub(in crate::sandbox) const ROLE_NAMES: [&str; 4] =
    ["authenticated", "unauthenticated", "developers", "on-call"];

impl Default for Roles {
    fn default() -> Self {
        let role = |name| {
            let amr = if name == "unauthenticated" {
                "unauthenticated"
            } else {
                "authenticated"
            };
            let pools = [IDENTITY_POOL_ID, OPEN_IDENTITY_POOL_ID];
            let hours = if name == "on-call" { 12 } else { 1 };
            let trust = TrustPolicy {
                principal: COGNITO_PRINCIPAL.to_owned(),
                action: ACTION.to_owned(),
                identity_pools: pools.map(str::to_owned).to_vec(),
                amr: Some(amr.to_owned()),
            };
            let max_session = Duration::from_hours(hours);
            let settings = RoleSettings { trust, max_session };
            Role { name, settings }
        };
        Self(ROLE_NAMES.map(role).into())
    }
}

impl Roles {
    /// The role of that ARN.
    pub(in crate::sandbox) fn of_arn(&self, arn: &str) -> Option<&RoleSettings> {
        let mut roles = self.0.iter();
        let found = roles.find(|role| role_arn(role.name) == arn);
        found.map(|role| &role.settings)
    }

    /// Changes the role called `name`; false when there is none.
    pub(in crate::sandbox) fn change(
        &mut self,
        name: &str,
        change: impl FnOnce(&mut RoleSettings),
    ) -> bool {
        let role = self.0.iter_mut().find(|role| role.name == name);
        role.map(|role| change(&mut role.settings)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trust_policy_must_fit_in_every_part() {
        let roles = Roles::default();
        let good = roles.of_arn(&role_arn("developers")).unwrap().trust.clone();
        let lets_in = |trust: &TrustPolicy| trust.lets_in(IDENTITY_POOL_ID, &["authenticated"]);
        assert!(lets_in(&good));
        assert!(!good.lets_in(IDENTITY_POOL_ID, &["unauthenticated"]));
        assert!(!good.lets_in("us-east-1:other", &["authenticated"]));
        let action = TrustPolicy {
            action: "sts:AssumeRole".to_owned(),
            ..good.clone()
        };
        assert!(!lets_in(&action));
        let principal = TrustPolicy {
            principal: "accounts.google.com".to_owned(),
            ..good.clone()
        };
        assert!(!lets_in(&principal));
        let any_method = TrustPolicy { amr: None, ..good };
        assert!(any_method.lets_in(IDENTITY_POOL_ID, &["unauthenticated"]));
    }

    #[test]
    fn the_fixed_roles_are_found_by_their_arns_and_changed_by_their_names() {
        let mut roles = Roles::default();
        let hours = |roles: &Roles, name: &str| {
            let settings = roles.of_arn(&role_arn(name)).unwrap();
            settings.max_session.as_secs() / 3_600
        };
        assert_eq!(
            (hours(&roles, "on-call"), hours(&roles, "developers")),
            (12, 1)
        );
        assert!(roles.change("developers", |role| role.max_session *= 2));
        assert_eq!(hours(&roles, "developers"), 2);
        assert!(!roles.change("nobody", |_| {}) && roles.of_arn("developers").is_none());
    }
}
