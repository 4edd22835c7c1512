//! Refresh tokens: who signed in with which client, rotation, expiry and revocation.
//!
//! A *family* is one sign-in. Rotation adds tokens to a family and ends older ones; revoking any of
//! them ends the family. Deliberately absent: the tokens a refresh leads to, which is `issue`.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use super::clock::after;
use super::error::Refusal;
use super::fresh;
use super::issue::USER_SCOPE;

/// One sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Family {
    /// `origin_jti` of its ID and access tokens.
    pub(super) id: String,
    pub(super) event_id: String,
    pub(super) username: String,
    pub(super) sub: String,
    pub(super) client_id: String,
    pub(super) auth_time: Timestamp,
    /// `scope` of its access tokens.
    pub(super) scope: String,
    /// The device it came from, where devices are tracked.
    pub(super) device: Option<String>,
    revoked: bool,
}

struct Token {
    family: String,
    replaced: Option<Timestamp>,
}

/// All families and their refresh tokens.
#[derive(Default)]
pub(super) struct Grants {
    families: HashMap<String, Family>,
    tokens: HashMap<String, Token>,
}

impl Grants {
    /// A new sign-in and its first refresh token.
    pub(super) fn open(
        &mut self,
        username: &str,
        sub: &str,
        client_id: &str,
        now: Timestamp,
    ) -> Result<(Family, String), Refusal> {
        let family = Family {
            id: fresh::uuid()?,
            event_id: fresh::uuid()?,
            username: username.to_owned(),
            sub: sub.to_owned(),
            client_id: client_id.to_owned(),
            auth_time: now,
            scope: USER_SCOPE.to_owned(),
            device: None,
            revoked: false,
        };
        self.families.insert(family.id.clone(), family.clone());
        let token = self.add_token(&family.id)?;
        Ok((family, token))
    }

    /// Gives a new sign-in the scopes of managed login instead of the one of an API sign-in.
    pub(super) fn grant_scope(&mut self, family: &mut Family, scope: &str) {
        scope.clone_into(&mut family.scope);
        self.families.insert(family.id.clone(), family.clone());
    }

    /// Binds a new sign-in to the device it came from.
    pub(super) fn bind_device(&mut self, family: &mut Family, device: String) {
        family.device = Some(device);
        self.families.insert(family.id.clone(), family.clone());
    }

    /// The sign-in that `token` continues, for `client_id`.
    pub(super) fn use_token(
        &self,
        token: &str,
        client_id: &str,
        now: Timestamp,
        lifetime: Duration,
    ) -> Result<Family, Refusal> {
        let family = self
            .family_of(token)
            .ok_or_else(|| refused("Invalid Refresh Token"))?;
        if family.client_id != client_id {
            return Err(refused("Refresh Token has different Client"));
        }
        if family.revoked {
            return Err(refused("Refresh Token has been revoked"));
        }
        if now >= after(family.auth_time, lifetime) {
            return Err(refused("Refresh Token has expired"));
        }
        Ok(family.clone())
    }

    /// The token that follows `token`. The old one stays good for `grace` from its first use on.
    pub(super) fn rotate(
        &mut self,
        token: &str,
        now: Timestamp,
        grace: Duration,
    ) -> Result<String, Refusal> {
        let entry = self
            .tokens
            .get_mut(token)
            .ok_or_else(|| refused("Invalid Refresh Token"))?;
        if entry
            .replaced
            .is_some_and(|replaced| now >= after(replaced, grace))
        {
            return Err(Refusal::new(
                400,
                "RefreshTokenReuseException",
                "Refresh token has already been used.",
            ));
        }
        entry.replaced.get_or_insert(now);
        let family = entry.family.clone();
        self.add_token(&family)
    }

    /// The sign-in that `token` belongs to, whatever its state.
    pub(super) fn family_of(&self, token: &str) -> Option<&Family> {
        self.families.get(&self.tokens.get(token)?.family)
    }

    pub(super) fn revoke_family(&mut self, id: &str) {
        if let Some(family) = self.families.get_mut(id) {
            family.revoked = true;
        }
    }

    pub(super) fn revoke_user(&mut self, username: &str) {
        for family in self
            .families
            .values_mut()
            .filter(|family| family.username == username)
        {
            family.revoked = true;
        }
    }

    pub(super) fn is_revoked(&self, family: &str) -> bool {
        self.families
            .get(family)
            .is_none_or(|family| family.revoked)
    }

    fn add_token(&mut self, family: &str) -> Result<String, Refusal> {
        let token = fresh::refresh_token()?;
        self.tokens.insert(
            token.clone(),
            Token {
                family: family.to_owned(),
                replaced: None,
            },
        );
        Ok(token)
    }
}

fn refused(message: &'static str) -> Refusal {
    Refusal::not_authorized(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_hours(24);
    const GRACE: Duration = Duration::from_secs(10);

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn message(grants: &Grants, token: &str, client: &str, at: i64) -> String {
        let used = grants.use_token(token, client, second(at), DAY);
        used.map_or_else(|refusal| refusal.message.into_owned(), |_| "ok".to_owned())
    }

    #[test]
    fn a_token_is_good_for_its_client_until_it_expires_or_is_revoked() {
        let mut grants = Grants::default();
        let (family, token) = grants.open("ana", "sub", "abc", second(0)).unwrap();
        assert_eq!(message(&grants, &token, "abc", 86_399), "ok");
        assert_eq!(
            message(&grants, &token, "abc", 86_400),
            "Refresh Token has expired"
        );
        assert_eq!(
            message(&grants, &token, "other", 0),
            "Refresh Token has different Client"
        );
        assert_eq!(
            message(&grants, "made up", "abc", 0),
            "Invalid Refresh Token"
        );
        grants.revoke_family(&family.id);
        assert!(grants.is_revoked(&family.id));
        assert_eq!(
            message(&grants, &token, "abc", 0),
            "Refresh Token has been revoked"
        );
    }

    #[test]
    fn signing_out_everywhere_ends_all_of_one_user() {
        let mut grants = Grants::default();
        let (_, first) = grants.open("ana", "sub", "abc", second(0)).unwrap();
        let (_, second_one) = grants.open("ana", "sub", "abc", second(5)).unwrap();
        let (_, other) = grants.open("tom", "bus", "abc", second(5)).unwrap();
        grants.revoke_user("ana");
        assert_eq!(
            message(&grants, &first, "abc", 9),
            "Refresh Token has been revoked"
        );
        assert_eq!(
            message(&grants, &second_one, "abc", 9),
            "Refresh Token has been revoked"
        );
        assert_eq!(message(&grants, &other, "abc", 9), "ok");
    }

    #[test]
    fn a_rotated_token_dies_after_the_grace_period() {
        let mut grants = Grants::default();
        let (_, old) = grants.open("ana", "sub", "abc", second(0)).unwrap();
        let new = grants.rotate(&old, second(100), GRACE).unwrap();
        assert_ne!(new, old);
        assert!(grants.rotate(&old, second(109), GRACE).is_ok());
        let refusal = grants.rotate(&old, second(110), GRACE).unwrap_err();
        assert_eq!(refusal.code, "RefreshTokenReuseException");
        assert!(grants.rotate(&new, second(200), Duration::ZERO).is_ok());
        assert!(grants.rotate(&new, second(200), Duration::ZERO).is_err());
    }
}
