//! What the window tells: notices for a while, on the page that they speak of, and the list that
//! keeps them.
//!
//! Deliberately absent: when something is told (see `update`), and how it looks.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use super::{Action, Page, Tab};
use crate::domain::ProfileName;

/// Something to tell, for a while.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notice {
    /// To put it away.
    pub id: u64,
    /// One sentence.
    pub text: String,
    /// Red, and there for longer.
    pub is_problem: bool,
    /// Since when.
    pub at: Timestamp,
    /// The page that it speaks of; none while it is being told.
    pub told_on: Option<ToldOn>,
    /// When it goes by itself.
    pub until: Option<Timestamp>,
    /// What is left of its time while it is being read; then it has no `until`.
    pub left: Option<SignedDuration>,
    /// A word for a button, and what that does.
    pub offer: Option<(&'static str, NoticeOffer)>,
}

/// What was shown when something was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldOn {
    pub(super) page: Page,
    /// Which profile's, on its page.
    pub(super) profile: Option<(ProfileName, Tab)>,
}

/// What a notice offers beside reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeOffer {
    /// Bring back the profiles whose removal the notice tells of.
    Restore,
}

impl NoticeOffer {
    /// What is asked for, in the name of the notice.
    #[must_use]
    pub const fn action(self, notice: u64) -> Action {
        match self {
            Self::Restore => Action::Restore(notice),
        }
    }
}

/// A notice as the list keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The notice's.
    pub id: u64,
    /// When it was told last.
    pub at: Timestamp,
    /// One sentence.
    pub text: String,
    /// What AWS said, and what to do about it.
    pub more: Vec<String>,
    /// Something went wrong.
    pub is_problem: bool,
    /// A word for a button, and what that does, for as long as it can be done.
    pub offer: Option<(&'static str, NoticeOffer)>,
}

/// Everything that was told in this window's time, as far as there is room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NoticeList {
    /// Newest first.
    pub told: VecDeque<Told>,
    /// So many of the first were told since the list was looked at.
    pub unread: usize,
    /// True while somebody reads the notices on screen: none of them goes.
    pub held: bool,
}

/// What is asked of the notices as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfNotices {
    /// Somebody reads those on screen, or no longer.
    Hold(bool),
    /// The list is looked at.
    Read,
    /// The list is emptied; what is on screen stays there.
    Clear,
}
