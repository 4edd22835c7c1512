//! What the secret store holds of sessions, and what follows from it.

use std::collections::HashSet;

use crate::app::kept::Kept;
use crate::app::{Effect, Model, ProfileState, StoreState};
use crate::domain::{FlowStep, Problem, ProfileName, Session, StepState};

/// What is kept is read for so many profiles, then for the next ones.
const AT_ONCE: usize = 32;

/// The steps that lead to a session.
const EXCHANGE: [FlowStep; 3] = [
    FlowStep::SignIn,
    FlowStep::IdentityId,
    FlowStep::Credentials,
];

/// What is said of each where the session comes out of the store and none of them was taken.
const KEPT: [&str; 3] = ["earlier", "cached", "from the secret store"];

impl Model {
    /// Reads what is kept, once both the store and the list of profiles are there: what is shown
    /// first, the others after it and few at a time, so that nobody waits for a slow keychain.
    pub(super) fn load_sessions(&mut self) -> Option<Effect> {
        if !matches!(self.store, StoreState::Ready(_)) {
            return None;
        }
        let names = self.profiles.iter().map(|state| state.profile.name.clone());
        self.list.to_load = names.collect();
        self.list.loading.clear();
        if let Some(shown) = self.selected.clone() {
            return self.load_first(&[shown]).into_iter().next();
        }
        self.load_more()
    }

    /// Reads these before all others that are still to be read.
    pub(super) fn load_first(&mut self, names: &[ProfileName]) -> Vec<Effect> {
        let first: HashSet<&ProfileName> = names.iter().collect();
        let (first, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.list.to_load)
            .into_iter()
            .partition(|name| first.contains(name));
        self.list.to_load = first.into_iter().chain(rest).collect();
        self.load_more().into_iter().collect()
    }

    /// The next few, when all before them were read.
    pub(super) fn load_more(&mut self) -> Option<Effect> {
        if !self.list.loading.is_empty() || !matches!(self.store, StoreState::Ready(_)) {
            return None;
        }
        let mut profiles = Vec::new();
        while profiles.len() < AT_ONCE {
            let Some(name) = self.list.to_load.pop_front() else {
                break;
            };
            if let Some(state) = self.profile(&name) {
                profiles.push(state.profile.clone());
                self.list.loading.insert(name);
            }
        }
        (!profiles.is_empty()).then_some(Effect::LoadSessions(profiles))
    }

    pub(super) fn session_loaded(
        &mut self,
        name: &ProfileName,
        kept: Result<Kept, Problem>,
    ) -> Vec<Effect> {
        let is_unlocked = matches!(self.store, StoreState::Ready(_));
        let waiting = &mut self.sign_in_after_unlock;
        let waited_for = waiting.take_if(|waiting| is_unlocked && waiting == name);
        self.show_loaded(name, kept);
        self.list.loading.remove(name);
        let mut effects: Vec<Effect> = self.load_more().into_iter().collect();
        if waited_for.is_some() {
            effects.extend(self.sign_in_unless_kept(name));
        }
        effects
    }

    /// Somebody wanted to sign in before the store was unlocked. Now it is known whether a password
    /// is needed for that.
    fn sign_in_unless_kept(&mut self, name: &ProfileName) -> Vec<Effect> {
        let now = self.now;
        let Some(state) = self.profile(name) else {
            return Vec::new();
        };
        let margin = state.profile.margin;
        let is_due = |session: &Session| session.is_due(now, margin);
        match &state.session {
            Some(session) if state.refreshable && !is_due(session) => Vec::new(),
            _ => self.renew(name),
        }
    }

    fn show_loaded(&mut self, name: &ProfileName, kept: Result<Kept, Problem>) {
        let kept = match kept {
            Ok(kept) => kept,
            Err(problem) => return self.tell_problem(&problem),
        };
        let Some(state) = self.profile_mut(name) else {
            return;
        };
        if state.running.is_some() {
            return;
        }
        state.refreshable = kept.refreshable || state.profile.asks_nobody();
        match kept.session {
            Some(session) => show_kept(state, *session),
            None if state.session_unkept => {}
            None => forget_session(state),
        }
    }
}

/// The secret store has a session.
fn show_kept(state: &mut ProfileState, session: Session) {
    for (step, how) in EXCHANGE.into_iter().zip(KEPT) {
        let kept = StepState::Done {
            detail: how.to_owned(),
            took: None,
        };
        state.set_step(step, kept);
    }
    state.session = Some(session);
    state.session_unkept = false;
}

/// The secret store has none any more: somebody else signed in, or it was ended elsewhere.
fn forget_session(state: &mut ProfileState) {
    if state.session.take().is_none() {
        return;
    }
    state.revealed = false;
    if state.problem.is_none() {
        // With a problem they say where it happened.
        for step in EXCHANGE {
            state.set_step(step, StepState::Idle);
        }
    }
}
