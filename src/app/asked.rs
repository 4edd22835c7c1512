//! A question of the user pool or of a provider, for whoever suggests what to type.

use crate::domain::sign_in::{Question, QuestionKind};
use crate::domain::{LoginProvider, Secret};

/// A question, as far as what to type follows from it.
#[derive(Debug)]
pub struct Asked {
    /// The name of the challenge, as [`Question::challenge_name`] says.
    pub challenge: &'static str,
    /// Who signs in, as far as it is known.
    pub username: String,
    /// What a custom challenge says, by name.
    pub parameters: Vec<(String, String)>,
    /// The key of an authenticator app that is being set up.
    pub app_key: Option<Secret>,
}

impl Asked {
    /// What a provider hands out.
    #[must_use]
    pub fn of_provider(provider: &LoginProvider) -> Self {
        Self {
            challenge: "PROVIDER_TOKEN",
            username: provider.to_string(),
            parameters: Vec::new(),
            app_key: None,
        }
    }

    /// What matters of a question.
    #[must_use]
    pub fn of(question: &Question) -> Self {
        let app_key = match &question.kind {
            QuestionKind::SetUpSoftwareToken { secret, .. } => Some(secret.duplicate()),
            _ => None,
        };
        Self {
            challenge: question.challenge_name(),
            username: question.username.clone(),
            parameters: question.parameters().to_vec(),
            app_key,
        }
    }
}
