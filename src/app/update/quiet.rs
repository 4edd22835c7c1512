//! Moments at which something is due by itself, so that the clock need not look at every profile
//! each time the window is drawn.
//!
//! Deliberately absent: what is done then (see `sessions`, `presence`).

use jiff::Timestamp;

use crate::app::{Model, ProfileState, StoreState};

impl Model {
    /// True when the clock has nothing to do yet. Looks at every profile once after each change.
    pub(super) fn is_quiet_until(&mut self, now: Timestamp) -> bool {
        let changes = self.list.memo.changes;
        let known = self
            .list
            .memo
            .quiet
            .filter(|(of, from, _)| *of == changes && *from <= now);
        let (_, _, until) = if let Some(known) = known {
            known
        } else {
            if !self.is_idle(now) {
                return false;
            }
            let fresh = (changes, now, self.next_moment(now));
            self.list.memo.quiet = Some(fresh);
            fresh
        };
        until.is_none_or(|until| now < until)
    }

    /// True when nothing is due at this moment already.
    fn is_idle(&self, now: Timestamp) -> bool {
        let is_due = |at: Timestamp| at <= now;
        let is_ready = matches!(self.store, StoreState::Ready(_));
        // The tray tells minutes.
        self.presence.tray.is_none()
            && !self
                .notices
                .iter()
                .any(|notice| notice.until.is_some_and(is_due))
            && !self
                .list
                .removals
                .iter()
                .any(|removal| is_due(removal.until))
            && !self.clipboard_until.is_some_and(is_due)
            && !self.locks_at().is_some_and(is_due)
            && self.list.to_renew.is_empty()
            && !self.profiles.iter().any(|state| {
                let ended = state
                    .tokens
                    .iter()
                    .filter_map(|token| token.reading.expires_at());
                ended.into_iter().any(is_due)
                    || (is_ready && moments(state, now).into_iter().flatten().any(is_due))
            })
    }

    /// The first moment after `now` at which something is due.
    fn next_moment(&self, now: Timestamp) -> Option<Timestamp> {
        let notices = self.notices.iter().filter_map(|notice| notice.until);
        let removals = self.list.removals.iter().map(|removal| removal.until);
        let profiles = self.profiles.iter().flat_map(|state| {
            let ended = state
                .tokens
                .iter()
                .filter_map(|token| token.reading.expires_at());
            let minute = state
                .session
                .as_ref()
                .map(|session| session.credentials.expires_at);
            ended
                .chain(minute)
                .chain(moments(state, now).into_iter().flatten())
        });
        let all = notices
            .chain(removals)
            .chain(self.clipboard_until)
            .chain(self.locks_at())
            .chain(profiles);
        all.filter(|at| *at > now).min()
    }
}

/// What is due of a profile by itself, and when; those that are past wait for something else.
fn moments(state: &ProfileState, now: Timestamp) -> [Option<Timestamp>; 3] {
    let standing = state.standing();
    [
        standing.renews_at(),
        standing.tells_at(),
        state.writes_token_at(now),
    ]
}
