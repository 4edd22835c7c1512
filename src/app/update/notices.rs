//! Notices: one sentence for a while, a problem for longer, none longer than its page. All of them
//! stay in the list.

use jiff::{SignedDuration, Timestamp};

use crate::app::notice::ToldOn;
use crate::app::{Effect, Model, Notice, NoticeOffer, OfNotices, Page, Told};
use crate::domain::Problem;

/// Long enough to read a short sentence twice.
const NEWS: SignedDuration = SignedDuration::from_secs(5);
/// Long enough to look up, and to read it then.
const PROBLEM: SignedDuration = SignedDuration::from_secs(10);
/// A sentence of so many letters is short.
const SHORT: usize = 60;
/// For each letter more.
const PER_LETTER: SignedDuration = SignedDuration::from_millis(60);
/// Nothing is shown for longer than so many times as long as a short one.
const LONGEST: i32 = 2;
/// What is left at least when somebody stops reading, or has only begun when the page is left.
const AFTER_READING: SignedDuration = SignedDuration::from_secs(2);

/// More than these would cover the window; the oldest that can be spared goes first.
const MOST: usize = 3;
/// The list forgets what is older.
const MOST_KEPT: usize = 100;

impl Model {
    pub(super) fn tell(&mut self, text: impl Into<String>) {
        let text = text.into();
        let until = self.now.saturating_add(shown_for(NEWS, &text)).ok();
        self.push_notice(Notice {
            text,
            until,
            ..Notice::default()
        });
    }

    pub(super) fn tell_problem(&mut self, problem: &Problem) {
        let text = match problem.hints.first() {
            Some(hint) => format!("{}. {hint}", problem.sentence),
            None => problem.sentence.clone(),
        };
        let until = self.now.saturating_add(shown_for(PROBLEM, &text)).ok();
        self.push_notice(Notice {
            text,
            is_problem: true,
            until,
            ..Notice::default()
        });
        if let Some(told) = self.notice_list.told.front_mut() {
            told.text.clone_from(&problem.sentence);
            let said = problem.aws.iter().map(ToString::to_string);
            told.more = said.chain(problem.hints.iter().cloned()).collect();
        }
    }

    /// Tells something that can be answered with a button until then; says which notice that is.
    pub(super) fn offer(
        &mut self,
        text: String,
        offer: (&'static str, NoticeOffer),
        until: Timestamp,
    ) -> u64 {
        self.push_notice(Notice {
            text,
            until: Some(until),
            offer: Some(offer),
            ..Notice::default()
        });
        self.last_notice
    }

    /// The person does not want to see it any longer; what it offers stays in the list.
    pub(super) fn put_notice_away(&mut self, id: u64) -> Vec<Effect> {
        self.notices.retain(|notice| notice.id != id);
        Vec::new()
    }

    /// It is no longer true: what it offers is over, too.
    pub(super) fn dismiss_notice(&mut self, id: u64) {
        self.notices.retain(|notice| notice.id != id);
        let mut told = self.notice_list.told.iter_mut();
        if let Some(told) = told.find(|told| told.id == id) {
            told.offer = None;
        }
    }

    pub(super) fn drop_old_notices(&mut self) {
        let now = self.now;
        self.notices
            .retain(|notice| notice.until.is_none_or(|until| until > now));
    }

    /// What was told on a page goes with it, though not before it could be read; what can be taken
    /// back stays.
    pub(super) fn leave_notices(&mut self) {
        if self.notices.is_empty() {
            return;
        }
        let shown = self.current().filter(|_| self.page == Page::Profile);
        let here = ToldOn {
            page: self.page,
            profile: shown.map(|state| (state.profile.name.clone(), self.tab)),
        };
        let now = self.now;
        self.notices.retain_mut(|notice| {
            let told_on = notice.told_on.get_or_insert_with(|| here.clone());
            if *told_on == here || notice.offer.is_some() {
                return true;
            }
            let least = notice.at.saturating_add(AFTER_READING).unwrap_or(now);
            let earlier = |until: Timestamp| until.min(least);
            notice.until = notice.until.map(earlier);
            notice.left = notice.left.map(|left| left.min(now.duration_until(least)));
            least > now
        });
    }

    pub(super) fn of_notices(&mut self, asked: OfNotices) -> Vec<Effect> {
        let list = &mut self.notice_list;
        match asked {
            OfNotices::Hold(held) if held != list.held => {
                list.held = held;
                self.hold_notices(held);
            }
            OfNotices::Hold(_) => {}
            OfNotices::Read => list.unread = 0,
            OfNotices::Clear => {
                // What can still be taken back is not lost with the rest.
                list.told.retain(|told| told.offer.is_some());
                list.unread = 0;
            }
        }
        Vec::new()
    }

    fn hold_notices(&mut self, held: bool) {
        let now = self.now;
        for notice in &mut self.notices {
            if held {
                let until = notice.until.take();
                notice.left = until.map(|until| now.duration_until(until));
            } else if let Some(left) = notice.left.take() {
                notice.until = now.saturating_add(left.max(AFTER_READING)).ok();
            }
        }
    }

    fn push_notice(&mut self, notice: Notice) {
        // Each offer is another one, though the words are the same.
        self.notices
            .retain(|known| known.offer.is_some() || known.text != notice.text);
        self.last_notice += 1;
        let id = self.last_notice;
        let list = &mut self.notice_list;
        list.told.push_front(Told {
            id,
            at: self.now,
            text: notice.text.clone(),
            more: Vec::new(),
            is_problem: notice.is_problem,
            offer: notice.offer,
        });
        list.told.truncate(MOST_KEPT);
        list.unread = (list.unread + 1).min(list.told.len());
        let held = list.held;
        let at = self.now;
        self.notices.push(Notice { id, at, ..notice });
        if held {
            self.hold_newest();
        }
        if self.notices.len() > MOST {
            let spare = |known: &Notice| !known.is_problem && known.offer.is_none();
            let at = self.notices.iter().position(spare).unwrap_or(0);
            self.notices.remove(at);
        }
    }

    /// Nothing begins to go while the notices are being read.
    fn hold_newest(&mut self) {
        let now = self.now;
        if let Some(notice) = self.notices.last_mut() {
            notice.left = notice.until.take().map(|until| now.duration_until(until));
        }
    }
}

/// By the length of what is to be read.
fn shown_for(short: SignedDuration, text: &str) -> SignedDuration {
    let more = text.chars().count().saturating_sub(SHORT);
    let more = i32::try_from(more).unwrap_or(i32::MAX);
    let whole = short.saturating_add(PER_LETTER.saturating_mul(more));
    whole.min(short.saturating_mul(LONGEST))
}
