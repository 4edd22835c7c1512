//! The part of the configuration form about developer-authenticated identities.

use super::Fault;
use crate::domain::{AwsProfileIdentity, DeveloperSource, DurationSeconds};

/// Where identity ID and token come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// A command prints them.
    #[default]
    Command,
    /// `GetOpenIdTokenForDeveloperIdentity` with one of the user's AWS profiles.
    AwsProfile,
}

impl Source {
    /// In the order shown, with names.
    pub const ALL: [(Self, &'static str); 2] = [
        (Self::Command, "A command"),
        (Self::AwsProfile, "An AWS profile of yours"),
    ];
}

/// The fields as typed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct DeveloperDraft {
    /// Which of both.
    pub source: Source,
    /// The command.
    pub command: String,
    /// Name in the AWS files.
    pub aws_profile: String,
    /// Developer provider name.
    pub provider_name: String,
    /// The person's identifier there.
    pub user_id: String,
    /// Seconds, may be empty.
    pub token_seconds: String,
}

impl DeveloperDraft {
    /// The fields of a stored profile.
    #[must_use]
    pub fn of(source: Option<&DeveloperSource>) -> Self {
        match source {
            None => Self::default(),
            Some(DeveloperSource::Command(command)) => Self {
                command: command.clone(),
                ..Self::default()
            },
            Some(DeveloperSource::AwsProfile(person)) => Self {
                source: Source::AwsProfile,
                aws_profile: person.aws_profile.clone(),
                provider_name: person.provider_name.clone(),
                user_id: person.user_id.clone(),
                token_seconds: super::text(person.token_seconds.as_ref()),
                ..Self::default()
            },
        }
    }
}

/// The checks of these fields.
#[derive(Default)]
pub struct DeveloperChecks {
    /// Of the token's length.
    pub token_seconds: Fault,
    /// What is to be saved, when every field is valid.
    pub source: Option<DeveloperSource>,
}

impl DeveloperChecks {
    /// Checks the fields.
    #[must_use]
    pub fn of(draft: &DeveloperDraft) -> Self {
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        if draft.source == Source::Command {
            return Self {
                source: filled(&draft.command).map(DeveloperSource::Command),
                ..Self::default()
            };
        }
        let typed = draft.token_seconds.trim();
        let token_seconds = if typed.is_empty() {
            Ok(None)
        } else {
            let seconds = typed.parse().unwrap_or_default();
            DurationSeconds::of_token(seconds).map(Some)
        };
        let mut checks = Self {
            token_seconds: token_seconds.as_ref().err().map(ToString::to_string),
            source: None,
        };
        if let (Some(aws_profile), Some(provider_name), Some(user_id), Ok(token_seconds)) = (
            filled(&draft.aws_profile),
            filled(&draft.provider_name),
            filled(&draft.user_id),
            token_seconds,
        ) {
            checks.source = Some(DeveloperSource::AwsProfile(AwsProfileIdentity {
                aws_profile,
                provider_name,
                user_id,
                token_seconds,
            }));
        }
        checks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_source_has_its_fields() {
        let command = DeveloperDraft {
            command: " vouch --for ana ".to_owned(),
            ..DeveloperDraft::default()
        };
        let source = DeveloperChecks::of(&command).source;
        let expected = DeveloperSource::Command("vouch --for ana".to_owned());
        assert_eq!(source, Some(expected));
        assert_eq!(DeveloperChecks::of(&DeveloperDraft::default()).source, None);

        let person = DeveloperDraft {
            source: Source::AwsProfile,
            aws_profile: "backend".to_owned(),
            provider_name: "login.acme.example".to_owned(),
            user_id: "ana".to_owned(),
            token_seconds: "3600".to_owned(),
            ..DeveloperDraft::default()
        };
        let source = DeveloperChecks::of(&person).source.unwrap();
        assert_eq!(DeveloperDraft::of(Some(&source)), person);
        for token_seconds in ["0", "86401", "an hour"] {
            let wrong = DeveloperDraft {
                token_seconds: token_seconds.to_owned(),
                ..person.clone()
            };
            let checks = DeveloperChecks::of(&wrong);
            assert!(checks.token_seconds.is_some() && checks.source.is_none());
        }
        let nobody = DeveloperDraft {
            user_id: " ".to_owned(),
            ..person
        };
        assert_eq!(DeveloperChecks::of(&nobody).source, None);
    }
}
