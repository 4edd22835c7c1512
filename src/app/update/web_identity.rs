//! The file with an `OpenID` token that SDKs hand to STS: it lives for minutes, and is written again
//! and again.

use jiff::{SignedDuration, Timestamp};

use crate::app::{Effect, Model};
use crate::domain::{Backoff, Problem, ProfileName};

/// Between two writings of the same file.
const SHORTEST_PAUSE: SignedDuration = SignedDuration::from_mins(1);

impl Model {
    /// Those whose file is due. A renewal that runs for the profile goes first: it may bring a token.
    pub(super) fn due_token_files(&mut self) -> Vec<Effect> {
        let now = self.now;
        let mut effects = Vec::new();
        for state in &mut self.profiles {
            let is_due = state.writes_token_at(now).is_some_and(|at| at <= now);
            if is_due && state.running.is_none() {
                state.token_file.writing = true;
                effects.push(Effect::WriteTokenFile(Box::new(state.profile.clone())));
            }
        }
        effects
    }

    /// Written, and due again then; or why not.
    pub(super) fn token_file_written(
        &mut self,
        name: &ProfileName,
        result: Result<Timestamp, Problem>,
    ) -> Vec<Effect> {
        let now = self.now;
        let Some(state) = self.profile_mut(name) else {
            return Vec::new();
        };
        let file = &mut state.token_file;
        file.writing = false;
        match result {
            // A token that lives for less than a minute or two would be due at once, for ever.
            Ok(due) => {
                let soonest = now.saturating_add(SHORTEST_PAUSE).unwrap_or(now);
                (file.due, file.backoff) = (Some(due.max(soonest)), Backoff::default());
            }
            Err(problem) => {
                file.backoff.failed(&problem, now);
                self.tell_problem(&problem);
            }
        }
        Vec::new()
    }
}
