//! How long nothing is tried by itself after something failed.
//!
//! Deliberately absent: tries that a person asks for, which wait for nothing.

use jiff::{SignedDuration, Timestamp};

use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::refresh_margin::RefreshMargin;
use crate::domain::session::Session;

/// After a failure the next try waits this long, and twice as long after each further one.
const FIRST: SignedDuration = SignedDuration::from_mins(1);
/// The longest wait, and the one after a refusal: each try may run the person's own command.
const LONGEST: SignedDuration = SignedDuration::from_hours(1);
/// The longest wait for what comes back by itself and costs little to ask: network and files.
const LONGEST_PASSING: SignedDuration = SignedDuration::from_mins(5);
/// The longest wait for a secret store: to ask it may bring up the dialog that unlocks it.
const LONGEST_STORE: SignedDuration = SignedDuration::from_mins(10);
/// After waking up the network is away for some seconds, longest first.
const AFTER_WAKING: [SignedDuration; 3] = [
    SignedDuration::from_secs(20),
    SignedDuration::from_secs(10),
    SignedDuration::from_secs(5),
];

/// What is remembered of tries that failed; nothing after one that did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backoff {
    failures: u32,
    quiet_until: Option<Timestamp>,
    /// The last one failed because of the network.
    by_network: bool,
    /// How many of the short waits are left.
    short_waits: usize,
}

impl Backoff {
    /// Nothing is tried by itself before then.
    #[must_use]
    pub const fn quiet_until(&self) -> Option<Timestamp> {
        self.quiet_until
    }

    /// A try failed.
    pub fn failed(&mut self, why: &Problem, now: Timestamp) {
        self.by_network = why.kind == ProblemKind::Network;
        let wait = self.wait(why);
        self.quiet_until = now.saturating_add(wait).ok();
    }

    fn wait(&mut self, why: &Problem) -> SignedDuration {
        if self.by_network
            && let Some(wait) = self.short_wait()
        {
            return wait;
        }
        if why.kind == ProblemKind::Refused && !why.is_throttling() {
            return LONGEST;
        }
        let wait = FIRST.checked_mul(2_i32.saturating_pow(self.failures));
        self.failures = self.failures.saturating_add(1);
        let longest = match why.kind {
            ProblemKind::Network | ProblemKind::File => LONGEST_PASSING,
            ProblemKind::SecretStore => LONGEST_STORE,
            _ => LONGEST,
        };
        wait.map_or(longest, |wait| wait.min(longest))
    }

    /// A try brought this. Credentials that are due again at once (a short session, a wrong clock)
    /// must not be renewed every second.
    /// Those that are left of old ones while the network is still away are soon tried again.
    pub fn succeeded(&mut self, session: &Session, margin: RefreshMargin, now: Timestamp) {
        if !session.is_due(now, margin) {
            *self = Self::default();
            return;
        }
        self.failures = 0;
        let wait = self.short_wait().unwrap_or(FIRST);
        self.quiet_until = now.saturating_add(wait).ok();
    }

    fn short_wait(&mut self) -> Option<SignedDuration> {
        let left = self.short_waits.checked_sub(1)?;
        self.short_waits = left;
        AFTER_WAKING.get(left).copied()
    }

    /// The machine woke up, or its clock was set: what the network held up is tried at once, and
    /// soon again. What was refused stays refused, for no longer than it would have been.
    pub fn woke(&mut self, now: Timestamp) {
        self.short_waits = AFTER_WAKING.len();
        if self.by_network {
            (self.failures, self.quiet_until) = (0, None);
        }
        let longest = now.saturating_add(LONGEST).ok();
        self.quiet_until = self.quiet_until.min(longest);
    }
}
