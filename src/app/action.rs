//! What a person asks for. Views push these; `Model::act` answers with effects.

use std::path::PathBuf;

use super::doing::Work;
use super::import::ImportWish;
use super::model::Tab;
use super::notice::OfNotices;
use super::palette::Pick;

use crate::domain::discovery::AwsSource;
use crate::domain::sign_in::Move;
use crate::domain::{
    Arrangement, AwsHomeId, CredentialForm, ExportTarget, FileSetting, ListOrder, LoginProvider,
    Profile, ProfileField, ProfileName, Region, RoleArn, Secret, Setting, SettingChange,
    SignOutScope, StoreChoice, Theme,
};

/// One wish of the person at the window. `Debug` is safe: secrets are types.
#[derive(Debug)]
pub enum Action {
    /// Show the page that looks for profiles in an AWS account.
    OpenDiscover,
    /// Look, with one of the person's AWS profiles.
    Discover {
        /// With which.
        source: AwsSource,
        /// Where; at least one.
        regions: Vec<Region>,
    },
    /// Stop looking.
    StopDiscovering,
    /// Add these of the profiles that were found.
    AddDiscovered(Vec<ProfileName>),
    /// Show a profile.
    Select(ProfileName),
    /// Show a tab of the selected profile.
    Open(Tab),
    /// Show the configuration of the selected profile at this field.
    OpenField(ProfileField),
    /// Show the empty form.
    NewProfile,
    /// Leave the form without saving.
    CloseNewProfile,
    /// Show the page that gets profiles in.
    OpenImport,
    /// Everything else about getting profiles in and handing them on.
    Import(ImportWish),
    /// Show how profiles can be handed to somebody else.
    Share(Vec<ProfileName>),
    /// Start the sandbox and show it in this window.
    OpenDemo,
    /// Open the sign-in sheet of a profile.
    SignIn(ProfileName),
    /// An answer to the question that the sheet shows, or another move.
    Move(Move),
    /// Sign in with the browser instead of what the sheet shows.
    UseBrowser {
        /// The name that was typed before, where it could be.
        username: Option<String>,
    },
    /// The tokens of other providers that the sheet asks for.
    GiveTokens(Vec<(LoginProvider, Secret)>),
    /// The address that a browser on another machine ended at, or the code in it.
    PasteCode(Secret),
    /// Close the sheet; stops what it started.
    CloseSheet,
    /// Renew the credentials now.
    Renew(ProfileName),
    /// Stop what runs for a profile.
    Cancel(ProfileName),
    /// Stop waiting for these.
    Stop(Vec<Work>),
    /// End the sign-in, as much as the scope says.
    SignOut {
        /// Whose.
        profile: ProfileName,
        /// How much.
        scope: SignOutScope,
    },
    /// Sign out of managed login: the browser forgets the person too.
    SignOutOfBrowser(ProfileName),
    /// Open the sheet for another password.
    AskPasswordChange(ProfileName),
    /// Both passwords were entered.
    ChangePassword {
        /// The one that holds now.
        previous: Secret,
        /// The one to be.
        proposed: Secret,
    },
    /// Show or mask the secrets of a profile.
    ToggleReveal(ProfileName),
    /// Renew by itself, or not.
    ToggleKeepFresh(ProfileName),
    /// Show a page in the system's browser: one of the AWS console.
    OpenPage(String),
    /// Ask for another of the token's roles, or leave the choice to the identity pool.
    ChooseRole {
        /// Whose.
        profile: ProfileName,
        /// Which; none for the pool's own rule.
        role: Option<RoleArn>,
    },
    /// Forget the cached identity ID; the next exchange asks for it anew.
    ForgetIdentity(ProfileName),
    /// Put a plain text on the clipboard.
    CopyText {
        /// What it is, for the notice: `Identity ID`.
        what: &'static str,
        /// The text.
        text: String,
    },
    /// Put a secret on the clipboard.
    CopySecret {
        /// What it is, for the notice.
        what: &'static str,
        /// The secret.
        secret: Secret,
    },
    /// Save a checked form: a new profile, or changes to the one named.
    Save(Box<ProfileDraft>),
    /// Look at a checked form, saved or not, and say what is wrong.
    Check(Box<ProfileDraft>),
    /// Stop looking, or put away what was found, for this profile's form or the new one's.
    CloseChecks(Option<ProfileName>),
    /// Remove profiles, for as long as nobody takes it back.
    Remove(Vec<ProfileName>),
    /// Bring back the profiles whose removal this notice tells of.
    Restore(u64),
    /// Open the form with a copy of a profile.
    Duplicate(ProfileName),
    /// Open the sheet for another name.
    AskRename(ProfileName),
    /// The name that was typed into that sheet.
    Rename(ProfileName),
    /// Change the place of profiles in the list.
    Arrange(Vec<ProfileName>, Arrangement),
    /// Open the sheet for the name of a new group.
    AskGroup(Vec<ProfileName>),
    /// The name that was typed into that sheet.
    NameGroup(String),
    /// Sort the list.
    SetListOrder(ListOrder),
    /// Show only the heading of a section, or all of it again.
    Fold {
        /// Which, by [`Section::key`](super::list::Section::key).
        section: String,
        /// Only the heading.
        folded: bool,
    },
    /// Choose these profiles for what is asked of several.
    Mark(Vec<ProfileName>),
    /// These rows came into sight: what is kept for them is read first.
    Shown(Vec<ProfileName>),
    /// Renew several, few at a time.
    RenewAll(Vec<ProfileName>),
    /// Ask whether to sign out of several.
    AskSignOut(Vec<ProfileName>),
    /// Yes: sign out of those the sheet asks about.
    ConfirmSignOut,
    /// Show how the AWS files would change with several written.
    ExportAll {
        /// Whose.
        profiles: Vec<ProfileName>,
        /// Where.
        target: ExportTarget,
    },
    /// Show how the AWS files would change with the profile written or removed.
    SetExport {
        /// Whose.
        profile: ProfileName,
        /// Where.
        target: ExportTarget,
        /// Write or remove.
        on: bool,
        /// For a web identity, where the profile asks for none.
        role: Option<RoleArn>,
    },
    /// Look at and change the AWS files of this home.
    ChooseHome(AwsHomeId),
    /// Show how the last change of the AWS files would be taken back.
    UndoFiles,
    /// Yes: do to the AWS files what the sheet shows.
    ConfirmFiles,
    /// Put credentials on the clipboard in one of their forms.
    CopyAs {
        /// Whose.
        profile: ProfileName,
        /// In which form.
        form: CredentialForm,
    },
    /// Open a terminal whose shell has the credentials.
    OpenTerminal(ProfileName),
    /// Sign in to the AWS console in the browser.
    OpenConsole(ProfileName),
    /// Serve the credentials on a loopback address, or stop.
    SetEndpoint {
        /// Whose.
        profile: ProfileName,
        /// Serve or stop.
        on: bool,
    },
    /// Passphrase of the encrypted file.
    UnlockStore(Secret),
    /// Try the secret store again.
    RetryStore,
    /// Read the configuration again.
    Reload,
    /// Dark, light, or as the system says.
    SetTheme(Theme),
    /// Close the window: to the tray, where that is wanted, or for good.
    CloseWindow,
    /// Turn a switch of the whole program.
    Set(Setting, bool),
    /// Show the settings of the whole program.
    OpenSettings,
    /// Show version, licenses, and where files are.
    OpenAbout,
    /// Set something for the whole program.
    Change(SettingChange),
    /// Choose the file of a setting in the system's dialog.
    ChooseSettingFile(FileSetting),
    /// Larger text, or smaller.
    StepTextSize {
        /// Larger.
        up: bool,
    },
    /// Bring all secrets to another store, and keep them there from then on.
    MoveSecrets(StoreChoice),
    /// Leave them where they are.
    CancelMove,
    /// Send one harmless request to the selected profile's user pool.
    TryNetwork,
    /// Hide what the window shows.
    LockNow,
    /// Show it again; with the passphrase where the secret store has one.
    Unlock(Option<Secret>),
    /// Show a folder in the system's file manager.
    ShowFolder(PathBuf),
    /// Several, one after the other.
    All(Vec<Action>),
    /// Open the palette.
    OpenPalette,
    /// What was picked in the palette.
    Pick(Pick),
    /// Show all shortcuts.
    OpenShortcuts,
    /// Leave a page that is not about a profile.
    ClosePage,
    /// Bring the keyboard to the search over the profiles.
    Search,
    /// Put a notice away.
    DismissNotice(u64),
    /// Hold, read or clear the notices.
    Notices(OfNotices),
}

/// A checked form of the Configuration view.
#[derive(Debug)]
pub struct ProfileDraft {
    /// The profile that is changed; none for a new one.
    pub original: Option<ProfileName>,
    /// All fields, parsed.
    pub profile: Profile,
    /// A newly typed client secret; none keeps what is stored.
    pub client_secret: Option<Secret>,
    /// Newly typed secrets of clients at other providers.
    pub login_secrets: Vec<(LoginProvider, Secret)>,
}
