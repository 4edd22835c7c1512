//! Identities of the identity pool: one stable ID per login.
//!
//! Deliberately absent: guests, and linking several logins to one identity.

use std::collections::HashMap;

use super::error::Refusal;
use super::fresh;
use super::world::REGION;

/// Identity IDs by the `sub` of the login they belong to.
#[derive(Default)]
pub(super) struct Identities(HashMap<String, String>);

impl Identities {
    /// The identity of a login; made at the first call.
    pub(super) fn of_login(&mut self, sub: &str) -> Result<String, Refusal> {
        if let Some(id) = self.0.get(sub) {
            return Ok(id.clone());
        }
        let id = format!("{REGION}:{}", fresh::uuid()?);
        self.0.insert(sub.to_owned(), id.clone());
        Ok(id)
    }

    /// Whether there is such an identity.
    pub(super) fn has(&self, id: &str) -> bool {
        self.0.values().any(|known| known == id)
    }

    /// Whether `id` is the identity of that login.
    pub(super) fn is_of_login(&self, id: &str, sub: &str) -> bool {
        self.0.get(sub).is_some_and(|known| known == id)
    }

    /// Deletes an identity; false when there is none.
    pub(super) fn delete(&mut self, id: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|_, known| known != id);
        self.0.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_stable_until_it_is_deleted() {
        let mut identities = Identities::default();
        let ana = identities.of_login("ana").unwrap();
        assert_eq!(identities.of_login("ana").unwrap(), ana);
        assert_ne!(identities.of_login("tom").unwrap(), ana);
        assert!(identities.is_of_login(&ana, "ana") && !identities.is_of_login(&ana, "tom"));
        assert!(identities.delete(&ana) && !identities.has(&ana));
        assert!(!identities.delete(&ana));
        assert_ne!(identities.of_login("ana").unwrap(), ana);
    }
}
