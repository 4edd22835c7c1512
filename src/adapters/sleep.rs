//! Tells that the machine slept or its clock was set, by this machine's two clocks.
//!
//! Deliberately absent: the rule (see `domain::freshness`), and the pause between two looks.

use std::time::Instant;

use jiff::Timestamp;

use crate::domain::ClockWatch;

/// Looks at both clocks.
pub struct SleepWatch {
    began: Instant,
    watch: ClockWatch,
}

impl SleepWatch {
    /// The first look.
    #[must_use]
    pub fn start() -> Self {
        let began = Instant::now();
        let watch = ClockWatch::new(Timestamp::now(), began.elapsed());
        Self { began, watch }
    }

    /// True when the machine slept since the last look, or its clock was set.
    pub fn has_jumped(&mut self) -> bool {
        self.watch.jumped(Timestamp::now(), self.began.elapsed())
    }
}
