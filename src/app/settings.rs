//! What the settings page shows beside the settings: a move of the secrets, a request that was
//! tried, and what came back of both.
//!
//! Deliberately absent: the settings (see `domain::settings`).

use std::path::PathBuf;

use super::Attempt;
use crate::domain::{FileSetting, Problem, SettingChange, StoreChoice, Surroundings};

/// Secrets on their way to another store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreMove {
    /// Where to.
    pub to: StoreChoice,
    /// Its results carry this.
    pub attempt: Attempt,
    /// So many of so many are there.
    pub done: Option<(usize, usize)>,
    /// How far it is.
    pub stage: MoveStage,
    /// True once the new store's passphrase was asked for.
    pub asks: bool,
    /// What the passphrase is to be asked with, once no other sheet is open: whether the file is new,
    /// and why the last one was refused.
    pub waits: Option<(bool, Option<Problem>)>,
}

/// Who has the next word in a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveStage {
    /// The person, who has not agreed to what such a store means.
    Unconfirmed,
    /// The person, whose passphrase the new store needs.
    Locked,
    /// The stores.
    Running,
    /// The stores, and the person wants it to stop.
    Stopping,
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

/// What came back of what the page asks for. Events with an attempt are dropped when it is not the
/// current one.
#[derive(Debug)]
pub enum SettingsEvent {
    /// A file was chosen for a setting, or none.
    FileChosen {
        /// For which.
        file: FileSetting,
        /// Which.
        result: Result<Option<PathBuf>, Problem>,
    },
    /// Something was set, or why not.
    SettingSaved {
        /// What.
        change: SettingChange,
        /// Why not: nothing has changed then.
        result: Result<(), Problem>,
    },
    /// Where things are, and what is decided elsewhere.
    SurroundingsSeen(Box<Surroundings>),
    /// So many secrets lie in the new store by now.
    MoveStep {
        /// In which attempt.
        attempt: Attempt,
        /// So many.
        done: usize,
        /// Of so many.
        of: usize,
    },
    /// The new store wants a passphrase.
    MoveLocked {
        /// In which attempt.
        attempt: Attempt,
        /// True when it is being chosen.
        is_new: bool,
        /// Why it is asked for.
        problem: Problem,
    },
    /// All secrets lie in the new store, and how many; or why they stay where they are.
    SecretsMoved {
        /// In which attempt.
        attempt: Attempt,
        /// How many.
        result: Result<usize, Problem>,
    },
    /// The user pool answered so, in a sentence; or why not.
    NetworkTried {
        /// In which attempt.
        attempt: Attempt,
        /// What happened.
        result: Result<String, Problem>,
    },
    /// Whether a passphrase opens the encrypted file.
    PassphraseChecked(Result<bool, Problem>),
}
