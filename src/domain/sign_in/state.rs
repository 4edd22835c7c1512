//! Where a sign-in stands, and what it holds on to meanwhile.

use super::answer::Answer;
use super::factor::Factor;
use super::question::{Choosing, CodeKind, Question, QuestionKind};
use crate::domain::{Secret, Tokens};

/// Where a sign-in stands.
#[derive(Debug)]
pub(super) enum State {
    /// The person is asked.
    Asking(Box<Asked>),
    /// A call is under way.
    Waiting(Box<Await>),
    /// It is the browser's turn, or all is done.
    Over,
}

/// A question, and what its answer belongs to.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) question: Question,
    pub(super) context: Context,
}

/// What an answer needs beside the person's words.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// To be echoed.
    pub(super) session: Option<Secret>,
    /// The sign-in is over but for one question.
    pub(super) tokens: Option<Tokens>,
    /// Where a password goes.
    pub(super) way: Option<PasswordWay>,
    /// The session is used up: the answer is for a run from the beginning.
    pub(super) is_stale: bool,
}

impl Context {
    pub(super) fn of(session: Option<Secret>) -> Self {
        Self {
            session,
            ..Self::default()
        }
    }
}

/// The challenge that a password answers, and how it is given.
#[derive(Debug, Clone, Copy)]
pub(super) struct PasswordWay {
    /// `SELECT_CHALLENGE`, `PASSWORD` or `PASSWORD_SRP`.
    pub(super) challenge: &'static str,
    /// [`Factor::Password`] is sent, [`Factor::PasswordSrp`] is proved.
    pub(super) factor: Factor,
}

/// What is to become of the call's result.
#[derive(Debug)]
pub(super) struct Await {
    /// Which result is expected.
    pub(super) of: Of,
    /// The question that the call carries the answer of: put again when the answer was wrong.
    pub(super) asked: Option<Box<Asked>>,
}

/// Which result is expected.
#[derive(Debug)]
pub(super) enum Of {
    /// Of `InitiateAuth` or `RespondToAuthChallenge`.
    Reply,
    /// Of the two calls that prove the device.
    DeviceReply,
    /// Of `AssociateSoftwareToken`.
    Associating,
    /// Of `VerifySoftwareToken`.
    Verifying,
    /// Of `ForgotPassword` and `ResendConfirmationCode`.
    Sending {
        /// What is asked then.
        then: QuestionKind,
        /// Said with it.
        notice: Option<&'static str>,
    },
    /// Of `ConfirmForgotPassword`, with the password that holds from then on.
    Resetting(Secret),
    /// Of `ConfirmSignUp`.
    Confirming,
    /// Of `ConfirmDevice`.
    ConfirmingDevice(Tokens),
    /// Of `UpdateDeviceStatus`.
    UpdatingDevice(Tokens),
}

/// Answers that can be given once more when a sign-in starts over.
///
/// Not among them: a delivered code, which is worth nothing after a new one was sent; the first
/// code of an authenticator app, whose key is a new one then; and what another program asks, which
/// may be something else next time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Password,
    AppCode,
    NewPassword,
    SetUpEmail,
    Choice(Choosing),
}

impl Topic {
    /// None where the answer holds only once.
    pub(super) const fn of(kind: &QuestionKind) -> Option<Self> {
        match kind {
            QuestionKind::Password => Some(Self::Password),
            QuestionKind::Code(CodeKind::SoftwareToken) => Some(Self::AppCode),
            QuestionKind::NewPassword { .. } => Some(Self::NewPassword),
            QuestionKind::SetUpEmail => Some(Self::SetUpEmail),
            QuestionKind::Choose { choosing, .. } => Some(Self::Choice(*choosing)),
            _ => None,
        }
    }
}

/// Answers by what they are about, at most one for each, in the order given.
#[derive(Debug, Default)]
pub(super) struct Answers(Vec<(Topic, Answer)>);

impl Answers {
    /// Takes the place of an earlier answer to the same.
    pub(super) fn put(&mut self, topic: Topic, answer: Answer) {
        self.remove(topic);
        self.0.push((topic, answer));
    }

    pub(super) fn get(&self, topic: Topic) -> Option<&Answer> {
        let found = self.0.iter().find(|(of, _)| *of == topic);
        found.map(|(_, answer)| answer)
    }

    /// Takes a copy of what the others say about that.
    pub(super) fn copy(&mut self, others: &Self, topic: Topic) {
        if let Some(answer) = others.get(topic) {
            self.put(topic, answer.duplicate());
        }
    }

    pub(super) fn remove(&mut self, topic: Topic) -> Option<Answer> {
        let place = self.0.iter().position(|(of, _)| *of == topic)?;
        Some(self.0.remove(place).1)
    }

    /// Takes back the last choice from a list.
    pub(super) fn remove_last_choice(&mut self) {
        let is_choice = |(topic, _): &(Topic, Answer)| matches!(topic, Topic::Choice(_));
        if let Some(place) = self.0.iter().rposition(is_choice) {
            self.0.remove(place);
        }
    }

    /// Moves all of the others here.
    pub(super) fn take_all(&mut self, others: &mut Self) {
        for (topic, answer) in others.0.drain(..) {
            self.put(topic, answer);
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
