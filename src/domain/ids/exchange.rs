//! Identifiers of the exchange: roles and keys of the logins map.
//!
//! Deliberately absent: whether a role trusts the identity pool, which only STS can answer.

use super::{IdError, at_most, is_word};
use std::fmt;
use std::str::FromStr;

parsed_text!(
    /// `arn:aws:iam::123456789012:role/name`, in any partition; 20 to 2048 characters.
    RoleArn,
    check_role_arn
);
parsed_text!(
    /// `[\w+=,.@-]{2,64}`, as `AssumeRoleWithWebIdentity` takes it.
    RoleSessionName,
    check_role_session_name
);
parsed_text!(
    /// A key of the logins map: `accounts.google.com`, an issuer without `https://`, a SAML
    /// provider's ARN; `[\w._:/-]+`, at most 128 characters.
    LoginProvider,
    check_login_provider
);

/// What a SAML provider's ARN has before its name.
const SAML: &str = ":saml-provider/";

impl RoleArn {
    /// The role's name, without its path.
    #[must_use]
    pub fn role_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// Twelve digits.
    #[must_use]
    pub fn account(&self) -> &str {
        self.0.split(':').nth(4).unwrap_or_default()
    }
}

impl LoginProvider {
    /// The well-known public providers: key in the logins map, name for a person, and what the
    /// identity pool wants of them.
    pub const PUBLIC: [(&'static str, &'static str, &'static str); 4] = [
        ("accounts.google.com", "Google", "ID token"),
        ("graph.facebook.com", "Facebook", "user access token"),
        ("www.amazon.com", "Login with Amazon", "access token"),
        ("appleid.apple.com", "Sign in with Apple", "ID token"),
    ];

    /// The name for a person: `Google`, a SAML provider's own name, or the key itself.
    #[must_use]
    pub fn label(&self) -> &str {
        let mut public = Self::PUBLIC.iter();
        let known = public.find(|(key, ..)| *key == self.0);
        let own = || {
            self.0
                .split_once(SAML)
                .map_or(self.0.as_str(), |(_, name)| name)
        };
        known.map_or_else(own, |(_, label, _)| label)
    }

    /// What the identity pool wants of this provider, in words.
    #[must_use]
    pub fn token_kind(&self) -> &'static str {
        let mut public = Self::PUBLIC.iter();
        match public.find(|(key, ..)| *key == self.0) {
            Some((.., kind)) => kind,
            None if self.is_saml() => "SAML response",
            None => "ID token",
        }
    }

    /// True for a SAML provider: the enhanced flow only.
    #[must_use]
    pub fn is_saml(&self) -> bool {
        self.0.contains(SAML)
    }
}

fn check_role_arn(text: &str) -> Result<(), IdError> {
    let error = || IdError::new("A role ARN looks like arn:aws:iam::123456789012:role/name");
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let [arn, partition, service, region, account, resource] = parts[..] else {
        return Err(error());
    };
    let valid = (20..=2048).contains(&text.len())
        && (arn, service, region) == ("arn", "iam", "")
        && partition.starts_with("aws")
        && account.len() == 12
        && account.chars().all(|digit| digit.is_ascii_digit())
        && resource
            .strip_prefix("role/")
            .is_some_and(|name| !name.is_empty() && !name.ends_with('/'))
        && text.chars().all(|letter| letter.is_ascii_graphic());
    valid.then_some(()).ok_or_else(error)
}

fn check_role_session_name(text: &str) -> Result<(), IdError> {
    let valid = (2..=64).contains(&text.len())
        && text
            .chars()
            .all(|c| is_word(c) || matches!(c, '+' | '=' | ',' | '.' | '@' | '-'));
    valid.then_some(()).ok_or_else(|| {
        IdError::new("A role session name has 2 to 64 letters, digits and _ + = , . @ -")
    })
}

fn check_login_provider(text: &str) -> Result<(), IdError> {
    at_most(text, "A provider's key", 128)?;
    if text.starts_with("https://") {
        return Err(IdError::new("The key is the issuer without https://"));
    }
    if text.ends_with('/') {
        return Err(IdError::new("The key is the issuer without a / at its end"));
    }
    let valid = text
        .chars()
        .all(|c| is_word(c) || matches!(c, '.' | ':' | '/' | '-'));
    valid
        .then_some(())
        .ok_or_else(|| IdError::new("A provider's key has letters, digits and _ . : / - only"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_and_providers() {
        let role: RoleArn = "arn:aws-us-gov:iam::123456789012:role/team/readers"
            .parse()
            .unwrap();
        assert_eq!(
            (role.role_name(), role.account()),
            ("readers", "123456789012")
        );
        for bad in [
            "",
            "readers",
            "arn:aws:iam::12345:role/readers",
            "arn:aws:iam::123456789012:user/ana",
            "arn:aws:iam::123456789012:role/",
            "arn:aws:sts::123456789012:assumed-role/a/b",
        ] {
            assert!(bad.parse::<RoleArn>().is_err(), "{bad}");
        }
        for (key, label, kind) in [
            ("accounts.google.com", "Google", "ID token"),
            ("graph.facebook.com", "Facebook", "user access token"),
            (
                "login.acme.example/realms/a",
                "login.acme.example/realms/a",
                "ID token",
            ),
            (
                "arn:aws:iam::123456789012:saml-provider/Okta",
                "Okta",
                "SAML response",
            ),
        ] {
            let provider: LoginProvider = key.parse().unwrap();
            assert_eq!((provider.label(), provider.token_kind()), (label, kind));
        }
        for bad in ["", "https://accounts.google.com", "a/", "a b"] {
            assert!(bad.parse::<LoginProvider>().is_err(), "{bad}");
        }
        for (name, valid) in [("poolkey", true), ("a", false), ("a b", false)] {
            assert_eq!(name.parse::<RoleSessionName>().is_ok(), valid, "{name}");
        }
    }
}
