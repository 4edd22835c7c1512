//! Which identity ID is sent: the developer's, the person's, the guest's that is taken over, or one
//! that is asked for.
//!
//! Each `GetId` without logins makes an identity for ever, so a guest's ID is looked for under a
//! lock. Deliberately absent: what is asked for with the ID.

use super::Work;
use crate::domain::{FlowStep, IdentityId, Problem, ProfileName, StepState};
use crate::ops::ports::{IdentityKey, Person};

/// The ID that is sent.
pub(super) struct Chosen {
    pub(super) id: IdentityId,
    pub(super) origin: Origin,
}

/// Where it comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It came with the token.
    Developer,
    /// This machine knows it of this person.
    Cached,
    /// This machine was a guest under it.
    Guest,
    /// From `GetId`, just now.
    Fresh,
}

impl Origin {
    pub(super) const fn may_be_stale(self) -> bool {
        matches!(self, Self::Cached | Self::Guest)
    }

    const fn detail(self) -> &'static str {
        match self {
            Self::Developer => "from the developer",
            Self::Cached => "cached",
            Self::Guest => "the guest's",
            Self::Fresh => "new",
        }
    }
}

impl Work<'_> {
    pub(super) async fn choose(&self) -> Result<Chosen, Problem> {
        let known = match self.known().await {
            Some(known) => Some(known),
            None => self.guest_to_take_over().await,
        };
        let Some(chosen) = known else {
            return self.fresh().await;
        };
        self.chosen(chosen.origin, std::time::Duration::ZERO);
        Ok(chosen)
    }

    /// The holder's own ID, as far as it is known without asking.
    pub(super) async fn known(&self) -> Option<Chosen> {
        if let Some(id) = self.holder.identity.clone() {
            let origin = Origin::Developer;
            return Some(Chosen { id, origin });
        }
        let id = self.cached(&self.key).await?;
        let origin = Origin::Cached;
        Some(Chosen { id, origin })
    }

    async fn guest_to_take_over(&self) -> Option<Chosen> {
        let takes_over = self.profile.carries_over_guest && !self.holder.logins.is_empty();
        if !takes_over {
            return None;
        }
        let id = self.cached(&self.guest_key()).await?;
        let origin = Origin::Guest;
        Some(Chosen { id, origin })
    }

    /// Asks for an ID and keeps it.
    pub(super) async fn fresh(&self) -> Result<Chosen, Problem> {
        let is_guest = self.holder.logins.is_empty();
        let _lock = match guests_lock(&self.key) {
            Some(name) if is_guest => self.deps.locks.lock(&name).await.ok(),
            _ => None,
        };
        // Another profile of this pool may have become a guest meanwhile.
        if is_guest && let Some(id) = self.cached(&self.key).await {
            self.chosen(Origin::Cached, std::time::Duration::ZERO);
            let origin = Origin::Cached;
            return Ok(Chosen { id, origin });
        }
        let asking = StepState::Running("asking".to_owned());
        self.progress.step(FlowStep::IdentityId, asking);
        let started = self.deps.stopwatch();
        let pool = &self.deps.identity_pool;
        let (endpoints, logins) = (&self.profile.endpoints, &self.holder.logins);
        let id = pool.identity_id(&self.key.pool, endpoints, logins).await?;
        self.remember(&self.key, Some(&id)).await;
        self.chosen(Origin::Fresh, self.deps.since(started));
        let origin = Origin::Fresh;
        Ok(Chosen { id, origin })
    }

    fn chosen(&self, origin: Origin, took: std::time::Duration) {
        let state = StepState::Done {
            detail: origin.detail().to_owned(),
            took: Some(took),
        };
        self.progress.step(FlowStep::IdentityId, state);
    }

    /// This ID and no other: another process may have put a fresh one in its place.
    pub(super) async fn drop_stale(&self, chosen: &Chosen) {
        let _forgotten = self.deps.identities.forget(&chosen.id).await;
    }

    /// Keeps what the pool answered, and says what became of the guest.
    pub(super) async fn settle(&self, chosen: &Chosen, answered: &IdentityId) -> Option<String> {
        let is_other = chosen.id != *answered;
        if is_other || matches!(chosen.origin, Origin::Guest | Origin::Developer) {
            self.remember(&self.key, Some(answered)).await;
        }
        if chosen.origin != Origin::Guest {
            return None;
        }
        // Without logins it opens nothing any more, whoever's it is.
        self.remember(&self.guest_key(), None).await;
        Some(if is_other {
            format!("You already had identity {answered}; the guest identity is disabled")
        } else {
            "The guest identity is now yours".to_owned()
        })
    }

    fn guest_key(&self) -> IdentityKey {
        IdentityKey {
            person: Person::Guest,
            ..self.key.clone()
        }
    }

    /// A cache that cannot be read or written costs one more `GetId`, never the exchange.
    async fn cached(&self, key: &IdentityKey) -> Option<IdentityId> {
        self.deps.identities.get(key).await.unwrap_or_default()
    }

    async fn remember(&self, key: &IdentityKey, identity: Option<&IdentityId>) {
        let _cached = self.deps.identities.set(key, identity).await;
    }
}

/// Guests of one pool share an identity, whichever profile they come by.
fn guests_lock(key: &IdentityKey) -> Option<ProfileName> {
    let pool = key.pool.as_str().replace(':', "+");
    format!("@@{pool}").parse().ok()
}
