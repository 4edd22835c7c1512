//! What the secret store holds of sessions, and what follows from it.

use crate::app::event::Kept;
use crate::app::{Effect, Model, ProfileState, StoreState};
use crate::domain::{FlowStep, Problem, ProfileName, Session, StepState};

/// The steps that lead to a session.
const EXCHANGE: [FlowStep; 3] = [
    FlowStep::SignIn,
    FlowStep::IdentityId,
    FlowStep::Credentials,
];

impl Model {
    /// Reads what is kept, once both the store and the list of profiles are there.
    pub(super) fn load_sessions(&self) -> Option<Effect> {
        let ready = matches!(self.store, StoreState::Ready(_)) && !self.profiles.is_empty();
        ready.then(|| {
            Effect::LoadSessions(
                self.profiles
                    .iter()
                    .map(|state| state.profile.clone())
                    .collect(),
            )
        })
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
        match waited_for {
            Some(_) => self.sign_in_unless_kept(name),
            None => Vec::new(),
        }
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
    for step in EXCHANGE {
        let kept = StepState::Done {
            detail: "kept".to_owned(),
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
