//! When a profile is renewed by itself, and when a person is told: one rule for the window and for
//! the agent.
//!
//! Deliberately absent: the clock, and who renews. A jitter that has to be drawn, too: it follows
//! from the profile and the session, so that whoever asks finds the same moment.

mod backoff;
mod farewell;
mod watch;

use jiff::{SignedDuration, Timestamp};

pub use self::backoff::Backoff;
pub use self::farewell::Farewell;
pub use self::watch::ClockWatch;
use super::ids::ProfileName;
use super::profile::Profile;
use super::refresh_margin::RefreshMargin;
use super::session::Session;

/// A person is told this long before the end of credentials that nobody else can renew.
pub const TELL_BEFORE: SignedDuration = SignedDuration::from_mins(10);

/// Profiles that were renewed together are not renewed in the same second again. With 16 minutes
/// before the end as the margin it stays ahead of the 15 in which botocore asks anew every time.
const LONGEST_JITTER: SignedDuration = SignedDuration::from_secs(55);

/// The jitter is at most this part of the margin: a session that lives for minutes has no minute to
/// spare.
const PART_OF_MARGIN: i32 = 8;

/// What decides when a profile is renewed by itself.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// Whose.
    pub profile: &'a Profile,
    /// The credentials that are kept, expired ones too.
    pub session: Option<&'a Session>,
    /// Nobody has to be asked.
    pub renewable: bool,
    /// What failed before.
    pub backoff: &'a Backoff,
}

impl Standing<'_> {
    /// When the profile is renewed by itself: a moment that may have passed. None where it is
    /// switched off, where nothing is kept, and where a person has to act.
    #[must_use]
    pub fn renews_at(&self) -> Option<Timestamp> {
        if !self.profile.keep_fresh || !self.renewable {
            return None;
        }
        let due = scheduled(&self.profile.name, self.session?, self.profile.margin);
        Some(
            self.backoff
                .quiet_until()
                .map_or(due, |until| until.max(due)),
        )
    }

    /// True when it is time.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.renews_at().is_some_and(|at| at <= now)
    }

    /// When a person is told that the credentials end, where only a person can renew them: a moment
    /// that may have passed.
    #[must_use]
    pub fn tells_at(&self) -> Option<Timestamp> {
        if !self.profile.keep_fresh || self.renewable {
            return None;
        }
        let end = self.session?.credentials.expires_at;
        end.checked_sub(TELL_BEFORE).ok()
    }

    /// True while it is time to tell: the credentials end soon, and have not ended.
    #[must_use]
    pub fn is_to_be_told(&self, now: Timestamp) -> bool {
        let is_live = self
            .session
            .is_some_and(|live| !live.remaining(now).is_zero());
        is_live && self.tells_at().is_some_and(|at| at <= now)
    }
}

/// The end of the credentials less the margin, and a jitter that is its own for each profile and
/// session. Not before the margin: until then what is kept counts as good everywhere.
#[must_use]
pub fn scheduled(profile: &ProfileName, session: &Session, margin: RefreshMargin) -> Timestamp {
    let due = session.renews_at(margin);
    let end = session.credentials.expires_at;
    let longest = LONGEST_JITTER.min(due.duration_until(end) / PART_OF_MARGIN);
    let span = longest.as_secs().max(0).unsigned_abs() + 1;
    let jitter = mixed(profile.as_str(), end.as_second()) % span;
    let jitter = SignedDuration::from_secs(i64::try_from(jitter).unwrap_or_default());
    due.saturating_add(jitter).unwrap_or(due)
}

/// FNV-1a, and a stir so that names that differ in their last letter lie apart.
fn mixed(name: &str, end: i64) -> u64 {
    let bytes = name.bytes().chain(end.to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16
}

#[cfg(test)]
mod tests;
