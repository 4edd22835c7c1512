//! Whether the window hides its contents: after a while without input, after the machine slept, or
//! because somebody wants it so.
//!
//! It hides; it does not encrypt, and renewals go on. Deliberately absent: the clock.

use jiff::{SignedDuration, Timestamp};

use super::{Model, StoreState};
use crate::domain::Problem;

/// How the lock stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// Nothing is shown.
    pub on: bool,
    /// A passphrase is being checked.
    pub checking: bool,
    /// Why it stays locked.
    pub problem: Option<Problem>,
    /// The store that worked last is the encrypted file: its sessions may be there, whatever became
    /// of it since.
    pub(super) file_opened: bool,
    /// When somebody was at the window last.
    pub(super) touched_at: Timestamp,
}

impl Lock {
    /// Open, and somebody is there.
    #[must_use]
    pub const fn new(now: Timestamp) -> Self {
        Self {
            on: false,
            checking: false,
            file_opened: false,
            problem: None,
            touched_at: now,
        }
    }
}

impl Model {
    /// How long nobody has been at the window.
    #[must_use]
    pub fn untouched(&self) -> SignedDuration {
        self.lock.touched_at.duration_until(self.now)
    }

    /// When the window hides its contents by itself: a moment that may have passed.
    #[must_use]
    pub fn locks_at(&self) -> Option<Timestamp> {
        let minutes = i64::from(self.settings.lock_after_minutes);
        if minutes == 0 || self.lock.on {
            return None;
        }
        let wait = SignedDuration::from_mins(minutes);
        self.lock.touched_at.checked_add(wait).ok()
    }

    /// True while unlocking takes the passphrase of the encrypted file.
    #[must_use]
    pub fn unlocks_with_passphrase(&self) -> bool {
        match &self.store {
            StoreState::Ready(report) => report.has_passphrase(),
            _ => self.lock.file_opened,
        }
    }
}
