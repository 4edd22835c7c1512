//! The one table of how each effect is seen while it lasts: where its progress is and what stops it, or
//! why there is nothing to see. Without a rest, so that a new effect is thought about.

use super::Effect;
use super::doing::{Course, Spot, Work, WorkKind};
use super::files::FilesChange;
use crate::domain::ProfileName;

/// Only memory and other threads of this process.
const MEMORY: &str = "nothing outside this process is asked";
/// What is only stopped, dropped or told.
const HANDED_OVER: &str = "it is handed over, and nothing is waited for";
/// Follows from a renewal.
const WITH_RENEWAL: &str = "it follows from a renewal, and its failure is told";
/// Of the desktop.
const DESKTOP: &str = "the desktop is told or asked in the background";

impl Effect {
    /// How it is seen by somebody who waits for it.
    #[expect(clippy::too_many_lines, reason = "one line an effect")]
    #[must_use]
    pub fn course(&self) -> Course {
        use WorkKind as Kind;
        match self {
            // The network.
            Self::SignIn { .. } | Self::BrowserSignIn { .. } | Self::ProviderSignIn { .. } => {
                Course::Own(Spot::SignIn)
            }
            Self::Renew { .. } => Course::Own(Spot::Steps),
            Self::Check { .. } => Course::Own(Spot::Checks),
            Self::Discover { .. } => Course::Own(Spot::Discover),
            Self::SignOut { profile, .. } => line(Kind::SignOut, &profile.name),
            Self::SignOutOfBrowser(profile) => line(Kind::BrowserSignOut, &profile.name),
            Self::ChangePassword { profile, .. } => line(Kind::Password, &profile.name),
            Self::OpenConsole(profile) => line(Kind::Console, &profile.name),
            Self::OpenTerminal(profile) => line(Kind::Terminal, &profile.name),
            Self::CopyCredentials { profile, .. } => line(Kind::Copy, &profile.name),
            Self::StartEndpoint(profile) => line(Kind::Endpoint, &profile.name),
            Self::TryNetwork { profile, .. } => line(Kind::Network, &profile.name),
            Self::OpenDemo => alone(Kind::Demo),
            // The secret store, which may be slow or ask the person.
            Self::ProbeStore | Self::UnlockStore(_) => alone(Kind::Store),
            Self::CheckPassphrase(_) => alone(Kind::Passphrase),
            Self::LoadSessions(_) => alone(Kind::Kept),
            Self::MoveSecrets { .. } => Course::Own(Spot::Move),
            Self::ForgetIdentity(profile) => line(Kind::Identity, &profile.name),
            // The configuration, which another process may hold.
            Self::LoadProfiles => alone(Kind::Configuration),
            Self::Save(draft) => line(Kind::Save, &draft.profile.name),
            Self::AddProfiles(_) | Self::AddFound(_) => alone(Kind::Add),
            Self::Remove(profile) => line(Kind::Remove, &profile.name),
            Self::SaveSetting(_)
            | Self::Arrange(..)
            | Self::SaveListOrder(_)
            | Self::SaveFolded(_)
            | Self::SaveKeepFresh(..)
            | Self::RememberUsername { .. } => alone(Kind::Setting),
            // Other files.
            Self::PreviewFiles(_, change) | Self::ChangeFiles { change, .. } => {
                let kind = match change {
                    FilesChange::Undo(_) => Kind::Undo,
                    _ => Kind::Files,
                };
                let whose = change.section().map(|(name, _)| name);
                whose.map_or_else(|| alone(kind), |whose| line(kind, whose))
            }
            Self::ReadExports(_, names) => match names.as_slice() {
                [one] => line(Kind::Exports, one),
                _ => alone(Kind::Exports),
            },
            Self::FindProfiles | Self::FindSources => alone(Kind::AwsFiles),
            Self::ReadImport { .. } => alone(Kind::Import),
            Self::Share { .. } => alone(Kind::Share),
            Self::ChooseImportFile(_) | Self::ChooseSettingFile(_) | Self::SaveShare { .. } => {
                Course::Own(Spot::Dialog)
            }
            // Other programs.
            Self::OpenPage(_) | Self::ShowFolder(_) => alone(Kind::Show),
            Self::Copy { .. } => alone(Kind::Copy),
            Self::Suggest { .. } | Self::PasteCode { .. } | Self::KeepTokens { .. } => {
                Course::Brief(MEMORY)
            }
            Self::Cancel(_)
            | Self::Stop(_)
            | Self::StopEndpoint(_)
            | Self::WatchTokenFiles(_)
            | Self::KeepPlace(_) => Course::Brief(HANDED_OVER),
            Self::ExportAgain(_) | Self::WriteTokenFile(_) => Course::Unasked(WITH_RENEWAL),
            Self::LookAround
            | Self::SayFarewell(_)
            | Self::ShowTray(_)
            | Self::LeaveCalls
            | Self::SeekTray
            | Self::ClearClipboard => Course::Unasked(DESKTOP),
        }
    }

    /// What the line at the foot shows of it; none for what is seen elsewhere or not at all.
    #[must_use]
    pub fn work(&self) -> Option<Work> {
        match self.course() {
            Course::Line(work) => Some(work),
            Course::Own(_) | Course::Brief(_) | Course::Unasked(_) => None,
        }
    }
}

fn line(kind: WorkKind, whose: &ProfileName) -> Course {
    let whose = Some(whose.clone());
    Course::Line(Work { kind, whose })
}

const fn alone(kind: WorkKind) -> Course {
    Course::Line(Work { kind, whose: None })
}
