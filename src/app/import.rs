//! Getting profiles in and handing them on: what the window knows of it.
//!
//! Deliberately absent: what the person ticks and types (a draft of the window's), and formats.

use std::collections::VecDeque;
use std::path::PathBuf;

use super::Attempt;
use crate::domain::{Offered, Problem, Profile, ProfileName, Shared};

/// Where profiles are to come from.
#[derive(Clone, PartialEq, Eq)]
pub enum ImportFrom {
    /// A file: chosen, dropped or typed.
    File(PathBuf),
    /// A text that was pasted.
    Text(String),
    /// A link that the program was started with.
    Link(String),
}

impl ImportFrom {
    /// What the desktop opened the program with: a `poolkey:` link, else a file's path.
    pub fn opened(what: String) -> Self {
        const SCHEME: &str = "poolkey:";
        let beginning = what.get(..SCHEME.len());
        if beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(SCHEME)) {
            Self::Link(what)
        } else {
            Self::File(what.into())
        }
    }
}

impl std::fmt::Debug for ImportFrom {
    /// Without the text: nobody knows what was pasted.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => write!(f, "File({})", path.display()),
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Link(link) => write!(f, "Link({} bytes)", link.len()),
        }
    }
}

/// A wish of the person who gets profiles in or hands them on.
#[derive(Debug)]
pub enum ImportWish {
    /// Leave the Import page.
    Close,
    /// Choose a file in the system's dialog.
    ChooseFile,
    /// Look at what a file, a text or a link offers.
    LookAt(ImportFrom),
    /// Show what was found in the AWS files as something to add.
    Found,
    /// Add what was ticked on the sheet.
    Add(Vec<Profile>),
    /// The names of people go along, or do not.
    ShareUsernames(bool),
    /// Copy the link that the sheet shows.
    CopyLink,
    /// Copy the text that the sheet shows.
    CopyText,
    /// Save the text that the sheet shows.
    Save,
}

/// What came back of it. Events with an attempt are dropped when it is not the current one.
#[derive(Debug)]
pub enum ImportEvent {
    /// A file was chosen, or none.
    Chosen {
        /// By which dialog.
        attempt: Attempt,
        /// Which.
        result: Result<Option<PathBuf>, Problem>,
    },
    /// What is offered.
    Read {
        /// By what was looked at.
        attempt: Attempt,
        /// Why there is nothing, else.
        result: Result<Vec<Offered>, Problem>,
    },
    /// Chosen profiles were added.
    Added(Imported),
    /// Profiles in the forms in which they are handed on.
    Shared {
        /// For which sheet.
        attempt: Attempt,
        /// Why not, else.
        result: Result<Shared, Problem>,
    },
    /// What is shared was saved; none where nothing was chosen.
    Saved(Result<Option<PathBuf>, Problem>),
    /// The program was started again, with a link or a file's path.
    Opened(String),
}

/// The Import page.
#[derive(Debug, Default)]
pub struct ImportState {
    /// What is being read, or a file being chosen; its answer counts and no other.
    pub running: Option<Attempt>,
    /// True while the system's dialog is open.
    pub choosing: bool,
    /// Why the last one was no good.
    pub problem: Option<Problem>,
    /// What was opened and waits until what lies over the window is done, oldest first.
    pub(super) waiting: VecDeque<ImportFrom>,
    /// What it offers, which waits for the same.
    pub(super) offered: Option<(Attempt, Vec<Offered>)>,
}

impl ImportState {
    /// What the program was started with is looked at once the profiles are known.
    pub fn open(&mut self, what: Option<String>) {
        self.waiting.extend(what.map(ImportFrom::opened));
    }
}

/// What is offered, before anything is added.
#[derive(Debug)]
pub struct ImportSheet {
    /// Which look it is of: drafts follow it.
    pub attempt: Attempt,
    /// In the order of the file.
    pub offers: Vec<Offered>,
    /// True while they are added.
    pub adding: bool,
    /// Those that could not be added.
    pub refused: Vec<(ProfileName, Problem)>,
}

/// Profiles for somebody else.
#[derive(Debug)]
pub struct ShareSheet {
    /// Which.
    pub profiles: Vec<ProfileName>,
    /// True where the names of people go along.
    pub usernames: bool,
    /// Which answer is waited for.
    pub attempt: Attempt,
    /// As it would leave this machine; none while it is made.
    pub shared: Option<Shared>,
    /// Why there is nothing to hand over, or why it could not be saved.
    pub problem: Option<Problem>,
}

/// What became of profiles that were to be added.
#[derive(Debug, Default)]
pub struct Imported {
    /// Those that are there now.
    pub added: Vec<ProfileName>,
    /// Those that are not, and why.
    pub refused: Vec<(ProfileName, Problem)>,
}

/// Whether a text that was pasted beside every field is meant to be imported. A paste that is not
/// does nothing.
#[must_use]
pub fn looks_importable(text: &str) -> bool {
    const SIGNS: [&str; 8] = [
        "poolkey://import",
        "[[profile]]",
        "user_pool_client_id",
        "awsCognitoAuthPlugin",
        "aws_user_pools_id",
        "aws_cognito_identity_pool_id",
        "identity_pool_id",
        "identityPoolId",
    ];
    SIGNS.iter().any(|sign| text.contains(sign))
}
