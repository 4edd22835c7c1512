//! Keeps profiles fresh without a window: looks at all of them, does what is due, and says when to
//! look again.
//!
//! What another process did meanwhile is found at each look: a changed configuration, a sign-in, a
//! sign-out, a renewal. Deliberately absent: waiting and the clock (see `cli::agent`), the rule of
//! what is due (see `domain::freshness`), and questions to a person.

mod follow;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use self::follow::Followed;
use super::ports::Deps;
use crate::domain::{Backoff, Farewell, Problem, ProblemKind, ProfileName};

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
    /// The configuration names another secret store than at first: only a new start uses it.
    pub store_changed: bool,
}

/// What is remembered between looks.
#[derive(Debug, Default)]
pub struct Agent {
    profiles: BTreeMap<ProfileName, Known>,
    /// Each read of a locked keychain may ask the person.
    store: Backoff,
    /// What kept the last look from its work, said once.
    blocked: Option<String>,
    /// The store that the configuration named at the first look.
    #[expect(clippy::option_option, reason = "before it, and that it named none")]
    kept_in: Option<Option<String>>,
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
            store_changed: false,
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
        let kept_in = self
            .kept_in
            .get_or_insert_with(|| configuration.secret_store.clone());
        if *kept_in != configuration.secret_store {
            look.store_changed = true;
            return Ok(());
        }
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
