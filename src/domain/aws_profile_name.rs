//! The name of a profile in the AWS files, parsed once and safe to write ever after.
//!
//! Only characters that botocore, the JavaScript SDK and the Rust SDK all read back are let
//! through. Deliberately absent: names with spaces, slashes or umlauts, which one reader or
//! another ignores without a word.

use std::fmt;
use std::str::FromStr;

use super::{Problem, ProblemKind};

const LONGEST: usize = 64;

/// Whether the name `default` is acceptable: writing it changes what every tool uses unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefaultProfile {
    /// `default` is refused.
    Refused,
    /// Somebody asked for `default` by name.
    Allowed,
}

/// `[A-Za-z0-9_.@+-]{1,64}`, without the names that have a meaning of their own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AwsProfileName(String);

impl AwsProfileName {
    /// Parses `text`; `default` passes only where it is allowed.
    pub fn parse(text: &str, default: DefaultProfile) -> Result<Self, Problem> {
        let usage = |sentence: String| Problem::new(ProblemKind::Usage, sentence);
        if text.is_empty() || text.len() > LONGEST {
            return Err(usage(format!(
                "An AWS profile name has 1 to {LONGEST} characters"
            )));
        }
        if !text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_.@+-".contains(&b))
        {
            return Err(usage(
                "This is not an AWS profile name that every SDK can read".to_owned(),
            )
            .hint("Use letters, digits and _ . @ + - only"));
        }
        match text {
            // configparser copies `[DEFAULT]` into every profile; JavaScript has its own idea of
            // `__proto__`.
            "DEFAULT" | "__proto__" => Err(usage(format!(
                "“{text}” has a special meaning and cannot be a profile name"
            ))),
            "default" if default == DefaultProfile::Refused => Err(usage(
                "The profile “default” is used by every tool that is not told otherwise".to_owned(),
            )
            .hint("Choose another name, or ask for “default” explicitly")),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// The name as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AwsProfileName {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::parse(text, DefaultProfile::Refused)
    }
}

impl fmt::Display for AwsProfileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{AwsProfileName, DefaultProfile};

    #[test]
    fn good_names() {
        for name in [
            "a",
            "acme-prod",
            "a@b.c",
            "A_1+2",
            "Default",
            &"x".repeat(64),
        ] {
            assert_eq!(
                name.parse::<AwsProfileName>().expect(name).to_string(),
                name
            );
        }
    }

    #[test]
    fn bad_names() {
        let long = "x".repeat(65);
        for name in [
            "",
            "a b",
            "a/b",
            "ä",
            "a]",
            "a\n",
            "DEFAULT",
            "__proto__",
            "default",
            &long,
        ] {
            assert!(name.parse::<AwsProfileName>().is_err(), "{name}");
        }
    }

    #[test]
    fn default_only_when_asked_for() {
        assert!(AwsProfileName::parse("default", DefaultProfile::Allowed).is_ok());
        assert!(AwsProfileName::parse("DEFAULT", DefaultProfile::Allowed).is_err());
    }
}
