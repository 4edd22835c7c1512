//! One profile in a look: its credentials, who has to be told, and the files that follow.

use jiff::Timestamp;

use super::{Known, Look, Said};
use crate::domain::{Backoff, Farewell, Place, Problem, ProblemKind, Profile, Session, Standing};
use crate::ops::ports::{Deps, Unseen};
use crate::ops::{export, session, web_identity};

/// One profile in a look.
pub(super) struct Followed<'a> {
    pub(super) deps: &'a Deps,
    pub(super) profile: &'a Profile,
    pub(super) known: &'a mut Known,
    pub(super) look: &'a mut Look,
}

impl Followed<'_> {
    /// # Errors
    /// Of the secret store.
    pub(super) async fn follow(&mut self) -> Result<(), Problem> {
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
        let margin = self.profile.margin;
        self.known.renewal.succeeded(session, margin, now);
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
                is_nameless: false,
            }));
        }
    }

    /// The files that are ours follow the session.
    async fn follow_files(&mut self, session: &Session, renewable: bool) {
        self.follow_keys(session).await;
        if !renewable {
            return;
        }
        let found = self.deps.aws_profiles.read(self.profile.name.as_str());
        match found.await {
            Ok(found) => {
                let is_section = matches!(found.web_identity, Place::Ours { .. });
                self.follow_token(is_section).await;
            }
            Err(problem) => self.file_failed(problem, |known| &mut known.token),
        }
    }

    async fn follow_keys(&mut self, session: &Session) {
        let now = self.deps.clock.now();
        let end = Some(session.credentials.expires_at);
        let is_quiet = self.known.keys.quiet_until() > Some(now);
        // Once for each session: who writes something else there afterwards means it.
        if self.known.written == end || is_quiet || session.remaining(now).is_zero() {
            return;
        }
        match export::again(self.deps, self.profile, session).await {
            Ok(wrote) => {
                (self.known.written, self.known.keys) = (end, Backoff::default());
                let said = wrote.then(|| Said::KeysWritten(self.profile.name.clone()));
                self.look.said.extend(said);
            }
            Err(problem) => self.file_failed(problem, |known| &mut known.keys),
        }
    }

    async fn follow_token(&mut self, is_section: bool) {
        let (deps, name) = (self.deps, &self.profile.name);
        let found = match deps.token_files.read(name).await {
            Ok(found) => found,
            Err(problem) => return self.file_failed(problem, |known| &mut known.token),
        };
        let now = deps.clock.now();
        let is_quiet = self.known.token.quiet_until() > Some(now);
        // A file stands for a section of another name, too.
        if (found.is_none() && !is_section) || is_quiet {
            return;
        }
        let until = found.and_then(|token| web_identity::good_until(&token, self.profile));
        if !web_identity::is_due(until, now) {
            return self.come_back_at(until.map(web_identity::due_at));
        }
        match web_identity::renew(deps, self.profile, &Unseen).await {
            Ok(None) => {}
            Ok(Some(expires_at)) => {
                self.known.token = Backoff::default();
                let said = Said::TokenWritten(name.clone(), expires_at);
                self.look.said.push(said);
                self.come_back_at(Some(web_identity::due_at(expires_at)));
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
