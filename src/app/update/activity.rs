//! What was called, and the tokens that came of it.
//!
//! Deliberately absent: a store. Both end with the window.

use crate::app::{Attempt, Effect, Model, ProfileState};
use crate::domain::{CallRecord, ProfileName, SeenToken};

/// Older calls make room.
const MOST_CALLS: usize = 500;

impl Model {
    pub(super) fn called(&mut self, records: Vec<CallRecord>) -> Vec<Effect> {
        self.calls.extend(records);
        let too_many = self.calls.len().saturating_sub(MOST_CALLS);
        self.calls.drain(..too_many);
        Vec::new()
    }

    /// What was called for a profile stays its own under another name.
    pub(super) fn rename_calls(&mut self, from: &ProfileName, to: &ProfileName) {
        let profiles = self.calls.iter_mut().map(|record| &mut record.profile);
        for profile in profiles.filter(|profile| profile.as_ref() == Some(from)) {
            *profile = Some(to.clone());
        }
    }

    /// Each takes the place of the one with its title.
    pub(super) fn tokens_seen(&mut self, attempt: Attempt, tokens: Vec<SeenToken>) -> Vec<Effect> {
        if let Some(state) = self.of_attempt(attempt) {
            let is_replaced = |old: &SeenToken| tokens.iter().any(|new| new.title == old.title);
            state.tokens.retain(|old| !is_replaced(old));
            state.tokens.extend(tokens);
        }
        Vec::new()
    }

    pub(super) fn drop_expired_tokens(&mut self) {
        let now = self.now;
        let is_good = |token: &SeenToken| token.reading.expires_at().is_none_or(|at| at > now);
        for ProfileState { tokens, .. } in &mut self.profiles {
            tokens.retain(is_good);
        }
    }
}
