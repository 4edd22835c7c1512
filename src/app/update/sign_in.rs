//! The sign-in sheet: questions, cancel, and answers that come too late.

use crate::app::asked::Asked;
use crate::app::{
    Attempt, Effect, Model, ProfileState, Sheet, Shown, SignInPhase, SignInSheet, Suggestion,
};
use crate::domain::sign_in::{Move, SignIn};
use crate::domain::{FlowStep, Problem, ProfileName, SignInMethod, StepState};

impl Model {
    pub(super) fn open_sign_in(&mut self, name: &ProfileName) -> Vec<Effect> {
        if self.profile(name).is_some_and(|state| state.signing_out) {
            // Its end would forget the new sign-in.
            return Vec::new();
        }
        if self
            .profile(name)
            .is_some_and(|state| state.profile.asks_nobody())
        {
            return self.renew(name);
        }
        let mut effects = self.cancel(name);
        // Back from the browser: the name that was typed before is still the one.
        let here = matches!(&self.sheet, Some(Sheet::SignIn(sheet)) if sheet.profile == *name);
        let typed = self.typed_username.take().filter(|_| here);
        let Some(state) = self.profile(name) else {
            return effects;
        };
        if state.profile.asks_nobody() {
            return self.renew(name);
        }
        // The sheet of another profile goes, and with it what it started.
        effects.extend(self.close_sheet());
        if self.must_unlock_for(name) {
            return effects;
        }
        self.typed_username = typed;
        match self.begin_tokens(name) {
            Some(begun) => effects.extend(begun),
            None => effects.extend(self.ask_user_pool(name)),
        }
        effects
    }

    /// Puts the user pool's first question, or opens the browser where that is the method.
    pub(super) fn ask_user_pool(&mut self, name: &ProfileName) -> Vec<Effect> {
        let Some(state) = self.profile(name) else {
            return Vec::new();
        };
        let profile = &state.profile;
        if profile.sign_in == SignInMethod::Browser {
            self.typed_username = None;
            self.put_browser(name, None, false);
            return self.use_browser(None);
        }
        let typed = self.typed_username.clone();
        let username = typed.or_else(|| profile.username.clone());
        let sign_in = SignIn::new(profile.sign_in, username);
        let question = self.put_question(name, Box::new(sign_in));
        question.into_iter().collect()
    }

    /// Shows that the browser's turn has come, or why it has to come again.
    pub(super) fn put_browser(
        &mut self,
        name: &ProfileName,
        problem: Option<Problem>,
        at_providers: bool,
    ) {
        self.suggestion = None;
        self.sheet = Some(Sheet::SignIn(Box::new(SignInSheet {
            profile: name.clone(),
            phase: SignInPhase::Browser {
                url: None,
                problem,
                at_providers,
            },
        })));
    }

    /// Shows the question of a sign-in; in the demo the sandbox says what to type.
    fn put_question(&mut self, name: &ProfileName, sign_in: Box<SignIn>) -> Option<Effect> {
        let asked = Asked::of(sign_in.question()?);
        self.suggestion = None;
        self.sheet = Some(Sheet::SignIn(Box::new(SignInSheet {
            profile: name.clone(),
            phase: SignInPhase::Asking(sign_in),
        })));
        self.ask_for_suggestion(asked)
    }

    pub(super) fn ask_for_suggestion(&mut self, asked: Asked) -> Option<Effect> {
        if !self.demo {
            return None;
        }
        let attempt = self.new_attempt();
        self.suggesting = Some(attempt);
        Some(Effect::Suggest {
            attempt,
            asked: Box::new(asked),
        })
    }

    /// One that comes late is for a question that was answered.
    pub(super) fn suggested(&mut self, attempt: Attempt, suggestion: Suggestion) -> Vec<Effect> {
        let is_asked = matches!(&self.sheet, Some(Sheet::SignIn(sheet))
            if sheet.phase.question().is_some() || sheet.phase.wants_tokens());
        if is_asked && self.suggesting == Some(attempt) {
            self.suggestion = Some(suggestion);
        }
        Vec::new()
    }

    /// Begins anew after a run that failed, and says why. Where the browser is the method, it is
    /// not opened again by itself.
    pub(super) fn ask_anew(&mut self, name: &ProfileName, why: Problem) -> Option<Effect> {
        let profile = &self.profile(name)?.profile;
        if profile.sign_in == SignInMethod::Provider && !profile.typed_providers().is_empty() {
            return self.put_tokens(name, Some(why));
        }
        // The user pool let them in by then, unless it says otherwise.
        let at_providers = profile.sign_in == SignInMethod::Provider
            || why.aws.is_none()
                && matches!(&self.sheet, Some(Sheet::SignIn(open))
                    if open.profile == *name && open.phase.is_at_providers());
        if at_providers || !profile.sign_in.asks_here() {
            self.put_browser(name, Some(why), at_providers);
            return None;
        }
        let typed = self.typed_username.clone();
        let username = typed.or_else(|| profile.username.clone());
        let sign_in = SignIn::new(profile.sign_in, username).after(why);
        self.put_question(name, Box::new(sign_in))
    }

    pub(super) fn moved(&mut self, moved: Move) -> Vec<Effect> {
        let Some(Sheet::SignIn(sheet)) = &mut self.sheet else {
            return Vec::new();
        };
        let SignInPhase::Asking(sign_in) = &sheet.phase else {
            return Vec::new();
        };
        let Some(shown) = Shown::of(sign_in) else {
            return Vec::new();
        };
        let phase = std::mem::replace(&mut sheet.phase, SignInPhase::Busy(shown));
        let SignInPhase::Asking(sign_in) = phase else {
            return Vec::new();
        };
        let name = sheet.profile.clone();
        if let Some(username) = typed_username(&moved) {
            self.typed_username = Some(username);
        }
        self.suggestion = None;
        let new_attempt = self.new_attempt();
        let Some(state) = self.profile_mut(&name) else {
            return Vec::new();
        };
        let attempt = state.running.unwrap_or(new_attempt);
        begin(state, attempt, "asking the user pool");
        vec![Effect::SignIn {
            attempt,
            profile: Box::new(state.profile.clone()),
            sign_in,
            moved,
        }]
    }

    /// Where the sheet's sign-in stands, if the attempt is the one it waits for.
    pub(super) fn phase_of(&mut self, attempt: Attempt) -> Option<&mut SignInPhase> {
        let name = self.of_attempt(attempt)?.profile.name.clone();
        match &mut self.sheet {
            Some(Sheet::SignIn(sheet)) if sheet.profile == name => Some(&mut sheet.phase),
            _ => None,
        }
    }

    pub(super) fn asked(&mut self, attempt: Attempt, sign_in: Box<SignIn>) -> Vec<Effect> {
        let Some(state) = self.of_attempt(attempt) else {
            return Vec::new();
        };
        state.set_step(
            FlowStep::SignIn,
            StepState::Running("waiting for you".to_owned()),
        );
        let name = state.profile.name.clone();
        if self.phase_of(attempt).is_none() {
            // Nobody can answer: the sheet gave way to another one.
            return self.cancel(&name);
        }
        self.put_question(&name, sign_in).into_iter().collect()
    }

    /// Closes the sheet, unless that would throw a finished sign-in away.
    pub(super) fn leave_sheet(&mut self) -> Vec<Effect> {
        match &self.sheet {
            Some(Sheet::SignIn(sheet)) if sheet.phase.is_ending() => Vec::new(),
            _ => self.close_sheet(),
        }
    }

    pub(super) fn close_sheet(&mut self) -> Vec<Effect> {
        self.suggestion = None;
        self.sign_in_after_unlock = None;
        self.typed_username = None;
        match self.sheet.take() {
            Some(Sheet::SignIn(sheet)) => self.cancel(&sheet.profile),
            Some(Sheet::Passphrase { .. }) => self.cancel_move(),
            Some(Sheet::Files(sheet)) => {
                self.free_files(&sheet.change);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Stops what runs for a profile, and closes the sheet that waits for it.
    pub(super) fn stop(&mut self, name: &ProfileName) -> Vec<Effect> {
        match &self.sheet {
            Some(Sheet::SignIn(sheet)) if sheet.profile == *name => self.close_sheet(),
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

/// The name that was typed with this move, to be offered next time if it gets in.
fn typed_username(moved: &Move) -> Option<String> {
    match moved {
        Move::Answer(answer) => answer.text("username").map(str::to_owned),
        Move::ForgotPassword { username } => Some(username.clone()),
        Move::Resend | Move::OtherMethod => None,
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
