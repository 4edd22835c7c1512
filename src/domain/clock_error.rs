//! A clock that is wrong enough to be told of: one rule for window and terminal.
//!
//! Deliberately absent: measuring it (see the clock's adapter), and the sentences.

use jiff::SignedDuration;

/// A clock that is off by less does no harm anywhere, and an answer that took its time on the way
/// makes a clock look wrong by a few seconds.
const TOLD_ABOVE: SignedDuration = SignedDuration::from_secs(30);

/// The offset where a person should know of it. Positive: this machine is behind the service.
#[must_use]
pub fn clock_error(offset: SignedDuration) -> Option<SignedDuration> {
    Some(offset).filter(|offset| offset.abs() > TOLD_ABOVE)
}

/// `behind` or `ahead of`, before the name of the service.
#[must_use]
pub const fn clock_direction(offset: SignedDuration) -> &'static str {
    if offset.is_positive() {
        "behind"
    } else {
        "ahead of"
    }
}
