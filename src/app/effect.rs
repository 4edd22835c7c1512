//! What the model asks of the runtime. Effects are data: nothing has happened yet.

use std::path::PathBuf;

use super::Attempt;
use super::action::ProfileDraft;
use super::asked::Asked;
use super::doing::Work;
use super::files::FilesChange;
use super::import::ImportFrom;
use crate::domain::discovery::AwsSource;
use crate::domain::sign_in::{Move, SignIn};
use crate::domain::{
    Arrangement, AwsHomeId, CredentialForm, Farewell, FileSetting, ListOrder, LoginProvider,
    Profile, ProfileName, Region, Secret, SettingChange, SignOutScope, StoreChoice, TrayMenu,
    WindowPlace,
};

/// One thing to be done outside.
#[derive(Debug)]
pub enum Effect {
    /// Read which AWS profiles there are.
    FindSources,
    /// List what an AWS account has, and work out profiles.
    Discover {
        /// Its results carry this.
        attempt: Attempt,
        /// The AWS profile that signs.
        source: Box<AwsSource>,
        /// Where.
        regions: Vec<Region>,
    },
    /// Save profiles that were found, one after the other.
    AddFound(Vec<ProfileDraft>),
    /// Read the configuration file.
    LoadProfiles,
    /// Try the secret store with a real write, read and delete.
    ProbeStore,
    /// Read what is kept for these profiles from the secret store.
    LoadSessions(Vec<Profile>),
    /// Look for sections of the AWS files that Poolkey could serve.
    FindProfiles,
    /// Let the person choose a file to import.
    ChooseImportFile(Attempt),
    /// Let the person choose the file of a setting.
    ChooseSettingFile(FileSetting),
    /// Look at what a file or a text offers.
    ReadImport {
        /// Its answer carries this.
        attempt: Attempt,
        /// Where.
        from: ImportFrom,
    },
    /// Add profiles that were shown and chosen.
    AddProfiles(Vec<Profile>),
    /// Put profiles into the forms in which they are handed to somebody else.
    Share {
        /// Its answer carries this.
        attempt: Attempt,
        /// Which.
        profiles: Vec<ProfileName>,
        /// The names of people go along.
        usernames: bool,
    },
    /// Let the person choose where to save what is shared.
    SaveShare {
        /// What to suggest.
        file_name: String,
        /// What was shown.
        text: String,
    },
    /// Look into the AWS files of a home for these profiles.
    ReadExports(AwsHomeId, Vec<ProfileName>),
    /// Go on with a sign-in, then exchange.
    SignIn {
        /// Its results carry this.
        attempt: Attempt,
        /// Where.
        profile: Box<Profile>,
        /// The sign-in so far.
        sign_in: Box<SignIn>,
        /// What the person wants.
        moved: Move,
    },
    /// Sign in with the browser, then exchange.
    BrowserSignIn {
        /// Its results carry this.
        attempt: Attempt,
        /// Where.
        profile: Box<Profile>,
    },
    /// Keep typed tokens of other providers, open the browser for those that sign in there, then
    /// exchange. Beside a user pool its sign-in is kept by then.
    ProviderSignIn {
        /// Its results carry this.
        attempt: Attempt,
        /// Where.
        profile: Box<Profile>,
        /// As typed.
        tokens: Vec<(LoginProvider, Secret)>,
    },
    /// Keep typed tokens of other providers; the user pool's sign-in follows.
    KeepTokens {
        /// Whose.
        profile: Box<Profile>,
        /// As typed.
        tokens: Vec<(LoginProvider, Secret)>,
    },
    /// Tell when one of these token files holds something else, and of no others any more.
    WatchTokenFiles(Vec<(ProfileName, PathBuf)>),
    /// Hand a pasted address or code to the browser sign-in that waits for it.
    PasteCode {
        /// Which waits.
        attempt: Attempt,
        /// As pasted.
        text: Secret,
    },
    /// Open the browser's sign-out page.
    SignOutOfBrowser(Box<Profile>),
    /// Forget the cached identity ID.
    ForgetIdentity(Box<Profile>),
    /// Show a page in the system's browser.
    OpenPage(String),
    /// Set another password.
    ChangePassword {
        /// Its result carries this.
        attempt: Attempt,
        /// Whose.
        profile: Box<Profile>,
        /// The one that holds now.
        previous: Secret,
        /// The one to be.
        proposed: Secret,
    },
    /// New credentials from what is kept.
    Renew {
        /// Its results carry this.
        attempt: Attempt,
        /// Where.
        profile: Box<Profile>,
        /// Even when the present ones are good for long.
        forced: bool,
    },
    /// Stop what runs without an attempt.
    Stop(Work),
    /// Stop an attempt; no event of it counts any more.
    Cancel(Attempt),
    /// End a sign-in.
    SignOut {
        /// Whose.
        profile: Box<Profile>,
        /// How much.
        scope: SignOutScope,
    },
    /// Write a profile, and its client secret where one was typed.
    Save(Box<ProfileDraft>),
    /// Look at a configuration without changing anything.
    Check {
        /// Its results carry this.
        attempt: Attempt,
        /// Saved or not.
        profile: Box<Profile>,
        /// Typed, in place of the stored one.
        client_secret: Option<Secret>,
    },
    /// Keep the user name that worked for the next sign-in.
    RememberUsername {
        /// Whose.
        profile: ProfileName,
        /// The name or alias as typed.
        username: String,
    },
    /// Remove a profile and what is kept for it.
    Remove(Box<Profile>),
    /// Find out how the AWS files of a home would change.
    PreviewFiles(AwsHomeId, FilesChange),
    /// Change the AWS files.
    ChangeFiles {
        /// Of which home.
        home: AwsHomeId,
        /// What.
        change: FilesChange,
        /// Even over a section that Poolkey did not make.
        take_over: bool,
    },
    /// Serve the credentials on a loopback address, for as long as the window runs.
    StartEndpoint(Box<Profile>),
    /// Stop serving them.
    StopEndpoint(ProfileName),
    /// Put credentials with enough lifetime left on the clipboard.
    CopyCredentials {
        /// Whose.
        profile: Box<Profile>,
        /// In which form.
        form: CredentialForm,
    },
    /// Empty the clipboard, if it still holds what was copied last.
    ClearClipboard,
    /// Open a terminal whose shell has the credentials.
    OpenTerminal(Box<Profile>),
    /// Sign in to the AWS console in the browser.
    OpenConsole(Box<Profile>),
    /// Write the keys again, if the section is still there and Poolkey's.
    ExportAgain(Box<Profile>),
    /// Write the file with a token for web identities, where it is due.
    WriteTokenFile(Box<Profile>),
    /// Put text on the clipboard.
    Copy {
        /// For the notice.
        what: &'static str,
        /// Plain text, or a secret which is kept out of clipboard histories.
        text: CopyText,
    },
    /// Give the encrypted file its passphrase.
    UnlockStore(Secret),
    /// Start the sandbox and let everything else happen there.
    OpenDemo,
    /// Ask the sandbox what to type next.
    Suggest {
        /// Its answer carries this.
        attempt: Attempt,
        /// In reply to what.
        asked: Box<Asked>,
    },
    /// Remember something that was set for the whole program, and do what follows from it.
    SaveSetting(SettingChange),
    /// Find out where things are, and what is decided elsewhere.
    LookAround,
    /// Bring all secrets to another store.
    MoveSecrets {
        /// Its results carry this.
        attempt: Attempt,
        /// Where to.
        to: StoreChoice,
        /// For the new store.
        passphrase: Option<Secret>,
    },
    /// Ask the user pool for its key document.
    TryNetwork {
        /// Its result carries this.
        attempt: Attempt,
        /// Whose.
        profile: Box<Profile>,
    },
    /// Does this passphrase open the encrypted file?
    CheckPassphrase(Secret),
    /// Show a folder in the system's file manager.
    ShowFolder(PathBuf),
    /// Tell the person through the desktop that a sign-in ends.
    SayFarewell(Farewell),
    /// Show this in the tray, or take the icon away.
    ShowTray(Option<TrayMenu>),
    /// A second start of the program opens a window of its own from now on.
    LeaveCalls,
    /// Remember where the window is.
    KeepPlace(WindowPlace),
    /// Look whether a tray can show the icon.
    SeekTray,
    /// Write the place of profiles in the list.
    Arrange(Vec<ProfileName>, Arrangement),
    /// Remember how the list is sorted.
    SaveListOrder(ListOrder),
    /// Remember which sections of the list are collapsed.
    SaveFolded(Vec<String>),
    /// Remember whether a profile is renewed by itself.
    SaveKeepFresh(ProfileName, bool),
}

/// What goes to the clipboard.
#[derive(Debug)]
pub enum CopyText {
    /// An identifier.
    Plain(String),
    /// A secret.
    Secret(Secret),
}
