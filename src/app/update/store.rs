//! The secret store: found, locked, unlocked, tried again.

use crate::app::kept::StoreReport;
use crate::app::{Effect, Model, Sheet, StoreState};
use crate::domain::{Problem, ProfileName, Secret};

impl Model {
    pub(super) fn store_probed(&mut self, result: Result<StoreReport, Problem>) -> Vec<Effect> {
        self.unlocking = false;
        match result {
            Ok(report) => {
                if matches!(self.sheet, Some(Sheet::Passphrase { .. })) {
                    self.sheet = None;
                }
                self.lock.file_opened = report.has_passphrase();
                self.store = StoreState::Ready(report);
                // A sign-in that waits for the passphrase goes on when it is known what is kept.
                self.load_sessions().into_iter().collect()
            }
            Err(problem) => {
                if let Some(Sheet::Passphrase { problem: shown, .. }) = &mut self.sheet {
                    *shown = Some(problem.clone());
                }
                self.store = StoreState::Broken(problem);
                Vec::new()
            }
        }
    }

    /// Asks for the passphrase, a second time with the reason. A passphrase for a file that does
    /// not exist yet is only asked for when something is to be kept.
    pub(super) fn store_locked(&mut self, is_new: bool, problem: Problem) -> Vec<Effect> {
        let refused = std::mem::take(&mut self.unlocking);
        let why = refused.then(|| problem.clone());
        let is_asked = matches!(self.sheet, Some(Sheet::Passphrase { .. }));
        self.store = StoreState::Locked { is_new, problem };
        if let Some(Sheet::SignIn(sheet)) = &self.sheet {
            // Without the passphrase its result could not be kept: it begins anew afterwards.
            let name = sheet.profile.clone();
            let effects = self.close_sheet();
            self.sign_in_after_unlock = Some(name);
            self.ask_passphrase(is_new, why);
            return effects;
        }
        match why {
            // The sheet was left while the passphrase was tried.
            Some(why) if !is_asked => self.tell_problem(&why),
            why if is_asked || !is_new => self.ask_passphrase(is_new, why),
            _ => {}
        }
        Vec::new()
    }

    /// True when the passphrase has to come first, which it is then asked for.
    pub(super) fn must_unlock_for(&mut self, name: &ProfileName) -> bool {
        let StoreState::Locked { is_new, .. } = self.store else {
            return false;
        };
        self.sign_in_after_unlock = Some(name.clone());
        self.ask_passphrase(is_new, None);
        true
    }

    pub(super) fn ask_passphrase(&mut self, is_new: bool, problem: Option<Problem>) {
        if let Some(Sheet::Files(sheet)) = self.sheet.take() {
            self.free_files(&sheet.change);
        }
        self.sheet = Some(Sheet::Passphrase { is_new, problem });
    }

    pub(super) fn unlock_store(&mut self, passphrase: Secret) -> Vec<Effect> {
        if self.moving.as_ref().is_some_and(|moving| moving.asks) {
            return self.unlock_new_store(passphrase);
        }
        self.store = StoreState::Checking;
        self.unlocking = true;
        vec![Effect::UnlockStore(passphrase)]
    }

    pub(super) fn retry_store(&mut self) -> Vec<Effect> {
        if let StoreState::Locked { is_new, .. } = self.store {
            self.ask_passphrase(is_new, None);
            return Vec::new();
        }
        self.store = StoreState::Checking;
        vec![Effect::ProbeStore]
    }
}
