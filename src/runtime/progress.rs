//! Steps of an attempt, told to the window as they happen.

use super::Shared;
use crate::app::{Attempt, Event};
use crate::domain::{FlowStep, SeenToken, StepState};
use crate::ops::Progress;

/// Sends each step as an event.
pub(super) struct Steps {
    pub shared: Shared,
    pub attempt: Attempt,
}

impl Progress for Steps {
    fn step(&self, step: FlowStep, state: StepState) {
        if let StepState::Done { detail, took } = &state {
            let world = self.shared.world();
            world.deps.calls.note_step(step, detail, *took);
        }
        let event = Event::Step {
            attempt: self.attempt,
            step,
            state,
        };
        // A full channel costs a picture of progress, never a result.
        self.shared.tell_now(event);
        self.shared.tell_calls_now();
    }

    fn tokens(&self, tokens: Vec<SeenToken>) {
        let attempt = self.attempt;
        self.shared.tell_now(Event::TokensSeen { attempt, tokens });
    }
}

/// For work outside an attempt.
pub(super) struct Quiet;

impl Progress for Quiet {
    fn step(&self, _step: FlowStep, _state: StepState) {}
}
