//! The one list of commands: menus, buttons, shortcuts, the palette and the page of shortcuts are
//! made from it.
//!
//! A command knows its words, its keys and when it is possible. Deliberately absent: what it does
//! (its [`Action`](super::Action)), and the toolkit's names of keys.

mod groups;
mod keys;
mod possible;
#[cfg(test)]
mod tests;
mod words;

pub use groups::Group;
pub use keys::{Key, Keys};

use super::{Tab, Theme};
use crate::domain::{CredentialForm, ExportTarget, ListOrder};

/// Something that can be asked for by a menu, a button, a key or the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Opens the palette.
    Palette,
    /// Brings the keyboard to the search over the profiles.
    Search,
    /// Shows the empty form.
    NewProfile,
    /// Shows the page that gets profiles in.
    Import,
    /// Shows the page that looks for profiles in an AWS account.
    Discover,
    /// Shows how the profile can be handed to somebody else.
    Share,
    /// Shows all shortcuts.
    Shortcuts,
    /// Starts the sandbox in this window.
    OpenDemo,
    /// Reads the configuration again.
    Reload,
    /// Asks for the passphrase, or tries the secret store again.
    UnlockStore,
    /// Dark, light, or as the system says.
    Theme(Theme),
    /// Shows the settings of the whole program.
    Settings,
    /// Shows version, licenses, and where files are.
    About,
    /// Makes the text larger.
    LargerText,
    /// Makes the text smaller.
    SmallerText,
    /// Gives the text its usual size.
    UsualText,
    /// Hides what the window shows.
    LockNow,
    /// Closes the window.
    Close,
    /// Shows a profile.
    Show,
    /// Shows the profile above in the list.
    Previous,
    /// Shows the profile below in the list.
    Next,
    /// Shows a tab of the profile.
    Open(Tab),
    /// Opens the sign-in.
    SignIn,
    /// Gets credentials where nobody signs in.
    GetCredentials,
    /// Renews the credentials.
    Refresh,
    /// Stops what runs for the profile.
    Cancel,
    /// Ends the sign-in.
    SignOut,
    /// Ends it in the browser, too.
    SignOutOfBrowser,
    /// Ends it on all devices.
    SignOutEverywhere,
    /// Forgets it here, and tells nobody.
    ForgetHere,
    /// Renews by itself from now on.
    KeepFresh,
    /// No longer renews by itself.
    StopKeepingFresh,
    /// Opens the sheet for another password.
    ChangePassword,
    /// Asks for a new identity ID at the next exchange.
    ForgetIdentity,
    /// Puts the profile among the favorites.
    AddFavorite,
    /// Takes it out of them.
    RemoveFavorite,
    /// Opens the sheet for another group.
    MoveToGroup,
    /// Opens the sheet for another name.
    Rename,
    /// Opens the form with a copy.
    Duplicate,
    /// Removes the profile, for as long as nobody takes it back.
    Remove,
    /// Sorts the list.
    Sort(ListOrder),
    /// Signs in to the AWS console.
    OpenConsole,
    /// Opens a shell with the credentials.
    OpenTerminal,
    /// Copies the access key ID.
    CopyAccessKeyId,
    /// Copies the secret key.
    CopySecretKey,
    /// Copies the session token.
    CopySessionToken,
    /// Copies the identity ID.
    CopyIdentityId,
    /// Copies the account.
    CopyAccount,
    /// Copies the caller's ARN.
    CopyArn,
    /// Copies the credentials in one of their forms.
    CopyAs(CredentialForm),
    /// Shows the secrets.
    Reveal,
    /// Masks them again.
    Hide,
    /// Writes the profile into the AWS files.
    Export(ExportTarget),
    /// Removes it from them.
    Unexport(ExportTarget),
    /// Takes back the last change of the AWS files.
    TakeBack,
    /// Serves the credentials on a loopback address.
    StartEndpoint,
    /// Stops that.
    StopEndpoint,
}

/// All but those with a value of their own.
const PLAIN: [Command; 48] = [
    Command::SignIn,
    Command::GetCredentials,
    Command::Refresh,
    Command::Cancel,
    Command::KeepFresh,
    Command::StopKeepingFresh,
    Command::SignOut,
    Command::SignOutOfBrowser,
    Command::SignOutEverywhere,
    Command::ForgetHere,
    Command::ForgetIdentity,
    Command::ChangePassword,
    Command::OpenConsole,
    Command::OpenTerminal,
    Command::CopyAccessKeyId,
    Command::CopySecretKey,
    Command::CopySessionToken,
    Command::CopyIdentityId,
    Command::CopyAccount,
    Command::CopyArn,
    Command::Reveal,
    Command::Hide,
    Command::StartEndpoint,
    Command::StopEndpoint,
    Command::TakeBack,
    Command::Share,
    Command::AddFavorite,
    Command::RemoveFavorite,
    Command::MoveToGroup,
    Command::Rename,
    Command::Duplicate,
    Command::Search,
    Command::Previous,
    Command::Next,
    Command::Palette,
    Command::Shortcuts,
    Command::NewProfile,
    Command::Import,
    Command::Discover,
    Command::OpenDemo,
    Command::UnlockStore,
    Command::Reload,
    Command::Settings,
    Command::About,
    Command::LargerText,
    Command::SmallerText,
    Command::UsualText,
    Command::LockNow,
];

impl Command {
    /// Every command but [`Command::Show`], which is nothing without a profile.
    pub fn all() -> impl Iterator<Item = Self> {
        PLAIN
            .into_iter()
            .chain([Self::Remove])
            .chain(CredentialForm::ALL.map(Self::CopyAs))
            .chain(ExportTarget::ALL.map(Self::Export))
            .chain(ExportTarget::ALL.map(Self::Unexport))
            .chain(Tab::ALL.map(Self::Open))
            .chain(ListOrder::ALL.map(Self::Sort))
            .chain(Theme::ALL.map(Self::Theme))
            .chain([Self::Close])
    }
}
