//! What a command is called, what else it is found by, and its keys.

use super::{Command, Key, Keys};
use crate::app::{Tab, Theme};
use crate::domain::{CredentialForm, ExportTarget, ListOrder};

impl Command {
    /// What it says on a menu, a button and in the palette.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one line a command")]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Palette => "Commands",
            Self::Search => "Search profiles",
            Self::NewProfile => "New profile",
            Self::Import => "Import profiles",
            Self::Share => "Share profile…",
            Self::Discover => "Discover profiles",
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
            Self::AddFavorite => "Add to favorites",
            Self::RemoveFavorite => "Remove from favorites",
            Self::MoveToGroup => "Move to group…",
            Self::Rename => "Rename…",
            Self::Duplicate => "Duplicate",
            Self::Remove => "Remove profile",
            Self::Sort(ListOrder::Arranged) => "Sort profiles: As arranged",
            Self::Sort(ListOrder::Expiry) => "Sort profiles: Expires first",
            Self::Sort(ListOrder::Name) => "Sort profiles: Name",
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
            Self::Import => "amplify file paste link poolkey add",
            Self::Share => "link send colleague copy file",
            Self::Discover => "aws account list pools clients scan find",
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
            Self::AddFavorite | Self::RemoveFavorite => "favourite star pin",
            Self::MoveToGroup => "folder heading",
            Self::Rename => "name",
            Self::Duplicate => "copy profile",
            Self::Remove => "delete",
            Self::Sort(_) => "order list",
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

    /// All keys that ask for it: those that menus show, then what people know from elsewhere.
    pub fn all_keys(self) -> impl Iterator<Item = Keys> {
        let known = (self == Self::Shortcuts).then_some(Keys::alone(1));
        self.keys().into_iter().chain(known)
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
