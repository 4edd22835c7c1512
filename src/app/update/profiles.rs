//! The list of profiles: loading, choosing, saving.

use crate::app::kept::Loaded;
use std::collections::HashMap;

use crate::app::{Effect, Model, Page, ProfileState, Sheet, Tab};
use crate::domain::{Problem, Profile, ProfileField, ProfileName};

impl Model {
    pub(super) fn select(&mut self, name: ProfileName) -> Vec<Effect> {
        for state in &mut self.profiles {
            state.revealed = false;
        }
        self.list.marked.clear();
        self.selected = Some(name.clone());
        self.page = Page::Profile;
        let mut effects = vec![Effect::ReadExports(self.home, vec![name.clone()])];
        if self.list.is_unread(&name) {
            effects.extend(self.load_first(&[name]));
        }
        effects
    }

    /// Each time anew: the form brings the keyboard there once.
    pub(super) fn open_field(&mut self, field: ProfileField) -> Vec<Effect> {
        let count = self.list.asked_field.map_or(0, |(count, _)| count);
        self.list.asked_field = Some((count + 1, field));
        self.open_tab(Tab::Configuration)
    }

    pub(super) fn open_form(&mut self) -> Vec<Effect> {
        self.page = Page::NewProfile;
        vec![Effect::FindProfiles]
    }

    pub(super) fn show(&mut self, page: Page) -> Vec<Effect> {
        self.page = page;
        Vec::new()
    }

    pub(super) fn close_form(&mut self) -> Vec<Effect> {
        self.page = Page::Profile;
        Vec::new()
    }

    /// Keeps what is known of profiles that are still there: a reload must not sign anybody out.
    pub(super) fn profiles_loaded(&mut self, result: Result<Loaded, Problem>) -> Vec<Effect> {
        let loaded = match result {
            Ok(loaded) => loaded,
            Err(problem) => {
                self.loaded = true;
                self.config_problem = Some(problem);
                return Vec::new();
            }
        };
        self.config_problem = None;
        self.loaded = true;
        self.theme = loaded.theme;
        self.settings = loaded.settings;
        self.config_path = loaded.path;
        let after: HashMap<&ProfileName, &Profile> = loaded
            .profiles
            .iter()
            .map(|profile| (&profile.name, profile))
            .collect();
        let mut effects = self.leave(|known| {
            let new = after.get(&known.name);
            new.is_some_and(|new| new.leads_to_the_same_place(known))
        });
        let before = std::mem::take(&mut self.profiles).into_iter();
        let mut before: HashMap<ProfileName, ProfileState> = before
            .map(|state| (state.profile.name.clone(), state))
            .collect();
        let profiles = loaded.profiles.into_iter();
        self.profiles = profiles
            .filter(|profile| !self.is_removed(&profile.name))
            .map(|profile| match before.remove(&profile.name) {
                Some(state) => configured(state, profile),
                None => ProfileState::new(profile),
            })
            .collect();
        self.list_changed();
        if self.current().is_none() {
            self.selected = self
                .profiles
                .first()
                .map(|state| state.profile.name.clone());
        }
        let names = self
            .profiles
            .iter()
            .map(|state| state.profile.name.clone())
            .collect();
        effects.push(Effect::ReadExports(self.home, names));
        effects.extend(self.load_sessions());
        effects.extend(self.watch_token_files());
        effects
    }

    pub(super) fn saved(
        &mut self,
        original: Option<&ProfileName>,
        result: Result<Box<Profile>, Problem>,
    ) -> Vec<Effect> {
        let profile = match result {
            Ok(profile) => *profile,
            Err(problem) => {
                self.tell_problem(&problem);
                return Vec::new();
            }
        };
        let name = profile.name.clone();
        if let Some(original) = original {
            self.rename_calls(original, &name);
        }
        let mut effects = self.leave(|known| {
            let is_saved = original == Some(&known.name);
            !is_saved || (known.name == name && known.leads_to_the_same_place(&profile))
        });
        let known = original.and_then(|original| {
            self.profiles
                .iter()
                .position(|state| state.profile.name == *original)
        });
        let now = self.now;
        let was_live = known.and_then(|index| self.profiles.get(index));
        let was_live = was_live.is_some_and(|state| state.is_live(now));
        if let Some(index) = known {
            let state = self.profiles.remove(index);
            self.profiles.insert(index, configured(state, profile));
        } else {
            self.profiles.push(ProfileState::new(profile));
            self.selected = Some(name.clone());
            self.page = Page::Profile;
            self.tab = Tab::Overview;
        }
        self.list_changed();
        if self.selected.as_ref() == original {
            self.selected = Some(name.clone());
        }
        self.tell(format!("{name} saved"));
        effects.push(Effect::ReadExports(self.home, vec![name.clone()]));
        effects.extend(self.load_session_of(&name));
        effects.extend(self.watch_token_files());
        if was_live {
            effects.extend(self.renew_for_new_exchange(&name));
        }
        effects
    }

    /// Stops what runs for profiles that do not stay what they are, and closes their sheets: what
    /// they would bring belongs nowhere.
    pub(super) fn leave(&mut self, stays: impl Fn(&Profile) -> bool) -> Vec<Effect> {
        let going = self.profiles.iter().map(|state| &state.profile);
        let going = going.filter(|profile| !stays(profile));
        let going: Vec<ProfileName> = going.map(|profile| profile.name.clone()).collect();
        let mut effects = Vec::new();
        for name in going {
            if self.sheet.as_ref().and_then(Sheet::profile) == Some(&name) {
                effects.extend(self.close_sheet());
            }
            effects.extend(self.cancel(&name));
            effects.extend(self.stop_endpoint(&name));
        }
        effects
    }

    /// Once: a second press while the sandbox starts does nothing. Nor while secrets move: they would
    /// be this machine's, and the demo's the window.
    pub(super) fn open_demo(&mut self) -> Vec<Effect> {
        if self.moving.is_some() || std::mem::replace(&mut self.opening_demo, true) {
            return Vec::new();
        }
        // What was removed here is removed before the demo is there.
        let mut effects = self.settle_removals(true);
        effects.push(Effect::OpenDemo);
        effects
    }

    pub(super) fn demo_opened(&mut self, result: Result<(), Problem>) -> Vec<Effect> {
        self.opening_demo = false;
        if let Err(problem) = result {
            self.tell_problem(&problem);
            return Vec::new();
        }
        let (theme, settings) = (self.theme, self.settings.clone());
        *self = Self {
            theme,
            settings,
            presence: self.presence.clone(),
            lock: self.lock.clone(),
            still: self.still,
            clipboard_until: self.clipboard_until,
            last_attempt: self.last_attempt,
            list: self.list.emptied(),
            ..Self::new(self.now, true)
        };
        // A link belongs to the profiles of this machine.
        let mut effects = vec![Effect::LeaveCalls];
        effects.extend(Self::first());
        effects
    }
}

/// The state under a changed configuration. What another pool handed out is not the profile's any
/// more; the secret store sees it the same way. A sign-in outlives another exchange.
fn configured(state: ProfileState, profile: Profile) -> ProfileState {
    if state.profile.leads_to_the_same_place(&profile) {
        return ProfileState { profile, ..state };
    }
    let same_sign_in = state.profile.signs_in_at_the_same_place(&profile)
        && state.profile.sign_in_name() == profile.sign_in_name();
    let fresh = ProfileState::new(profile);
    ProfileState {
        exports: state.exports,
        refreshable: fresh.refreshable || (same_sign_in && state.refreshable),
        ..fresh
    }
}
