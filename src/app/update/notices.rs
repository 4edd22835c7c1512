//! Notices: one sentence for a while, or a problem until it is put away.

use jiff::{SignedDuration, Timestamp};

use crate::app::{Model, Notice, NoticeOffer};
use crate::domain::Problem;

/// Long enough to read one sentence twice.
const SHOWN_FOR: SignedDuration = SignedDuration::from_secs(5);

/// More than these would cover the window; the oldest goes first.
const MOST: usize = 4;

impl Model {
    pub(super) fn tell(&mut self, text: impl Into<String>) {
        let until = self.now.saturating_add(SHOWN_FOR).ok();
        self.push_notice(text.into(), false, until);
    }

    pub(super) fn tell_problem(&mut self, problem: &Problem) {
        let text = match problem.hints.first() {
            Some(hint) => format!("{}. {hint}", problem.sentence),
            None => problem.sentence.clone(),
        };
        self.push_notice(text, true, None);
    }

    /// Tells something that can be answered with a button until then; says which notice that is.
    pub(super) fn offer(
        &mut self,
        text: String,
        offer: (&'static str, NoticeOffer),
        until: Timestamp,
    ) -> u64 {
        self.push_notice(text, false, Some(until));
        if let Some(notice) = self.notices.last_mut() {
            notice.offer = Some(offer);
        }
        self.last_notice
    }

    pub(super) fn dismiss_notice(&mut self, id: u64) {
        self.notices.retain(|notice| notice.id != id);
    }

    pub(super) fn drop_old_notices(&mut self) {
        let now = self.now;
        self.notices
            .retain(|notice| notice.until.is_none_or(|until| until > now));
    }

    fn push_notice(&mut self, text: String, is_problem: bool, until: Option<Timestamp>) {
        self.notices.retain(|notice| notice.text != text);
        self.last_notice += 1;
        self.notices.push(Notice {
            id: self.last_notice,
            text,
            is_problem,
            until,
            offer: None,
        });
        if self.notices.len() > MOST {
            self.notices.remove(0);
        }
    }
}
