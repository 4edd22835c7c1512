//! What is set for the whole program: done at once, written at once, taken back in words where it
//! cannot be written.

use std::path::PathBuf;

use crate::app::{Effect, Model, MoveStage, Page, SettingsEvent, Sheet, StoreMove, Trial};
use crate::domain::{
    Amount, FileSetting, Problem, Secret, SettingChange, StoreChoice, Surroundings,
};

impl Model {
    /// Takes what came back of what the page asks for.
    pub(super) fn settings_heard(&mut self, event: SettingsEvent) -> Vec<Effect> {
        match event {
            SettingsEvent::FileChosen { file, result } => self.setting_file_chosen(file, result),
            SettingsEvent::SettingSaved { change, result } => self.setting_saved(&change, result),
            SettingsEvent::SurroundingsSeen(seen) => self.surroundings_seen(*seen),
            SettingsEvent::MoveStep { attempt, done, of } => self.move_stepped(attempt, (done, of)),
            SettingsEvent::MoveLocked {
                attempt,
                is_new,
                problem,
            } => self.move_locked(attempt, is_new, problem),
            SettingsEvent::SecretsMoved { attempt, result } => self.secrets_moved(attempt, result),
            SettingsEvent::NetworkTried { attempt, result } => self.network_tried(attempt, result),
            SettingsEvent::PassphraseChecked(result) => self.passphrase_checked(result),
        }
    }

    /// What somebody wrote into the file meanwhile is read first.
    pub(super) fn open_settings(&mut self) -> Vec<Effect> {
        self.page = Page::Settings;
        self.setting_refused = None;
        self.trial = Trial::Idle;
        vec![Effect::LoadProfiles, Effect::LookAround]
    }

    pub(super) fn open_about(&mut self) -> Vec<Effect> {
        self.page = Page::About;
        vec![Effect::LookAround]
    }

    /// Once: a second press while a dialog is open does nothing.
    pub(super) fn choose_setting_file(&mut self, file: FileSetting) -> Vec<Effect> {
        if std::mem::replace(&mut self.import.choosing, true) {
            return Vec::new();
        }
        self.setting_refused = None;
        vec![Effect::ChooseSettingFile(file)]
    }

    /// It is looked at as one that was typed.
    fn setting_file_chosen(
        &mut self,
        file: FileSetting,
        result: Result<Option<PathBuf>, Problem>,
    ) -> Vec<Effect> {
        self.import.choosing = false;
        match result {
            Ok(Some(path)) => self.change(SettingChange::File(file, Some(path))),
            Ok(None) => Vec::new(),
            Err(problem) => {
                self.setting_refused = Some((file.name(), problem));
                Vec::new()
            }
        }
    }

    /// Files and a proxy are looked at before they count.
    pub(super) fn change(&mut self, change: SettingChange) -> Vec<Effect> {
        self.setting_refused = None;
        if !change.reconnects() {
            self.take_change(&change);
        }
        vec![Effect::SaveSetting(change)]
    }

    pub(super) fn step_text_size(&mut self, up: bool) -> Vec<Effect> {
        let now = self.settings.text_size_percent;
        match Amount::TextSize.step(now, up) {
            Some(next) => self.change(SettingChange::Amount(Amount::TextSize, next)),
            None => Vec::new(),
        }
    }

    fn take_change(&mut self, change: &SettingChange) {
        if let SettingChange::Theme(theme) = change {
            self.theme = *theme;
        }
        self.settings.apply(change);
        self.follow_margin();
    }

    /// The schedule of every profile follows the setting.
    pub(super) fn follow_margin(&mut self) {
        let margin = self.settings.refresh_margin();
        for state in &mut self.profiles {
            state.profile.margin = margin;
        }
    }

    /// What could not be written is as the file says.
    pub(super) fn setting_saved(
        &mut self,
        change: &SettingChange,
        result: Result<(), Problem>,
    ) -> Vec<Effect> {
        match result {
            Ok(()) if change.reconnects() => {
                self.take_change(change);
                self.trial = Trial::Idle;
                let names = self.profiles.iter();
                let names = names.map(|state| state.profile.name.clone()).collect();
                vec![Effect::LookAround, Effect::ReadExports(self.home, names)]
            }
            Ok(()) => Vec::new(),
            Err(problem) => {
                if self.page == Page::Settings {
                    self.setting_refused = Some((change.name(), problem));
                } else {
                    self.tell_problem(&problem);
                }
                vec![Effect::LoadProfiles]
            }
        }
    }

    pub(super) fn surroundings_seen(&mut self, seen: Surroundings) -> Vec<Effect> {
        self.surroundings = seen;
        Vec::new()
    }

    pub(super) fn try_network(&mut self) -> Vec<Effect> {
        let Some(profile) = self.current().map(|state| state.profile.clone()) else {
            return Vec::new();
        };
        let attempt = self.new_attempt();
        self.trial = Trial::Running(attempt);
        vec![Effect::TryNetwork {
            attempt,
            profile: Box::new(profile),
        }]
    }

    pub(super) fn network_tried(
        &mut self,
        attempt: crate::app::Attempt,
        result: Result<String, Problem>,
    ) -> Vec<Effect> {
        if self.trial == Trial::Running(attempt) {
            self.trial = Trial::Ended(result);
        }
        Vec::new()
    }

    /// One move at a time, and none in the demo: its secrets end with the window. Asked for again,
    /// it goes on where it waits for the person.
    pub(super) fn move_secrets(&mut self, to: StoreChoice) -> Vec<Effect> {
        let decided = self.surroundings.store_override.is_some();
        if self.demo || self.opening_demo || decided {
            return Vec::new();
        }
        let agreed = match &mut self.moving {
            Some(moving) if moving.to != to => return Vec::new(),
            Some(moving) if moving.stage == MoveStage::Unconfirmed => true,
            Some(moving) => {
                if let Some((is_new, problem)) = moving.waits.take() {
                    self.ask_passphrase(is_new, problem);
                }
                return Vec::new();
            }
            None => to != StoreChoice::Keyutils,
        };
        let attempt = self.new_attempt();
        self.setting_refused = None;
        self.moving = Some(StoreMove {
            to,
            attempt,
            done: None,
            stage: if agreed {
                MoveStage::Running
            } else {
                MoveStage::Unconfirmed
            },
            asks: false,
            waits: None,
        });
        if !agreed {
            return Vec::new();
        }
        vec![Effect::MoveSecrets {
            attempt,
            to,
            passphrase: None,
        }]
    }

    pub(super) fn cancel_move(&mut self) -> Vec<Effect> {
        let Some(moving) = &mut self.moving else {
            return Vec::new();
        };
        if matches!(moving.stage, MoveStage::Unconfirmed | MoveStage::Locked) {
            self.moving = None;
            return Vec::new();
        }
        moving.stage = MoveStage::Stopping;
        vec![Effect::Cancel(moving.attempt)]
    }

    pub(super) fn move_stepped(
        &mut self,
        attempt: crate::app::Attempt,
        done: (usize, usize),
    ) -> Vec<Effect> {
        let Some(moving) = self.move_of(attempt) else {
            return Vec::new();
        };
        moving.done = Some(done);
        // The passphrase was the right one: from here on the card says how far it is.
        if moving.asks && matches!(self.sheet, Some(Sheet::Passphrase { .. })) {
            self.sheet = None;
        }
        Vec::new()
    }

    pub(super) fn move_locked(
        &mut self,
        attempt: crate::app::Attempt,
        is_new: bool,
        problem: Problem,
    ) -> Vec<Effect> {
        let Some(moving) = self.move_of(attempt) else {
            return Vec::new();
        };
        let stage = std::mem::replace(&mut moving.stage, MoveStage::Locked);
        let again = std::mem::replace(&mut moving.asks, true);
        if stage == MoveStage::Stopping {
            self.moving = None;
            return Vec::new();
        }
        let problem = again.then_some(problem);
        if !matches!(self.sheet, None | Some(Sheet::Passphrase { .. })) {
            // What somebody types there is not thrown away: the card offers to go on.
            if let Some(moving) = self.move_of(attempt) {
                moving.waits = Some((is_new, problem));
            }
            return Vec::new();
        }
        self.ask_passphrase(is_new, problem);
        Vec::new()
    }

    /// The passphrase of the store that the secrets are to go to.
    pub(super) fn unlock_new_store(&mut self, passphrase: Secret) -> Vec<Effect> {
        let Some(moving) = &mut self.moving else {
            return Vec::new();
        };
        moving.stage = MoveStage::Running;
        vec![Effect::MoveSecrets {
            attempt: moving.attempt,
            to: moving.to,
            passphrase: Some(passphrase),
        }]
    }

    /// From now on the new store is asked: what it is and what it holds is read again.
    pub(super) fn secrets_moved(
        &mut self,
        attempt: crate::app::Attempt,
        result: Result<usize, Problem>,
    ) -> Vec<Effect> {
        let Some(moving) = self.moving.take_if(|moving| moving.attempt == attempt) else {
            return Vec::new();
        };
        if moving.asks && matches!(self.sheet, Some(Sheet::Passphrase { .. })) {
            self.sheet = None;
        }
        match result {
            Ok(_) => {
                self.tell(format!("Secrets are kept in: {}", moving.to.label()));
                vec![Effect::ProbeStore, Effect::LookAround]
            }
            Err(_) if moving.stage == MoveStage::Stopping => {
                self.tell("Secrets stay where they were".to_owned());
                Vec::new()
            }
            Err(problem) => {
                self.setting_refused = Some(("secret_store", problem));
                Vec::new()
            }
        }
    }

    fn move_of(&mut self, attempt: crate::app::Attempt) -> Option<&mut StoreMove> {
        let moving = self.moving.as_mut();
        moving.filter(|moving| moving.attempt == attempt)
    }
}
