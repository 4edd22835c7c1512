//! Another password for somebody who is signed in.

use crate::app::{Attempt, Effect, Model, Sheet};
use crate::domain::{Problem, ProblemKind, ProfileName, Secret};

impl Model {
    pub(super) fn ask_password_change(&mut self, name: ProfileName) -> Vec<Effect> {
        let effects = self.close_sheet();
        self.sheet = Some(Sheet::Password {
            profile: name,
            running: None,
            problem: None,
        });
        effects
    }

    pub(super) fn change_password(&mut self, previous: Secret, proposed: Secret) -> Vec<Effect> {
        let attempt = self.new_attempt();
        let Some(Sheet::Password { profile, .. }) = &self.sheet else {
            return Vec::new();
        };
        let whose = self.profile(profile).map(|state| state.profile.clone());
        let (
            Some(whose),
            Some(Sheet::Password {
                running, problem, ..
            }),
        ) = (whose, &mut self.sheet)
        else {
            return Vec::new();
        };
        if running.is_some() {
            return Vec::new();
        }
        *running = Some(attempt);
        *problem = None;
        vec![Effect::ChangePassword {
            attempt,
            profile: Box::new(whose),
            previous,
            proposed,
        }]
    }

    /// What comes of an attempt whose sheet was left is a notice, also where another sheet is open.
    pub(super) fn password_changed(
        &mut self,
        attempt: Attempt,
        name: &ProfileName,
        result: Result<(), Problem>,
    ) -> Vec<Effect> {
        let ended = matches!(&result, Err(why) if why.kind == ProblemKind::SignInNeeded);
        if ended && let Some(state) = self.profile_mut(name) {
            state.refreshable = false;
        }
        let open = match &mut self.sheet {
            Some(Sheet::Password {
                running, problem, ..
            }) if *running == Some(attempt) => Some((running, problem)),
            _ => None,
        };
        match (result, open) {
            (Ok(()), open) => {
                if open.is_some() {
                    self.sheet = None;
                }
                self.tell(format!("The password of {name} was changed"));
            }
            (Err(why), Some((running, problem))) => {
                *running = None;
                *problem = Some(why);
            }
            (Err(why), None) => self.tell_problem(&why),
        }
        Vec::new()
    }
}
