//! What lies over the window: one sheet at a time.

use super::Attempt;
use super::files::FilesSheet;
use super::import::{ImportSheet, ShareSheet};
use crate::domain::sign_in::{Field, Question, SignIn};
use crate::domain::{LoginProvider, Problem, ProfileName};

/// What lies over the window.
#[derive(Debug)]
pub enum Sheet {
    /// Signing in.
    SignIn(Box<SignInSheet>),
    /// Another name for this profile.
    Rename(ProfileName),
    /// The name of a new group for these.
    Group(Vec<ProfileName>),
    /// Sign out of these?
    SignOut(Vec<ProfileName>),
    /// Change the AWS files so?
    Files(Box<FilesSheet>),
    /// Add these profiles?
    Import(Box<ImportSheet>),
    /// Profiles for somebody else.
    Share(Box<ShareSheet>),
    /// Everything that can be asked for, found by typing.
    Palette,
    /// Another password for somebody who is signed in.
    Password {
        /// Whose.
        profile: ProfileName,
        /// What asks the user pool; none while the person types.
        running: Option<Attempt>,
        /// Why the last try was refused.
        problem: Option<Problem>,
    },
    /// The encrypted file wants its passphrase.
    Passphrase {
        /// True when the file does not exist yet: the passphrase is being chosen.
        is_new: bool,
        /// Why the last one was not accepted.
        problem: Option<Problem>,
    },
}

impl Sheet {
    /// The profile it is about.
    #[must_use]
    pub fn profile(&self) -> Option<&ProfileName> {
        match self {
            Self::SignIn(sheet) => Some(&sheet.profile),
            Self::Rename(profile) | Self::Password { profile, .. } => Some(profile),
            Self::Files(sheet) => match sheet.change.section() {
                Some((profile, _)) => Some(profile),
                None => None,
            },
            Self::Group(_)
            | Self::SignOut(_)
            | Self::Passphrase { .. }
            | Self::Palette
            | Self::Import(_)
            | Self::Share(_) => None,
        }
    }
}

/// A sign-in under way.
#[derive(Debug)]
pub struct SignInSheet {
    /// To which profile.
    pub profile: ProfileName,
    /// Where in the sign-in.
    pub phase: SignInPhase,
}

/// Where a sign-in stands.
#[derive(Debug)]
pub enum SignInPhase {
    /// [`SignIn::question`] is put to the person.
    Asking(Box<SignIn>),
    /// The answer is being checked; what was asked stays on screen.
    Busy(Shown),
    /// Tokens of other providers are asked for.
    Tokens {
        /// In the order of the profile.
        providers: Vec<LoginProvider>,
        /// True while they are being exchanged.
        busy: bool,
        /// Why the last ones were no good.
        problem: Option<Problem>,
    },
    /// The browser is open, or being opened, or ([`SignInPhase::browser_ended`]) could not sign in.
    Browser {
        /// The address for another browser; none until there is one.
        url: Option<String>,
        /// Why what was pasted is no good, or why the browser's sign-in ended.
        problem: Option<Problem>,
        /// True at the pages of other providers, false at managed login.
        at_providers: bool,
    },
}

/// What is left of a question while its answer is checked: nothing secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What was asked.
    pub title: &'static str,
    /// Why.
    pub explanation: String,
    /// Who signs in.
    pub username: String,
    /// True after a password that the pool took.
    pub password_accepted: bool,
    /// What a custom challenge says, by name.
    pub parameters: Vec<(String, String)>,
    /// What was filled in.
    pub fields: Vec<Field>,
}

impl Shown {
    /// What is left of the question that a sign-in asks.
    #[must_use]
    pub fn of(sign_in: &SignIn) -> Option<Self> {
        let question = sign_in.question()?;
        Some(Self {
            title: question.title(),
            explanation: question.explanation(),
            username: question.username.clone(),
            password_accepted: sign_in.password_accepted(),
            parameters: question.parameters().to_vec(),
            fields: question.fields(),
        })
    }
}

impl Shown {
    /// True where the person is signed in already and only says whether the device is remembered.
    #[must_use]
    pub fn is_about_device(&self) -> bool {
        self.fields
            .iter()
            .any(|field| field.name == "remember_device")
    }
}

impl SignInPhase {
    /// True while nothing is left but to tell the pool about the device: to stop now would lose the
    /// sign-in.
    #[must_use]
    pub fn is_ending(&self) -> bool {
        matches!(self, Self::Busy(shown) if shown.is_about_device())
    }

    /// True while the person has to wait.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::Tokens { busy: true, .. })
    }

    /// True while tokens are asked for.
    #[must_use]
    pub const fn wants_tokens(&self) -> bool {
        matches!(self, Self::Tokens { busy: false, .. })
    }

    /// True when nothing waits for the browser any more; it can be opened again.
    #[must_use]
    pub const fn browser_ended(&self) -> bool {
        matches!(
            self,
            Self::Browser {
                url: None,
                problem: Some(_),
                ..
            }
        )
    }

    /// True while the browser's turn is at the pages of other providers.
    #[must_use]
    pub const fn is_at_providers(&self) -> bool {
        matches!(
            self,
            Self::Browser {
                at_providers: true,
                ..
            }
        )
    }

    /// The question put to the person.
    #[must_use]
    pub fn question(&self) -> Option<&Question> {
        match self {
            Self::Asking(sign_in) => sign_in.question(),
            _ => None,
        }
    }
}
