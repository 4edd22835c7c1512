//! What runs and may last: what it is, whose, and since when. Shown once it has lasted long enough to
//! be noticed, and stopped from there.
//!
//! Deliberately absent: what carries an attempt and has a place of its own that shows and stops it (a
//! sign-in's sheet, the strip of steps, checks, discovery, a move of the secrets); and everything
//! that is over at once or happens unasked, which nobody waits for.

use jiff::{SignedDuration, Timestamp};

use super::files::FilesChange;
use super::{Effect, Model};
use crate::domain::ProfileName;

/// What ends sooner is not shown as running: it would only flicker.
pub const NOTICED_AFTER: SignedDuration = SignedDuration::from_millis(200);

/// One kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WorkKind {
    /// Ending a sign-in.
    SignOut,
    /// Finding out how the AWS files would change, or changing them.
    Files,
    /// The same with the last change, which is taken back.
    Undo,
    /// Starting the sandbox.
    Demo,
    /// Fetching the link to the AWS console.
    Console,
    /// Getting credentials for a terminal.
    Terminal,
    /// Getting credentials for the clipboard.
    Copy,
    /// Setting up a loopback address.
    Endpoint,
    /// Opening the browser's sign-out page.
    BrowserSignOut,
    /// Asking the user pool for its key document.
    Network,
}

/// One thing that runs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Work {
    /// What.
    pub kind: WorkKind,
    /// Whose; none for what concerns several or none.
    pub whose: Option<ProfileName>,
}

/// One thing that runs, with its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doing {
    /// What and whose.
    pub work: Work,
    /// Since when.
    pub since: Timestamp,
}

impl Doing {
    /// When it has lasted long enough to be shown.
    #[must_use]
    pub fn noticed_at(&self) -> Timestamp {
        self.since
            .saturating_add(NOTICED_AFTER)
            .unwrap_or(self.since)
    }
}

impl Work {
    /// `Signing out of acme-prod`.
    #[must_use]
    pub fn said(&self) -> String {
        let (alone, with) = match self.kind {
            WorkKind::SignOut => ("Signing out", " of "),
            WorkKind::Files => ("Looking at the AWS files", " for "),
            WorkKind::Undo => ("Looking at the last change", " of "),
            WorkKind::Demo => ("Opening the demo", " of "),
            WorkKind::Console => ("Opening the console", " as "),
            WorkKind::Terminal => ("Opening a terminal", " with "),
            WorkKind::Copy => ("Copying credentials", " of "),
            WorkKind::Endpoint => ("Starting the container endpoint", " of "),
            WorkKind::BrowserSignOut => ("Opening the browser", " for "),
            WorkKind::Network => ("Trying the network", " with "),
        };
        match &self.whose {
            Some(name) => format!("{alone}{with}{name}"),
            None => alone.to_owned(),
        }
    }
}

impl Effect {
    /// What it is for somebody who waits for it; none for what has its own place, is over at once or
    /// happens unasked. Without a rest, so that a new effect is thought about.
    #[expect(clippy::too_many_lines, reason = "one line an effect")]
    #[must_use]
    pub fn work(&self) -> Option<Work> {
        let (kind, whose) = match self {
            Self::SignOut { profile, .. } => (WorkKind::SignOut, Some(&profile.name)),
            Self::PreviewFiles(_, change) | Self::ChangeFiles { change, .. } => {
                let kind = match change {
                    FilesChange::Undo(_) => WorkKind::Undo,
                    _ => WorkKind::Files,
                };
                (kind, change.section().map(|(name, _)| name))
            }
            Self::OpenDemo => (WorkKind::Demo, None),
            Self::OpenConsole(profile) => (WorkKind::Console, Some(&profile.name)),
            Self::OpenTerminal(profile) => (WorkKind::Terminal, Some(&profile.name)),
            Self::CopyCredentials { profile, .. } => (WorkKind::Copy, Some(&profile.name)),
            Self::StartEndpoint(profile) => (WorkKind::Endpoint, Some(&profile.name)),
            Self::SignOutOfBrowser(profile) => (WorkKind::BrowserSignOut, Some(&profile.name)),
            Self::TryNetwork { profile, .. } => (WorkKind::Network, Some(&profile.name)),
            // With a place of their own.
            Self::SignIn { .. }
            | Self::BrowserSignIn { .. }
            | Self::ProviderSignIn { .. }
            | Self::Renew { .. }
            | Self::Check { .. }
            | Self::Discover { .. }
            | Self::MoveSecrets { .. }
            | Self::ChangePassword { .. }
            | Self::ChooseImportFile(_)
            | Self::ReadImport { .. }
            | Self::Share { .. }
            | Self::SaveShare { .. }
            | Self::ProbeStore
            | Self::UnlockStore(_)
            | Self::CheckPassphrase(_)
            // Over at once: memory, one file, or the secret store.
            | Self::FindSources
            | Self::AddFound(_)
            | Self::LoadProfiles
            | Self::LoadSessions(_)
            | Self::FindProfiles
            | Self::AddProfiles(_)
            | Self::ReadExports(..)
            | Self::KeepTokens { .. }
            | Self::WatchTokenFiles(_)
            | Self::PasteCode { .. }
            | Self::ForgetIdentity(_)
            | Self::OpenPage(_)
            | Self::Cancel(_)
            | Self::Stop(_)
            | Self::Save(_)
            | Self::RememberUsername { .. }
            | Self::Remove(_)
            | Self::StopEndpoint(_)
            | Self::ClearClipboard
            | Self::Copy { .. }
            | Self::Suggest { .. }
            | Self::SaveSetting(_)
            | Self::LookAround
            | Self::ShowFolder(_)
            | Self::SayFarewell(_)
            | Self::ShowTray(_)
            | Self::LeaveCalls
            | Self::KeepPlace(_)
            | Self::SeekTray
            | Self::Arrange(..)
            | Self::SaveListOrder(_)
            | Self::SaveFolded(_)
            | Self::SaveKeepFresh(..)
            // Unasked, in the background.
            | Self::ExportAgain(_)
            | Self::WriteTokenFile(_) => return None,
        };
        let whose = whose.cloned();
        Some(Work { kind, whose })
    }
}

impl Model {
    /// What has run long enough to be shown, oldest first.
    pub fn noticed(&self) -> impl Iterator<Item = &Doing> {
        let is_due = |doing: &&Doing| doing.noticed_at() <= self.now;
        self.doing.iter().filter(is_due)
    }

    /// Whether this has run for long enough to be shown, where it was started.
    #[must_use]
    pub fn is_noticed(&self, kind: WorkKind, whose: &ProfileName) -> bool {
        self.noticed()
            .any(|doing| doing.work.kind == kind && doing.work.whose.as_ref() == Some(whose))
    }
}
