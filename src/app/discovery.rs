//! Looking for profiles in an AWS account: what may sign, how far it is, what was found.
//!
//! Deliberately absent: what is chosen on the page (its draft has that), and the calls.

use super::Attempt;
use crate::domain::Problem;
use crate::domain::discovery::{AwsSource, Offers, Progress};

/// The state of the page.
#[derive(Debug, Default)]
pub struct Discovery {
    /// The person's AWS profiles; none while they are being read.
    pub sources: Option<Result<Vec<AwsSource>, Problem>>,
    /// How far it is, while it runs.
    pub progress: Progress,
    /// What was found, or why nothing.
    pub result: Option<Result<Box<Offers>, Problem>>,
    /// True while profiles are being saved.
    pub adding: bool,
    pub(super) running: Option<Attempt>,
}

impl Discovery {
    /// True while the account is being looked at.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// What was found.
    #[must_use]
    pub fn offers(&self) -> Option<&Offers> {
        self.result.as_ref()?.as_ref().ok().map(Box::as_ref)
    }
}
