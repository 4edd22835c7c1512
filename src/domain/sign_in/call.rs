//! The calls that the state machine wants made; `ops::sign_in` makes them.

use super::challenge::{Challenge, NewDevice};
use super::device::KeptDevice;
use crate::domain::Secret;

/// `AuthFlow` of `InitiateAuth`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthFlow {
    /// `USER_SRP_AUTH`.
    Srp,
    /// `USER_PASSWORD_AUTH`.
    Password,
    /// `USER_AUTH`.
    Choice,
    /// `CUSTOM_AUTH`.
    Custom,
}

impl AuthFlow {
    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Srp => "USER_SRP_AUTH",
            Self::Password => "USER_PASSWORD_AUTH",
            Self::Choice => "USER_AUTH",
            Self::Custom => "CUSTOM_AUTH",
        }
    }
}

/// One call of the user pool. `Debug` is safe: secrets are types.
#[derive(Debug)]
pub enum Call {
    /// `InitiateAuth`.
    Initiate(Initiate),
    /// `RespondToAuthChallenge`.
    Respond(Response),
    /// `AssociateSoftwareToken` within `MFA_SETUP`.
    Associate {
        /// The challenge's.
        session: Option<Secret>,
    },
    /// `VerifySoftwareToken` within `MFA_SETUP`.
    Verify {
        /// Of `AssociateSoftwareToken`.
        session: Option<Secret>,
        /// The first code that the authenticator app shows.
        code: Secret,
    },
    /// `ForgotPassword`.
    ForgotPassword {
        /// As typed.
        username: String,
    },
    /// `ConfirmForgotPassword`.
    ResetPassword {
        /// As typed.
        username: String,
        /// As delivered.
        code: Secret,
        /// From now on.
        new_password: Secret,
    },
    /// `ResendConfirmationCode`.
    ResendConfirmation {
        /// As typed.
        username: String,
    },
    /// `ConfirmSignUp`.
    ConfirmAccount {
        /// As typed.
        username: String,
        /// As delivered.
        code: Secret,
    },
    /// `ConfirmDevice`, with a device password that the caller makes.
    ConfirmDevice {
        /// Of the sign-in that just ended.
        access_token: Secret,
        /// What the pool called it.
        device: NewDevice,
        /// The real user name.
        username: String,
        /// The name as typed.
        typed: String,
    },
    /// `UpdateDeviceStatus`.
    UpdateDevice {
        /// Of the sign-in that just ended.
        access_token: Secret,
        /// Which.
        device_key: String,
        /// `remembered` or `not_remembered`.
        remembered: bool,
    },
}

/// How a sign-in begins.
#[derive(Debug)]
pub struct Initiate {
    /// `AuthFlow`.
    pub flow: AuthFlow,
    /// Name or alias, exactly as typed: `SECRET_HASH` is made over this text.
    pub username: String,
    /// Of a remembered device.
    pub device_key: Option<String>,
    /// Further parameters by their names on the wire.
    pub fields: Vec<(String, Secret)>,
    /// True when `SRP_A` goes with it.
    pub with_srp_a: bool,
}

/// The answer to a challenge.
#[derive(Debug)]
pub struct Response {
    /// `ChallengeName`.
    pub challenge: String,
    /// The real user name: `SECRET_HASH` is made over this text.
    pub username: String,
    /// Echoed wherever the pool sent one.
    pub session: Option<Secret>,
    /// Of a remembered device.
    pub device_key: Option<String>,
    /// The answer by response keys.
    pub fields: Vec<(String, Secret)>,
    /// What has to be computed for it.
    pub proof: Proof,
}

/// What has to be computed for a response.
#[derive(Debug)]
pub enum Proof {
    /// Nothing.
    None,
    /// `SRP_A` of a new pair of values, which the next proof belongs to.
    PublicValue,
    /// That the password is known: `PASSWORD_VERIFIER`. The pool allows a few seconds.
    Password {
        /// With salt, B and secret block.
        challenge: Challenge,
        /// Never sent.
        password: Secret,
    },
    /// That this is the device of before: `DEVICE_PASSWORD_VERIFIER`.
    Device {
        /// With salt, B and secret block.
        challenge: Challenge,
        /// Its password is never sent.
        device: KeptDevice,
    },
}
