//! What is typed into the sign-in sheet.

use std::collections::BTreeMap;

use crate::app::SignInPhase;
use crate::domain::sign_in::{Question, QuestionKind, otpauth_address};
use crate::domain::{Problem, ProfileName};
use crate::ui::draft::Hidden;
use crate::ui::widgets::qr_code::QrPicture;

/// The field of a code that comes with a new password.
const RESET_CODE: &str = "confirmation_code";

/// What the service says where the code was good and the new password is not.
const PASSWORD_REFUSED: [&str; 2] = [
    "InvalidPasswordException",
    "PasswordHistoryPolicyViolationException",
];

/// The sign-in sheet's fields.
#[derive(Default)]
pub struct SignInDraft {
    profile: Option<ProfileName>,
    asked: Option<&'static str>,
    is_waiting: bool,
    values: BTreeMap<String, Hidden>,
    /// The key of a new authenticator app, as a picture.
    pub picture: Option<QrPicture>,
    /// True while that key is shown as text, too.
    pub key_shown: bool,
    /// True until the first empty field has been given the focus.
    pub focus_wanted: bool,
}

impl SignInDraft {
    pub(crate) fn follow(&mut self, profile: &ProfileName, phase: &SignInPhase) {
        if self.profile.as_ref() != Some(profile) {
            *self = Self {
                profile: Some(profile.clone()),
                ..Self::default()
            };
        }
        let (name, question) = match phase {
            _ if phase.is_busy() => {
                self.is_waiting = true;
                return;
            }
            SignInPhase::Asking(sign_in) => match sign_in.question() {
                Some(question) => (question.challenge_name(), Some(question)),
                None => return,
            },
            SignInPhase::Tokens { .. } => ("TOKENS", None),
            SignInPhase::Browser { .. } if phase.browser_ended() => ("BROWSER ENDED", None),
            SignInPhase::Browser { .. } => ("BROWSER", None),
            SignInPhase::Busy(_) => return,
        };
        if self.asked == Some(name) && !self.is_waiting {
            return;
        }
        let problem = question.and_then(|question| question.problem.as_ref());
        let asked_again = problem.is_some();
        let said = problem.and_then(Problem::aws_code);
        if !said.is_some_and(|code| PASSWORD_REFUSED.contains(&code)) {
            self.value(RESET_CODE).clear();
        }
        if self.asked != Some(name) || !asked_again {
            // What was typed into a question that is over, or that the next one does not continue.
            self.values.clear();
        }
        self.asked = Some(name);
        self.is_waiting = false;
        self.focus_wanted = true;
        if let Some(question) = question {
            self.begin(question);
        }
    }

    fn begin(&mut self, question: &Question) {
        let username = self.value("username");
        if username.is_empty() {
            username.edit().push_str(&question.username);
        }
        self.key_shown = false;
        self.picture = match &question.kind {
            QuestionKind::SetUpSoftwareToken { secret, issuer } => {
                QrPicture::of(&otpauth_address(secret, issuer, &question.username))
            }
            _ => None,
        };
    }

    /// What is typed into a field.
    pub fn value(&mut self, name: &str) -> &mut Hidden {
        self.values.entry(name.to_owned()).or_default()
    }

    /// How many characters are typed into a field.
    #[must_use]
    pub fn char_count(&self, name: &str) -> usize {
        self.values.get(name).map_or(0, Hidden::char_count)
    }

    pub(crate) fn close(&mut self) {
        if self.profile.is_some() {
            *self = Self::default();
        }
    }
}
