//! Tells that the machine slept: wall clock and monotonic clock have come apart.
//!
//! Timers stand still while a machine sleeps. Deliberately absent: the clocks, whose readings are
//! handed in, and the pause between two looks.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// More than a look is late, less than anybody would call sleep.
const JUMP: SignedDuration = SignedDuration::from_secs(4);

/// The readings of the last look.
#[derive(Debug, Clone, Copy)]
pub struct ClockWatch {
    wall: Timestamp,
    monotonic: Duration,
}

impl ClockWatch {
    /// How long to sleep between two looks.
    pub const PAUSE: Duration = Duration::from_secs(15);

    /// The first look.
    #[must_use]
    pub const fn new(wall: Timestamp, monotonic: Duration) -> Self {
        Self { wall, monotonic }
    }

    /// True when the wall clock went further than the monotonic one since the last look, or
    /// backwards.
    pub fn jumped(&mut self, wall: Timestamp, monotonic: Duration) -> bool {
        let went = self.wall.duration_until(wall);
        let passed = monotonic.saturating_sub(self.monotonic);
        *self = Self { wall, monotonic };
        let passed = SignedDuration::try_from(passed).unwrap_or(SignedDuration::MAX);
        went.saturating_sub(passed).abs() > JUMP
    }
}
