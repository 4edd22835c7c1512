//! The sign-in sheet: password, questions, cancel, and answers that come too late.

use crate::app::{Attempt, Effect, Model, ProfileState, Sheet, SignInPhase};
use crate::domain::sign_in::{Pending, QuestionKind};
use crate::domain::{FlowStep, Problem, ProfileName, Secret, StepState};

impl Model {
    pub(super) fn open_sign_in(&mut self, name: &ProfileName) -> Vec<Effect> {
        let mut effects = self.cancel(name);
        let Some(state) = self.profile(name) else {
            return effects;
        };
        let username = state.profile.username.clone().unwrap_or_default();
        // The sheet of another profile goes, and with it what it started.
        effects.extend(self.close_sheet());
        if self.must_unlock_for(name) {
            return effects;
        }
        self.sheet = Some(Sheet::SignIn {
            profile: name.clone(),
            username,
            phase: SignInPhase::Password,
            problem: None,
        });
        effects.extend(self.suggest(name, None));
        effects
    }

    /// In the demo the sandbox says what to type.
    pub(super) fn suggest(
        &self,
        name: &ProfileName,
        question: Option<QuestionKind>,
    ) -> Option<Effect> {
        let profile = Box::new(self.profile(name).filter(|_| self.demo)?.profile.clone());
        Some(Effect::Suggest { profile, question })
    }

    pub(super) fn submit_password(&mut self, username: String, password: Secret) -> Vec<Effect> {
        let attempt = self.new_attempt();
        let Some(Sheet::SignIn {
            profile,
            username: shown,
            phase,
            problem,
        }) = &mut self.sheet
        else {
            return Vec::new();
        };
        if !matches!(phase, SignInPhase::Password) {
            return Vec::new();
        }
        *phase = SignInPhase::Checking;
        *problem = None;
        shown.clone_from(&username);
        let name = profile.clone();
        let Some(state) = self.profile_mut(&name) else {
            return Vec::new();
        };
        begin(state, attempt, "checking your password");
        vec![Effect::SignIn {
            attempt,
            profile: Box::new(state.profile.clone()),
            username,
            password,
        }]
    }

    pub(super) fn submit_answer(&mut self, answer: Secret) -> Vec<Effect> {
        let Some(Sheet::SignIn {
            profile,
            phase,
            problem,
            ..
        }) = &mut self.sheet
        else {
            return Vec::new();
        };
        if !matches!(phase, SignInPhase::Question(_)) {
            return Vec::new();
        }
        let name = profile.clone();
        let SignInPhase::Question(pending) = std::mem::replace(phase, SignInPhase::Answering)
        else {
            return Vec::new();
        };
        *problem = None;
        let Some(state) = self.profile_mut(&name) else {
            return Vec::new();
        };
        let Some(attempt) = state.running else {
            return Vec::new();
        };
        state.set_step(
            FlowStep::SignIn,
            StepState::Running("checking your code".to_owned()),
        );
        vec![Effect::Answer {
            attempt,
            profile: Box::new(state.profile.clone()),
            pending,
            answer,
        }]
    }

    pub(super) fn asked(
        &mut self,
        attempt: Attempt,
        asked: Box<Pending>,
        why: Option<Problem>,
    ) -> Vec<Effect> {
        let Some(state) = self.of_attempt(attempt) else {
            return Vec::new();
        };
        state.set_step(
            FlowStep::SignIn,
            StepState::Running("waiting for your code".to_owned()),
        );
        let name = state.profile.name.clone();
        let question = asked.question.kind;
        match &mut self.sheet {
            Some(Sheet::SignIn {
                profile,
                phase,
                problem,
                ..
            }) if *profile == name => {
                *phase = SignInPhase::Question(asked);
                *problem = why;
            }
            // Nobody can answer: the sheet gave way to another one.
            _ => return self.cancel(&name),
        }
        self.suggestion = None;
        self.suggest(&name, Some(question)).into_iter().collect()
    }

    pub(super) fn close_sheet(&mut self) -> Vec<Effect> {
        self.suggestion = None;
        self.sign_in_after_unlock = None;
        match self.sheet.take() {
            Some(Sheet::SignIn { profile, .. }) => self.cancel(&profile),
            _ => Vec::new(),
        }
    }

    /// Stops what runs for a profile, and closes the sheet that waits for it.
    pub(super) fn stop(&mut self, name: &ProfileName) -> Vec<Effect> {
        match &self.sheet {
            Some(Sheet::SignIn { profile, .. }) if profile == name => self.close_sheet(),
            _ => self.cancel(name),
        }
    }

    /// Stops what runs for a profile. From here on its events find no attempt and change nothing.
    pub(super) fn cancel(&mut self, name: &ProfileName) -> Vec<Effect> {
        let Some(state) = self.profile_mut(name) else {
            return Vec::new();
        };
        let Some(attempt) = state.running.take() else {
            return Vec::new();
        };
        for step in &mut state.steps {
            if matches!(step, StepState::Running(_)) {
                *step = StepState::Idle;
            }
        }
        vec![Effect::Cancel(attempt)]
    }
}

/// Marks a profile as busy with a new attempt, from the first step on.
pub(super) fn begin(state: &mut ProfileState, attempt: Attempt, doing: &str) {
    state.running = Some(attempt);
    state.problem = None;
    for step in [FlowStep::IdentityId, FlowStep::Credentials] {
        state.set_step(step, StepState::Idle);
    }
    state.set_step(FlowStep::SignIn, StepState::Running(doing.to_owned()));
}
