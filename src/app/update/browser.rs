//! The sign-in sheet while the browser is open: begun, opened, pasted into; and pages that did not
//! open.

use super::sign_in::begin;
use crate::app::effect::CopyText;
use crate::app::{Attempt, Effect, Model, Sheet, SignInPhase};
use crate::domain::{Problem, Secret};

impl Model {
    /// With the name that was typed, as a hint for the page.
    pub(super) fn use_browser(&mut self, typed: Option<String>) -> Vec<Effect> {
        let attempt = self.new_attempt();
        let Some(Sheet::SignIn(sheet)) = &mut self.sheet else {
            return Vec::new();
        };
        let at_providers = sheet.phase.is_at_providers();
        sheet.phase = SignInPhase::Browser {
            url: None,
            problem: None,
            at_providers,
        };
        let name = sheet.profile.clone();
        self.suggestion = None;
        if typed.is_some() {
            self.typed_username = typed;
        }
        let typed = self.typed_username.clone();
        let mut effects = self.cancel(&name);
        if let Some(state) = self.profile_mut(&name) {
            begin(state, attempt, "waiting for the browser");
            let mut profile = Box::new(state.profile.clone());
            if let Some(typed) = typed {
                profile.username = Some(typed).filter(|typed| !typed.is_empty());
            }
            effects.push(if at_providers {
                Effect::ProviderSignIn {
                    attempt,
                    profile,
                    tokens: Vec::new(),
                }
            } else {
                Effect::BrowserSignIn { attempt, profile }
            });
        }
        effects
    }

    pub(super) fn browser_needed(&mut self, attempt: Attempt) -> Vec<Effect> {
        let Some(state) = self.of_attempt(attempt) else {
            return Vec::new();
        };
        let name = state.profile.name.clone();
        if self.phase_of(attempt).is_none() {
            // Nobody would know why a browser opens.
            return self.cancel(&name);
        }
        self.use_browser(None)
    }

    pub(super) fn browser_opened(&mut self, attempt: Attempt, address: String) -> Vec<Effect> {
        if let Some(SignInPhase::Browser { url, .. }) = self.phase_of(attempt) {
            *url = Some(address);
        }
        Vec::new()
    }

    pub(super) fn paste_refused(&mut self, attempt: Attempt, why: Problem) -> Vec<Effect> {
        if let Some(SignInPhase::Browser { problem, .. }) = self.phase_of(attempt) {
            *problem = Some(why);
        }
        Vec::new()
    }

    /// Any other browser shows it: its address is said, and ready to be pasted.
    pub(super) fn page_not_opened(&mut self, url: String, mut problem: Problem) -> Vec<Effect> {
        problem.hints = vec![format!("Paste its address into any browser: {url}")];
        self.tell_problem(&problem);
        vec![Effect::Copy {
            what: "Address",
            text: CopyText::Plain(url),
        }]
    }

    pub(super) fn paste_code(&mut self, text: Secret) -> Vec<Effect> {
        let Some(Sheet::SignIn(sheet)) = &self.sheet else {
            return Vec::new();
        };
        let running = self.profile(&sheet.profile);
        let Some(attempt) = running.and_then(|state| state.running) else {
            return Vec::new();
        };
        let Some(SignInPhase::Browser { problem, .. }) = self.phase_of(attempt) else {
            return Vec::new();
        };
        *problem = None;
        vec![Effect::PasteCode { attempt, text }]
    }
}
