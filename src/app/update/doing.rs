//! What runs is noted when its effect goes out, and forgotten when it has ended or is stopped.

use super::hand_on::CLIPBOARD_KEEPS;
use crate::app::doing::{Doing, Work, WorkKind};
use crate::app::{Effect, Endpoint, Model, ProfileState, Sheet, StoreState, Trial};
use crate::domain::{Problem, ProblemKind, ProfileName};

impl Model {
    /// Notes what begins.
    pub(super) fn note_doing(&mut self, effects: &[Effect]) {
        let since = self.now;
        let begun = effects.iter().filter_map(Effect::work);
        self.doing.extend(begun.map(|work| Doing { work, since }));
    }

    /// It is over, one way or another. Of two that are alike the earlier one.
    pub(super) fn work_ended(&mut self, work: &Work) -> Vec<Effect> {
        let place = self.doing.iter().position(|doing| doing.work == *work);
        if let Some(place) = place {
            self.doing.remove(place);
        }
        Vec::new()
    }

    /// The person does not want to wait for these.
    pub(super) fn stop_works(&mut self, works: Vec<Work>) -> Vec<Effect> {
        works
            .into_iter()
            .flat_map(|work| self.stop_work(work))
            .collect()
    }

    fn stop_work(&mut self, work: Work) -> Vec<Effect> {
        let before = self.doing.len();
        self.doing.retain(|doing| doing.work != work);
        if self.doing.len() == before {
            return Vec::new();
        }
        let mut effects = vec![Effect::Stop(work.clone())];
        let Work { kind, whose } = work;
        let name = whose.as_ref();
        // Without a rest, so that a new kind is thought about.
        match kind {
            WorkKind::SignOut => effects.extend(self.stop_signing_out(name)),
            WorkKind::Files => effects.extend(self.stop_files(name)),
            WorkKind::Undo => {
                self.undoing = false;
                effects.extend(self.read_exports());
            }
            WorkKind::Demo => self.opening_demo = false,
            WorkKind::Console => self.change_state(name, |state| state.opening_console = false),
            WorkKind::Endpoint => {
                self.change_state(name, |state| state.endpoint = Endpoint::Off);
                effects.extend(whose.map(Effect::StopEndpoint));
            }
            WorkKind::Network => self.trial = Trial::Idle,
            // It may be there already, and nobody will say so.
            WorkKind::Copy => self.clipboard_until = self.now.checked_add(CLIPBOARD_KEEPS).ok(),
            WorkKind::Password => self.stop_password_change(),
            WorkKind::Store => self.stop_waiting_for_store(),
            WorkKind::Passphrase => self.lock.checking = false,
            WorkKind::Kept => self.stop_loading_sessions(),
            WorkKind::Configuration => self.stop_loading_profiles(),
            WorkKind::Remove => {
                self.list.leaving.retain(|leaving| Some(leaving) != name);
                effects.push(Effect::LoadProfiles);
                // They find out whether it is there still.
                effects.extend(self.go_on_after_removal());
            }
            WorkKind::Add => {
                self.discovery.adding = false;
                if let Some(Sheet::Import(sheet)) = &mut self.sheet {
                    sheet.adding = false;
                }
                effects.push(Effect::LoadProfiles);
            }
            // What is shown is what the file says.
            WorkKind::Setting | WorkKind::Save => effects.push(Effect::LoadProfiles),
            WorkKind::AwsFiles => {
                let unread = || Err(not_waited_for("The AWS profiles were not read"));
                self.discovery.sources.get_or_insert_with(unread);
            }
            WorkKind::Exports => self.stop_reading_exports(name),
            WorkKind::Import => self.import.running = None,
            WorkKind::Share => {
                self.sheet.take_if(
                    |sheet| matches!(sheet, Sheet::Share(share) if share.shared.is_none()),
                );
            }
            WorkKind::Terminal | WorkKind::BrowserSignOut | WorkKind::Identity | WorkKind::Show => {
            }
        }
        effects
    }

    fn change_state(&mut self, name: Option<&ProfileName>, change: impl FnOnce(&mut ProfileState)) {
        name.and_then(|name| self.profile_mut(name)).map(change);
    }

    /// How far it came is seen from what is still kept.
    fn stop_signing_out(&mut self, name: Option<&ProfileName>) -> Option<Effect> {
        let name = name?;
        self.profile_mut(name)?.signing_out = false;
        self.tell(format!(
            "Stopped signing out of {name}: the user pool may not have been told"
        ));
        self.load_session_of(name)
    }

    fn stop_files(&mut self, name: Option<&ProfileName>) -> Option<Effect> {
        let is_meant = |state: &&mut ProfileState| match name {
            Some(name) => state.profile.name == *name,
            None => state.exporting.is_some(),
        };
        let meant = self.profiles.iter_mut().filter(is_meant);
        let names: Vec<ProfileName> = meant
            .map(|state| {
                state.exporting = None;
                state.profile.name.clone()
            })
            .collect();
        (!names.is_empty()).then_some(Effect::ReadExports(self.home, names))
    }

    /// Where they are exported is not known, and the page says so.
    fn stop_reading_exports(&mut self, name: Option<&ProfileName>) {
        let meant = |state: &&mut ProfileState| name.is_none_or(|name| state.profile.name == *name);
        for state in self.profiles.iter_mut().filter(meant) {
            let unread = || not_waited_for("The AWS files were not read");
            state.exports_problem.get_or_insert_with(unread);
        }
    }

    /// The sheet asks again. Where the pool was told already a notice says so.
    fn stop_password_change(&mut self) {
        if let Some(Sheet::Password { running, .. }) = &mut self.sheet {
            *running = None;
        }
    }

    /// Where a passphrase is asked for it is asked for again.
    fn stop_waiting_for_store(&mut self) {
        let problem = not_waited_for("The secret store has not answered yet");
        self.store = match &self.sheet {
            _ if self.store != StoreState::Checking => return,
            Some(Sheet::Passphrase { is_new, .. }) => {
                let is_new = *is_new;
                StoreState::Locked { is_new, problem }
            }
            _ => StoreState::Broken(problem),
        };
        self.unlocking = false;
    }

    /// They are read when they come into sight or are shown, or when the person asks for it.
    fn stop_loading_sessions(&mut self) {
        self.list.to_load.extend(self.list.loading.drain());
    }

    fn stop_loading_profiles(&mut self) {
        if !self.loaded {
            self.loaded = true;
            self.config_problem = Some(not_waited_for("The configuration was not read"));
        }
    }

    /// Whether what was asked of the AWS files is still wanted.
    pub(super) fn awaits_files(&self, change: &crate::app::FilesChange) -> bool {
        match change.section() {
            Some((name, _)) => self
                .profile(name)
                .is_some_and(|state| state.exporting.is_some()),
            None => self.undoing || self.profiles.iter().any(|state| state.exporting.is_some()),
        }
    }
}

fn not_waited_for(sentence: &str) -> Problem {
    Problem::new(ProblemKind::Usage, sentence).hint("You stopped waiting for it; try again.")
}
