//! Identities of the identity pools: guests, and the logins that are linked to one ID.
//!
//! Deliberately absent: unlinking. A login stays with its identity until that is deleted.

use std::collections::BTreeMap;

use crate::sandbox::error::Refusal;
use crate::sandbox::fresh;
use crate::sandbox::world::REGION;

/// What the service allows an identity to have.
const MOST_LOGINS: usize = 20;

/// A person at a provider: what an identity is found by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Subject {
    /// The provider's key in a `Logins` map.
    pub(super) provider: String,
    /// Who, in the provider's words.
    pub(super) id: String,
}

/// Every identity by its ID.
#[derive(Default)]
pub(in crate::sandbox) struct Identities(BTreeMap<String, Identity>);

#[derive(Debug)]
struct Identity {
    pool: String,
    logins: Vec<Subject>,
    /// A guest that became somebody who had an identity already.
    disabled: bool,
}

impl Identities {
    /// The pool of an identity, if there is such an identity.
    pub(super) fn pool_of(&self, id: &str) -> Result<&str, Refusal> {
        let found = self.0.get(id).map(|identity| identity.pool.as_str());
        found.ok_or_else(|| Refusal::not_found(format!("Identity '{id}' not found.")))
    }

    /// How many there are.
    pub(in crate::sandbox) fn count(&self) -> usize {
        self.0.len()
    }

    /// A new guest.
    pub(super) fn new_guest(&mut self, pool: &str) -> Result<String, Refusal> {
        self.add(pool, Vec::new())
    }

    /// The identity that has one of the logins, which gets the others as well; made at the first
    /// call.
    pub(super) fn of_logins(&mut self, pool: &str, logins: &[Subject]) -> Result<String, Refusal> {
        match self.owner(pool, logins)? {
            Some(id) => self.link(&id, logins).map(|()| id),
            None => self.add(pool, logins.to_vec()),
        }
    }

    /// The identity that `id` and `logins` mean together.
    ///
    /// A guest gets new logins and keeps its ID; where the logins have an identity already, that
    /// one answers and the guest is nobody any more.
    pub(super) fn meant_by(&mut self, id: &str, logins: &[Subject]) -> Result<String, Refusal> {
        let pool = self.pool_of(id)?.to_owned();
        let identity = self.0.get(id).ok_or_else(Refusal::internal)?;
        let is_guest = identity.logins.is_empty();
        let is_known = identity.logins.iter().any(|own| logins.contains(own));
        // A guest with logins becomes somebody; somebody without logins shows nothing.
        if identity.disabled || (!is_guest && logins.is_empty()) {
            return Err(forbidden(id));
        }
        if !is_guest && !is_known {
            return Err(Refusal::not_authorized(
                "Logins don't match. Please include at least one valid login for this identity \
                 or identity pool.",
            ));
        }
        match self.owner(&pool, logins)? {
            Some(owner) if owner != id => {
                if !is_guest {
                    return Err(already_linked());
                }
                if let Some(guest) = self.0.get_mut(id) {
                    guest.disabled = true;
                }
                self.link(&owner, logins).map(|()| owner)
            }
            _ => self.link(id, logins).map(|()| id.to_owned()),
        }
    }

    /// The identity `id` with `logins` added, on the word of a developer's backend.
    pub(super) fn vouch(&mut self, id: &str, logins: &[Subject]) -> Result<String, Refusal> {
        let pool = self.pool_of(id)?.to_owned();
        if self.owner(&pool, logins)?.is_some_and(|owner| owner != id) {
            return Err(already_linked());
        }
        self.link(id, logins).map(|()| id.to_owned())
    }

    /// Who is linked to an identity.
    pub(super) fn logins_of(&self, id: &str) -> &[Subject] {
        self.0.get(id).map_or(&[], |identity| &identity.logins)
    }

    /// Deletes an identity; false when there is none.
    pub(in crate::sandbox) fn delete(&mut self, id: &str) -> bool {
        self.0.remove(id).is_some()
    }

    /// The one identity that has any of the logins.
    fn owner(&self, pool: &str, logins: &[Subject]) -> Result<Option<String>, Refusal> {
        let mut owners = self.0.iter().filter(|(_, identity)| {
            identity.pool == pool && identity.logins.iter().any(|own| logins.contains(own))
        });
        let first = owners.next();
        if owners.next().is_some() {
            return Err(already_linked());
        }
        Ok(first.map(|(id, _)| id.clone()))
    }

    /// Adds what is new of `logins`: one person a provider.
    fn link(&mut self, id: &str, logins: &[Subject]) -> Result<(), Refusal> {
        let identity = self.0.get_mut(id).ok_or_else(Refusal::internal)?;
        let new: Vec<&Subject> = logins
            .iter()
            .filter(|login| !identity.logins.contains(login))
            .collect();
        let taken = |new: &&Subject| {
            identity
                .logins
                .iter()
                .any(|own| own.provider == new.provider)
        };
        if new.iter().any(taken) {
            return Err(already_linked());
        }
        if identity.logins.len().saturating_add(new.len()) > MOST_LOGINS {
            let message = "Exceeded the number of logins that can be linked to an identity.";
            return Err(Refusal::new(400, "LimitExceededException", message));
        }
        let new: Vec<Subject> = new.into_iter().cloned().collect();
        identity.logins.extend(new);
        Ok(())
    }

    fn add(&mut self, pool: &str, logins: Vec<Subject>) -> Result<String, Refusal> {
        let id = format!("{REGION}:{}", fresh::uuid()?);
        let identity = Identity {
            pool: pool.to_owned(),
            logins,
            disabled: false,
        };
        self.0.insert(id.clone(), identity);
        Ok(id)
    }
}

fn forbidden(id: &str) -> Refusal {
    Refusal::not_authorized(format!("Access to Identity '{id}' is forbidden."))
}

fn already_linked() -> Refusal {
    let message = "Login already linked to another identity.";
    Refusal::new(400, "ResourceConflictException", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn login(provider: &str, id: &str) -> Subject {
        Subject {
            provider: provider.to_owned(),
            id: id.to_owned(),
        }
    }

    #[test]
    fn an_identity_is_stable_until_it_is_deleted_and_a_pool_has_its_own() {
        let mut identities = Identities::default();
        let (ana, tom) = ([login("pool", "ana")], [login("pool", "tom")]);
        let id = identities.of_logins("p", &ana).unwrap();
        assert_eq!(identities.of_logins("p", &ana).unwrap(), id);
        assert_ne!(identities.of_logins("p", &tom).unwrap(), id);
        assert_ne!(identities.of_logins("q", &ana).unwrap(), id);
        assert!(identities.meant_by(&id, &tom).is_err());
        assert!(identities.delete(&id) && identities.pool_of(&id).is_err());
        assert!(!identities.delete(&id));
        assert_ne!(identities.of_logins("p", &ana).unwrap(), id);
    }

    #[test]
    fn a_guest_keeps_its_id_with_a_new_login_and_ends_with_a_known_one() {
        let mut identities = Identities::default();
        let ana = [login("pool", "ana")];
        let guest = identities.new_guest("p").unwrap();
        assert_eq!(identities.meant_by(&guest, &[]).unwrap(), guest);
        assert_eq!(identities.meant_by(&guest, &ana).unwrap(), guest);
        assert_eq!(identities.meant_by(&guest, &[]), Err(forbidden(&guest)));

        let second = identities.new_guest("p").unwrap();
        assert_eq!(identities.meant_by(&second, &ana).unwrap(), guest);
        assert_eq!(identities.meant_by(&second, &[]), Err(forbidden(&second)));
        assert_eq!(identities.meant_by(&second, &ana), Err(forbidden(&second)));
    }

    #[test]
    fn logins_sent_together_are_linked_unless_another_identity_has_one() {
        let mut identities = Identities::default();
        let (pool, google) = (login("pool", "ana"), login("google", "ana"));
        let both = [pool.clone(), google.clone()];
        let id = identities
            .of_logins("p", std::slice::from_ref(&pool))
            .unwrap();
        assert_eq!(identities.of_logins("p", &both).unwrap(), id);
        assert_eq!(
            identities
                .of_logins("p", std::slice::from_ref(&google))
                .unwrap(),
            id
        );
        assert_eq!(identities.logins_of(&id), both);

        let saml = login("saml", "tom");
        let other = identities
            .of_logins("p", std::slice::from_ref(&saml))
            .unwrap();
        let refused = identities.meant_by(&other, &[saml.clone(), google.clone()]);
        assert_eq!(refused, Err(already_linked()));
        let refused = identities.of_logins("p", &[saml, google]);
        assert_eq!(refused, Err(already_linked()));
        let second = identities.of_logins("p", &[pool, login("google", "eve")]);
        assert_eq!(second, Err(already_linked()));
    }
}
