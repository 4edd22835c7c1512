//! Putting profiles into the AWS files and taking them out again.

use std::time::Duration;

use crate::app::event::ExportRefusal;
use crate::app::{Effect, Model, Sheet};
use crate::domain::{ExportTarget, Exports, FlowStep, Place, Problem, ProfileName, StepState};

impl Model {
    pub(super) fn set_export(
        &mut self,
        name: &ProfileName,
        target: ExportTarget,
        on: bool,
    ) -> Vec<Effect> {
        let Some(state) = self.profile_mut(name) else {
            return Vec::new();
        };
        if state.exporting.is_some() {
            return Vec::new();
        }
        state.exporting = Some(target);
        let effect = if on {
            Effect::Export {
                profile: Box::new(state.profile.clone()),
                target,
                take_over: false,
            }
        } else {
            Effect::Unexport {
                profile: name.clone(),
                target,
            }
        };
        vec![effect]
    }

    pub(super) fn confirm_take_over(&mut self) -> Vec<Effect> {
        let Some(Sheet::TakeOver {
            profile, target, ..
        }) = self.sheet.take()
        else {
            return Vec::new();
        };
        let Some(state) = self.profile_mut(&profile) else {
            return Vec::new();
        };
        state.exporting = Some(target);
        vec![Effect::Export {
            profile: Box::new(state.profile.clone()),
            target,
            take_over: true,
        }]
    }

    pub(super) fn exports_read(
        &mut self,
        name: &ProfileName,
        exports: Result<Exports, Problem>,
    ) -> Vec<Effect> {
        match exports {
            Ok(exports) => self.set_exports(name, exports),
            Err(problem) => self.tell_problem(&problem),
        }
        Vec::new()
    }

    pub(super) fn exported(
        &mut self,
        name: &ProfileName,
        target: ExportTarget,
        on: bool,
        result: Result<Exports, ExportRefusal>,
    ) {
        if let Some(state) = self.profile_mut(name) {
            state.exporting = None;
        }
        match result {
            Ok(exports) => {
                let path = match target {
                    ExportTarget::CredentialsFile => exports.credentials_path.clone(),
                    ExportTarget::CredentialProcess | ExportTarget::WebIdentity => {
                        exports.config_path.clone()
                    }
                };
                self.set_exports(name, exports);
                let done = if on { "written to" } else { "removed from" };
                self.tell(format!("{name} {done} {path}"));
            }
            Err(ExportRefusal {
                problem,
                foreign: true,
            }) if self.sheet.is_none() => {
                self.sheet = Some(Sheet::TakeOver {
                    profile: name.clone(),
                    target,
                    problem,
                });
            }
            Err(ExportRefusal { problem, .. }) => self.tell_problem(&problem),
        }
    }

    /// Notes how long a write took; where nothing stands exported there is nothing to note.
    pub(super) fn time_export(&mut self, name: &ProfileName, new: Duration) {
        if let Some(state) = self.profile_mut(name)
            && let StepState::Done { took, .. } = &mut state.steps[FlowStep::Export as usize]
        {
            *took = Some(new);
        }
    }

    /// Writes the credentials file again where Poolkey serves it. Whether it still does is looked
    /// up before the write: the section may have been removed meanwhile.
    pub(super) fn export_again(&mut self, name: &ProfileName) -> Vec<Effect> {
        let Some(state) = self.profile(name) else {
            return Vec::new();
        };
        if !matches!(state.exports.credentials_file, Place::Ours { .. }) {
            return Vec::new();
        }
        vec![Effect::ExportAgain(Box::new(state.profile.clone()))]
    }

    fn set_exports(&mut self, name: &ProfileName, exports: Exports) {
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
    }
}
