//! A look at a configuration, from its form: what was tried, what was found.
//!
//! Deliberately absent: secrets that were typed; they go with the effect.

use jiff::Timestamp;

use super::{Attempt, Model};
use crate::domain::check::passed_of;
use crate::domain::{Check, Profile, ProfileName};

/// One run, for one form.
#[derive(Debug)]
pub struct CheckRun {
    /// The saved profile whose form it is; none for the form of a new one.
    pub original: Option<ProfileName>,
    /// As it was tried: the form may say something else by now.
    pub profile: Profile,
    /// While it runs.
    pub running: Option<Attempt>,
    /// What is found so far, in order.
    pub checks: Vec<Check>,
    /// When it came to its end.
    pub finished_at: Option<Timestamp>,
}

impl CheckRun {
    /// How many passed, of how many that were tried.
    #[must_use]
    pub fn passed_of(&self) -> (usize, usize) {
        passed_of(&self.checks)
    }
}

impl Model {
    /// The last run for a form.
    #[must_use]
    pub fn check_run(&self, original: Option<&ProfileName>) -> Option<&CheckRun> {
        self.checks
            .iter()
            .find(|run| run.original.as_ref() == original)
    }
}
