//! The user pool's directory and its two fixed users.
//!
//! Passwords are kept as SRP verifiers only. Deliberately absent: sign-up, password policies and
//! attributes other than the e-mail address.

use std::sync::Arc;

use super::error::Refusal;
use super::fresh;
use super::srp_server::Verifier;
use crate::domain::Secret;

/// A user to be added.
#[derive(Debug)]
pub struct NewUser<'a> {
    /// The real user name.
    pub username: &'a str,
    /// The password, permanent at once.
    pub password: &'a str,
    /// An alias to sign in with.
    pub email: &'a str,
    /// Groups in order of precedence; the first one's role is the preferred role.
    pub groups: &'a [&'a str],
    /// The shared secret of an authenticator app, base32; turns on the second factor.
    pub totp_secret: Option<&'a str>,
}

/// `ana`: no second factor.
pub(super) const ANA: NewUser<'static> = NewUser {
    username: "ana",
    password: "Demo-Sunrise-42!",
    email: "ana@example.com",
    groups: &["developers", "on-call"],
    totp_secret: None,
};

/// `tom`: needs a code.
pub(super) const TOM: NewUser<'static> = NewUser {
    username: "tom",
    password: "Demo-Harbor-77!",
    email: "tom@example.com",
    groups: &["developers"],
    totp_secret: Some("POOLKEYSANDBOXDEMOTOMCODE234567A"),
};

/// One user.
#[derive(Clone)]
pub(super) struct User {
    pub(super) username: String,
    pub(super) sub: String,
    pub(super) email: String,
    pub(super) groups: Vec<String>,
    pub(super) verifier: Verifier,
    pub(super) totp_secret: Option<Arc<Secret>>,
    pub(super) enabled: bool,
    pub(super) confirmed: bool,
}

impl User {
    pub(super) fn new(pool_name: &str, new: &NewUser<'_>) -> Result<Self, Refusal> {
        let password = Secret::new(new.password.to_owned());
        Ok(Self {
            username: new.username.to_owned(),
            sub: fresh::uuid()?,
            email: new.email.to_owned(),
            groups: new.groups.iter().map(|group| (*group).to_owned()).collect(),
            verifier: Verifier::new(pool_name, new.username, &password)?,
            totp_secret: new
                .totp_secret
                .map(|text| Arc::new(Secret::new(text.to_owned()))),
            enabled: true,
            confirmed: true,
        })
    }

    /// What the service looks at before it looks at the password.
    pub(super) fn may_sign_in(&self) -> Result<(), Refusal> {
        if !self.enabled {
            return Err(Refusal::not_authorized("User is disabled."));
        }
        if !self.confirmed {
            return Err(Refusal::new(
                400,
                "UserNotConfirmedException",
                "User is not confirmed.",
            ));
        }
        Ok(())
    }
}

/// All users. User names and aliases are case-insensitive, as in pools made today.
#[derive(Default)]
pub(super) struct Directory(Vec<Arc<User>>);

impl Directory {
    /// Adds a user, in place of one of the same name.
    pub(super) fn put(&mut self, user: User) {
        self.remove(&user.username);
        self.0.push(Arc::new(user));
    }

    pub(super) fn remove(&mut self, username: &str) {
        self.0.retain(|user| user.username != username);
    }

    /// Changes a user; false when there is none of that name.
    pub(super) fn change(&mut self, username: &str, change: impl FnOnce(&mut User)) -> bool {
        let user = self.0.iter_mut().find(|user| user.username == username);
        user.map(|user| change(Arc::make_mut(user))).is_some()
    }

    /// The user with that real name.
    pub(super) fn get(&self, username: &str) -> Option<Arc<User>> {
        self.0
            .iter()
            .find(|user| user.username == username)
            .cloned()
    }

    /// The user somebody means who types a user name or an alias. Typing the `sub` says that there
    /// is no such user even where that is kept secret otherwise, as measured on the service.
    pub(super) fn typed(&self, name: &str) -> Result<Option<Arc<User>>, Refusal> {
        let same = |text: &str| text.eq_ignore_ascii_case(name);
        let found = self
            .0
            .iter()
            .find(|user| same(&user.username) || same(&user.email));
        if found.is_none() && self.0.iter().any(|user| same(&user.sub)) {
            return Err(Refusal::new(
                400,
                "UserNotFoundException",
                "User does not exist.",
            ));
        }
        Ok(found.cloned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory() -> Directory {
        let mut directory = Directory::default();
        directory.put(User::new("Pool", &ANA).unwrap());
        directory
    }

    #[test]
    fn an_alias_leads_to_the_real_user() {
        let directory = directory();
        for typed in ["ana", "ANA", "ana@example.com", "Ana@Example.com"] {
            assert_eq!(
                directory.typed(typed).unwrap().unwrap().username,
                "ana",
                "{typed}"
            );
        }
        assert!(directory.typed("eve").unwrap().is_none());
        let sub = directory.get("ana").unwrap().sub.clone();
        assert_eq!(
            directory.typed(&sub).err().unwrap().code,
            "UserNotFoundException"
        );
    }

    #[test]
    fn disabled_and_unconfirmed_users_are_told_so() {
        let mut directory = directory();
        assert!(directory.change("ana", |user| user.confirmed = false));
        let refusal = directory.get("ana").unwrap().may_sign_in().unwrap_err();
        assert_eq!(refusal.code, "UserNotConfirmedException");
        assert!(directory.change("ana", |user| user.enabled = false));
        let refusal = directory.get("ana").unwrap().may_sign_in().unwrap_err();
        assert_eq!(refusal.message, "User is disabled.");
        assert!(!directory.change("eve", |user| user.enabled = false));
    }
}
