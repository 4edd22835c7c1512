//! The user pool's directory and its fixed users.
//!
//! Passwords are kept as SRP verifiers only. Deliberately absent: sign-up, and attributes other than
//! e-mail address, phone number and those an administrator left to be filled in.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::Refusal;
use super::fresh;
use super::srp_server::Verifier;
use crate::domain::Secret;

/// How far a user is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// May sign in.
    #[default]
    Confirmed,
    /// Signed up, but never confirmed the address: `UNCONFIRMED`.
    Unconfirmed,
    /// Has the administrator's temporary password: `FORCE_CHANGE_PASSWORD`.
    MustChangePassword,
    /// An administrator reset the password: `RESET_REQUIRED`.
    MustResetPassword,
}

impl Status {
    /// The service's word for it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "CONFIRMED",
            Self::Unconfirmed => "UNCONFIRMED",
            Self::MustChangePassword => "FORCE_CHANGE_PASSWORD",
            Self::MustResetPassword => "RESET_REQUIRED",
        }
    }
}

/// A second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mfa {
    /// `SMS_MFA`: a code to the phone.
    Sms,
    /// `EMAIL_OTP` as a second factor: a code by e-mail.
    Email,
    /// `SOFTWARE_TOKEN_MFA`: an authenticator app.
    SoftwareToken,
}

/// A user to be added.
#[derive(Debug, Clone, Copy)]
pub struct NewUser<'a> {
    /// The real user name.
    pub username: &'a str,
    /// The password, or the temporary one.
    pub password: &'a str,
    /// An alias to sign in with, and where codes go; may be empty.
    pub email: &'a str,
    /// Where codes go, with the country's prefix.
    pub phone: Option<&'a str>,
    /// Groups in order of precedence; the first one's role is the preferred role.
    pub groups: &'a [&'a str],
    /// The shared secret of an authenticator app, base32; turns on the second factor.
    pub totp_secret: Option<&'a str>,
    /// Second factors by a delivered code. More than one factor means that the user chooses.
    pub delivered_mfa: &'a [Mfa],
    /// Without any second factor: has to set one of these up when signing in.
    pub must_set_up: &'a [Mfa],
    /// How far the user is.
    pub status: Status,
    /// Attributes that have to be given with a new password, such as `given_name`.
    pub missing_attributes: &'a [&'a str],
}

impl<'a> NewUser<'a> {
    /// A confirmed user without anything else.
    #[must_use]
    pub const fn plain(username: &'a str, password: &'a str, email: &'a str) -> Self {
        Self {
            username,
            password,
            email,
            phone: None,
            groups: &[],
            totp_secret: None,
            delivered_mfa: &[],
            must_set_up: &[],
            status: Status::Confirmed,
            missing_attributes: &[],
        }
    }
}

/// `ana`: no second factor.
pub(super) const ANA: NewUser<'static> = NewUser {
    groups: &["developers", "on-call"],
    ..NewUser::plain("ana", "Demo-Sunrise-42!", "ana@example.com")
};

/// `tom`: needs a code.
pub(super) const TOM: NewUser<'static> = NewUser {
    groups: &["developers"],
    totp_secret: Some("POOLKEYSANDBOXDEMOTOMCODE234567A"),
    ..NewUser::plain("tom", "Demo-Harbor-77!", "tom@example.com")
};

/// The users after the first two: what each of them has to do is in [`NewUser`].
const OTHERS: [NewUser<'static>; 8] = [
    NewUser {
        status: Status::MustChangePassword,
        missing_attributes: &["given_name"],
        groups: &["developers"],
        ..NewUser::plain("nina", "Demo-Orchard-11!", "nina@example.com")
    },
    NewUser {
        phone: Some("+15555550112"),
        delivered_mfa: &[Mfa::Sms],
        groups: &["developers"],
        ..NewUser::plain("sam", "Demo-Lantern-12!", "sam@example.com")
    },
    NewUser {
        delivered_mfa: &[Mfa::Email],
        groups: &["developers"],
        ..NewUser::plain("emma", "Demo-Meadow-13!", "emma@example.com")
    },
    NewUser {
        phone: Some("+15555550114"),
        delivered_mfa: &[Mfa::Sms, Mfa::Email],
        totp_secret: Some("POOLKEYSANDBOXDEMOCLEOCODE34567A"),
        groups: &["developers"],
        ..NewUser::plain("cleo", "Demo-Compass-14!", "cleo@example.com")
    },
    NewUser {
        must_set_up: &[Mfa::SoftwareToken],
        groups: &["developers"],
        ..NewUser::plain("mia", "Demo-Pebble-15!", "mia@example.com")
    },
    NewUser {
        status: Status::Unconfirmed,
        groups: &["developers"],
        ..NewUser::plain("uma", "Demo-Willow-16!", "uma@example.com")
    },
    NewUser {
        status: Status::MustResetPassword,
        groups: &["developers"],
        ..NewUser::plain("rita", "Demo-Canyon-17!", "rita@example.com")
    },
    NewUser {
        phone: Some("+15555550118"),
        groups: &["developers"],
        ..NewUser::plain("otto", "Demo-Glacier-18!", "otto@example.com")
    },
];

/// Everybody, in the order described.
pub(super) fn fixed_users() -> impl Iterator<Item = &'static NewUser<'static>> {
    [&ANA, &TOM].into_iter().chain(&OTHERS)
}

/// One user.
#[derive(Clone)]
pub(super) struct User {
    pub(super) username: String,
    pub(super) sub: String,
    pub(super) email: String,
    pub(super) groups: Vec<String>,
    pub(super) verifier: Verifier,
    pub(super) phone: Option<String>,
    /// The authenticator app's secret, while the app is a second factor.
    pub(super) totp_secret: Option<Arc<Secret>>,
    /// The authenticator app's secret, whether or not it is a second factor.
    pub(super) registered_totp: Option<Arc<Secret>>,
    /// May choose `WEB_AUTHN`.
    pub(super) has_passkey: bool,
    pub(super) delivered_mfa: Vec<Mfa>,
    pub(super) must_set_up: Vec<Mfa>,
    pub(super) enabled: bool,
    pub(super) status: Status,
    /// Attributes beside e-mail address and phone number.
    pub(super) attributes: BTreeMap<String, String>,
    /// Names of attributes that come with a new password.
    pub(super) missing_attributes: Vec<String>,
}

impl User {
    pub(super) fn new(pool_name: &str, new: &NewUser<'_>) -> Result<Self, Refusal> {
        let password = Secret::new(new.password.to_owned());
        let totp_secret = new
            .totp_secret
            .map(|text| Arc::new(Secret::new(text.to_owned())));
        Ok(Self {
            username: new.username.to_owned(),
            sub: fresh::uuid()?,
            email: new.email.to_owned(),
            groups: new.groups.iter().map(|group| (*group).to_owned()).collect(),
            verifier: Verifier::new(pool_name, new.username, &password)?,
            registered_totp: totp_secret.clone(),
            totp_secret,
            has_passkey: false,
            phone: new.phone.map(str::to_owned),
            delivered_mfa: new.delivered_mfa.to_vec(),
            must_set_up: new.must_set_up.to_vec(),
            enabled: true,
            status: new.status,
            attributes: BTreeMap::new(),
            missing_attributes: new
                .missing_attributes
                .iter()
                .map(|name| (*name).to_owned())
                .collect(),
        })
    }

    /// What the service looks at before it looks at the password.
    pub(super) fn may_sign_in(&self) -> Result<(), Refusal> {
        if !self.enabled {
            return Err(Refusal::not_authorized("User is disabled."));
        }
        match self.status {
            Status::Confirmed | Status::MustChangePassword => Ok(()),
            Status::Unconfirmed => Err(Refusal::new(
                400,
                "UserNotConfirmedException",
                "User is not confirmed.",
            )),
            Status::MustResetPassword => Err(Refusal::new(
                400,
                "PasswordResetRequiredException",
                "Password reset required for the user",
            )),
        }
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
        assert!(directory.change("ana", |user| user.status = Status::Unconfirmed));
        let refusal = directory.get("ana").unwrap().may_sign_in().unwrap_err();
        assert_eq!(refusal.code, "UserNotConfirmedException");
        assert!(directory.change("ana", |user| user.enabled = false));
        let refusal = directory.get("ana").unwrap().may_sign_in().unwrap_err();
        assert_eq!(refusal.message, "User is disabled.");
        assert!(!directory.change("eve", |user| user.enabled = false));
    }
}
