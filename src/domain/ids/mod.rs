//! Identifiers as parsed types, with the patterns of the API models: a value of one of these
//! types is well-formed, wherever it came from.
//!
//! Sources: the `smithy` models of Cognito user pools and identity pools. Deliberately absent: a
//! check that the thing exists, which only AWS can answer.

use std::fmt;
use std::str::FromStr;

use super::partition::Partition;

/// Why a text is not an identifier: one sentence for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdError(String);

impl IdError {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for IdError {}

/// Declares a text type whose only way in is a check.
macro_rules! parsed_text {
    ($(#[$doc:meta])* $name:ident, $check:path) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text as it was given.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                $check(text)?;
                Ok(Self(text.to_owned()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

mod exchange;

pub use self::exchange::{LoginProvider, RoleArn, RoleSessionName};

parsed_text!(
    /// `eu-west-1_aB3dE5gH7`: `[\w-]+_[0-9a-zA-Z]+`, at most 55 characters.
    UserPoolId,
    check_user_pool_id
);
parsed_text!(
    /// An app client ID: `[\w+]+`, at most 128 characters.
    ClientId,
    check_client_id
);
parsed_text!(
    /// `eu-west-1:9f0c…`: `[\w-]+:[0-9a-f-]+`, at most 55 characters.
    IdentityPoolId,
    check_identity_pool_id
);
parsed_text!(
    /// An identity's ID in an identity pool; same pattern as the pool's.
    IdentityId,
    check_identity_id
);
parsed_text!(
    /// An AWS region such as `eu-west-1`.
    Region,
    check_region
);
parsed_text!(
    /// The name of a Poolkey profile: what AWS profile names may be made of, at most 64 characters.
    ProfileName,
    check_profile_name
);
parsed_text!(
    /// One address for all three services instead of AWS: a sandbox, moto, `LocalStack`.
    EndpointUrl,
    check_endpoint_url
);

impl UserPoolId {
    /// The region: the text before the last `_`.
    #[must_use]
    pub fn region(&self) -> Region {
        Region(before(&self.0, '_'))
    }

    /// The pool name that SRP signs: the text after the `_`.
    #[must_use]
    pub fn pool_name(&self) -> &str {
        self.0.rsplit_once('_').map_or("", |(_, name)| name)
    }

    /// The issuer of this pool's tokens without `https://`, which is also its logins key.
    #[must_use]
    pub fn provider_name(&self) -> String {
        let region = self.region();
        let suffix = Partition::of(&region).dns_suffix();
        format!("cognito-idp.{region}.{suffix}/{}", self.0)
    }
}

impl IdentityPoolId {
    /// The region: the text before the `:`.
    #[must_use]
    pub fn region(&self) -> Region {
        Region(before(&self.0, ':'))
    }
}

impl EndpointUrl {
    /// True for an address of this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let authority = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let authority = authority.split(['/', '?']).next().unwrap_or_default();
        let host = match authority.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => authority.split(':').next().unwrap_or_default(),
        };
        host == "localhost"
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    }
}

fn before(text: &str, separator: char) -> String {
    text.rsplit_once(separator)
        .map_or_else(String::new, |(region, _)| region.to_owned())
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

fn at_most(text: &str, what: &str, limit: usize) -> Result<(), IdError> {
    if text.is_empty() {
        return Err(IdError::new(format!("{what} is empty")));
    }
    if text.chars().count() > limit {
        return Err(IdError::new(format!(
            "{what} has at most {limit} characters"
        )));
    }
    Ok(())
}

fn check_user_pool_id(text: &str) -> Result<(), IdError> {
    at_most(text, "A user pool ID", 55)?;
    if text.contains(':') {
        return Err(IdError::new(
            "This looks like an identity pool ID: a user pool ID has a _ after the region",
        ));
    }
    let valid = text.rsplit_once('_').is_some_and(|(region, name)| {
        is_region(region) && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric())
    });
    valid.then_some(()).ok_or_else(|| {
        IdError::new(
            "A user pool ID is a region, _ and letters or digits, such as eu-west-1_aB3dE5gH7",
        )
    })
}

fn check_client_id(text: &str) -> Result<(), IdError> {
    at_most(text, "An app client ID", 128)?;
    let valid = text.chars().all(|c| is_word(c) || c == '+');
    valid
        .then_some(())
        .ok_or_else(|| IdError::new("An app client ID has letters and digits only"))
}

fn check_identity_pool_id(text: &str) -> Result<(), IdError> {
    at_most(text, "An identity pool ID", 55)?;
    if text.contains('_') && !text.contains(':') {
        return Err(IdError::new(
            "This looks like a user pool ID: an identity pool ID has a : after the region",
        ));
    }
    let valid = text.split_once(':').is_some_and(|(region, id)| {
        is_region(region)
            && !id.is_empty()
            && id.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f' | '-'))
    });
    valid
        .then_some(())
        .ok_or_else(|| IdError::new("An identity pool ID is a region, : and a lower-case UUID"))
}

fn check_identity_id(text: &str) -> Result<(), IdError> {
    check_identity_pool_id(text).map_err(|_| IdError::new("Not an identity ID"))
}

fn check_region(text: &str) -> Result<(), IdError> {
    is_region(text)
        .then_some(())
        .ok_or_else(|| IdError::new("A region looks like eu-west-1"))
}

/// `eu-west-1`, `us-gov-east-1`, `eusc-de-east-1`: lower-case words and a number, joined by `-`.
/// Stricter than the model's `[\w-]+`, because the region becomes part of a host name.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let Some((number, words)) = parts.split_last() else {
        return false;
    };
    words.len() >= 2
        && text.len() <= 32
        && words
            .iter()
            .all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase()))
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit())
}

fn check_profile_name(text: &str) -> Result<(), IdError> {
    at_most(text, "A profile name", 64)?;
    let valid = text
        .chars()
        .all(|c| is_word(c) || matches!(c, '.' | '@' | '+' | '-'));
    valid.then_some(()).ok_or_else(|| {
        IdError::new(
            "A profile name has letters, digits and _ . @ + - only, as the AWS files allow",
        )
    })
}

fn check_endpoint_url(text: &str) -> Result<(), IdError> {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let valid = host.is_some_and(|host| {
        !host.is_empty() && !host.starts_with('/') && text.chars().all(|c| c.is_ascii_graphic())
    });
    if !valid {
        let sentence = "An endpoint is an address such as http://127.0.0.1:5000";
        return Err(IdError::new(sentence));
    }
    if host.and_then(port).is_some_and(|port| !is_port(port)) {
        return Err(IdError::new("The port of an endpoint is 1 to 65535"));
    }
    Ok(())
}

/// What stands behind the host's `:`, which an IPv6 address has inside its brackets as well.
fn port(address: &str) -> Option<&str> {
    let authority = address.split(['/', '?', '#']).next()?;
    let host = authority
        .rsplit_once(']')
        .map_or(authority, |(_, rest)| rest);
    host.rsplit_once(':').map(|(_, port)| port)
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|digit| digit.is_ascii_digit())
        && text.parse::<u16>().is_ok_and(|port| port != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_pool_ids() {
        let id: UserPoolId = "us-gov-west-1_AbC123".parse().unwrap();
        assert_eq!(id.region().as_str(), "us-gov-west-1");
        assert_eq!(id.pool_name(), "AbC123");
        assert_eq!(
            id.provider_name(),
            "cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_AbC123"
        );
        let china: UserPoolId = "cn-north-1_a".parse().unwrap();
        assert!(china.provider_name().contains("amazonaws.com.cn/"));
        for bad in [
            "",
            "us-east-1AbC",
            "us-east-1_",
            "_abc",
            "us-east-1_a b",
            "us-east-1_ä",
            "evil.example/#-1_a",
        ] {
            assert!(bad.parse::<UserPoolId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn swapped_pool_ids_are_named() {
        let swapped = "eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e"
            .parse::<UserPoolId>()
            .unwrap_err();
        assert!(swapped.to_string().contains("identity pool ID"));
        let swapped = "eu-west-1_aB3dE5gH7".parse::<IdentityPoolId>().unwrap_err();
        assert!(swapped.to_string().contains("user pool ID"));
    }

    #[test]
    fn names_and_addresses() {
        for good in ["acme-prod", "a@b.c", "default"] {
            assert!(good.parse::<ProfileName>().is_ok(), "{good}");
        }
        for bad in ["", "a b", "ü", "a/b", "a]b"] {
            assert!(bad.parse::<ProfileName>().is_err(), "{bad}");
        }
        for good in [
            "http://127.0.0.1:5000",
            "http://[::1]:65535/x:y",
            "https://[::1]",
            "https://idp.example/?a:b",
        ] {
            assert!(good.parse::<EndpointUrl>().is_ok(), "{good}");
        }
        for bad in [
            "127.0.0.1:5000",
            "ftp://x",
            "http://",
            "http:///x",
            "http://a b",
            "http://127.0.0.1:99999",
            "http://127.0.0.1:0",
            "http://127.0.0.1:+80/x",
            "http://[::1]:x",
            "http://localhost:",
        ] {
            assert!(bad.parse::<EndpointUrl>().is_err(), "{bad}");
        }
    }
}
