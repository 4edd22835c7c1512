//! A session's times are by the service's clock; with the offset kept beside it, a program that has
//! asked the service nothing yet judges them rightly.
//!
//! Deliberately absent: certainty. A clock that was set right since is found out where the session
//! would not have begun yet; else by the next answer of the service.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::domain::Session;
use crate::ops::ports::Clock;

/// `Date` has whole seconds and the offset its own noise.
const SLACK: SignedDuration = SignedDuration::from_secs(5);

/// The clock, and from when what it was told is.
pub struct ClockMemory {
    clock: Arc<dyn Clock>,
    told: Mutex<Option<Timestamp>>,
}

impl ClockMemory {
    /// Nothing is known yet.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            told: Mutex::default(),
        }
    }

    /// What to keep with a session.
    pub fn offset(&self) -> SignedDuration {
        self.clock.offset()
    }

    /// The time, by all that is known of it.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Tells the clock, unless a younger session has.
    pub fn recall(&self, session: &Session, offset: SignedDuration) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_some_and(|told| told > session.obtained_at) {
            return;
        }
        let correction = offset - self.clock.offset();
        let now = self.clock.now().checked_add(correction);
        if now.is_ok_and(|now| now.duration_until(session.obtained_at) <= SLACK) {
            *told = Some(session.obtained_at);
            self.clock.assume(offset);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::clock::ServiceClock;
    use crate::domain::{AwsCredentials, RoleChoice, Secret};

    fn minutes(minutes: i64) -> SignedDuration {
        SignedDuration::from_mins(minutes)
    }

    /// Obtained so many minutes after the machine's clock shows 0.
    fn session(obtained: i64) -> Session {
        let obtained_at = Timestamp::UNIX_EPOCH + minutes(obtained);
        Session {
            identity_id: "us-east-1:0a".parse().unwrap(),
            credentials: AwsCredentials {
                access_key_id: "ASIA".to_owned(),
                secret_access_key: Secret::new("s".to_owned()),
                session_token: Secret::new("t".to_owned()),
                expires_at: obtained_at + minutes(60),
            },
            username: "ana".to_owned(),
            groups: Vec::new(),
            roles: Vec::new(),
            logins: Vec::new(),
            role_choice: RoleChoice::default(),
            caller: None,
            obtained_at,
        }
    }

    #[test]
    fn the_youngest_session_that_can_be_right_is_believed() {
        for (told, offset) in [
            (&[(-190, -180)][..], -180),
            (&[(170, 180)], 180),
            (&[(180, 180)], 180),
            // The clock was set right since: by this offset the session has not begun.
            (&[(-10, -180)], 0),
            // The order does not matter.
            (&[(-10, 0), (-200, -180)], 0),
            (&[(-200, -180), (-10, 0)], 0),
        ] {
            let clock = Arc::new(ServiceClock::on(|| Timestamp::UNIX_EPOCH));
            let memory = ClockMemory::new(clock.clone());
            for (obtained, offset) in told {
                memory.recall(&session(*obtained), minutes(*offset));
            }
            assert_eq!(clock.offset(), minutes(offset), "{told:?}");
        }
    }
}
