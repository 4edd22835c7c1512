//! Sessions over time: loading, renewing, expiring.

use jiff::{SignedDuration, Timestamp};

use super::sign_in::begin;
use crate::app::event::Kept;
use crate::app::{Attempt, Effect, Model, ProfileState, Sheet, SignInPhase, StoreState};
use crate::domain::{FlowStep, Problem, ProblemKind, ProfileName, Session, StepState};

/// After a failed automatic renewal the next one waits this long.
const QUIET_AFTER_FAILURE: SignedDuration = SignedDuration::from_mins(1);

/// The steps that lead to a session.
const EXCHANGE: [FlowStep; 3] = [
    FlowStep::SignIn,
    FlowStep::IdentityId,
    FlowStep::Credentials,
];

impl Model {
    /// Moves the clock: old notices go, and what is due is renewed.
    pub(super) fn tick(&mut self, now: Timestamp) -> Vec<Effect> {
        self.now = now;
        self.drop_old_notices();
        if !matches!(self.store, StoreState::Ready(_)) {
            return Vec::new();
        }
        let mut last = self.last_attempt;
        let mut effects = Vec::new();
        for state in self
            .profiles
            .iter_mut()
            .filter(|state| is_due_by_itself(state, now))
        {
            last.0 += 1;
            begin(state, last, "renewing");
            effects.push(Effect::Renew {
                attempt: last,
                profile: Box::new(state.profile.clone()),
                forced: false,
            });
        }
        self.last_attempt = last;
        effects
    }

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
        let kept = match kept {
            Ok(kept) => kept,
            Err(problem) => {
                self.tell_problem(&problem);
                return Vec::new();
            }
        };
        let Some(state) = self.profile_mut(name) else {
            return Vec::new();
        };
        if state.running.is_some() {
            return Vec::new();
        }
        state.refreshable = kept.refreshable;
        match kept.session {
            Some(session) => show_kept(state, *session),
            None if state.session_unkept => {}
            None => forget_session(state),
        }
        Vec::new()
    }

    pub(super) fn renew(&mut self, name: &ProfileName) -> Vec<Effect> {
        let attempt = self.new_attempt();
        let Some(state) = self.profile_mut(name) else {
            return Vec::new();
        };
        if !state.refreshable {
            return self.open_sign_in(name);
        }
        if state.running.is_some() || state.signing_out {
            return Vec::new();
        }
        begin(state, attempt, "renewing");
        vec![Effect::Renew {
            attempt,
            profile: Box::new(state.profile.clone()),
            forced: true,
        }]
    }

    pub(super) fn succeeded(
        &mut self,
        attempt: Attempt,
        session: Session,
        refreshable: bool,
        remark: Option<Problem>,
    ) -> Vec<Effect> {
        // Credentials that are due again at once (a short session, a wrong clock) must not be
        // renewed every second.
        let quiet_until = session
            .is_due(self.now)
            .then(|| self.now.saturating_add(QUIET_AFTER_FAILURE).ok())
            .flatten();
        let Some(state) = self.of_attempt(attempt) else {
            return Vec::new();
        };
        state.running = None;
        state.problem = None;
        state.quiet_until = quiet_until;
        state.refreshable = refreshable;
        state.session = Some(session);
        state.session_unkept = remark.is_some();
        let name = state.profile.name.clone();
        let mut effects = self.export_again(&name);
        effects.extend(self.close_finished_sheet(&name));
        if let Some(remark) = remark {
            self.tell_problem(&remark);
        }
        effects
    }

    pub(super) fn failed(&mut self, attempt: Attempt, why: Problem) -> Vec<Effect> {
        let quiet_until = self.now.saturating_add(QUIET_AFTER_FAILURE).ok();
        let Some(state) = self.of_attempt(attempt) else {
            return Vec::new();
        };
        state.running = None;
        state.quiet_until = quiet_until;
        if why.kind == ProblemKind::SignInNeeded {
            state.refreshable = false;
        }
        let failed = match why.kind {
            ProblemKind::Refused => "refused",
            ProblemKind::SignInNeeded => "sign in again",
            _ => "failed",
        };
        for step in &mut state.steps {
            if matches!(step, StepState::Running(_)) {
                *step = StepState::Failed(failed.to_owned());
            }
        }
        let name = state.profile.name.clone();
        let at_sign_in = matches!(state.step(FlowStep::SignIn), StepState::Failed(_));
        if !at_sign_in {
            // A new sign-in has taken the former one's place: what is kept decides what is shown.
            state.session_unkept = false;
        }
        match &mut self.sheet {
            Some(Sheet::SignIn(sheet)) if sheet.profile == name && at_sign_in => {
                return self.ask_anew(&name, why).into_iter().collect();
            }
            sheet => {
                if matches!(sheet, Some(Sheet::SignIn(open)) if open.profile == name) {
                    *sheet = None;
                    self.suggestion = None;
                }
                if let Some(state) = self.profile_mut(&name) {
                    state.problem = Some(why);
                }
            }
        }
        Vec::new()
    }

    pub(super) fn toggle_reveal(&mut self, name: &ProfileName) -> Vec<Effect> {
        if let Some(state) = self.profile_mut(name) {
            state.revealed = !state.revealed;
        }
        Vec::new()
    }

    pub(super) fn toggle_keep_fresh(&mut self, name: &ProfileName) -> Vec<Effect> {
        if let Some(state) = self.profile_mut(name) {
            state.keep_fresh = !state.keep_fresh;
        }
        Vec::new()
    }

    /// Closes the sheet of a finished sign-in and remembers the user name that worked.
    fn close_finished_sheet(&mut self, name: &ProfileName) -> Option<Effect> {
        let Some(Sheet::SignIn(sheet)) = &self.sheet else {
            return None;
        };
        if sheet.profile != *name {
            return None;
        }
        let by_browser = matches!(sheet.phase, SignInPhase::Browser { .. });
        self.sheet = None;
        self.suggestion = None;
        let username = self.typed_username.take().filter(|_| !by_browser)?;
        let state = self.profile_mut(name)?;
        if state.profile.username.as_deref() == Some(username.as_str()) {
            return None;
        }
        state.profile.username = Some(username.clone());
        Some(Effect::RememberUsername {
            profile: name.clone(),
            username,
        })
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

fn is_due_by_itself(state: &ProfileState, now: Timestamp) -> bool {
    state.keep_fresh
        && state.refreshable
        && state.running.is_none()
        && !state.signing_out
        && state.quiet_until.is_none_or(|until| until <= now)
        && state
            .session
            .as_ref()
            .is_some_and(|session| session.is_due(now))
}
