//! Hiding what the window shows, and showing it again.

use crate::app::{Action, Effect, Model, WorkKind};
use crate::domain::{Problem, ProblemKind, Secret};

impl Model {
    /// While the window is locked nothing else is done, whoever asks.
    pub(super) fn is_held_back(&self, action: &Action) -> bool {
        let may = matches!(
            action,
            Action::Unlock(_) | Action::LockNow | Action::CloseWindow
        );
        let stops = matches!(action, Action::Stop(works)
            if works.iter().all(|work| work.kind == WorkKind::Passphrase));
        self.lock.on && !may && !stops
    }

    pub(super) fn touched(&mut self) -> Vec<Effect> {
        self.lock.touched_at = self.now;
        Vec::new()
    }

    /// After so long without input.
    pub(super) fn lock_when_idle(&mut self) {
        if self.locks_at().is_some_and(|at| at <= self.now) {
            self.lock();
        }
    }

    /// The machine slept: whoever woke it may be another.
    pub(super) fn lock_after_sleep(&mut self) {
        if self.settings.lock_after_minutes > 0 {
            self.lock();
        }
    }

    pub(super) fn lock(&mut self) {
        self.lock.on = true;
        self.lock.problem = None;
        self.conceal();
    }

    pub(super) fn unlock_window(&mut self, passphrase: Option<Secret>) -> Vec<Effect> {
        if !self.lock.on || self.lock.checking {
            return Vec::new();
        }
        if !self.unlocks_with_passphrase() {
            self.open_up();
            return Vec::new();
        }
        let Some(passphrase) = passphrase else {
            return Vec::new();
        };
        self.lock.checking = true;
        self.lock.problem = None;
        vec![Effect::CheckPassphrase(passphrase)]
    }

    pub(super) fn passphrase_checked(&mut self, result: Result<bool, Problem>) -> Vec<Effect> {
        if !std::mem::take(&mut self.lock.checking) {
            return Vec::new();
        }
        match result {
            Ok(true) => self.open_up(),
            Ok(false) => {
                let sentence = "The passphrase does not open the encrypted file";
                self.lock.problem = Some(Problem::new(ProblemKind::SecretStore, sentence));
            }
            Err(problem) => self.lock.problem = Some(problem),
        }
        Vec::new()
    }

    fn open_up(&mut self) {
        self.lock.on = false;
        self.lock.problem = None;
        self.lock.touched_at = self.now;
    }
}
