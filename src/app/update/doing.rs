//! What runs is noted when its effect goes out, and forgotten when it has ended or is stopped.

use crate::app::doing::{Doing, Work, WorkKind};
use crate::app::{Effect, Endpoint, Model, ProfileState, Trial};

impl Model {
    /// Notes what begins.
    pub(super) fn note_doing(&mut self, effects: &[Effect]) {
        let since = self.now;
        let begun = effects.iter().filter_map(Effect::work);
        self.doing.extend(begun.map(|work| Doing { work, since }));
    }

    /// It is over, one way or another. Of two that are alike the earlier one.
    pub(super) fn work_ended(&mut self, work: &Work) -> Vec<Effect> {
        let place = self.doing.iter().position(|doing| doing.work == *work);
        if let Some(place) = place {
            self.doing.remove(place);
        }
        Vec::new()
    }

    /// The person does not want to wait for these.
    pub(super) fn stop_works(&mut self, works: Vec<Work>) -> Vec<Effect> {
        works
            .into_iter()
            .flat_map(|work| self.stop_work(work))
            .collect()
    }

    fn stop_work(&mut self, work: Work) -> Vec<Effect> {
        let before = self.doing.len();
        self.doing.retain(|doing| doing.work != work);
        if self.doing.len() == before {
            return Vec::new();
        }
        let mut effects = vec![Effect::Stop(work.clone())];
        let Work { kind, whose } = work;
        let state = whose.as_ref().and_then(|name| self.profile_mut(name));
        match (kind, state) {
            (WorkKind::SignOut, Some(state)) => {
                state.signing_out = false;
                let name = state.profile.name.clone();
                // How far it came is seen from what is still kept.
                effects.extend(self.load_session_of(&name));
                self.tell(format!(
                    "Stopped signing out of {name}: the user pool may not have been told"
                ));
            }
            (WorkKind::Files, Some(state)) => {
                state.exporting = None;
                let names = vec![state.profile.name.clone()];
                effects.push(Effect::ReadExports(self.home, names));
            }
            (WorkKind::Files, None) => {
                let is_busy = |state: &&mut ProfileState| state.exporting.is_some();
                let busy = self.profiles.iter_mut().filter(is_busy);
                let names = busy.map(|state| {
                    state.exporting = None;
                    state.profile.name.clone()
                });
                let names = names.collect();
                effects.push(Effect::ReadExports(self.home, names));
            }
            (WorkKind::Undo, _) => {
                self.undoing = false;
                let names = self.profiles.iter().map(|state| state.profile.name.clone());
                effects.push(Effect::ReadExports(self.home, names.collect()));
            }
            (WorkKind::Demo, _) => self.opening_demo = false,
            (WorkKind::Console, Some(state)) => state.opening_console = false,
            (WorkKind::Endpoint, Some(state)) => {
                state.endpoint = Endpoint::Off;
                effects.push(Effect::StopEndpoint(state.profile.name.clone()));
            }
            (WorkKind::Network, _) => self.trial = Trial::Idle,
            _ => {}
        }
        effects
    }

    /// Whether what was asked of the AWS files is still wanted.
    pub(super) fn awaits_files(&self, change: &crate::app::FilesChange) -> bool {
        match change.section() {
            Some((name, _)) => self
                .profile(name)
                .is_some_and(|state| state.exporting.is_some()),
            None => self.undoing || self.profiles.iter().any(|state| state.exporting.is_some()),
        }
    }
}
