//! The sandbox's clock and the lifetimes it measures.
//!
//! Everything that expires in the sandbox expires by this clock, so a test moves time instead of
//! sleeping. Deliberately absent: timers. Nothing happens because time passed; a lifetime is
//! looked at when a request arrives.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// A handle to one clock; clones show the same time.
#[derive(Debug, Clone)]
pub struct Clock(Arc<Mutex<Source>>);

#[derive(Debug)]
enum Source {
    /// The system's time and how far this clock is away from it.
    System(SignedDuration),
    /// Stands still until it is moved.
    Standing(Timestamp),
}

impl Clock {
    /// The system's time, until it is moved.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(Mutex::new(Source::System(SignedDuration::ZERO))))
    }

    /// A clock that stands at `now` until it is moved.
    #[must_use]
    pub fn standing_at(now: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(Source::Standing(now))))
    }

    /// The time it shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Source::System(away) => moved(Timestamp::now(), *away),
            Source::Standing(now) => *now,
        }
    }

    /// Moves it forward, or backward by a negative duration.
    pub fn advance(&self, by: SignedDuration) {
        match &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Source::System(away) => *away = away.saturating_add(by),
            Source::Standing(now) => *now = moved(*now, by),
        }
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

/// How long what the sandbox hands out is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lifetimes {
    /// ID tokens. One hour on a new app client.
    pub id_token: Duration,
    /// Access tokens. One hour on a new app client.
    pub access_token: Duration,
    /// Refresh tokens, from the sign-in on; rotation does not extend it. 30 days.
    pub refresh_token: Duration,
    /// A `Session` between two challenges (`AuthSessionValidity`). Three minutes.
    pub session: Duration,
    /// A `SECRET_BLOCK`: the service only says "a few seconds". One minute.
    pub secret_block: Duration,
    /// How far the client's TIMESTAMP may be away from this clock. Five minutes.
    pub clock_skew: Duration,
    /// Temporary AWS credentials. One hour, fixed in the enhanced flow.
    pub credentials: Duration,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            id_token: Duration::from_hours(1),
            access_token: Duration::from_hours(1),
            refresh_token: Duration::from_hours(30 * 24),
            session: Duration::from_mins(3),
            secret_block: Duration::from_mins(1),
            clock_skew: Duration::from_mins(5),
            credentials: Duration::from_hours(1),
        }
    }
}

/// `start` plus `lifetime`, or the end of time.
pub(super) fn after(start: Timestamp, lifetime: Duration) -> Timestamp {
    start.checked_add(lifetime).unwrap_or(Timestamp::MAX)
}

fn moved(time: Timestamp, by: SignedDuration) -> Timestamp {
    let limit = if by.is_negative() {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    time.checked_add(by).unwrap_or(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_show_the_same_time() {
        let clock = Clock::standing_at(Timestamp::UNIX_EPOCH);
        let other = clock.clone();
        clock.advance(SignedDuration::from_secs(90));
        other.advance(SignedDuration::from_secs(-30));
        assert_eq!(clock.now().as_second(), 60);
    }

    #[test]
    fn a_moved_system_clock_goes_on() {
        let clock = Clock::system();
        clock.advance(SignedDuration::from_hours(2));
        let ahead = clock.now().duration_since(Timestamp::now());
        assert!(ahead > SignedDuration::from_mins(119), "{ahead}");
    }

    #[test]
    fn the_ends_of_time_are_kept() {
        let clock = Clock::standing_at(Timestamp::MAX);
        clock.advance(SignedDuration::from_secs(1));
        assert_eq!(clock.now(), Timestamp::MAX);
        assert_eq!(
            after(Timestamp::MAX, Duration::from_secs(1)),
            Timestamp::MAX
        );
    }
}
