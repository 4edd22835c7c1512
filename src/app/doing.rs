//! What runs and may last: what it is, whose, and since when. Shown once it has lasted long enough to
//! be noticed, and stopped from there.
//!
//! Deliberately absent: which effect is which kind (see `course`), and what has a place of its own
//! that shows and stops it.

use jiff::{SignedDuration, Timestamp};

use super::Model;
use crate::domain::ProfileName;

/// What ends sooner is not shown as running: it would only flicker.
pub const NOTICED_AFTER: SignedDuration = SignedDuration::from_millis(200);

/// An enum with a list of all that it has, which a test goes through.
macro_rules! listed {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $kind:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$doc])* $kind,)* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$kind,)*];
        }
    };
}

listed! {
/// One kind of work that the line at the foot shows and stops.
WorkKind {
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
    /// Setting another password.
    Password,
    /// Trying or unlocking the secret store, which may ask the person.
    Store,
    /// Looking whether a passphrase opens the encrypted file.
    Passphrase,
    /// Reading what the secret store keeps.
    Kept,
    /// Reading the configuration.
    Configuration,
    /// Writing a setting, or what is arranged in the list.
    Setting,
    /// Writing a profile.
    Save,
    /// Writing several new ones.
    Add,
    /// Removing one.
    Remove,
    /// Deleting a cached identity ID.
    Identity,
    /// Looking for profiles in the AWS files.
    AwsFiles,
    /// Looking where profiles stand in the AWS files.
    Exports,
    /// Reading what is to be imported.
    Import,
    /// Making what is handed to somebody else.
    Share,
    /// Showing a page or a folder.
    Show,
}
}

listed! {
/// A part of the window that shows one kind of work itself, and stops it.
Spot {
    /// The sign-in sheet; its Cancel.
    SignIn,
    /// The strip of steps; Cancel beside it.
    Steps,
    /// The foot of a form; its Stop.
    Checks,
    /// The Discover page; its Stop.
    Discover,
    /// The secret store's setting; its Cancel.
    Move,
    /// The system's own dialog; its Cancel.
    Dialog,
}
}

/// How an effect is seen by somebody who waits for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Course {
    /// The line at the foot says it and stops it, once it has lasted.
    Line(Work),
    /// It has a place of its own.
    Own(Spot),
    /// It is over at once: why.
    Brief(&'static str),
    /// Nobody asked for it, and nobody waits: why.
    Unasked(&'static str),
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
            WorkKind::Password => ("Changing the password", " of "),
            WorkKind::Store => ("Waiting for the secret store", " for "),
            WorkKind::Passphrase => ("Trying the passphrase", " of "),
            WorkKind::Kept => ("Reading the secret store", " for "),
            WorkKind::Configuration => ("Reading the configuration", " of "),
            WorkKind::Setting => ("Saving", " "),
            WorkKind::Save => ("Saving the profile", " "),
            WorkKind::Add => ("Adding profiles", " to "),
            WorkKind::Remove => ("Removing", " "),
            WorkKind::Identity => ("Forgetting the identity ID", " of "),
            WorkKind::AwsFiles | WorkKind::Exports => ("Reading the AWS files", " for "),
            WorkKind::Import => ("Reading what is to be imported", " for "),
            WorkKind::Share => ("Preparing what is shared", " of "),
            WorkKind::Show => ("Opening it", " for "),
        };
        match &self.whose {
            Some(name) => format!("{alone}{with}{name}"),
            None => alone.to_owned(),
        }
    }
}

impl Model {
    /// What has run long enough to be shown, oldest first.
    pub fn noticed(&self) -> impl Iterator<Item = &Doing> {
        let is_due = |doing: &&Doing| doing.noticed_at() <= self.now;
        self.doing.iter().filter(is_due)
    }

    /// What runs of a kind, whosever it is.
    #[must_use]
    pub fn works_of(&self, kind: WorkKind) -> Vec<Work> {
        let works = self.doing.iter().map(|doing| &doing.work);
        works.filter(|work| work.kind == kind).cloned().collect()
    }

    /// Whether this has run for long enough to be shown, where it was started.
    #[must_use]
    pub fn is_noticed(&self, kind: WorkKind, whose: &ProfileName) -> bool {
        self.noticed()
            .any(|doing| doing.work.kind == kind && doing.work.whose.as_ref() == Some(whose))
    }
}
