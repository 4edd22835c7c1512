//! Putting profiles into the AWS files and taking them out again: shown first, then done.

use crate::app::files::{FilesChange, FilesPreview, FilesSheet};
use crate::app::{Effect, Model, ProfileState, Sheet, Tab};
use crate::domain::{
    AwsHomeId, ExportTarget, Exports, FlowStep, Place, Problem, ProfileName, RoleArn, StepState,
};

impl Model {
    /// Asks how the files would change.
    pub(super) fn ask_files(&mut self, change: FilesChange) -> Vec<Effect> {
        match (&change, change.section()) {
            (_, Some((name, target))) => match self.profile_mut(name) {
                Some(state) if state.exporting.is_none() => state.exporting = Some(target),
                _ => return Vec::new(),
            },
            (FilesChange::WriteAll { profiles, target }, None) => {
                let is_busy = |state: &ProfileState| state.exporting.is_some();
                if self.profiles.iter().any(is_busy) {
                    return Vec::new();
                }
                for profile in profiles {
                    if let Some(state) = self.profile_mut(&profile.name) {
                        state.exporting = Some(*target);
                    }
                }
            }
            _ if std::mem::replace(&mut self.undoing, true) => return Vec::new(),
            _ => {}
        }
        vec![Effect::PreviewFiles(self.home, change)]
    }

    /// Asks how taking back the last change would change them.
    pub(super) fn ask_undo(&mut self) -> Vec<Effect> {
        let last = self.last_change.clone();
        last.map_or_else(Vec::new, |last| self.ask_files(FilesChange::Undo(last)))
    }

    pub(super) fn set_export(
        &mut self,
        name: ProfileName,
        target: ExportTarget,
        on: bool,
        role: Option<RoleArn>,
    ) -> Vec<Effect> {
        let change = if on {
            let Some(state) = self.profile(&name) else {
                return Vec::new();
            };
            FilesChange::Write {
                profile: Box::new(state.profile.clone()),
                target,
                role,
            }
        } else {
            FilesChange::Remove {
                profile: name,
                target,
            }
        };
        self.ask_files(change)
    }

    /// Shows how they would, and asks; where nothing would change there is nothing to ask. A late
    /// answer about another home is none.
    pub(super) fn files_previewed(
        &mut self,
        home: AwsHomeId,
        mut change: FilesChange,
        result: Result<FilesPreview, Problem>,
    ) -> Vec<Effect> {
        if home != self.home || !self.awaits_files(&change) {
            return Vec::new();
        }
        if let (FilesChange::WriteAll { profiles, .. }, Ok(preview)) = (&mut change, &result) {
            profiles.retain(|profile| !preview.left_out.contains(&profile.name));
            for name in &preview.left_out {
                self.free_export(name);
            }
        }
        match result {
            // Others took it back already: it only has to leave the list.
            Ok(preview) if preview.diff.is_empty() && matches!(change, FilesChange::Undo(_)) => {
                return vec![Effect::ChangeFiles {
                    home: self.home,
                    change,
                    take_over: false,
                }];
            }
            Ok(preview) if preview.diff.is_empty() => {
                self.free_files(&change);
                self.tell("Nothing to change in the AWS files");
                let names = change.section().map(|(name, _)| name.clone());
                let home = self.home;
                let read = names.map(|name| Effect::ReadExports(home, vec![name]));
                return read.into_iter().collect();
            }
            // Somebody has turned to something else meanwhile.
            Ok(_) if self.sheet.is_some() => self.free_files(&change),
            Ok(preview) => {
                self.sheet = Some(Sheet::Files(Box::new(FilesSheet { change, preview })));
            }
            Err(problem) => {
                self.free_files(&change);
                self.tell_problem(&problem);
            }
        }
        Vec::new()
    }

    /// Yes: do what the sheet shows.
    pub(super) fn confirm_files(&mut self) -> Vec<Effect> {
        let sheet = match self.sheet.take() {
            Some(Sheet::Files(sheet)) => *sheet,
            other => {
                self.sheet = other;
                return Vec::new();
            }
        };
        vec![Effect::ChangeFiles {
            home: self.home,
            change: sheet.change,
            take_over: sheet.preview.foreign,
        }]
    }

    /// A change that was asked for does not happen, or has ended.
    pub(super) fn free_files(&mut self, change: &FilesChange) {
        match (change, change.section()) {
            (_, Some((name, _))) => self.free_export(name),
            (FilesChange::WriteAll { profiles, .. }, None) => {
                for profile in profiles {
                    self.free_export(&profile.name);
                }
            }
            _ => self.undoing = false,
        }
    }

    pub(super) fn free_export(&mut self, name: &ProfileName) {
        if let Some(state) = self.profile_mut(name) {
            state.exporting = None;
        }
    }

    /// A late answer about another home than the one that is shown is none.
    pub(super) fn exports_read(
        &mut self,
        home: AwsHomeId,
        exports: Vec<(ProfileName, Result<Exports, Problem>)>,
    ) -> Vec<Effect> {
        if home != self.home {
            return Vec::new();
        }
        for (name, exports) in exports {
            match exports {
                Ok(exports) => self.set_exports(&name, exports),
                Err(problem) => self.exports_unread(&name, problem),
            }
        }
        Vec::new()
    }

    /// Told once, although it is so for every profile.
    fn exports_unread(&mut self, name: &ProfileName, problem: Problem) {
        let is_known = |state: &ProfileState| state.exports_problem.as_ref() == Some(&problem);
        if !self.profiles.iter().any(is_known) {
            self.tell_problem(&problem);
        }
        if let Some(state) = self.profile_mut(name) {
            state.exports_problem = Some(problem);
        }
    }

    pub(super) fn undone(&mut self, result: Result<String, Problem>) -> Vec<Effect> {
        self.undoing = false;
        match result {
            Ok(told) => self.tell(told),
            Err(problem) => {
                self.tell_problem(&problem);
                return Vec::new();
            }
        }
        self.read_exports()
    }

    /// Another home's files are looked at and changed from here on.
    pub(super) fn choose_home(&mut self, home: AwsHomeId) -> Vec<Effect> {
        // What is looked at or asked about is a change of the home that is shown.
        let is_busy = self.undoing || self.profiles.iter().any(|state| state.exporting.is_some());
        if is_busy || std::mem::replace(&mut self.home, home) == home {
            return Vec::new();
        }
        self.read_exports()
    }

    /// Another program may have written the files since they were read.
    pub(super) fn open_tab(&mut self, tab: Tab) -> Vec<Effect> {
        self.tab = tab;
        let name = self.selected.clone().filter(|_| tab == Tab::Export);
        let read = name.map(|name| Effect::ReadExports(self.home, vec![name]));
        read.into_iter().collect()
    }

    pub(super) fn read_exports(&self) -> Vec<Effect> {
        let names = self.profiles.iter().map(|state| state.profile.name.clone());
        vec![Effect::ReadExports(self.home, names.collect())]
    }

    /// Writes the credentials file again where Poolkey serves it. Whether it still does is looked
    /// up before the write: the section may have been removed meanwhile.
    pub(super) fn export_again(&mut self, name: &ProfileName) -> Vec<Effect> {
        let Some(state) = self.profile(name) else {
            return Vec::new();
        };
        let is_ours = matches!(state.exports.credentials_file, Place::Ours { .. });
        if !is_ours && !state.exports.keys_elsewhere {
            return Vec::new();
        }
        vec![Effect::ExportAgain(Box::new(state.profile.clone()))]
    }

    pub(super) fn set_exports(&mut self, name: &ProfileName, exports: Exports) {
        let Some(state) = self.profile_mut(name) else {
            return;
        };
        // Reading the files again says nothing about how long writing took.
        let took = match state.step(FlowStep::Export) {
            StepState::Done { took, .. } => *took,
            _ => None,
        };
        let detail = match exports.count() {
            0 => None,
            1 => Some("1 place".to_owned()),
            count => Some(format!("{count} places")),
        };
        let step = detail.map_or(StepState::Idle, |detail| StepState::Done { detail, took });
        state.set_step(FlowStep::Export, step);
        state.exports = exports;
        state.exports_problem = None;
    }
}
