//! What lies over the window: one sheet at a time.

use crate::domain::sign_in::Pending;
use crate::domain::{ExportTarget, Problem, ProfileName};

/// What lies over the window.
#[derive(Debug)]
pub enum Sheet {
    /// Signing in.
    SignIn {
        /// To which profile.
        profile: ProfileName,
        /// The name as typed, shown again on the second step.
        username: String,
        /// Where in the sign-in.
        phase: SignInPhase,
        /// Why the last entry was not accepted.
        problem: Option<Problem>,
    },
    /// Remove this profile?
    Remove(ProfileName),
    /// Overwrite a section that Poolkey did not make?
    TakeOver {
        /// Whose export.
        profile: ProfileName,
        /// Where.
        target: ExportTarget,
        /// What stands there.
        problem: Problem,
    },
    /// The encrypted file wants its passphrase.
    Passphrase {
        /// True when the file does not exist yet: the passphrase is being chosen.
        is_new: bool,
        /// Why the last one was not accepted.
        problem: Option<Problem>,
    },
}

/// Where a sign-in stands.
#[derive(Debug)]
pub enum SignInPhase {
    /// Username and password are asked.
    Password,
    /// The password is being checked.
    Checking,
    /// A question is asked.
    Question(Box<Pending>),
    /// The answer is being checked.
    Answering,
}

impl SignInPhase {
    /// True while the person has to wait.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Checking | Self::Answering)
    }
}
