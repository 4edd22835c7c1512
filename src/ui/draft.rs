//! What is being typed: the only state a view may change.
//!
//! Passwords and codes live nowhere else in the window. They leave through [`Hidden::hand_over`],
//! which zeroes what was typed; dropping a draft zeroes it too.

use std::collections::HashMap;

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
use super::views::sign_in::draft::SignInDraft;
use crate::app::{Model, Page, Sheet, Tab};
use crate::domain::{Profile, ProfileField, ProfileName, SHORTEST_PASSPHRASE, Secret};

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
    /// Forms of other profiles that somebody changed and did not save.
    aside: HashMap<ProfileName, FormDraft>,
    proposed: u64,
    /// The field that a problem led to, until the form is drawn.
    pub asked_field: Option<ProfileField>,
    fields_asked: u64,
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

    /// What was typed for another profile and is not saved waits for it, without secrets.
    fn change_form(&mut self, model: &Model, shown: &Profile) {
        let waiting = self.aside.remove(&shown.name);
        let next = waiting.unwrap_or_else(|| FormDraft::of(shown));
        let mut left = std::mem::replace(&mut self.form, next);
        left.forget_secrets();
        let name = left.original.clone();
        let stored = name.as_ref().and_then(|name| model.profile(name));
        let is_changed = stored.is_some_and(|stored| left != FormDraft::of(&stored.profile));
        if let Some(name) = name.filter(|_| is_changed) {
            self.aside.insert(name, left);
        }
        self.aside.retain(|name, _| model.profile(name).is_some());
    }

    fn follow_forms(&mut self, model: &Model) {
        let shown = model.current().filter(|_| model.page == Page::Profile);
        if let Some(state) = shown {
            if self.form.original.as_ref() != Some(&state.profile.name) {
                self.change_form(model, &state.profile);
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
        if let Some((count, field)) = model.list.asked_field
            && std::mem::replace(&mut self.fields_asked, count) != count
        {
            self.asked_field = Some(field);
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
        let is_enough = !is_new || self.text.char_count() >= SHORTEST_PASSPHRASE;
        !self.text.is_empty() && is_enough && (!is_new || self.text == self.again)
    }

    fn open(&mut self) {
        if !self.is_open {
            self.is_open = true;
            self.focus_wanted = true;
        }
    }
}
