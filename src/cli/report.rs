//! The steps of a use-case, told as they happen and collected for the table at the end.

use std::io::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::domain::{FlowStep, StepState};
use crate::ops::Progress;
use crate::ops::ports::CallLog;

/// Tells each finished step on standard error where that was asked for, and the log where there is
/// one.
pub struct Steps {
    verbose: bool,
    log: Arc<dyn CallLog>,
}

impl Steps {
    /// Quiet unless `verbose`.
    pub const fn new(verbose: bool, log: Arc<dyn CallLog>) -> Self {
        Self { verbose, log }
    }
}

impl Progress for Steps {
    fn step(&self, step: FlowStep, state: StepState) {
        let StepState::Done { detail, took } = state else {
            return;
        };
        self.log.note_step(step, &detail, took);
        if self.verbose {
            let _told = writeln!(std::io::stderr(), "{}", line(step.label(), &detail, took));
        }
    }
}

/// Keeps the finished steps.
#[derive(Default)]
pub struct Table {
    rows: Mutex<Vec<(String, String, Option<Duration>)>>,
}

impl Table {
    /// Adds a row of its own.
    pub fn add(&self, step: &str, detail: &str, took: Duration) {
        if let Ok(mut rows) = self.rows.lock() {
            rows.push((step.to_owned(), detail.to_owned(), Some(took)));
        }
    }

    /// The rows as text.
    pub fn text(&self) -> String {
        let rows = self
            .rows
            .lock()
            .map(|rows| rows.clone())
            .unwrap_or_default();
        let lines: Vec<String> = rows
            .iter()
            .map(|(step, detail, took)| line(step, detail, *took))
            .collect();
        lines.join("\n")
    }
}

impl Progress for Table {
    fn step(&self, step: FlowStep, state: StepState) {
        if let StepState::Done { detail, took } = state
            && let Ok(mut rows) = self.rows.lock()
        {
            rows.push((step.label().to_owned(), detail, took));
        }
    }
}

fn line(step: &str, detail: &str, took: Option<Duration>) -> String {
    let took = took.map_or_else(String::new, |took| {
        format!("{:.1} ms", took.as_secs_f64() * 1000.0)
    });
    format!("{step:<16} {detail:<28} {took:>10}")
        .trim_end()
        .to_owned()
}
