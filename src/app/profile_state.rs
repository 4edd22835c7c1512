//! One profile and how it stands.

use jiff::Timestamp;

use super::Attempt;
use super::files::Endpoint;
use crate::domain::{
    Backoff, ExportTarget, Exports, FlowStep, Lifetime, Place, Problem, Profile, SeenToken,
    Session, Standing, StepState,
};

/// One profile and how it stands.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact that goes with any other"
)]
pub struct ProfileState {
    /// Its configuration.
    pub profile: Profile,
    /// True when new credentials need nobody: a refresh token is kept, or nobody signs in.
    pub refreshable: bool,
    /// The last credentials, expired ones too.
    pub session: Option<Session>,
    /// True when they may be nowhere but here: the secret store did not take everything.
    pub session_unkept: bool,
    /// The tokens of the last sign-in or renewal in this window, none that has expired. They are
    /// kept nowhere else.
    pub tokens: Vec<SeenToken>,
    /// What runs now.
    pub running: Option<Attempt>,
    /// True while the sign-in is being ended.
    pub signing_out: bool,
    /// The flow strip, in the order of [`FlowStep::ALL`].
    pub steps: [StepState; 4],
    /// Why the last attempt failed.
    pub problem: Option<Problem>,
    /// What is in the AWS files.
    pub exports: Exports,
    /// Why it is not known what is in the AWS files.
    pub exports_problem: Option<Problem>,
    /// An export under way.
    pub exporting: Option<ExportTarget>,
    /// Its container endpoint.
    pub endpoint: Endpoint,
    /// True while the console's link is fetched.
    pub opening_console: bool,
    /// True while secrets are shown.
    pub revealed: bool,
    /// What failed before, which the next renewal by itself waits for.
    pub backoff: Backoff,
    /// The file for web identities, where one is kept.
    pub token_file: TokenFile,
    /// The end of the credentials of which the person was told.
    pub told: Option<Timestamp>,
}

/// How the file with an `OpenID` token for web identities stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TokenFile {
    /// When it is written anew; none where that is not known yet.
    pub due: Option<Timestamp>,
    /// What failed before.
    pub backoff: Backoff,
    /// True while it is being written.
    pub writing: bool,
}

impl ProfileState {
    /// When the file for web identities is written by itself: a moment that may have passed. None
    /// where Poolkey keeps no such file, or may not keep it fresh.
    #[must_use]
    pub fn writes_token_at(&self, now: Timestamp) -> Option<Timestamp> {
        let is_ours = matches!(self.exports.web_identity, Place::Ours { .. });
        let may = self.profile.keep_fresh && self.refreshable && !self.signing_out;
        if !is_ours || !may || self.token_file.writing {
            return None;
        }
        let due = self.token_file.due.unwrap_or(now);
        let quiet = self.token_file.backoff.quiet_until();
        Some(quiet.map_or(due, |until| until.max(due)))
    }

    /// A profile of which nothing is known yet.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        Self {
            refreshable: profile.asks_nobody(),
            profile,
            session: None,
            tokens: Vec::new(),
            session_unkept: false,
            running: None,
            signing_out: false,
            steps: Default::default(),
            problem: None,
            exports: Exports::default(),
            exports_problem: None,
            exporting: None,
            endpoint: Endpoint::default(),
            opening_console: false,
            revealed: false,
            backoff: Backoff::default(),
            token_file: TokenFile::default(),
            told: None,
        }
    }

    /// How the credentials stand; none when signed out.
    #[must_use]
    pub fn lifetime(&self, now: Timestamp) -> Option<Lifetime> {
        self.session.as_ref().map(|session| session.lifetime(now))
    }

    /// True while the credentials work.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        matches!(
            self.lifetime(now),
            Some(Lifetime::Valid | Lifetime::Expiring)
        )
    }

    /// What decides when it is renewed by itself.
    #[must_use]
    pub const fn standing(&self) -> Standing<'_> {
        Standing {
            profile: &self.profile,
            session: self.session.as_ref(),
            renewable: self.refreshable,
            backoff: &self.backoff,
        }
    }

    /// A step of the flow strip.
    #[must_use]
    pub const fn step(&self, step: FlowStep) -> &StepState {
        &self.steps[step as usize]
    }

    pub(super) fn set_step(&mut self, step: FlowStep, state: StepState) {
        self.steps[step as usize] = state;
    }
}
