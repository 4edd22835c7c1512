//! "Check configuration": begun, heard of, stopped, put away.

use crate::app::checks::CheckRun;
use crate::app::{Attempt, Effect, Model, ProfileDraft};
use crate::domain::{Check, CheckId, ProfileName};

impl Model {
    /// A new run takes the place of the last one of the same form.
    pub(super) fn check_configuration(&mut self, draft: ProfileDraft) -> Vec<Effect> {
        let ProfileDraft {
            original,
            profile,
            client_secret,
            ..
        } = draft;
        let mut effects = self.close_checks(original.as_ref());
        let attempt = self.new_attempt();
        self.checks.push(CheckRun {
            original,
            profile: profile.clone(),
            running: Some(attempt),
            checks: Vec::new(),
            finished_at: None,
        });
        effects.push(Effect::Check {
            attempt,
            profile: Box::new(profile),
            client_secret,
        });
        effects
    }

    /// Stops what runs; half a look is not worth keeping.
    pub(super) fn close_checks(&mut self, original: Option<&ProfileName>) -> Vec<Effect> {
        let mut gone = self
            .checks
            .extract_if(.., |run| run.original.as_ref() == original);
        let running = gone.find_map(|run| run.running);
        drop(gone);
        running.map(Effect::Cancel).into_iter().collect()
    }

    pub(super) fn checked(&mut self, attempt: Attempt, check: Check) -> Vec<Effect> {
        if let Some(run) = self.run_of(attempt) {
            run.checks.retain(|known| known.id != check.id);
            run.checks.push(check);
            run.checks.sort_by_key(|check| check.id);
        }
        Vec::new()
    }

    /// A sign-in that turned out to have ended is kept no longer: what is shown of it is read anew.
    pub(super) fn checks_ended(&mut self, attempt: Attempt, checks: Vec<Check>) -> Vec<Effect> {
        let now = self.now;
        let Some(run) = self.run_of(attempt) else {
            return Vec::new();
        };
        let has_ended = checks
            .iter()
            .any(|check| check.id == CheckId::SignIn && check.has_failed());
        run.checks = checks;
        run.running = None;
        run.finished_at = Some(now);
        let original = run.original.clone();
        let state = original.and_then(|name| self.profile(&name));
        match state {
            Some(state) if has_ended => vec![Effect::LoadSessions(vec![state.profile.clone()])],
            _ => Vec::new(),
        }
    }

    fn run_of(&mut self, attempt: Attempt) -> Option<&mut CheckRun> {
        let mut runs = self.checks.iter_mut();
        runs.find(|run| run.running == Some(attempt))
    }
}
