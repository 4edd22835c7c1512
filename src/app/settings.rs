//! What the settings page shows beside the settings: a move of the secrets, a request that was
//! tried.
//!
//! Deliberately absent: the settings (see `domain::settings`).

use super::Attempt;
use crate::domain::{Problem, StoreChoice};

/// Secrets on their way to another store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreMove {
    /// Where to.
    pub to: StoreChoice,
    /// Its results carry this.
    pub attempt: Attempt,
    /// So many of so many are there.
    pub done: Option<(usize, usize)>,
    /// True until the person has agreed to what such a store means.
    pub unconfirmed: bool,
    /// True once the new store's passphrase was asked for.
    pub asks: bool,
    /// What the passphrase is to be asked with, once no other sheet is open: whether the file is new,
    /// and why the last one was refused.
    pub waits: Option<(bool, Option<Problem>)>,
    /// True while it is being tried, or none was needed.
    pub runs: bool,
    /// True once the person wants it to stop.
    pub stopping: bool,
}

/// A request that is tried.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Trial {
    /// Nobody asked.
    #[default]
    Idle,
    /// Under way.
    Running(Attempt),
    /// Ended so.
    Ended(Result<String, Problem>),
}
