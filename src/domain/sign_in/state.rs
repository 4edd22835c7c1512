//! Where a sign-in stands, and what it holds on to meanwhile.

use super::question::{Question, QuestionKind};
use crate::domain::{Secret, Tokens};

/// Where a sign-in stands.
#[derive(Debug)]
pub(super) enum State {
    /// The person is asked; what the answer belongs to on the wire.
    Asking(Box<Question>, Context),
    /// A call is under way.
    Waiting(Box<Await>),
    /// It is the browser's turn, or all is done.
    Over,
}

/// What an answer needs beside the person's words.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// To be echoed.
    pub(super) session: Option<Secret>,
    /// The sign-in is over but for one question.
    pub(super) tokens: Option<Tokens>,
}

/// What is to become of the call's result.
#[derive(Debug)]
pub(super) struct Await {
    /// Which result is expected.
    pub(super) of: Of,
    /// The question that the call carries the answer of: put again when the answer was wrong.
    pub(super) question: Option<(Box<Question>, Context)>,
}

/// Which result is expected.
#[derive(Debug)]
pub(super) enum Of {
    /// Of `InitiateAuth` or `RespondToAuthChallenge`.
    Reply,
    /// Of `AssociateSoftwareToken`.
    Associating,
    /// Of `VerifySoftwareToken`.
    Verifying,
    /// Of `ForgotPassword` and `ResendConfirmationCode`: what is asked then.
    Sending(QuestionKind),
    /// Of `ConfirmForgotPassword`, with the password that holds from then on.
    Resetting(Secret),
    /// Of `ConfirmSignUp`.
    Confirming,
    /// Of `ConfirmDevice`.
    ConfirmingDevice(Tokens),
    /// Of `UpdateDeviceStatus`.
    UpdatingDevice(Tokens),
}
