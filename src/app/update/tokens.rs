//! Tokens of other providers: asked for, handed over, and what follows.
//!
//! Deliberately absent: tokens that come from a file or a command; nobody is asked for those.

use super::sign_in::begin;
use crate::app::asked::Asked;
use crate::app::{Attempt, Effect, Model, Sheet, SignInPhase, SignInSheet};
use crate::domain::{LoginProvider, Problem, ProfileName, Secret, SignInMethod};

impl Model {
    /// Opens the sheet for tokens where the profile wants some; the browser at once where only
    /// that is wanted. None where a user pool asks first.
    pub(super) fn begin_tokens(&mut self, name: &ProfileName) -> Option<Vec<Effect>> {
        let profile = &self.profile(name)?.profile;
        let is_provider = profile.sign_in == SignInMethod::Provider;
        let typed = profile.typed_providers();
        if !typed.is_empty() {
            return Some(self.put_tokens(name, None).into_iter().collect());
        }
        is_provider.then(|| {
            self.put_browser(name, None, true);
            self.use_browser(None)
        })
    }

    /// Shows the sheet. In the demo the sandbox says what to type for the first provider.
    pub(super) fn put_tokens(
        &mut self,
        name: &ProfileName,
        problem: Option<Problem>,
    ) -> Option<Effect> {
        let providers = self.profile(name)?.profile.typed_providers();
        let asked = Asked::of_provider(providers.first()?);
        self.suggestion = None;
        self.sheet = Some(Sheet::SignIn(Box::new(SignInSheet {
            profile: name.clone(),
            phase: SignInPhase::Tokens {
                providers,
                busy: false,
                problem,
            },
        })));
        self.ask_for_suggestion(asked)
    }

    /// After the user pool: the browser at the other providers, and then the exchange.
    pub(super) fn logins_needed(&mut self, attempt: Attempt) -> Vec<Effect> {
        let Some(state) = self.of_attempt(attempt) else {
            return Vec::new();
        };
        // It ended with that.
        state.running = None;
        let name = state.profile.name.clone();
        if self.signing_in() != Some(&name) {
            // Nobody would know why a browser opens.
            return Vec::new();
        }
        let mut effects: Vec<Effect> = self.close_finished_sheet(&name).into_iter().collect();
        self.put_browser(&name, None, true);
        effects.extend(self.use_browser(None));
        effects
    }

    pub(super) fn give_tokens(&mut self, tokens: Vec<(LoginProvider, Secret)>) -> Vec<Effect> {
        let attempt = self.new_attempt();
        let Some(Sheet::SignIn(sheet)) = &mut self.sheet else {
            return Vec::new();
        };
        let SignInPhase::Tokens { busy, problem, .. } = &mut sheet.phase else {
            return Vec::new();
        };
        if *busy {
            return Vec::new();
        }
        (*busy, *problem) = (true, None);
        let name = sheet.profile.clone();
        self.suggestion = None;
        let Some(state) = self.profile_mut(&name) else {
            return Vec::new();
        };
        let profile = Box::new(state.profile.clone());
        if state.profile.user_pool.is_some() && !state.refreshable {
            let mut effects = vec![Effect::KeepTokens { profile, tokens }];
            effects.extend(self.ask_user_pool(&name));
            return effects;
        }
        begin(state, attempt, "reading tokens");
        let browses = state.profile.brought().count() > tokens.len();
        if browses {
            self.put_browser(&name, None, true);
        }
        vec![Effect::ProviderSignIn {
            attempt,
            profile,
            tokens,
        }]
    }
}
