//! The system's clock.

use jiff::Timestamp;

use crate::ops::ports::Clock;

/// The time of this machine.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
