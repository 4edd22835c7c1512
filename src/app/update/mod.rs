//! How actions and events change the model: one file per area.
//!
//! Each function returns the effects that follow. Deliberately absent: anything that waits.

mod acted;
mod activity;
mod arrange;
mod browser;
mod checks;
mod discovery;
mod doing;
mod exchanges;
mod exported;
mod exports;
mod hand_on;
mod heard;
mod import;
mod kept;
mod lock;
mod notices;
mod password;
mod presence;
mod profiles;
mod quiet;
mod removal;
mod sessions;
mod settings;
mod several;
mod share;
mod sign_in;
mod sign_out;
mod store;
#[cfg(test)]
mod tests;
mod token_files;
mod tokens;
mod web_identity;

use super::{Action, Effect, Event, Model};

impl Model {
    /// What happens first: everything that is shown is asked for.
    #[must_use]
    pub fn start(&mut self) -> Vec<Effect> {
        let effects = Self::first();
        self.note_doing(&effects);
        effects
    }

    fn first() -> Vec<Effect> {
        vec![Effect::LoadProfiles, Effect::ProbeStore]
    }

    /// Takes a wish of the person at the window.
    #[must_use]
    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        if self.is_held_back(&action) {
            return Vec::new();
        }
        self.list.memo.changes += 1;
        let mut effects = self.acted(action);
        effects.extend(self.follow());
        self.note_doing(&effects);
        effects
    }

    /// Takes what came back from outside.
    #[must_use]
    pub fn hear(&mut self, event: Event) -> Vec<Effect> {
        // It changes nothing that is due: the pointer moves all the time.
        if matches!(event, Event::Touched) {
            return self.touched();
        }
        if let Event::Clock(now) = event
            && self.is_quiet_until(now)
            && self.locks_at().is_none_or(|at| now < at)
        {
            self.now = now;
            return Vec::new();
        }
        // That somebody is there makes nothing due earlier.
        self.list.memo.changes += u64::from(!matches!(event, Event::Touched));
        let mut effects = self.heard(event);
        effects.extend(self.follow());
        self.note_doing(&effects);
        effects
    }

    /// What follows from anything.
    fn follow(&mut self) -> Vec<Effect> {
        let mut effects = self.renew_more();
        if self.presence.leaving {
            effects.extend(self.settle_removals(true));
        }
        effects.extend(self.import_waiting());
        effects.extend(self.leave_discover());
        self.leave_notices();
        effects.extend(self.follow_tray());
        effects
    }
}
