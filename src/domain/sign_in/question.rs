//! What a person is asked during a sign-in, as fields: the window draws them, the terminal asks
//! them one after the other, and `--answer` names them.
//!
//! Deliberately absent: where the answer goes on the wire (see `moves`).

use super::challenge::Delivery;
use super::factor::Factor;
use super::words;
use crate::domain::plain::plain;
use crate::domain::{Problem, Secret};

/// Something only the person can answer.
#[derive(Debug)]
pub struct Question {
    /// What is asked.
    pub kind: QuestionKind,
    /// Who signs in, as far as it is known.
    pub username: String,
    /// Where a code was sent.
    pub delivery: Option<Delivery>,
    /// Why the last answer was not accepted.
    pub problem: Option<Problem>,
    /// What happened meanwhile, such as that a new code was sent.
    pub notice: Option<&'static str>,
    /// True when another way to answer can be chosen.
    pub other_method: bool,
}

/// The questions Poolkey can put to a person.
#[derive(Debug)]
pub enum QuestionKind {
    /// Who, and for most methods the password: how every sign-in begins.
    Credentials {
        /// False where the method begins with the name alone.
        password: bool,
    },
    /// The password, after it was chosen as the way.
    Password,
    /// A code from an app or a message.
    Code(CodeKind),
    /// `NEW_PASSWORD_REQUIRED`.
    NewPassword {
        /// Attributes to be filled in, such as `given_name`.
        attributes: Vec<String>,
    },
    /// `SELECT_CHALLENGE`, `SELECT_MFA_TYPE`, `MFA_SETUP` with more than one way.
    Choose {
        /// What for.
        choosing: Choosing,
        /// From these.
        factors: Vec<Factor>,
    },
    /// `MFA_SETUP`: an authenticator app has to learn a secret and show a first code.
    SetUpSoftwareToken {
        /// Base32; in the window also as a QR code.
        secret: Secret,
        /// Named in the `otpauth` address beside the user.
        issuer: String,
    },
    /// `MFA_SETUP`: an address for codes.
    SetUpEmail,
    /// `CUSTOM_CHALLENGE` with its public parameters, to be shown as they are.
    Custom {
        /// Name and value; free text of somebody else's program.
        parameters: Vec<(String, String)>,
    },
    /// The account was never confirmed: the code that was sent when it was made.
    ConfirmAccount,
    /// A code and a new password.
    ResetPassword,
    /// May the pool know this machine again?
    RememberDevice,
}

/// Codes by the challenge that asks for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// `SOFTWARE_TOKEN_MFA`.
    SoftwareToken,
    /// `SMS_MFA`.
    SmsMfa,
    /// `EMAIL_OTP`, first or second factor.
    EmailOtp,
    /// `SMS_OTP`.
    SmsOtp,
}

impl CodeKind {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::SoftwareToken,
        Self::SmsMfa,
        Self::EmailOtp,
        Self::SmsOtp,
    ];

    /// The challenge's name on the wire.
    #[must_use]
    pub const fn challenge_name(self) -> &'static str {
        match self {
            Self::SoftwareToken => "SOFTWARE_TOKEN_MFA",
            Self::SmsMfa => "SMS_MFA",
            Self::EmailOtp => "EMAIL_OTP",
            Self::SmsOtp => "SMS_OTP",
        }
    }

    /// The key of the answer on the wire.
    #[must_use]
    pub const fn response_key(self) -> &'static str {
        match self {
            Self::SoftwareToken => "SOFTWARE_TOKEN_MFA_CODE",
            Self::SmsMfa => "SMS_MFA_CODE",
            Self::EmailOtp => "EMAIL_OTP_CODE",
            Self::SmsOtp => "SMS_OTP_CODE",
        }
    }
}

/// What is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choosing {
    /// `SELECT_CHALLENGE`: how to sign in.
    FirstFactor,
    /// `SELECT_MFA_TYPE`: how to get the code.
    SecondFactor,
    /// `MFA_SETUP`: which second factor to set up.
    SetUp,
}

/// One thing to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The response key in lower case: the name of an `--answer`.
    pub name: String,
    /// For a person.
    pub label: String,
    /// How it is filled in.
    pub input: Input,
}

/// How a field is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Any text, shown while it is typed.
    Text,
    /// A password that exists.
    Password,
    /// A password to be set: typed twice.
    NewPassword,
    /// Digits; the number is known for an app's codes only.
    Code {
        /// How many.
        digits: Option<u8>,
    },
    /// One of several: value and label.
    Choice(Vec<(String, String)>),
}

impl Question {
    pub(super) fn new(kind: QuestionKind, username: &str) -> Self {
        Self {
            kind,
            username: plain(username),
            delivery: None,
            problem: None,
            notice: None,
            other_method: false,
        }
    }

    /// The challenge's name on the wire, or the service's word for the state of the account.
    #[must_use]
    pub const fn challenge_name(&self) -> &'static str {
        match &self.kind {
            QuestionKind::Credentials { password: false } => "USERNAME",
            QuestionKind::Credentials { password: true } | QuestionKind::Password => "PASSWORD",
            QuestionKind::Code(code) => code.challenge_name(),
            QuestionKind::NewPassword { .. } => "NEW_PASSWORD_REQUIRED",
            QuestionKind::Choose { choosing, .. } => match choosing {
                Choosing::FirstFactor => "SELECT_CHALLENGE",
                Choosing::SecondFactor => "SELECT_MFA_TYPE",
                Choosing::SetUp => "MFA_SETUP",
            },
            QuestionKind::SetUpSoftwareToken { .. } | QuestionKind::SetUpEmail => "MFA_SETUP",
            QuestionKind::Custom { .. } => "CUSTOM_CHALLENGE",
            QuestionKind::ConfirmAccount => "UNCONFIRMED",
            QuestionKind::ResetPassword => "RESET_REQUIRED",
            QuestionKind::RememberDevice => "DEVICE",
        }
    }

    /// True when a new code can be asked for.
    #[must_use]
    pub const fn can_resend(&self) -> bool {
        match &self.kind {
            QuestionKind::ConfirmAccount | QuestionKind::ResetPassword => true,
            QuestionKind::Code(code) => !matches!(code, CodeKind::SoftwareToken),
            _ => false,
        }
    }

    /// True where somebody may have forgotten the password.
    #[must_use]
    pub const fn can_reset_password(&self) -> bool {
        matches!(
            self.kind,
            QuestionKind::Credentials { .. }
                | QuestionKind::Password
                | QuestionKind::Choose {
                    choosing: Choosing::FirstFactor,
                    ..
                }
        )
    }

    /// What is asked, in a few words.
    #[must_use]
    pub fn title(&self) -> &'static str {
        words::title(&self.kind)
    }

    /// Why it is asked and what comes next, in one sentence.
    #[must_use]
    pub fn explanation(&self) -> String {
        words::explanation(self)
    }

    /// What a custom challenge says, by name; nothing for other questions.
    #[must_use]
    pub fn parameters(&self) -> &[(String, String)] {
        match &self.kind {
            QuestionKind::Custom { parameters } => parameters,
            _ => &[],
        }
    }

    /// What is to be filled in, in this order.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        words::fields(&self.kind)
    }
}
