//! Lock-out after wrong passwords: from the fifth on, one second, doubling up to 15 minutes.
//!
//! Keyed by user name, so a name that does not exist is locked out like one that does.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use super::clock::after;
use super::error::Refusal;

const FREE_ATTEMPTS: u32 = 5;
const LONGEST: Duration = Duration::from_mins(15);

/// Wrong passwords by user name.
#[derive(Default)]
pub(super) struct Lockouts(HashMap<String, Lockout>);

struct Lockout {
    failures: u32,
    until: Timestamp,
}

impl Lockouts {
    pub(super) fn check(&self, username: &str, now: Timestamp) -> Result<(), Refusal> {
        if self
            .0
            .get(username)
            .is_some_and(|lockout| now < lockout.until)
        {
            return Err(Refusal::not_authorized("Password attempts exceeded"));
        }
        Ok(())
    }

    pub(super) fn failed(&mut self, username: &str, now: Timestamp) {
        let lockout = self.0.entry(username.to_owned()).or_insert(Lockout {
            failures: 0,
            until: Timestamp::MIN,
        });
        lockout.failures = lockout.failures.saturating_add(1);
        if let Some(doublings) = lockout.failures.checked_sub(FREE_ATTEMPTS) {
            let seconds = 1_u64.checked_shl(doublings).unwrap_or(u64::MAX);
            lockout.until = after(now, Duration::from_secs(seconds).min(LONGEST));
        }
    }

    pub(super) fn succeeded(&mut self, username: &str) {
        self.0.remove(username);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_fifth_wrong_password_locks_and_each_more_doubles() {
        let mut lockouts = Lockouts::default();
        for _ in 0..4 {
            lockouts.failed("ana", second(0));
        }
        assert_eq!(lockouts.check("ana", second(0)), Ok(()));
        lockouts.failed("ana", second(0));
        let refusal = lockouts.check("ana", second(0)).unwrap_err();
        assert_eq!(refusal.message, "Password attempts exceeded");
        assert_eq!(lockouts.check("ana", second(1)), Ok(()));
        lockouts.failed("ana", second(1));
        assert!(lockouts.check("ana", second(2)).is_err());
        assert_eq!(lockouts.check("ana", second(3)), Ok(()));
        assert_eq!(lockouts.check("tom", second(0)), Ok(()));
    }

    #[test]
    fn the_lock_ends_after_15_minutes_and_with_a_right_password() {
        let mut lockouts = Lockouts::default();
        for _ in 0..80 {
            lockouts.failed("ana", second(0));
        }
        assert!(lockouts.check("ana", second(899)).is_err());
        assert_eq!(lockouts.check("ana", second(900)), Ok(()));
        lockouts.succeeded("ana");
        assert_eq!(lockouts.check("ana", second(0)), Ok(()));
    }
}
