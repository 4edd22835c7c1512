//! Which entries a profile has in the store, and under which keys.

use crate::domain::ProfileName;

/// The kinds of entry of a profile.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Of the app client.
    ClientSecret,
    /// The refresh token.
    SignIn,
    /// The credentials.
    Session,
    /// What the user pool knows this machine by.
    Device,
    /// Tokens of other providers.
    Logins,
    /// Of the clients there.
    LoginSecrets,
}

/// In the order in which they are forgotten: what opens the most goes first.
pub const ALL_KINDS: [Kind; 6] = [
    Kind::SignIn,
    Kind::Logins,
    Kind::Session,
    Kind::Device,
    Kind::ClientSecret,
    Kind::LoginSecrets,
];

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::ClientSecret => "client-secret",
            Self::SignIn => "sign-in",
            Self::Session => "session",
            Self::Device => "device",
            Self::Logins => "logins",
            Self::LoginSecrets => "login-secrets",
        }
    }
}

/// True for the key of a profile's session.
pub fn is_session(key: &str) -> bool {
    key.rsplit_once('/')
        .is_some_and(|(_, kind)| kind == Kind::Session.name())
}

/// Where the entry of a profile lies.
pub fn key(profile: &ProfileName, kind: Kind) -> String {
    format!("{profile}/{}", kind.name())
}
