//! What the window knows. Views read it; only `update/` changes it.

use std::collections::VecDeque;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::Attempt;
use super::checks::CheckRun;
use super::discovery::Discovery;
use super::doing::Doing;
use super::files::{FoundProfile, LastChange};
use super::import::ImportState;
use super::kept::StoreReport;
use super::list::ListState;
use super::lock::Lock;
pub use super::notice::Notice;
use super::notice::NoticeList;
use super::palette::Pick;
use super::presence::Presence;
use super::settings::{StoreMove, Trial};
use super::sheet::Sheet;
use crate::domain::{
    AwsHomeId, CallRecord, Problem, ProfileName, Settings, Surroundings, Theme, clock_error,
};

use super::profile_state::ProfileState;
pub use crate::domain::Exports;

/// Everything on screen follows from this and the drafts.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact that goes with any other"
)]
pub struct Model {
    /// In the configuration file's order.
    pub profiles: Vec<ProfileState>,
    /// What is collapsed, marked and about to go.
    pub list: ListState,
    /// The profile on the right.
    pub selected: Option<ProfileName>,
    /// What the right side shows.
    pub page: Page,
    /// The tab of the selected profile.
    pub tab: Tab,
    /// What lies over the window.
    pub sheet: Option<Sheet>,
    /// The configuration could not be read.
    pub config_problem: Option<Problem>,
    /// False until the configuration was read once.
    pub loaded: bool,
    /// Where the configuration is.
    pub config_path: PathBuf,
    /// The secret store.
    pub store: StoreState,
    /// Looks at configurations, one a form at most.
    pub checks: Vec<CheckRun>,
    /// Looking for profiles in an AWS account.
    pub discovery: Discovery,
    /// What runs and may last, oldest first.
    pub doing: Vec<Doing>,
    /// On screen, newest last.
    pub notices: Vec<Notice>,
    /// What was told before.
    pub notice_list: NoticeList,
    /// True where the desktop asks for less motion.
    pub still: bool,
    /// What was picked last in the palette, newest first.
    pub recent: VecDeque<Pick>,
    /// How many times the keyboard was asked to go to the search.
    pub search_asked: u64,
    /// What was called in this window's time, newest last, a few hundred at most.
    pub calls: VecDeque<CallRecord>,
    /// Dark, light or as the system says.
    pub theme: Theme,
    /// What the person set.
    pub settings: Settings,
    /// What was refused last, by its key in the configuration file.
    pub setting_refused: Option<(&'static str, Problem)>,
    /// Where things are, and what is decided elsewhere.
    pub surroundings: Surroundings,
    /// Secrets on their way to another store.
    pub moving: Option<StoreMove>,
    /// A request that was tried through proxy and certificates.
    pub trial: Trial,
    /// Whether the window hides its contents.
    pub lock: Lock,
    /// Whether the window is there, and what the tray shows.
    pub presence: Presence,
    /// True when everything happens in the sandbox.
    pub demo: bool,
    /// True while the sandbox starts.
    pub opening_demo: bool,
    /// The Import page.
    pub import: ImportState,
    /// Sections of the AWS files that Poolkey could serve.
    pub found: Vec<FoundProfile>,
    /// The homes that have AWS files, each as shown.
    pub homes: Vec<(AwsHomeId, String)>,
    /// Whose AWS files are shown and changed.
    pub home: AwsHomeId,
    /// What Poolkey did last to the AWS files, as far as it can be taken back.
    pub last_change: Option<LastChange>,
    /// True while taking it back is looked at or done.
    pub undoing: bool,
    /// When the clipboard is emptied of the secret that was copied.
    pub clipboard_until: Option<Timestamp>,
    /// What the demo suggests to type into the open sheet.
    pub suggestion: Option<Suggestion>,
    /// Which suggestion is waited for.
    pub(super) suggesting: Option<Attempt>,
    /// The time the frame goes by.
    pub now: Timestamp,
    /// How far this machine's clock is behind the service's, as far as it is known.
    pub clock_offset: SignedDuration,
    /// The name typed into the open sheet.
    pub(super) typed_username: Option<String>,
    /// True while a passphrase is being tried.
    pub(super) unlocking: bool,
    /// Whose sign-in waits for the passphrase.
    pub(super) sign_in_after_unlock: Option<ProfileName>,
    /// Token files that are watched.
    pub(super) watched: Vec<(ProfileName, PathBuf)>,
    pub(super) last_attempt: Attempt,
    pub(super) last_notice: u64,
}

impl Model {
    /// A window that has read nothing yet.
    #[must_use]
    pub fn new(now: Timestamp, demo: bool) -> Self {
        Self {
            profiles: Vec::new(),
            list: ListState::default(),
            selected: None,
            page: Page::Profile,
            tab: Tab::Overview,
            sheet: None,
            config_problem: None,
            loaded: false,
            config_path: PathBuf::new(),
            store: StoreState::Checking,
            checks: Vec::new(),
            discovery: Discovery::default(),
            notices: Vec::new(),
            notice_list: NoticeList::default(),
            still: false,
            recent: VecDeque::new(),
            search_asked: 0,
            calls: VecDeque::new(),
            theme: Theme::System,
            settings: Settings::default(),
            setting_refused: None,
            surroundings: Surroundings::default(),
            moving: None,
            trial: Trial::default(),
            lock: Lock::new(now),
            presence: Presence::default(),
            demo,
            opening_demo: false,
            doing: Vec::new(),
            import: ImportState::default(),
            found: Vec::new(),
            homes: Vec::new(),
            home: AwsHomeId::default(),
            last_change: None,
            undoing: false,
            clipboard_until: None,
            suggestion: None,
            suggesting: None,
            now,
            clock_offset: SignedDuration::ZERO,
            typed_username: None,
            unlocking: false,
            sign_in_after_unlock: None,
            watched: Vec::new(),
            last_attempt: Attempt::default(),
            last_notice: 0,
        }
    }

    /// The selected profile.
    #[must_use]
    pub fn current(&self) -> Option<&ProfileState> {
        self.profile(self.selected.as_ref()?)
    }

    /// A profile by name.
    #[must_use]
    pub fn profile(&self, name: &ProfileName) -> Option<&ProfileState> {
        self.profiles.get(self.place(name)?)
    }

    pub(super) fn profile_mut(&mut self, name: &ProfileName) -> Option<&mut ProfileState> {
        let place = self.place(name)?;
        self.profiles.get_mut(place)
    }

    pub(super) fn of_attempt(&mut self, attempt: Attempt) -> Option<&mut ProfileState> {
        self.profiles
            .iter_mut()
            .find(|state| state.running == Some(attempt))
    }

    pub(super) fn new_attempt(&mut self) -> Attempt {
        self.last_attempt.0 += 1;
        self.last_attempt
    }

    /// How far this machine's clock is behind the service's, where a person should know.
    #[must_use]
    pub fn clock_error(&self) -> Option<SignedDuration> {
        clock_error(self.clock_offset)
    }
}

/// A made-up user's password or code: the sandbox tells it, nothing real is ever suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// `Demo password`, `Demo code`.
    pub label: &'static str,
    /// To be typed or filled in.
    pub value: String,
}

/// What the right side shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// Profiles worked out of an AWS account.
    Discover,
    /// The selected profile, or the first-run page where there is none.
    Profile,
    /// The empty form.
    NewProfile,
    /// What a person sets for the whole program.
    Settings,
    /// Version, licenses, and where files are.
    About,
    /// Getting profiles in.
    Import,
    /// All shortcuts.
    Shortcuts,
}

/// A tab of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Steps, lifetime, identity, credentials, where it is used.
    Overview,
    /// What the tokens of the sign-in say.
    Tokens,
    /// Where the credentials are used, and every way to hand them on.
    Export,
    /// What was called.
    Activity,
    /// The form.
    Configuration,
}

impl Tab {
    /// From left to right.
    pub const ALL: [Self; 5] = [
        Self::Overview,
        Self::Tokens,
        Self::Export,
        Self::Activity,
        Self::Configuration,
    ];

    /// The tab's title.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Tokens => "Tokens",
            Self::Export => "Export",
            Self::Activity => "Activity",
            Self::Configuration => "Configuration",
        }
    }
}

/// The secret store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreState {
    /// Being tried, or waiting for the keychain's own prompt.
    Checking,
    /// Works.
    Ready(StoreReport),
    /// An encrypted file that wants its passphrase.
    Locked {
        /// No file yet: the passphrase is being chosen.
        is_new: bool,
        /// Why the file is used.
        problem: Problem,
    },
    /// Does not work.
    Broken(Problem),
}
