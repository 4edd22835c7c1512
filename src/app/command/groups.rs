//! The headings that the commands stand under.

use super::Command;

/// What a command is about: a heading of the palette, the menus and the page of shortcuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The program as a whole.
    Window,
    /// Moving about.
    Go,
    /// The sign-in of a profile.
    SignIn,
    /// A profile's place in the list.
    Profile,
    /// Its credentials.
    Credentials,
    /// Where they are used.
    Export,
}

impl Group {
    /// In the order shown.
    pub const ALL: [Self; 6] = [
        Self::SignIn,
        Self::Credentials,
        Self::Export,
        Self::Profile,
        Self::Go,
        Self::Window,
    ];

    /// The heading.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Window => "Window",
            Self::Go => "Go to",
            Self::SignIn => "Sign-in",
            Self::Profile => "Profile",
            Self::Credentials => "Credentials",
            Self::Export => "Export",
        }
    }

    /// Its commands, in the order shown.
    pub fn commands(self) -> impl Iterator<Item = Command> {
        Command::all().filter(move |command| command.group() == self)
    }
}

impl Command {
    /// Under which heading it stands.
    #[must_use]
    pub const fn group(self) -> Group {
        match self {
            Self::Palette
            | Self::NewProfile
            | Self::Import
            | Self::Discover
            | Self::Shortcuts
            | Self::OpenDemo
            | Self::Reload
            | Self::UnlockStore
            | Self::Theme(_)
            | Self::Sort(_)
            | Self::Settings
            | Self::About
            | Self::LargerText
            | Self::SmallerText
            | Self::UsualText
            | Self::LockNow
            | Self::Close => Group::Window,
            Self::Search | Self::Show | Self::Previous | Self::Next | Self::Open(_) => Group::Go,
            Self::SignIn
            | Self::GetCredentials
            | Self::Refresh
            | Self::Cancel
            | Self::SignOut
            | Self::SignOutOfBrowser
            | Self::SignOutEverywhere
            | Self::ForgetHere
            | Self::KeepFresh
            | Self::StopKeepingFresh
            | Self::ChangePassword
            | Self::ForgetIdentity => Group::SignIn,
            Self::AddFavorite
            | Self::RemoveFavorite
            | Self::MoveToGroup
            | Self::Rename
            | Self::Duplicate
            | Self::Remove => Group::Profile,
            Self::OpenConsole
            | Self::OpenTerminal
            | Self::CopyAccessKeyId
            | Self::CopySecretKey
            | Self::CopySessionToken
            | Self::CopyIdentityId
            | Self::CopyAccount
            | Self::CopyArn
            | Self::CopyAs(_)
            | Self::Reveal
            | Self::Hide => Group::Credentials,
            Self::Export(_)
            | Self::Unexport(_)
            | Self::TakeBack
            | Self::Share
            | Self::StartEndpoint
            | Self::StopEndpoint => Group::Export,
        }
    }
}
