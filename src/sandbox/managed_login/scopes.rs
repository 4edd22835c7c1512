//! OAuth scopes: which there are, and which attributes they put into an ID token.
//!
//! Source: the user pool guide, "Scopes, M2M, and resource servers". Deliberately absent: scopes of
//! resource servers.

use serde_json::{Map, Value};

use crate::sandbox::issue::USER_SCOPE;

/// The scope of an ID token.
pub(super) const OPENID: &str = "openid";

const KNOWN: [&str; 5] = [OPENID, "email", "profile", "phone", USER_SCOPE];

/// The scopes asked for, each once; nothing asked for means all. `None` when one is unknown.
pub(super) fn granted(asked: Option<&str>) -> Option<String> {
    let Some(asked) = asked else {
        return Some(KNOWN.join(" "));
    };
    let mut scopes: Vec<&str> = Vec::new();
    for scope in asked.split_ascii_whitespace() {
        if !KNOWN.contains(&scope) {
            return None;
        }
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    // The three that choose attributes mean nothing without an ID token.
    let chooses = ["email", "profile", "phone"]
        .iter()
        .any(|scope| scopes.contains(scope));
    (!scopes.is_empty() && (!chooses || scopes.contains(&OPENID))).then(|| scopes.join(" "))
}

/// Whether `scope` holds `wanted`.
pub(super) fn has(scope: &str, wanted: &str) -> bool {
    scope.split(' ').any(|scope| scope == wanted)
}

/// Takes the attributes off that the scopes leave out. Without one of the three that choose, all
/// attributes stay.
pub(in crate::sandbox) fn limit(claims: &mut Map<String, Value>, scope: &str) {
    let (email, phone) = (has(scope, "email"), has(scope, "phone"));
    if email || phone || has(scope, "profile") {
        claims.retain(|name, _| match name.as_str() {
            "email" | "email_verified" => email,
            "phone_number" | "phone_number_verified" => phone,
            _ => true,
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn unknown_scopes_and_attributes_without_openid_are_refused() {
        assert_eq!(
            granted(Some("openid  email openid")).unwrap(),
            "openid email"
        );
        assert_eq!(granted(None).unwrap().split(' ').count(), 5);
        assert_eq!(granted(Some(USER_SCOPE)).unwrap(), USER_SCOPE);
        for refused in ["email", "openid admin", "openid OPENID", " "] {
            assert!(granted(Some(refused)).is_none(), "{refused}");
        }
    }

    #[test]
    fn attributes_follow_the_scopes() {
        let names = |scope: &str| {
            let claims = json!({ "sub": 1, "email": 1, "email_verified": 1, "phone_number": 1 });
            let mut claims = claims.as_object().unwrap().clone();
            limit(&mut claims, scope);
            claims.keys().cloned().collect::<Vec<_>>().join(" ")
        };
        let all = "email email_verified phone_number sub";
        assert_eq!(names("openid"), all);
        assert_eq!(names(USER_SCOPE), all);
        assert_eq!(names("openid email"), "email email_verified sub");
        assert_eq!(names("openid phone"), "phone_number sub");
        assert_eq!(names("openid profile"), "sub");
    }
}
