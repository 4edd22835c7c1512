//! How long before their end credentials are renewed.
//!
//! Deliberately absent: the clock, and the jitter (see `freshness`).

use jiff::SignedDuration;

/// Credentials with less left may expire before they are used, however short they live.
const RENEW_AT_LAST: SignedDuration = SignedDuration::from_mins(2);

/// Below this much remaining lifetime credentials are renewed before they are handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RefreshMargin(u16);

impl RefreshMargin {
    /// The default, with a minute to spare: an SDK that is given less than its own window asks again
    /// at every request. Measured (`tests/real/refresh_windows.rs`): botocore 1.44 and the AWS CLIs
    /// with it 15 minutes, the SDK for JavaScript 3.967 5 minutes (twice a request), the SDK for
    /// Rust 5 to 10 seconds by chance.
    pub const LEAST_MINUTES: u16 = 16;
    /// Half of the hour that most credentials live.
    pub const MOST_MINUTES: u16 = 30;
    /// Credentials that live for less have a part of the margin: they would never be good otherwise.
    const WHOLE_FOR: i32 = 48;

    /// Within the bounds.
    #[must_use]
    pub const fn of_minutes(minutes: u16) -> Self {
        if minutes < Self::LEAST_MINUTES {
            Self(Self::LEAST_MINUTES)
        } else if minutes > Self::MOST_MINUTES {
            Self(Self::MOST_MINUTES)
        } else {
            Self(minutes)
        }
    }

    /// For credentials that live so long: the whole of it from 48 minutes on, which is a third of
    /// those for 16 minutes.
    pub(super) fn of(self, life: SignedDuration) -> SignedDuration {
        let whole = SignedDuration::from_mins(i64::from(self.0));
        let part = life / Self::WHOLE_FOR * i32::from(self.0);
        whole.min(part).max(RENEW_AT_LAST)
    }
}

impl Default for RefreshMargin {
    fn default() -> Self {
        Self(Self::LEAST_MINUTES)
    }
}
