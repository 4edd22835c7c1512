//! One sign-in and what several exchanges make of it: another role, other profiles that share it.

use crate::app::{Effect, Model, ProfileDraft};
use crate::domain::{Exchange, Problem, Profile, ProfileName, RoleArn};

impl Model {
    /// Saves the choice; new credentials follow when it is saved. In the basic flow the role is
    /// part of the configuration, and changed there.
    pub(super) fn choose_role(&mut self, name: &ProfileName, role: Option<RoleArn>) -> Vec<Effect> {
        let Some(state) = self.profile(name) else {
            return Vec::new();
        };
        let Exchange::Enhanced { role: present } = &state.profile.exchange else {
            return Vec::new();
        };
        if *present == role {
            return Vec::new();
        }
        let mut profile = state.profile.clone();
        profile.exchange = Exchange::Enhanced { role };
        vec![Effect::Save(Box::new(ProfileDraft {
            original: Some(name.clone()),
            profile,
            client_secret: None,
            login_secrets: Vec::new(),
        }))]
    }

    /// Credentials of another role or pool are of no use any more: the new ones come at once, where
    /// nobody has to be asked.
    pub(super) fn renew_for_new_exchange(&mut self, name: &ProfileName) -> Vec<Effect> {
        let lost = |state: &crate::app::ProfileState| state.refreshable && state.session.is_none();
        if self.profile(name).is_some_and(lost) {
            return self.renew(name);
        }
        Vec::new()
    }

    pub(super) fn forget_identity(&self, name: &ProfileName) -> Vec<Effect> {
        let state = self.profile(name).into_iter();
        state
            .map(|state| Effect::ForgetIdentity(Box::new(state.profile.clone())))
            .collect()
    }

    pub(super) fn identity_forgotten(
        &mut self,
        name: &ProfileName,
        result: Result<(), Problem>,
    ) -> Vec<Effect> {
        match result {
            Ok(()) => self.tell(format!(
                "Identity of {name} forgotten: the next exchange asks for it anew"
            )),
            Err(problem) => self.tell_problem(&problem),
        }
        Vec::new()
    }

    /// The others that share a sign-in begin and end with it.
    pub(super) fn load_sharers(&self, name: &ProfileName) -> Option<Effect> {
        let shared = self.profile(name)?.profile.sign_in_name();
        let others = self.profiles.iter().map(|state| &state.profile);
        let others = others.filter(|other| other.name != *name && other.sign_in_name() == shared);
        let others: Vec<Profile> = others.cloned().collect();
        (!others.is_empty()).then_some(Effect::LoadSessions(others))
    }

    /// What is kept for one profile, once the store is there.
    pub(super) fn load_session_of(&self, name: &ProfileName) -> Option<Effect> {
        let ready = matches!(self.store, crate::app::StoreState::Ready(_));
        let state = self.profile(name).filter(|_| ready)?;
        Some(Effect::LoadSessions(vec![state.profile.clone()]))
    }
}
