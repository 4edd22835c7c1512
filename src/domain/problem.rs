//! What went wrong, as a person reads it: a kind, one sentence, hints, and what AWS said.
//!
//! The same value feeds the window's problem card, the command line's `error:` and `hint:` lines,
//! the exit code and the JSON error object. Deliberately absent: sources that carry SDK types or
//! response bodies (they print secrets), and any text with a secret in it.

use std::fmt;

use super::plain::plain;
use super::profile::ProfileField;

/// The kind decides the exit code and the window's pill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// Nothing more precise is known.
    Unexpected,
    /// A command or the configuration is wrong.
    Usage,
    /// Somebody has to sign in, or to answer a challenge.
    SignInNeeded,
    /// The secret store is missing, locked or broken.
    SecretStore,
    /// AWS answered and said no.
    Refused,
    /// No answer: network, TLS or time-out.
    Network,
    /// A file could not be read or written; nothing changed.
    File,
}

impl ProblemKind {
    /// The process exit code.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Unexpected => 1,
            Self::Usage => 2,
            Self::SignInNeeded => 3,
            Self::SecretStore => 4,
            Self::Refused => 5,
            Self::Network => 6,
            Self::File => 7,
        }
    }

    /// The kind's name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unexpected => "unexpected",
            Self::Usage => "usage",
            Self::SignInNeeded => "sign_in_needed",
            Self::SecretStore => "secret_store",
            Self::Refused => "refused",
            Self::Network => "network",
            Self::File => "file",
        }
    }
}

/// AWS's own words, unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsSaid {
    /// The operation that was refused, such as `GetId`.
    pub operation: &'static str,
    /// The error code, such as `NotAuthorizedException`.
    pub code: String,
    /// The error message.
    pub message: String,
}

impl AwsSaid {
    /// A server's words as a terminal may show them.
    #[must_use]
    pub fn new(operation: &'static str, code: &str, message: &str) -> Self {
        Self {
            operation,
            code: short(code),
            message: short(message),
        }
    }
}

/// No endless line.
fn short(text: &str) -> String {
    const MOST_CHARS: usize = 600;
    plain(text).chars().take(MOST_CHARS).collect()
}

impl fmt::Display for AwsSaid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.message.is_empty() {
            return write!(f, "{} answered {}", self.operation, self.code);
        }
        write!(
            f,
            "{} answered {}: “{}”",
            self.operation, self.code, self.message
        )
    }
}

/// What is known about a refusal beside what to do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mend {
    /// Why it happens, one or two sentences; empty where the sentence says it all.
    pub why: String,
    /// The AWS CLI command that would mend it, with the profile's IDs in it.
    pub command: Option<String>,
    /// The page of the AWS console where it can be mended.
    pub console_url: Option<String>,
}

/// One failure, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Decides exit code and colour.
    pub kind: ProblemKind,
    /// What happened, one sentence, capital first and no full stop.
    pub sentence: String,
    /// What to do about it, in order.
    pub hints: Vec<String>,
    /// Why it happens and where it can be mended, for a refusal that is known.
    pub mend: Option<Box<Mend>>,
    /// What AWS answered, where it answered.
    pub aws: Option<Box<AwsSaid>>,
    /// Where in the profile it can be mended, if it can be there.
    pub field: Option<ProfileField>,
}

impl Problem {
    /// A problem without hints.
    pub fn new(kind: ProblemKind, sentence: impl Into<String>) -> Self {
        Self {
            kind,
            sentence: sentence.into(),
            hints: Vec::new(),
            mend: None,
            aws: None,
            field: None,
        }
    }

    /// The same problem without what could steer a window or a terminal, for sentences that have
    /// something in them that came from elsewhere.
    #[must_use]
    pub fn tidied(self) -> Self {
        Self {
            sentence: plain(&self.sentence),
            hints: self.hints.iter().map(|hint| plain(hint)).collect(),
            ..self
        }
    }

    /// The same problem with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same problem, which can be mended in the profile.
    #[must_use]
    pub const fn mended_in(mut self, field: ProfileField) -> Self {
        self.field = Some(field);
        self
    }

    /// The same problem with AWS's own words.
    #[must_use]
    pub fn said(mut self, aws: AwsSaid) -> Self {
        self.aws = Some(Box::new(aws));
        self
    }

    /// True when AWS asks to slow down: the same call may succeed later.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        matches!(
            self.aws_code(),
            Some("TooManyRequestsException" | "LimitExceededException")
        )
    }

    /// The error code AWS answered with, if it answered.
    #[must_use]
    pub fn aws_code(&self) -> Option<&str> {
        self.aws.as_ref().map(|said| said.code.as_str())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::AwsSaid;

    #[test]
    fn a_message_cannot_steer_the_terminal() {
        let said = AwsSaid::new("GetId", "a\tb", "\x1b[2Jgone\nerror: fake\u{202e}x");
        assert_eq!(said.message, " [2Jgone error: fake x");
        assert_eq!(said.code, "a b");
        let said = AwsSaid::new("GetId", "Code", &"x".repeat(5000));
        assert_eq!(said.message.len(), 600);
        let said = AwsSaid::new("GetId", "Code", "");
        assert_eq!(said.to_string(), "GetId answered Code");
    }
}
