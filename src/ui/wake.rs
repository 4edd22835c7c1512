//! When the window has to look at the clock again: never more often than once a second, rarer while
//! nobody uses it, and not at all while nothing on it changes with time.
//!
//! Deliberately absent: a pace for things that run. Their results wake the window themselves.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::views::form_foot::has_form;
use crate::app::{Doing, Model, Page, ProfileState, Tab};

/// How closely the window is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Nobody sees it.
    Hidden,
    /// It can be seen, while the keyboard is elsewhere or nothing was touched for a while.
    Beside,
    /// Somebody uses it.
    Used,
}

/// Who touched nothing for so long does something else.
const LEFT_ALONE: SignedDuration = SignedDuration::from_secs(30);

impl Sight {
    /// How a window is looked at that has the keyboard or not, and was touched so long ago.
    #[must_use]
    pub fn of_shown(focused: bool, untouched: SignedDuration) -> Self {
        if focused && untouched < LEFT_ALONE {
            Self::Used
        } else {
            Self::Beside
        }
    }

    /// How often the countdown on screen moves, in seconds. Each picture of it is paid for, by a
    /// battery or, without a graphics card, by the processor.
    const fn tick(self, left: SignedDuration) -> i64 {
        match self {
            Self::Beside if left.as_secs() > LAST_MINUTE => 5,
            _ => 1,
        }
    }
}

/// Near its end a countdown shows every second, whoever looks.
const LAST_MINUTE: i64 = 60;

/// How long nothing changes; none when nothing ever will. While the window is hidden only what
/// happens by itself counts.
#[must_use]
pub fn next_wake(model: &Model, sight: Sight) -> Option<Duration> {
    let visible = sight != Sight::Hidden;
    let notices = model.notices.iter().filter_map(|notice| notice.until);
    let by_itself = model
        .profiles
        .iter()
        .filter(|state| state.running.is_none())
        .flat_map(|state| {
            let standing = state.standing();
            let token = state.writes_token_at(model.now);
            [standing.renews_at(), standing.tells_at(), token]
        })
        .flatten();
    // The tray counts minutes.
    let in_tray = model
        .profiles
        .iter()
        .filter(|_| model.presence.tray.is_some());
    let in_tray = in_tray.filter_map(|state| {
        let left = state.session.as_ref()?.remaining(model.now);
        state.is_live(model.now).then(|| passes(model, left, 60))?
    });
    let shown = model
        .profiles
        .iter()
        .filter(|_| visible)
        .flat_map(|state| {
            [
                next_change(model, state, sight),
                next_claim_change(model, state),
            ]
        })
        .flatten();
    let checks = model
        .checks
        .iter()
        .filter(|_| visible && has_form(model))
        .filter_map(|run| next_age(model.now, run.finished_at?));
    // Also while the window is hidden: what has expired is not kept.
    let expiring = model.profiles.iter().flat_map(|state| &state.tokens);
    let expiring = expiring.filter_map(|token| token.reading.expires_at());
    let doing = model.doing.iter().filter(|_| visible);
    notices
        .chain(doing.map(Doing::noticed_at))
        .chain(model.clipboard_until)
        .chain(model.locks_at())
        .chain(checks)
        .chain(by_itself)
        .chain(in_tray)
        .chain(expiring)
        .chain(shown)
        .filter(|at| *at > model.now)
        .min()
        .map(|at| model.now.duration_until(at))
        .and_then(|wait| Duration::try_from(wait).ok())
        // A little late, so that the clock has surely passed the moment.
        .map(|wait| wait + Duration::from_millis(5))
}

/// When the text about something that is over changes: every second, then every minute.
fn next_age(now: Timestamp, then: Timestamp) -> Option<Timestamp> {
    let age = then.duration_until(now).as_secs().max(0);
    let unit = if age < 60 { 1 } else { 60 };
    let next = SignedDuration::from_secs((age / unit + 1) * unit);
    then.checked_add(next).ok()
}

/// When the text about a live profile changes: every few seconds for the countdown on screen,
/// every minute for the others.
fn next_change(model: &Model, state: &ProfileState, sight: Sight) -> Option<Timestamp> {
    if !state.is_live(model.now) {
        return None;
    }
    let left = state.session.as_ref()?.remaining(model.now);
    let unit = if is_on_screen(model, state, Tab::Overview) {
        sight.tick(left)
    } else {
        60
    };
    passes(model, left, unit)
}

/// When a time in the claims on screen is another one in minutes.
fn next_claim_change(model: &Model, state: &ProfileState) -> Option<Timestamp> {
    let is_shown = is_on_screen(model, state, Tab::Tokens);
    let mut tokens = state.tokens.iter().filter(|_| is_shown);
    let expires_at = tokens.find_map(|token| token.reading.expires_at())?;
    passes(model, model.now.duration_until(expires_at), 60)
}

fn is_on_screen(model: &Model, state: &ProfileState, tab: Tab) -> bool {
    model.page == Page::Profile
        && model.tab == tab
        && model.selected.as_ref() == Some(&state.profile.name)
}

/// When what is left passes a whole number of units, in seconds.
fn passes(model: &Model, left: SignedDuration, unit: i64) -> Option<Timestamp> {
    let whole = SignedDuration::from_secs(left.as_secs() / unit * unit);
    let wait = left.checked_sub(whole)?;
    let wait = if wait.is_zero() {
        SignedDuration::from_secs(unit)
    } else {
        // The text changes just after the whole second has been left behind.
        wait.checked_add(SignedDuration::from_millis(1))?
    };
    model.now.checked_add(wait).ok()
}
