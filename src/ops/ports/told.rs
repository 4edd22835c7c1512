//! What is told of work: its steps and tokens as they come, and afterwards what was called.

use std::time::Duration;

use crate::domain::{CallRecord, FlowStep, SeenToken, StepState};

/// Told about each step as it begins and ends.
pub trait Progress: Send + Sync {
    /// A step now stands so.
    fn step(&self, step: FlowStep, state: StepState);

    /// The tokens that came, before they are exchanged: a refused exchange is understood by them.
    /// Whoever does not show them lets them go.
    fn tokens(&self, _tokens: Vec<SeenToken>) {}
}

/// Nobody watches.
pub struct Unseen;

impl Progress for Unseen {
    fn step(&self, _step: FlowStep, _state: StepState) {}
}

/// The calls of this process.
pub trait CallLog: Send + Sync {
    /// Those that ended since the last time, oldest first.
    fn take(&self) -> Vec<CallRecord>;
    /// A step that was done, for the log where there is one. It names no person and no secret.
    fn note_step(&self, step: FlowStep, detail: &str, took: Option<Duration>);
}
