//! What is being typed: the only state a view may change.
//!
//! Passwords and codes live nowhere else in the window. They leave through [`Hidden::hand_over`],
//! which zeroes what was typed; dropping a draft zeroes it too.

use std::collections::BTreeMap;

use zeroize::{Zeroize as _, Zeroizing};

use super::views::form::FormDraft;
use super::views::password::PasswordDraft;
use crate::app::{Model, Page, Sheet, SignInPhase, Tab};
use crate::domain::sign_in::Question;
use crate::domain::{ProfileName, Secret};

/// Room for a long password, so that typing does not move it about in memory.
const SECRET_ROOM: usize = 256;

/// Text that is zeroed when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(Zeroizing<String>);

impl Default for Hidden {
    fn default() -> Self {
        Self(Zeroizing::new(String::with_capacity(SECRET_ROOM)))
    }
}

impl Hidden {
    /// For the text field.
    pub fn edit(&mut self) -> &mut String {
        &mut self.0
    }

    /// True while nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many characters were typed.
    #[must_use]
    pub fn char_count(&self) -> usize {
        self.0.chars().count()
    }

    /// Forgets what was typed.
    pub fn clear(&mut self) {
        self.0.zeroize();
    }

    /// Moves what was typed into a secret and zeroes it here.
    #[must_use]
    pub fn hand_over(&mut self) -> Secret {
        let secret = Secret::new(self.0.as_str().to_owned());
        self.clear();
        secret
    }
}

/// All drafts.
#[derive(Default)]
pub struct Drafts {
    /// The search field of the list.
    pub search: String,
    /// The sign-in sheet.
    pub sign_in: SignInDraft,
    /// The passphrase sheet.
    pub passphrase: PassphraseDraft,
    /// The sheet for another password.
    pub password: PasswordDraft,
    /// The form of the profile shown.
    pub form: FormDraft,
    /// The form of a new profile; kept while another page is looked at.
    pub new_form: FormDraft,
}

impl Drafts {
    /// Follows the model: what belongs to a sheet or page that is gone is forgotten.
    pub fn follow(&mut self, model: &Model) {
        self.follow_sheet(model);
        self.follow_forms(model);
    }

    fn follow_sheet(&mut self, model: &Model) {
        self.password.follow(model.sheet.as_ref());
        match &model.sheet {
            Some(Sheet::SignIn(sheet)) => self.sign_in.follow(&sheet.profile, &sheet.phase),
            _ => self.sign_in.close(),
        }
        match &model.sheet {
            Some(Sheet::Passphrase { .. }) => self.passphrase.open(),
            _ => self.passphrase = PassphraseDraft::default(),
        }
    }

    fn follow_forms(&mut self, model: &Model) {
        let shown = match model.page {
            Page::Profile => model.current(),
            Page::NewProfile => None,
        };
        if let Some(state) = shown {
            if self.form.original.as_ref() != Some(&state.profile.name) {
                self.form = FormDraft::of(&state.profile);
            }
            if model.tab != Tab::Configuration {
                self.form.client_secret.clear();
            }
        }
        let new_is_saved = || {
            let name = self.new_form.name.trim();
            model
                .profiles
                .iter()
                .any(|state| state.profile.name.as_str() == name)
        };
        if model.page != Page::NewProfile {
            if new_is_saved() {
                self.new_form = FormDraft::default();
            }
            self.new_form.client_secret.clear();
            self.new_form.focus_wanted = true;
        }
    }
}

/// The sign-in sheet's fields.
#[derive(Default)]
pub struct SignInDraft {
    profile: Option<ProfileName>,
    step: u64,
    asked: Option<&'static str>,
    /// By the fields' names: what is typed, secret or not.
    pub values: BTreeMap<String, Hidden>,
    /// True until the first field of the step has been given the focus.
    pub focus_wanted: bool,
}

impl SignInDraft {
    fn follow(&mut self, profile: &ProfileName, phase: &SignInPhase) {
        if self.profile.as_ref() != Some(profile) {
            *self = Self {
                profile: Some(profile.clone()),
                ..Self::default()
            };
        }
        let asked = phase.question().map(Question::challenge_name);
        if asked != self.asked {
            self.asked = asked;
            self.step += 1;
            self.focus_wanted = true;
            self.values.clear();
            if let Some(question) = phase.question() {
                let username = question.username.clone();
                self.value("username").edit().push_str(&username);
            }
        }
    }

    /// What is typed into a field.
    pub fn value(&mut self, name: &str) -> &mut Hidden {
        self.values.entry(name.to_owned()).or_default()
    }

    fn close(&mut self) {
        if self.profile.is_some() {
            *self = Self::default();
        }
    }
}

/// The passphrase sheet's field.
#[derive(Default)]
pub struct PassphraseDraft {
    is_open: bool,
    /// Until Unlock.
    pub text: Hidden,
    /// A new passphrase is typed twice.
    pub again: Hidden,
    /// True until the field has been given the focus.
    pub focus_wanted: bool,
}

impl PassphraseDraft {
    /// True when it can be handed over: something typed, a new one twice.
    #[must_use]
    pub fn is_complete(&self, is_new: bool) -> bool {
        !self.text.is_empty() && (!is_new || self.text == self.again)
    }

    fn open(&mut self) {
        if !self.is_open {
            self.is_open = true;
            self.focus_wanted = true;
        }
    }
}
