//! What is being typed: the only state a view may change.
//!
//! Passwords and codes live nowhere else in the window. They leave through [`Hidden::hand_over`],
//! which zeroes what was typed; dropping a draft zeroes it too.

use std::collections::BTreeMap;

use zeroize::{Zeroize as _, Zeroizing};

use super::views::about::AboutDraft;
use super::views::activity::ActivityDraft;
use super::views::discover::draft::DiscoverDraft;
use super::views::export::ExportDraft;
use super::views::form::FormDraft;
use super::views::getting_started::draft::ImportDraft;
use super::views::palette::PaletteDraft;
use super::views::password::PasswordDraft;
use super::views::settings::draft::SettingsDraft;
use super::views::sidebar::draft::ListDraft;
use super::widgets::qr_code::QrPicture;
use crate::app::{Model, Page, Sheet, SignInPhase, Tab};
use crate::domain::sign_in::{Question, QuestionKind, otpauth_address};
use crate::domain::{Problem, ProfileName, Secret};

/// Room for a long password, so that typing does not move it about in memory.
const SECRET_ROOM: usize = 256;

/// The field of a code that comes with a new password.
const RESET_CODE: &str = "confirmation_code";

/// What the service says where the code was good and the new password is not.
const PASSWORD_REFUSED: [&str; 2] = [
    "InvalidPasswordException",
    "PasswordHistoryPolicyViolationException",
];

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

    /// True when the other text is how this one begins.
    #[must_use]
    pub fn starts_with(&self, other: &Self) -> bool {
        self.0.starts_with(other.0.as_str())
    }

    /// Forgets what was typed.
    pub fn clear(&mut self) {
        self.0.zeroize();
    }

    /// A copy of what was typed, for what is only tried: it stays here.
    #[must_use]
    pub fn copy(&self) -> Secret {
        Secret::new(self.0.as_str().to_owned())
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
    /// The list of profiles.
    pub list: ListDraft,
    /// True while the list lies over a narrow window's page.
    pub list_open: bool,
    /// How many times the model had asked the keyboard to the search.
    pub list_asked: u64,
    /// What the Activity view leaves out.
    pub activity: ActivityDraft,
    /// Import, and what it offers.
    pub import: ImportDraft,
    /// The sign-in sheet.
    pub sign_in: SignInDraft,
    /// What is chosen on the Export page.
    pub export: ExportDraft,
    /// What is chosen on the Discover page.
    pub discover: DiscoverDraft,
    /// The passphrase sheet.
    pub passphrase: PassphraseDraft,
    /// The cover of a locked window.
    pub unlock: PassphraseDraft,
    /// The settings page.
    pub settings: SettingsDraft,
    /// What is about the program.
    pub about: AboutDraft,
    /// What is typed into the palette.
    pub palette: PaletteDraft,
    /// The sheet for another password.
    pub password: PasswordDraft,
    /// The form of the profile shown.
    pub form: FormDraft,
    /// The form of a new profile; kept while another page is looked at.
    pub new_form: FormDraft,
    proposed: u64,
}

impl Drafts {
    /// Follows the model: what belongs to a sheet or page that is gone is forgotten.
    pub fn follow(&mut self, model: &Model) {
        self.export.follow(model.selected.as_ref());
        self.import.follow(model);
        self.settings.follow(model);
        self.about.follow(model);
        if model.lock.on {
            self.unlock.open();
            self.forget_secrets();
        } else {
            self.unlock = PassphraseDraft::default();
        }
        self.discover.follow(model);
        self.follow_sheet(model);
        self.follow_forms(model);
    }

    /// Whoever unlocks the window types them anew.
    fn forget_secrets(&mut self) {
        self.sign_in.close();
        self.passphrase = PassphraseDraft::default();
        self.password = PasswordDraft::default();
        self.form.forget_secrets();
        self.new_form.forget_secrets();
    }

    fn follow_sheet(&mut self, model: &Model) {
        self.password.follow(model.sheet.as_ref());
        self.palette.follow(model);
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
            Page::NewProfile
            | Page::Import
            | Page::Shortcuts
            | Page::Discover
            | Page::Settings
            | Page::About => None,
        };
        if let Some(state) = shown {
            if self.form.original.as_ref() != Some(&state.profile.name) {
                self.form = FormDraft::of(&state.profile);
            }
            if model.tab != Tab::Configuration {
                self.form.forget_secrets();
            }
        }
        if let Some((count, profile)) = &model.list.proposed
            && std::mem::replace(&mut self.proposed, *count) != *count
        {
            self.new_form = FormDraft {
                original: None,
                ..FormDraft::of(profile)
            };
        }
        let new_is_saved = || {
            let name = self.new_form.name.trim().parse();
            name.is_ok_and(|name| model.profile(&name).is_some())
        };
        if model.page != Page::NewProfile {
            if new_is_saved() {
                self.new_form = FormDraft::default();
            }
            self.new_form.forget_secrets();
            self.new_form.focus_wanted = true;
        }
    }
}

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
    fn follow(&mut self, profile: &ProfileName, phase: &SignInPhase) {
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
