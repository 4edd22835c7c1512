//! How a person, or a program, proves who it is.
//!
//! Deliberately absent: the proving itself (see `sign_in`, and `ops`).

use std::fmt;
use std::str::FromStr;

use crate::domain::ids::IdError;

/// How the person proves who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignInMethod {
    /// `USER_SRP_AUTH`: the password never leaves this machine.
    #[default]
    Srp,
    /// `USER_PASSWORD_AUTH`: the password goes to the user pool over TLS.
    Password,
    /// `USER_AUTH`: the user pool says which ways there are.
    Choice,
    /// `CUSTOM_AUTH`: the user pool's own program asks.
    Custom,
    /// `CUSTOM_AUTH` after the password was proved by SRP.
    CustomSrp,
    /// Managed login in the system's browser.
    Browser,
    /// Nobody signs in: the identity pool's guests.
    Guest,
    /// Tokens of other providers, without a user pool.
    Provider,
    /// Somebody's own backend vouches for the person.
    Developer,
}

impl SignInMethod {
    /// Every method, in the order shown.
    pub const ALL: [Self; 9] = [
        Self::Srp,
        Self::Password,
        Self::Choice,
        Self::Custom,
        Self::CustomSrp,
        Self::Browser,
        Self::Guest,
        Self::Provider,
        Self::Developer,
    ];

    /// The name in the configuration file and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Srp => "srp",
            Self::Password => "password",
            Self::Choice => "choice",
            Self::Custom => "custom",
            Self::CustomSrp => "custom-srp",
            Self::Browser => "browser",
            Self::Guest => "guest",
            Self::Provider => "provider",
            Self::Developer => "developer",
        }
    }

    /// The name in the window.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Srp => "Password (SRP)",
            Self::Password => "Password",
            Self::Choice => "What the pool offers",
            Self::Custom => "Custom challenges",
            Self::CustomSrp => "Password, then custom challenges",
            Self::Browser => "Browser",
            Self::Guest => "Guest",
            Self::Provider => "Another provider",
            Self::Developer => "Developer-authenticated",
        }
    }

    /// One sentence on what it means.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::Srp => {
                "The password stays on this machine: the user pool only sees a proof of it"
            }
            Self::Password => {
                "The password is sent to the user pool over TLS. Needed for pools that migrate users"
            }
            Self::Choice => {
                "The user pool lists the ways there are: password, code by e-mail or SMS, passkey"
            }
            Self::Custom => "The user pool's own program asks whatever it wants",
            Self::CustomSrp => {
                "The password is proved first, then the user pool's own program asks"
            }
            Self::Browser => {
                "Managed login opens in your browser: also for Google, SAML and other providers"
            }
            Self::Guest => "Nobody signs in: the identity pool hands out what its guests may have",
            Self::Provider => {
                "Tokens of Google, Facebook, Amazon, Apple, an OIDC or a SAML provider go straight to the identity pool"
            }
            Self::Developer => {
                "Your own backend vouches for the person: a command or an AWS profile brings the token"
            }
        }
    }

    /// True where a user pool proves who it is; then the profile names one.
    #[must_use]
    pub const fn uses_user_pool(self) -> bool {
        !matches!(self, Self::Guest | Self::Provider | Self::Developer)
    }

    /// True where the questions are put by Poolkey itself, not by pages in a browser.
    #[must_use]
    pub const fn asks_here(self) -> bool {
        self.uses_user_pool() && !matches!(self, Self::Browser)
    }

    /// True where a password is asked for at once.
    #[must_use]
    pub const fn begins_with_password(self) -> bool {
        matches!(self, Self::Srp | Self::Password | Self::CustomSrp)
    }
}

impl fmt::Display for SignInMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for SignInMethod {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::ALL
            .into_iter()
            .find(|method| method.name() == text)
            .ok_or_else(|| {
                IdError::new(
                    "The sign-in method is one of: srp, password, choice, custom, custom-srp, browser, guest, provider, developer",
                )
            })
    }
}
