//! Keeps profiles fresh without a window: looks at all of them, does what is due, and says when to
//! look again.
//!
//! What another process did meanwhile is found at each look: a changed configuration, a sign-in, a
//! sign-out, a renewal. Deliberately absent: waiting and the clock (see `cli::agent`), the rule of
//! what is due (see `domain::freshness`), and questions to a person.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::export::{self, ExportOptions};
use super::ports::{Deps, Unseen};
use super::{session, web_identity};
use crate::domain::{
    Backoff, ExportTarget, Farewell, Place, Problem, ProblemKind, Profile, ProfileName, Session,
    Standing,
};

/// What others change is seen at least this often.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// What a look did or found.
#[derive(Debug)]
pub enum Said {
    /// New credentials, good until then.
    Renewed(ProfileName, Timestamp),
    /// They stand in the credentials file.
    KeysWritten(ProfileName),
    /// A new token stands in the file for web identities, good until then.
    TokenWritten(ProfileName, Timestamp),
    /// Something is not done, and is tried again then.
    Failed {
        /// Of which profile.
        profile: ProfileName,
        /// Why.
        problem: Problem,
        /// None before the next look.
        again_at: Option<Timestamp>,
    },
    /// Only a person can go on.
    Ends(Farewell),
    /// Nothing could be looked at.
    Blocked(Problem),
}

/// What came of a look.
#[derive(Debug)]
pub struct Look {
    /// In the order it happened.
    pub said: Vec<Said>,
    /// When to look again: never far off, and a moment to come.
    pub again_at: Timestamp,
    /// Whether the person wants to be told through the desktop.
    pub notifications: bool,
}

/// What is remembered between looks.
#[derive(Debug, Default)]
pub struct Agent {
    profiles: BTreeMap<ProfileName, Known>,
    /// Each read of a locked keychain may ask the person.
    store: Backoff,
    /// What kept the last look from its work, said once.
    blocked: Option<String>,
}

#[derive(Debug, Default)]
struct Known {
    renewal: Backoff,
    keys: Backoff,
    token: Backoff,
    /// The end of the credentials that were written last.
    written: Option<Timestamp>,
    /// The end of the credentials of which the person was told.
    told: Option<Timestamp>,
}

impl Agent {
    /// The machine woke up, or its clock was set.
    pub fn woke(&mut self, now: Timestamp) {
        self.store.woke(now);
        for known in self.profiles.values_mut() {
            for backoff in [&mut known.renewal, &mut known.keys, &mut known.token] {
                backoff.woke(now);
            }
        }
    }

    /// Looks at every profile and does what is due.
    pub async fn look(&mut self, deps: &Deps) -> Look {
        let now = deps.clock.now();
        let mut look = Look {
            said: Vec::new(),
            again_at: now.saturating_add(LOOK_AGAIN).unwrap_or(now),
            notifications: true,
        };
        if let Some(until) = self.store.quiet_until().filter(|until| *until > now) {
            look.again_at = until;
            return look;
        }
        match self.look_at_all(deps, &mut look).await {
            Ok(()) => {
                self.blocked = None;
                self.store = Backoff::default();
            }
            Err(problem) => self.say_blocked(problem, &mut look, deps),
        }
        // What is still due after it was tried is tried again a moment later.
        let soonest = deps
            .clock
            .now()
            .saturating_add(SignedDuration::from_secs(1));
        look.again_at = look.again_at.max(soonest.unwrap_or(now));
        look
    }

    /// # Errors
    /// What stands in the way of all of them: the configuration, or the secret store.
    async fn look_at_all(&mut self, deps: &Deps, look: &mut Look) -> Result<(), Problem> {
        let configuration = deps.profiles.load().await?;
        look.notifications = configuration.settings.notifications;
        let profiles = configuration.profiles;
        let is_there = |name: &ProfileName| profiles.iter().any(|profile| profile.name == *name);
        self.profiles.retain(|name, _| is_there(name));
        for profile in profiles.iter().filter(|profile| profile.keep_fresh) {
            let known = self.profiles.entry(profile.name.clone()).or_default();
            let mut followed = Followed {
                deps,
                profile,
                known,
                look,
            };
            followed.follow().await?;
        }
        Ok(())
    }

    fn say_blocked(&mut self, problem: Problem, look: &mut Look, deps: &Deps) {
        let now = deps.clock.now();
        if problem.kind == ProblemKind::SecretStore {
            self.store.failed(&problem, now);
            look.again_at = self.store.quiet_until().unwrap_or(look.again_at);
        }
        if self.blocked.as_ref() != Some(&problem.sentence) {
            self.blocked = Some(problem.sentence.clone());
            look.said.push(Said::Blocked(problem));
        }
    }
}

/// One profile in a look.
struct Followed<'a> {
    deps: &'a Deps,
    profile: &'a Profile,
    known: &'a mut Known,
    look: &'a mut Look,
}

impl Followed<'_> {
    /// # Errors
    /// Of the secret store.
    async fn follow(&mut self) -> Result<(), Problem> {
        let (deps, profile) = (self.deps, self.profile);
        // Nobody signed in, or somebody signed out.
        let Some(mut session) = deps.vault.session(profile).await? else {
            return Ok(());
        };
        let renewable = session::is_renewable(deps, profile).await?;
        let now = deps.clock.now();
        if self.standing(&session, renewable).is_due(now) {
            match session::fresh(deps, profile, &Unseen).await {
                Ok(obtained) => {
                    session = obtained.session;
                    self.renewed(&session, obtained.remark);
                }
                Err(problem) if problem.kind == ProblemKind::SecretStore => return Err(problem),
                Err(problem) => self.not_renewed(problem, &session),
            }
        }
        let standing = self.standing(&session, renewable);
        let (renews_at, tells_at) = (standing.renews_at(), standing.tells_at());
        if standing.is_to_be_told(deps.clock.now()) {
            self.tell(&session);
        }
        self.come_back_at(renews_at);
        self.come_back_at(tells_at);
        self.follow_files(&session, renewable).await;
        Ok(())
    }

    fn standing<'b>(&'b self, session: &'b Session, renewable: bool) -> Standing<'b> {
        Standing {
            profile: self.profile,
            session: Some(session),
            renewable,
            backoff: &self.known.renewal,
        }
    }

    fn come_back_at(&mut self, at: Option<Timestamp>) {
        if let Some(at) = at.filter(|at| *at > self.deps.clock.now()) {
            self.look.again_at = self.look.again_at.min(at);
        }
    }

    fn renewed(&mut self, session: &Session, remark: Option<Problem>) {
        let (name, now) = (self.profile.name.clone(), self.deps.clock.now());
        self.known.renewal.succeeded(session, now);
        let end = session.credentials.expires_at;
        self.look.said.push(Said::Renewed(name.clone(), end));
        self.look.said.extend(remark.map(|problem| Said::Failed {
            profile: name,
            problem,
            again_at: None,
        }));
    }

    fn not_renewed(&mut self, problem: Problem, session: &Session) {
        let now = self.deps.clock.now();
        self.known.renewal.failed(&problem, now);
        let ended = problem.kind == ProblemKind::SignInNeeded;
        self.look.said.push(Said::Failed {
            profile: self.profile.name.clone(),
            problem,
            again_at: self.known.renewal.quiet_until().filter(|_| !ended),
        });
        if ended {
            self.tell(session);
        }
    }

    /// Once for each session.
    fn tell(&mut self, session: &Session) {
        let end = session.credentials.expires_at;
        if self.known.told.replace(end) != Some(end) {
            self.look.said.push(Said::Ends(Farewell {
                profile: self.profile.name.clone(),
                left: session.remaining(self.deps.clock.now()),
            }));
        }
    }

    /// The files that are ours follow the session.
    async fn follow_files(&mut self, session: &Session, renewable: bool) {
        let found = self
            .deps
            .aws_profiles
            .read(self.profile.name.as_str())
            .await;
        let found = match found {
            Ok(found) => found,
            Err(problem) => return self.file_failed(problem, |known| &mut known.keys),
        };
        self.follow_keys(session, &found.credentials_file).await;
        let is_section = matches!(found.web_identity, Place::Ours { .. });
        if renewable {
            self.follow_token(is_section).await;
        }
    }

    async fn follow_keys(&mut self, session: &Session, place: &Place) {
        let now = self.deps.clock.now();
        let end = Some(session.credentials.expires_at);
        let Place::Ours { expires_at } = place else {
            return;
        };
        let is_new = *expires_at != end && self.known.written != end;
        let is_quiet = self.known.keys.quiet_until() > Some(now);
        if !is_new || is_quiet || session.remaining(now).is_zero() {
            return;
        }
        let options = ExportOptions::to(ExportTarget::CredentialsFile);
        match export::export(self.deps, self.profile, &options, &Unseen).await {
            Ok(_) => {
                (self.known.written, self.known.keys) = (end, Backoff::default());
                self.look
                    .said
                    .push(Said::KeysWritten(self.profile.name.clone()));
            }
            Err(problem) => self.file_failed(problem, |known| &mut known.keys),
        }
    }

    async fn follow_token(&mut self, is_section: bool) {
        let (deps, name) = (self.deps, &self.profile.name);
        let found = match deps.token_files.expires_at(name).await {
            Ok(found) => found,
            Err(problem) => return self.file_failed(problem, |known| &mut known.token),
        };
        let now = deps.clock.now();
        let is_quiet = self.known.token.quiet_until() > Some(now);
        // A file stands for a section of another name, too.
        if (found.is_none() && !is_section) || is_quiet {
            return;
        }
        if !web_identity::is_due(found, now) {
            return self.come_back_at(found.and_then(token_due));
        }
        match web_identity::write(deps, self.profile, &Unseen).await {
            Ok(expires_at) => {
                self.known.token = Backoff::default();
                let said = Said::TokenWritten(name.clone(), expires_at);
                self.look.said.push(said);
                self.come_back_at(token_due(expires_at));
            }
            Err(problem) => self.file_failed(problem, |known| &mut known.token),
        }
    }

    fn file_failed(&mut self, problem: Problem, backoff: fn(&mut Known) -> &mut Backoff) {
        let now = self.deps.clock.now();
        let backoff = backoff(self.known);
        // Read again at each look, said again when it is tried again.
        if backoff.quiet_until() > Some(now) {
            return;
        }
        backoff.failed(&problem, now);
        let again_at = backoff.quiet_until();
        self.come_back_at(again_at);
        self.look.said.push(Said::Failed {
            profile: self.profile.name.clone(),
            problem,
            again_at,
        });
    }
}

/// When the token in a file has to be written anew.
fn token_due(expires_at: Timestamp) -> Option<Timestamp> {
    expires_at.checked_sub(web_identity::RENEW_BELOW).ok()
}
