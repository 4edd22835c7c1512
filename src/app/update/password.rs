//! Another password for somebody who is signed in.

use crate::app::{Effect, Model, Sheet};
use crate::domain::{Problem, ProfileName, Secret};

impl Model {
    pub(super) fn ask_password_change(&mut self, name: ProfileName) -> Vec<Effect> {
        let effects = self.close_sheet();
        self.sheet = Some(Sheet::Password {
            profile: name,
            busy: false,
            problem: None,
        });
        effects
    }

    pub(super) fn change_password(&mut self, previous: Secret, proposed: Secret) -> Vec<Effect> {
        let Some(Sheet::Password { profile, .. }) = &self.sheet else {
            return Vec::new();
        };
        let whose = self.profile(profile).map(|state| state.profile.clone());
        let (Some(whose), Some(Sheet::Password { busy, problem, .. })) = (whose, &mut self.sheet)
        else {
            return Vec::new();
        };
        if std::mem::replace(busy, true) {
            return Vec::new();
        }
        *problem = None;
        vec![Effect::ChangePassword {
            profile: Box::new(whose),
            previous,
            proposed,
        }]
    }

    pub(super) fn password_changed(
        &mut self,
        name: &ProfileName,
        result: Result<(), Problem>,
    ) -> Vec<Effect> {
        let open = match &mut self.sheet {
            Some(Sheet::Password {
                profile,
                busy,
                problem,
            }) if profile == name => Some((busy, problem)),
            _ => None,
        };
        match (result, open) {
            (Ok(()), open) => {
                if open.is_some() {
                    self.sheet = None;
                }
                self.tell(format!("The password of {name} was changed"));
            }
            (Err(why), Some((busy, problem))) => {
                *busy = false;
                *problem = Some(why);
            }
            (Err(why), None) => self.tell_problem(&why),
        }
        Vec::new()
    }
}
