//! How often one user may be asked about: five requests of a kind within 15 minutes.
//!
//! The service keeps its limits to itself (it says five to twenty an hour); these are tight enough to
//! be met on purpose. Keyed by user name, so a name that does not exist is limited like one that
//! does. Deliberately absent: wrong passwords, which are in `lockouts`.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use super::clock::after;
use super::error::Refusal;
use super::inbox::Purpose;

const MOST: usize = 5;
const WITHIN: Duration = Duration::from_mins(15);

/// What is counted apart from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// A code is to be sent.
    Send(Purpose),
    /// A code is tried.
    Try(Purpose),
}

/// The requests of the last quarter of an hour.
#[derive(Default)]
pub(super) struct Limits(HashMap<(String, Kind), Vec<Timestamp>>);

impl Limits {
    /// Counts a request; one too many is refused, and is not counted itself.
    pub(super) fn count(&mut self, name: &str, kind: Kind, now: Timestamp) -> Result<(), Refusal> {
        // All of them, or names that are asked about once would stay forever.
        self.0.retain(|_, times| {
            times.retain(|time| now < after(*time, WITHIN));
            !times.is_empty()
        });
        let times = self.0.entry((name.to_owned(), kind)).or_default();
        if times.len() >= MOST {
            return Err(Refusal::new(
                400,
                "LimitExceededException",
                "Attempt limit exceeded, please try after some time.",
            ));
        }
        times.push(now);
        Ok(())
    }

    /// Begins again, after a right code.
    pub(super) fn forget(&mut self, name: &str, kind: Kind) {
        self.0.remove(&(name.to_owned(), kind));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRY: Kind = Kind::Try(Purpose::ResetPassword);

    #[test]
    fn the_sixth_within_a_quarter_of_an_hour_is_refused() {
        let second = |second| Timestamp::from_second(second).unwrap();
        let mut limits = Limits::default();
        for at in 0..5 {
            assert_eq!(limits.count("ana", TRY, second(at)), Ok(()));
        }
        let refusal = limits.count("ana", TRY, second(899)).unwrap_err();
        assert_eq!(refusal.code, "LimitExceededException");
        let other = Kind::Try(Purpose::ConfirmAccount);
        assert_eq!(limits.count("ana", other, second(899)), Ok(()));
        assert_eq!(limits.count("tom", TRY, second(899)), Ok(()));
        // The first one is 15 minutes old: one more, and no second one.
        assert_eq!(limits.count("ana", TRY, second(900)), Ok(()));
        assert!(limits.count("ana", TRY, second(900)).is_err());
        limits.forget("ana", TRY);
        assert_eq!(limits.count("ana", TRY, second(900)), Ok(()));
    }

    #[test]
    fn old_names_are_dropped() {
        let second = |second| Timestamp::from_second(second).unwrap();
        let mut limits = Limits::default();
        limits.count("ana", TRY, second(0)).unwrap();
        limits.count("tom", TRY, second(900)).unwrap();
        assert_eq!(limits.0.len(), 1);
    }
}
