//! The time by the service's clock: this machine's, corrected by what was measured.
//!
//! Credentials and tokens expire by AWS's clock, and a machine whose own is wrong must neither
//! throw away good ones nor hand out dead ones. Deliberately absent: setting the machine's clock,
//! and asking for the time; every answer that comes anyway carries it (see `service_clock`).

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::ops::ports::Clock;

/// `Date` has whole seconds, and one way of a round trip may take longer than the other: less than
/// this says nothing.
const NOISE: SignedDuration = SignedDuration::from_secs(2);

/// After a longer round trip nobody knows when in between the service looked at its clock.
const LONGEST_TRIP: SignedDuration = SignedDuration::from_secs(10);

/// This machine's clock and how far it is behind the service's.
pub struct ServiceClock {
    machine: Box<dyn Fn() -> Timestamp + Send + Sync>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    offset: SignedDuration,
    measured: bool,
}

impl ServiceClock {
    /// On the operating system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::on(Timestamp::now)
    }

    /// On another clock, taken for this machine's.
    #[must_use]
    pub fn on(machine: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self {
            machine: Box::new(machine),
            known: Mutex::default(),
        }
    }

    /// What this machine's clock shows, right or wrong.
    #[must_use]
    pub fn machine(&self) -> Timestamp {
        (self.machine)()
    }

    /// Takes the service's time out of an answer; `sent` and `received` are this machine's.
    pub fn measure(&self, sent: Timestamp, received: Timestamp, service: Timestamp) {
        let trip = sent.duration_until(received);
        // Negative: somebody set the clock meanwhile.
        if trip.is_negative() || trip > LONGEST_TRIP {
            return;
        }
        let measured = sent.duration_until(service) - trip / 2;
        let measured = if measured.abs() <= NOISE {
            SignedDuration::ZERO
        } else {
            measured
        };
        let mut known = self.known();
        known.measured = true;
        // What differs by noise only is the same offset: it must not tremble with each answer.
        if (measured - known.offset).abs() > NOISE {
            known.offset = measured;
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for ServiceClock {
    fn now(&self) -> Timestamp {
        let machine = self.machine();
        machine.checked_add(self.offset()).unwrap_or(machine)
    }

    fn offset(&self) -> SignedDuration {
        self.known().offset
    }

    fn assume(&self, offset: SignedDuration) {
        let mut known = self.known();
        if !known.measured {
            known.offset = offset;
        }
    }
}

impl fmt::Debug for ServiceClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceClock({:?})", self.offset())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp::UNIX_EPOCH;

    fn clock() -> ServiceClock {
        ServiceClock::on(|| START)
    }

    fn at(seconds: f64) -> Timestamp {
        START + SignedDuration::from_secs_f64(seconds)
    }

    fn offset_after(answers: &[(f64, f64, f64)]) -> f64 {
        let clock = clock();
        for (sent, received, service) in answers {
            clock.measure(at(*sent), at(*received), at(*service));
        }
        clock.offset().as_secs_f64()
    }

    #[test]
    fn the_offset_is_taken_at_the_middle_of_the_trip() {
        for (answers, offset) in [
            (&[(0.0, 4.0, 362.0)][..], 360.0),
            (&[(0.0, 4.0, -10_798.0)], -10_800.0),
            // Noise, and what only trembles.
            (&[(0.0, 0.0, 2.0)], 0.0),
            (&[(0.0, 0.0, -2.0)], 0.0),
            (&[(0.0, 0.0, 3.0)], 3.0),
            (&[(0.0, 0.0, 360.0), (0.0, 0.0, 362.0)], 360.0),
            (&[(0.0, 0.0, 360.0), (0.0, 0.0, 363.0)], 363.0),
            // The clock was set right.
            (&[(0.0, 0.0, 360.0), (0.0, 0.0, 0.4)], 0.0),
            (&[(0.0, 0.0, 3.0), (0.0, 0.0, 0.4)], 0.0),
            // Too long, and a clock that was set under way.
            (&[(0.0, 10.1, 360.0)], 0.0),
            (&[(5.0, 1.0, 360.0)], 0.0),
        ] {
            assert!(
                (offset_after(answers) - offset).abs() < 0.001,
                "{answers:?}"
            );
        }
    }

    #[test]
    fn what_was_measured_goes_before_what_was_kept() {
        let clock = clock();
        clock.assume(SignedDuration::from_hours(3));
        assert_eq!(clock.now(), at(10_800.0));
        clock.measure(START, START, at(0.0));
        assert_eq!(clock.now(), START);
        clock.assume(SignedDuration::from_hours(3));
        assert_eq!(clock.now(), START);
    }
}
