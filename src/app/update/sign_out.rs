//! Ending a sign-in: here, at the user pool, in the browser.

use crate::app::{Effect, Model, ProfileState};
use crate::domain::{Problem, ProfileName, SignOutScope};

impl Model {
    pub(super) fn sign_out(&mut self, name: &ProfileName, scope: SignOutScope) -> Vec<Effect> {
        let mut effects = self.stop(name);
        if let Some(state) = self.profile_mut(name)
            && !std::mem::replace(&mut state.signing_out, true)
        {
            effects.push(Effect::SignOut {
                profile: Box::new(state.profile.clone()),
                scope,
            });
        }
        effects
    }

    pub(super) fn signed_out(
        &mut self,
        name: &ProfileName,
        result: Result<Option<Problem>, Problem>,
    ) -> Vec<Effect> {
        let problem = match result {
            Ok(problem) => problem,
            Err(problem) => {
                if let Some(state) = self.profile_mut(name) {
                    state.signing_out = false;
                }
                self.tell_problem(&problem);
                return Vec::new();
            }
        };
        let stopped = self.stop_endpoint(name);
        if let Some(state) = self.profile_mut(name) {
            let fresh = ProfileState::new(state.profile.clone());
            let exports = std::mem::take(&mut state.exports);
            *state = ProfileState {
                exports,
                running: state.running,
                ..fresh
            };
        }
        match problem {
            Some(problem) => self.tell_problem(&problem),
            None => self.tell(format!("Signed out of {name}")),
        }
        let mut effects = vec![Effect::ReadExports(self.home, vec![name.clone()])];
        effects.extend(stopped);
        effects.extend(self.load_sharers(name));
        effects
    }

    pub(super) fn sign_out_of_browser(&mut self, name: &ProfileName) -> Vec<Effect> {
        let state = self.profile(name);
        state
            .map(|state| Effect::SignOutOfBrowser(Box::new(state.profile.clone())))
            .into_iter()
            .collect()
    }
}
