//! What is asked for several profiles at once: refreshing, signing out, exporting.
//!
//! Deliberately absent: attempts without a bound. Few run at a time, the others wait.

use crate::app::{Effect, FilesChange, Model, Sheet};
use crate::domain::{ExportTarget, Problem, ProblemKind, ProfileName, SignOutScope};

/// As many as run at a time.
const AT_ONCE: usize = 4;

impl Model {
    /// Renews what can be renewed without a person, few at a time.
    pub(super) fn renew_all(&mut self, names: &[ProfileName]) -> Vec<Effect> {
        let mut people = Vec::new();
        for name in names {
            let Some(state) = self.profile(name) else {
                continue;
            };
            if !state.refreshable && !state.profile.asks_nobody() {
                people.push(name.as_str().to_owned());
            } else if !self.list.to_renew.contains(name) {
                self.list.to_renew.push_back(name.clone());
            }
        }
        let sentence = match people.as_slice() {
            [] => return Vec::new(),
            [name] => format!("{name} needs a sign-in first"),
            names => format!("{} profiles need a sign-in first", names.len()),
        };
        self.tell_problem(&Problem::new(ProblemKind::SignInNeeded, sentence));
        Vec::new()
    }

    /// Begins as many renewals of those that wait as may run.
    pub(super) fn renew_more(&mut self) -> Vec<Effect> {
        if self.list.to_renew.is_empty() {
            return Vec::new();
        }
        let states = self.profiles.iter();
        let running = states.filter(|state| state.running.is_some()).count();
        let mut effects = Vec::new();
        let mut free = AT_ONCE.saturating_sub(running);
        while free > 0 {
            let Some(name) = self.list.to_renew.pop_front() else {
                break;
            };
            let is_still = self.profile(&name).is_some_and(|state| {
                state.running.is_none() && (state.refreshable || state.profile.asks_nobody())
            });
            if is_still {
                let renewal = self.renew(&name);
                free -= usize::from(!renewal.is_empty());
                effects.extend(renewal);
            }
        }
        effects
    }

    pub(super) fn ask_sign_out(&mut self, names: Vec<ProfileName>) -> Vec<Effect> {
        let effects = self.close_sheet();
        self.sheet = Some(Sheet::SignOut(names));
        effects
    }

    /// Ends the sign-ins that the sheet asks about: at the user pool where there is one.
    pub(super) fn confirm_sign_out(&mut self) -> Vec<Effect> {
        let Some(Sheet::SignOut(names)) = self.sheet.take() else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        for name in names {
            let Some(state) = self.profile(&name) else {
                continue;
            };
            let scope = if state.profile.user_pool.is_some() {
                SignOutScope::Revoke
            } else {
                SignOutScope::Here
            };
            effects.extend(self.sign_out(&name, scope));
        }
        effects
    }

    /// Shows how the AWS files would change with all of them written.
    pub(super) fn export_all(
        &mut self,
        names: &[ProfileName],
        target: ExportTarget,
    ) -> Vec<Effect> {
        let mut profiles = Vec::new();
        let mut left_out = 0;
        for name in names {
            match self.profile(name) {
                Some(state) if self.can_export(state, target, None) => {
                    profiles.push(state.profile.clone());
                }
                _ => left_out += 1,
            }
        }
        match left_out {
            0 => {}
            1 => self.tell("1 profile has no credentials to export"),
            count => self.tell(format!("{count} profiles have no credentials to export")),
        }
        if profiles.is_empty() {
            return Vec::new();
        }
        self.ask_files(FilesChange::WriteAll { profiles, target })
    }
}
