//! What a change of the AWS files led to, for one profile or several.
//!
//! Deliberately absent: asking for the change (see `exports`).

use std::time::Duration;

use crate::app::Model;
use crate::domain::{ExportTarget, Exports, FlowStep, Problem, ProfileName, StepState};

/// Whose section, and what stands there after a change or why it was not made.
type Section = (ProfileName, Result<Exports, Problem>);

impl Model {
    /// What stands in the files of the home that is shown, and how long the write took. Of another
    /// home there is nothing to take: somebody stopped waiting for that one and turned away.
    pub(super) fn take_exported(&mut self, took: Duration, sections: &[Section]) {
        for (name, result) in sections {
            self.free_export(name);
            if let Ok(exports) = result {
                self.set_exports(name, exports.clone());
                self.time_export(name, took);
            }
        }
    }

    /// Once for all of them; the path says which home it is.
    pub(super) fn tell_exported(&mut self, target: ExportTarget, on: bool, sections: Vec<Section>) {
        let (mut done, mut refused) = (Vec::new(), Vec::new());
        for (name, result) in sections {
            match result {
                Ok(exports) => done.push((name, exports)),
                Err(problem) => refused.push((name, problem)),
            }
        }
        if let Some((name, exports)) = done.first() {
            let what = match done.len() {
                1 => name.to_string(),
                count => format!("{count} profiles"),
            };
            let deed = if on { "written to" } else { "removed from" };
            self.tell(format!("{what} {deed} {}", exports.path(target)));
        }
        if let Some(problem) = left_out(&refused, done.is_empty()) {
            self.tell_problem(&problem);
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
}

/// Why some of the sections were not written. What concerns all of them is nobody's own.
fn left_out(refused: &[(ProfileName, Problem)], is_all: bool) -> Option<Problem> {
    let (_, first) = refused.first()?;
    if is_all && refused.iter().all(|(_, problem)| problem == first) {
        return Some(first.clone());
    }
    if let [(name, problem)] = refused {
        let sentence = format!("{name} is left out: {}", problem.sentence);
        return Some(Problem {
            sentence,
            ..problem.clone()
        });
    }
    let sentence = format!("{} profiles are left out", refused.len());
    let hints = refused
        .iter()
        .map(|(name, problem)| format!("{name}: {}", problem.sentence));
    Some(hints.fold(Problem::new(first.kind, sentence), Problem::hint))
}
