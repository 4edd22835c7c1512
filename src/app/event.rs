//! What came back from outside.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Attempt;
use super::doing::Work;
use super::files::{EndpointAt, FilesChange, FilesPreview, FoundProfile, LastChange};
use super::import::ImportEvent;
use super::kept::{Kept, Loaded, StoreReport};
use super::model::Suggestion;
use super::settings::SettingsEvent;
use crate::domain::discovery::{self, AwsSource, Offers};
use crate::domain::sign_in::SignIn;
use crate::domain::{
    AwsHomeId, CallRecord, Check, ExportTarget, Exports, FlowStep, Press, Problem, Profile,
    ProfileName, SeenToken, Session, StepState,
};

/// One result. Events with an attempt are dropped when it is not the current one.
#[derive(Debug)]
pub enum Event {
    /// The AWS profiles that there are, or why that is not known.
    SourcesFound(Result<Vec<AwsSource>, Problem>),
    /// How far a discovery is.
    Discovering {
        /// Which.
        attempt: Attempt,
        /// How far.
        progress: discovery::Progress,
    },
    /// What a discovery found, or why it found nothing.
    Discovered {
        /// Which.
        attempt: Attempt,
        /// The profiles.
        result: Result<Box<Offers>, Problem>,
    },
    /// Profiles that were found were saved; those that were not, with the reason.
    FoundAdded {
        /// Their names.
        added: Vec<ProfileName>,
        /// Why not.
        refused: Vec<(ProfileName, Problem)>,
    },
    /// The time, told by the shell before everything else in a frame.
    Clock(Timestamp),
    /// The configuration file was read, or why not.
    ProfilesLoaded(Result<Loaded, Problem>),
    /// Of profiles that come in or are handed on.
    Import(ImportEvent),
    /// The secret store answered the probe: its name for a person, or why not.
    StoreProbed(Result<StoreReport, Problem>),
    /// The secret store is an encrypted file that wants its passphrase.
    StoreLocked {
        /// True when there is no file yet.
        is_new: bool,
        /// Why the file is used, or that the last passphrase was wrong.
        problem: Problem,
    },
    /// What the demo suggests to type.
    Suggested {
        /// In reply to which question.
        attempt: Attempt,
        /// What.
        suggestion: Suggestion,
    },
    /// What was kept for a profile.
    SessionLoaded {
        /// Whose.
        profile: ProfileName,
        /// The cached session, where there is one.
        kept: Result<Kept, Problem>,
    },
    /// What was found in the AWS files.
    ExportsRead {
        /// In which home.
        home: AwsHomeId,
        /// What stands there for each profile.
        exports: Vec<(ProfileName, Result<Exports, Problem>)>,
    },
    /// A step of an attempt began or ended.
    Step {
        /// Of which.
        attempt: Attempt,
        /// Which step.
        step: FlowStep,
        /// How it stands.
        state: StepState,
    },
    /// Tokens of an attempt, to look at.
    TokensSeen {
        /// Of which.
        attempt: Attempt,
        /// Each with what it says.
        tokens: Vec<SeenToken>,
    },
    /// Calls that ended, oldest first.
    Called(Vec<CallRecord>),
    /// The user pool asks something.
    Asked {
        /// In which attempt.
        attempt: Attempt,
        /// The sign-in so far, with its question.
        sign_in: Box<SignIn>,
    },
    /// Only the browser can go on.
    BrowserNeeded {
        /// In which attempt.
        attempt: Attempt,
    },
    /// The user pool let the person in; sign-ins at other providers' pages are still missing.
    LoginsNeeded {
        /// In which attempt.
        attempt: Attempt,
    },
    /// The browser is being opened at this address.
    BrowserOpened {
        /// In which attempt.
        attempt: Attempt,
        /// For another browser.
        url: String,
    },
    /// What was pasted is no good; the browser is still waited for.
    PasteRefused {
        /// In which attempt.
        attempt: Attempt,
        /// Why.
        problem: Problem,
    },
    /// The page at this address was to be shown in the browser and was not.
    PageNotOpened(String, Problem),
    /// Another password was set, or why not.
    PasswordChanged {
        /// By which attempt.
        attempt: Attempt,
        /// Whose.
        profile: ProfileName,
        /// Why not.
        result: Result<(), Problem>,
    },
    /// How far this machine's clock is behind the service's.
    ClockOffset(SignedDuration),
    /// A token file of the profile holds another token.
    TokenFileChanged {
        /// Whose.
        profile: ProfileName,
    },
    /// An attempt ended with credentials.
    Succeeded {
        /// Which.
        attempt: Attempt,
        /// What it yielded.
        session: Box<Session>,
        /// True when the next renewal needs no password.
        refreshable: bool,
        /// A remark, such as a sign-in that could not be kept.
        remark: Option<Problem>,
    },
    /// An attempt ended without.
    Failed {
        /// Which.
        attempt: Attempt,
        /// Why.
        problem: Problem,
    },
    /// A profile was signed out, or why nothing was forgotten.
    SignedOut {
        /// Whose.
        profile: ProfileName,
        /// What did not work although all is forgotten here; why not.
        result: Result<Option<Problem>, Problem>,
    },
    /// A profile was saved.
    Saved {
        /// Its former name, where it had one.
        original: Option<ProfileName>,
        /// The profile as saved, or why not.
        result: Result<Box<Profile>, Problem>,
    },
    /// One thing of a configuration was looked at.
    Checked {
        /// In which attempt.
        attempt: Attempt,
        /// How it stands.
        check: Box<Check>,
    },
    /// A configuration was looked at.
    ChecksEnded {
        /// In which attempt.
        attempt: Attempt,
        /// Everything, in order.
        checks: Vec<Check>,
    },
    /// Which sections of the list are collapsed.
    FoldedRead(Vec<String>),
    /// A profile was removed, or why not.
    Removed {
        /// Whose.
        profile: ProfileName,
        /// Why not.
        result: Result<(), Problem>,
    },
    /// The AWS files were written, or why not.
    Exported {
        /// In which home.
        home: AwsHomeId,
        /// Where.
        target: ExportTarget,
        /// Wrote or removed.
        on: bool,
        /// Wall-clock time.
        took: Duration,
        /// Whose sections, and what stands there afterwards.
        sections: Vec<(ProfileName, Result<Exports, Problem>)>,
    },
    /// A profile's keys were written again where Poolkey serves the file.
    ExportedAgain(ProfileName),
    /// How the AWS files would change, or why they cannot.
    FilesPreviewed {
        /// In which home.
        home: AwsHomeId,
        /// What was asked for.
        change: FilesChange,
        /// How.
        result: Result<FilesPreview, Problem>,
    },
    /// The last change of the AWS files was taken back, said as a sentence; or why not.
    Undone(Result<String, Problem>),
    /// Sections of the AWS files that Poolkey could serve.
    ProfilesFound(Vec<FoundProfile>),
    /// The homes that have AWS files: this system's, and in WSL those of Windows.
    HomesFound(Vec<(AwsHomeId, String)>),
    /// What Poolkey did last to the AWS files.
    LastChangeRead(Option<LastChange>),
    /// An endpoint listens, or why not.
    EndpointStarted {
        /// Whose.
        profile: ProfileName,
        /// Where.
        result: Result<EndpointAt, Problem>,
    },
    /// A terminal was started, or why not.
    TerminalOpened {
        /// Whose.
        profile: ProfileName,
        /// Why not.
        result: Result<(), Problem>,
    },
    /// The browser was sent to the AWS console, or why not.
    ConsoleOpened {
        /// Whose.
        profile: ProfileName,
        /// Why not.
        result: Result<(), Problem>,
    },
    /// The cached identity ID was forgotten, or why not.
    IdentityForgotten {
        /// Whose.
        profile: ProfileName,
        /// Why not.
        result: Result<(), Problem>,
    },
    /// The clipboard took it, or why not.
    Copied {
        /// For the notice.
        what: &'static str,
        /// True for what does not stay there.
        secret: bool,
        /// Why not.
        result: Result<(), Problem>,
    },
    /// Everything now happens in the sandbox, or why it did not start.
    DemoOpened(Result<(), Problem>),
    /// The file for web identities was written, and when it is due again; or why it was not.
    TokenFileWritten {
        /// Whose.
        profile: ProfileName,
        /// When it is due again.
        result: Result<Timestamp, Problem>,
    },
    /// The desktop asks for less motion.
    MotionReduced,
    /// The machine woke up, or its clock was set.
    Woke,
    /// Somebody asks for something outside the window.
    Pressed(Press),
    /// Whether a tray can show the icon.
    TrayFound(bool),
    /// Somebody is at the window: a key, the pointer.
    Touched,
    /// Of what the settings page shows.
    Settings(SettingsEvent),
    /// This has come to its end, one way or another.
    Ended(Work),
    /// Something went wrong that belongs to no attempt.
    Trouble(Problem),
}
