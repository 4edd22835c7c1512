//! What a user pool answers, as the state machine hears it.

use std::collections::BTreeMap;
use std::fmt;

use super::device::KeptDevice;
use crate::domain::plain::plain;
use crate::domain::{Problem, Secret, Tokens};

/// What a user pool answers to `InitiateAuth` and `RespondToAuthChallenge`.
#[derive(Debug)]
pub enum Reply {
    /// Signed in.
    Tokens {
        /// What the sign-in yields.
        tokens: Tokens,
        /// The pool tracks devices and does not know this one.
        new_device: Option<NewDevice>,
    },
    /// Something is asked first.
    Challenge(Challenge),
}

/// A challenge as it came over the wire.
pub struct Challenge {
    /// `PASSWORD_VERIFIER`, `SOFTWARE_TOKEN_MFA`, ….
    pub name: String,
    /// `ChallengeParameters`: they hold the secret block and user attributes, so `Debug` hides them.
    pub parameters: BTreeMap<String, String>,
    /// `AvailableChallenges`: only with `SELECT_CHALLENGE`.
    pub available: Vec<String>,
    /// To be sent back wherever it is present; `USER_SRP_AUTH` has none at first.
    pub session: Option<Secret>,
}

impl Challenge {
    /// A parameter, or the empty text.
    #[must_use]
    pub fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// Where a code went, if one was sent.
    #[must_use]
    pub fn delivery(&self) -> Option<Delivery> {
        let destination = self.parameter("CODE_DELIVERY_DESTINATION");
        let medium = self.parameter("CODE_DELIVERY_DELIVERY_MEDIUM");
        (!destination.is_empty()).then(|| Delivery::new(medium, destination))
    }
}

impl fmt::Debug for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Challenge({})", self.name)
    }
}

/// Where a code was sent; the service masks the destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// `EMAIL` or `SMS`.
    pub medium: String,
    /// `a***@e***`, `+*******0112`.
    pub destination: String,
}

impl Delivery {
    /// As the pool says it, without what would steer a terminal.
    #[must_use]
    pub fn new(medium: &str, destination: &str) -> Self {
        Self {
            medium: medium.to_owned(),
            destination: plain(destination),
        }
    }
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = match self.medium.as_str() {
            "EMAIL" => "by e-mail ",
            "SMS" => "by SMS ",
            _ => "",
        };
        write!(f, "{how}to {}", self.destination)
    }
}

/// `NewDeviceMetadata`: the pool offers to know this machine again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDevice {
    /// `us-east-1_…`.
    pub device_key: String,
    /// Takes the pool name's place in the device's SRP.
    pub device_group_key: String,
}

/// What came of a [`Call`](super::Call).
#[derive(Debug)]
pub enum Heard {
    /// Of `InitiateAuth` and `RespondToAuthChallenge`.
    Reply(Reply),
    /// Of `AssociateSoftwareToken`.
    Associated {
        /// `SecretCode`, base32.
        secret: Secret,
        /// Takes the place of the one before.
        session: Option<Secret>,
    },
    /// Of `VerifySoftwareToken`: the code was right.
    Verified {
        /// Takes the place of the one before.
        session: Option<Secret>,
    },
    /// Of `ForgotPassword` and `ResendConfirmationCode`.
    Sent(Option<Delivery>),
    /// Of `ConfirmForgotPassword`, `ConfirmSignUp` and `UpdateDeviceStatus`.
    Done,
    /// Of `ConfirmDevice`.
    DeviceConfirmed {
        /// To be kept.
        device: KeptDevice,
        /// True when the pool leaves it to the person whether the device is remembered.
        ask: bool,
    },
    /// Refused, or no answer.
    Refused(Problem),
}
