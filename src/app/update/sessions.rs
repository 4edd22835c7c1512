//! Sessions over time: renewing, expiring, and what an attempt ended with.

use jiff::Timestamp;

use super::sign_in::begin;
use crate::app::{Attempt, Effect, Model, ProfileState, Sheet, SignInPhase, StoreState};
use crate::domain::{FlowStep, Problem, ProblemKind, ProfileName, Session, StepState};

impl Model {
    /// Moves the clock: old notices go, and what is due is renewed.
    pub(super) fn tick(&mut self, now: Timestamp) -> Vec<Effect> {
        self.now = now;
        self.drop_old_notices();
        let mut effects = self.settle_removals(false);
        self.drop_expired_tokens();
        if !matches!(self.store, StoreState::Ready(_)) {
            return effects;
        }
        let asked = self.signing_in().cloned();
        let mut last = self.last_attempt;
        let mine = |state: &ProfileState| asked.as_ref() == Some(&state.profile.name);
        for state in self
            .profiles
            .iter_mut()
            .filter(|state| is_due_by_itself(state, now) && !mine(state))
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
        effects.extend(self.due_token_files());
        effects.extend(self.farewells());
        effects
    }

    /// Whose sign-in sheet is open. Nothing else is begun for that profile: what runs for it is the
    /// sheet's.
    pub(super) fn signing_in(&self) -> Option<&ProfileName> {
        match &self.sheet {
            Some(Sheet::SignIn(sheet)) => Some(&sheet.profile),
            _ => None,
        }
    }

    /// A step of an attempt began or ended.
    pub(super) fn stepped(
        &mut self,
        attempt: Attempt,
        step: FlowStep,
        state: StepState,
    ) -> Vec<Effect> {
        if let Some(profile) = self.of_attempt(attempt) {
            profile.set_step(step, state);
        }
        Vec::new()
    }

    pub(super) fn renew(&mut self, name: &ProfileName) -> Vec<Effect> {
        let attempt = self.new_attempt();
        let is_asked = self.signing_in() == Some(name);
        let Some(state) = self.profile_mut(name) else {
            return Vec::new();
        };
        if !state.refreshable && !state.profile.asks_nobody() {
            return self.open_sign_in(name);
        }
        if state.running.is_some() || state.signing_out || is_asked {
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
        let now = self.now;
        let Some(state) = self.of_attempt(attempt) else {
            return Vec::new();
        };
        state.running = None;
        state.problem = None;
        state.backoff.succeeded(&session, state.profile.margin, now);
        state.session = Some(session);
        state.session_unkept = remark.is_some();
        let name = state.profile.name.clone();
        let was_signed_in = std::mem::replace(&mut state.refreshable, refreshable);
        let mut effects = self.export_again(&name);
        if was_signed_in != refreshable || self.signing_in() == Some(&name) {
            effects.extend(self.load_sharers(&name));
        }
        effects.extend(self.close_finished_sheet(&name));
        if let Some(remark) = remark {
            self.tell_problem(&remark);
        }
        effects
    }

    pub(super) fn failed(&mut self, attempt: Attempt, why: Problem) -> Vec<Effect> {
        let now = self.now;
        let Some(state) = self.of_attempt(attempt) else {
            return Vec::new();
        };
        state.running = None;
        state.backoff.failed(&why, now);
        if why.kind == ProblemKind::SignInNeeded {
            state.refreshable = state.profile.asks_nobody();
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
        let told = self.ended(&name, &why);
        let Some(state) = self.profile(&name) else {
            return Vec::new();
        };
        let at_sign_in = matches!(state.step(FlowStep::SignIn), StepState::Failed(_));
        match &mut self.sheet {
            Some(Sheet::SignIn(sheet)) if sheet.profile == name && at_sign_in => {
                // The sheet says it, and asks again: nothing stands refused behind it.
                if let Some(state) = self.profile_mut(&name) {
                    state.set_step(FlowStep::SignIn, StepState::Idle);
                }
                return self.ask_anew(&name, why).into_iter().collect();
            }
            sheet => {
                let signed_in = matches!(sheet, Some(Sheet::SignIn(open)) if open.profile == name);
                if signed_in {
                    *sheet = None;
                    self.suggestion = None;
                }
                if let Some(state) = self.profile_mut(&name) {
                    state.problem = Some(why);
                    // A new sign-in took the former one's place: what is kept decides what is shown.
                    state.session_unkept &= !signed_in;
                }
            }
        }
        told.into_iter().collect()
    }

    pub(super) fn toggle_reveal(&mut self, name: &ProfileName) -> Vec<Effect> {
        if let Some(state) = self.profile_mut(name) {
            state.revealed = !state.revealed;
        }
        Vec::new()
    }

    pub(super) fn toggle_keep_fresh(&mut self, name: &ProfileName) -> Vec<Effect> {
        let Some(state) = self.profile_mut(name) else {
            return Vec::new();
        };
        let on = !state.profile.keep_fresh;
        state.profile.keep_fresh = on;
        vec![Effect::SaveKeepFresh(name.clone(), on)]
    }

    /// Closes the sheet of a finished sign-in and remembers the user name that worked.
    pub(super) fn close_finished_sheet(&mut self, name: &ProfileName) -> Option<Effect> {
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

fn is_due_by_itself(state: &ProfileState, now: Timestamp) -> bool {
    let is_busy = state.running.is_some() || state.signing_out;
    !is_busy && state.standing().is_due(now)
}
