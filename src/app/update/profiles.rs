//! The list of profiles: loading, choosing, saving, removing.

use crate::app::event::Loaded;
use crate::app::{Effect, Model, Page, ProfileState, Sheet, Tab};
use crate::domain::{Problem, Profile, ProfileName};

impl Model {
    pub(super) fn select(&mut self, name: ProfileName) -> Vec<Effect> {
        for state in &mut self.profiles {
            state.revealed = false;
        }
        self.selected = Some(name.clone());
        self.page = Page::Profile;
        vec![Effect::ReadExports(self.home, vec![name])]
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
        let mut effects = self.leave(|known| {
            let same = |new: &Profile| new.name == known.name && new.leads_to_the_same_place(known);
            loaded.profiles.iter().any(same)
        });
        let mut before = std::mem::take(&mut self.profiles);
        self.profiles = loaded
            .profiles
            .into_iter()
            .map(|profile| {
                match before
                    .iter()
                    .position(|state| state.profile.name == profile.name)
                {
                    Some(index) => configured(before.swap_remove(index), profile),
                    None => ProfileState::new(profile),
                }
            })
            .collect();
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
    fn leave(&mut self, stays: impl Fn(&Profile) -> bool) -> Vec<Effect> {
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

    pub(super) fn ask_remove(&mut self, name: ProfileName) -> Vec<Effect> {
        let effects = self.close_sheet();
        self.sheet = Some(Sheet::Remove(name));
        effects
    }

    pub(super) fn confirm_remove(&mut self) -> Vec<Effect> {
        let Some(Sheet::Remove(name)) = self.sheet.take() else {
            return Vec::new();
        };
        let mut effects = self.cancel(&name);
        if let Some(state) = self.profile(&name) {
            effects.push(Effect::Remove(Box::new(state.profile.clone())));
        }
        effects
    }

    pub(super) fn removed(
        &mut self,
        name: &ProfileName,
        result: Result<(), Problem>,
    ) -> Vec<Effect> {
        if let Err(problem) = result {
            self.tell_problem(&problem);
            return Vec::new();
        }
        let mut effects = self.leave(|known| known.name != *name);
        self.profiles.retain(|state| state.profile.name != *name);
        effects.extend(self.watch_token_files());
        if self.selected.as_ref() == Some(name) {
            self.selected = self
                .profiles
                .first()
                .map(|state| state.profile.name.clone());
            self.tab = Tab::Overview;
        }
        self.tell(format!("{name} removed"));
        effects
    }

    /// Once: a second press while the sandbox starts does nothing.
    pub(super) fn open_demo(&mut self) -> Vec<Effect> {
        if std::mem::replace(&mut self.opening_demo, true) {
            return Vec::new();
        }
        vec![Effect::OpenDemo]
    }

    pub(super) fn demo_opened(&mut self, result: Result<(), Problem>) -> Vec<Effect> {
        self.opening_demo = false;
        if let Err(problem) = result {
            self.tell_problem(&problem);
            return Vec::new();
        }
        let (theme, settings) = (self.theme, self.settings);
        *self = Self {
            theme,
            settings,
            presence: self.presence.clone(),
            still: self.still,
            clipboard_until: self.clipboard_until,
            last_attempt: self.last_attempt,
            ..Self::new(self.now, true)
        };
        self.start()
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
