//! What a notice offers to do.

use super::Action;

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
