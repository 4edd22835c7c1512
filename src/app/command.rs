//! The one list of commands: menus, buttons, shortcuts, the palette and the page of shortcuts are
//! made from it.
//!
//! A command knows its words, its keys and when it is possible. Deliberately absent: what it does
//! (its [`Action`](super::Action)), and the toolkit's names of keys.

mod keys;
mod possible;
#[cfg(test)]
mod tests;

pub use keys::{Key, Keys};

use super::{Tab, Theme};
use crate::domain::{CredentialForm, ExportTarget};

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
    /// Removes the profile, for as long as nobody takes it back.
    Remove,
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

/// What a command is about: a heading of the palette, the menus and the page of shortcuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The program as a whole.
    Window,
    /// Moving about.
    Go,
    /// The sign-in of a profile.
    SignIn,
    /// Its credentials.
    Credentials,
    /// Where they are used.
    Export,
}

impl Group {
    /// In the order shown.
    pub const ALL: [Self; 5] = [
        Self::SignIn,
        Self::Credentials,
        Self::Export,
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
            Self::Credentials => "Credentials",
            Self::Export => "Export",
        }
    }

    /// Its commands, in the order shown.
    pub fn commands(self) -> impl Iterator<Item = Command> {
        Command::all().filter(move |command| command.group() == self)
    }
}

/// All but those with a value of their own.
const PLAIN: [Command; 43] = [
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
    Command::Search,
    Command::Previous,
    Command::Next,
    Command::Palette,
    Command::Shortcuts,
    Command::NewProfile,
    Command::Import,
    Command::Discover,
    Command::Share,
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
            .chain(Theme::ALL.map(Self::Theme))
            .chain([Self::Close])
    }

    /// What it says on a menu, a button and in the palette.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Palette => "Commands",
            Self::Search => "Search profiles",
            Self::NewProfile => "New profile",
            Self::Import => "Import profiles",
            Self::Discover => "Discover profiles",
            Self::Share => "Share profile…",
            Self::Shortcuts => "Keyboard shortcuts",
            Self::OpenDemo => "Open the demo",
            Self::Reload => "Read the configuration again",
            Self::UnlockStore => "Unlock the secret store",
            Self::Theme(Theme::System) => "Theme: System",
            Self::Theme(Theme::Light) => "Theme: Light",
            Self::Theme(Theme::Dark) => "Theme: Dark",
            Self::Settings => "Settings",
            Self::About => "About Poolkey",
            Self::LargerText => "Larger text",
            Self::SmallerText => "Smaller text",
            Self::UsualText => "Usual text size",
            Self::LockNow => "Lock now",
            Self::Close => "Close the window",
            Self::Show => "Show",
            Self::Previous => "Previous profile",
            Self::Next => "Next profile",
            Self::Open(tab) => tab.label(),
            Self::SignIn => "Sign in",
            Self::GetCredentials => "Get credentials",
            Self::Refresh => "Refresh now",
            Self::Cancel => "Cancel",
            Self::SignOut => "Sign out",
            Self::SignOutOfBrowser => "Sign out here and in the browser",
            Self::SignOutEverywhere => "Sign out everywhere",
            Self::ForgetHere => "Forget on this computer only",
            Self::KeepFresh => "Keep fresh",
            Self::StopKeepingFresh => "Stop keeping fresh",
            Self::ChangePassword => "Change password…",
            Self::ForgetIdentity => "Forget identity",
            Self::Remove => "Remove profile",
            Self::OpenConsole => "Open console",
            Self::OpenTerminal => "Open a terminal",
            Self::CopyAccessKeyId => "Copy Access key ID",
            Self::CopySecretKey => "Copy Secret key",
            Self::CopySessionToken => "Copy Session token",
            Self::CopyIdentityId => "Copy Identity ID",
            Self::CopyAccount => "Copy Account",
            Self::CopyArn => "Copy ARN",
            Self::CopyAs(form) => copy_as(form),
            Self::Reveal => "Reveal",
            Self::Hide => "Hide",
            Self::Export(ExportTarget::CredentialsFile) => "Export to the credentials file",
            Self::Export(ExportTarget::CredentialProcess) => "Export as credential_process",
            Self::Export(ExportTarget::WebIdentity) => "Export as a web identity",
            Self::Unexport(ExportTarget::CredentialsFile) => "Remove from the credentials file",
            Self::Unexport(ExportTarget::CredentialProcess) => "Remove credential_process",
            Self::Unexport(ExportTarget::WebIdentity) => "Remove the web identity",
            Self::TakeBack => "Take back…",
            Self::StartEndpoint => "Start the container endpoint",
            Self::StopEndpoint => "Stop the container endpoint",
        }
    }

    /// More words to find it by, in lower case.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Palette => "palette find anything",
            Self::Search => "find filter list",
            Self::NewProfile => "add create",
            Self::Discover => "aws account list pools clients scan",
            Self::Import => "amplify file paste link poolkey add",
            Self::Share => "link send colleague copy file",
            Self::Shortcuts => "keys help",
            Self::OpenDemo => "sandbox try",
            Self::Reload => "reload file",
            Self::UnlockStore => "keychain passphrase retry",
            Self::Theme(_) => "appearance color mode",
            Self::Settings => "preferences options proxy store",
            Self::About => "version licenses",
            Self::LargerText | Self::SmallerText | Self::UsualText => "zoom font size",
            Self::LockNow => "hide cover",
            Self::Close => "quit exit",
            Self::Open(Tab::Configuration) => "edit settings form",
            Self::Open(Tab::Activity) => "log calls history",
            Self::SignIn => "log in login authenticate",
            Self::Refresh => "renew credentials",
            Self::Cancel => "stop abort",
            Self::SignOut | Self::SignOutOfBrowser | Self::SignOutEverywhere => {
                "log out logout revoke"
            }
            Self::ForgetHere => "sign out log out logout",
            Self::KeepFresh | Self::StopKeepingFresh => "renew by itself automatic",
            Self::Remove => "delete",
            Self::OpenConsole => "aws management browser",
            Self::OpenTerminal => "shell",
            Self::CopySecretKey => "aws_secret_access_key",
            Self::CopyAccessKeyId => "aws_access_key_id",
            Self::CopySessionToken => "aws_session_token",
            Self::CopyAs(_) => "clipboard environment variables",
            Self::Reveal => "show credentials secrets",
            Self::Hide => "mask credentials secrets",
            Self::TakeBack => "undo last change aws files",
            Self::StartEndpoint | Self::StopEndpoint => "serve http ecs",
            _ => "",
        }
    }

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
            | Self::ForgetIdentity
            | Self::Remove => Group::SignIn,
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
            | Self::Share
            | Self::Unexport(_)
            | Self::TakeBack
            | Self::StartEndpoint
            | Self::StopEndpoint => Group::Export,
        }
    }

    /// The keys that ask for it anywhere in the window.
    #[must_use]
    pub const fn keys(self) -> Option<Keys> {
        Some(match self {
            Self::Palette => Keys::command(Key::Char('K')),
            Self::Search => Keys::command(Key::Char('F')),
            Self::NewProfile => Keys::command(Key::Char('N')),
            Self::Import => Keys::command(Key::Char('I')),
            Self::Shortcuts => Keys::command(Key::Char('/')),
            Self::Settings => Keys::command(Key::Char(',')),
            Self::LargerText => Keys::command(Key::Char('+')),
            Self::SmallerText => Keys::command(Key::Char('-')),
            Self::UsualText => Keys::command(Key::Char('0')),
            Self::LockNow => Keys::command(Key::Char('L')),
            Self::Close => Keys::command(Key::Char('Q')),
            Self::Previous => Keys::alt(Key::Up),
            Self::Next => Keys::alt(Key::Down),
            Self::Open(Tab::Overview) => Keys::command(Key::Char('1')),
            Self::Open(Tab::Tokens) => Keys::command(Key::Char('2')),
            Self::Open(Tab::Export) => Keys::command(Key::Char('3')),
            Self::Open(Tab::Activity) => Keys::command(Key::Char('4')),
            Self::Open(Tab::Configuration) => Keys::command(Key::Char('5')),
            Self::SignIn => Keys::command(Key::Enter),
            Self::GetCredentials => Keys::command(Key::Char('G')),
            Self::Refresh => Keys::command(Key::Char('R')),
            Self::Cancel => Keys::command(Key::Char('.')),
            Self::SignOut => Keys::command(Key::Char('O')).shift(),
            Self::OpenConsole => Keys::command(Key::Char('O')),
            Self::OpenTerminal => Keys::command(Key::Char('T')),
            Self::CopyAccessKeyId => Keys::command(Key::Char('I')).shift(),
            Self::CopySecretKey => Keys::command(Key::Char('S')).shift(),
            Self::CopySessionToken => Keys::command(Key::Char('T')).shift(),
            Self::CopyAs(CredentialForm::PosixShell) => Keys::command(Key::Char('E')).shift(),
            _ => return None,
        })
    }
}

const fn copy_as(form: CredentialForm) -> &'static str {
    match form {
        CredentialForm::Process => "Copy as credential_process JSON",
        CredentialForm::PosixShell => "Copy as bash or zsh",
        CredentialForm::Fish => "Copy as fish",
        CredentialForm::PowerShell => "Copy as PowerShell",
        CredentialForm::Cmd => "Copy as Command Prompt",
        CredentialForm::Dotenv => "Copy as .env file",
        CredentialForm::Json => "Copy as JSON",
        CredentialForm::AwsProfile => "Copy as AWS CLI profile",
    }
}
