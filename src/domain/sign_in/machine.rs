//! The machine itself: what it holds, and the two ways to move it.

use std::time::Duration;

use super::answer::Move;
use super::call::Call;
use super::challenge::Heard;
use super::device::{DeviceChange, KeptDevice};
use super::question::{Question, QuestionKind};
use super::state::{Answers, Asked, Context, State};
use crate::domain::{Problem, ProblemKind, Secret, SignInMethod, Tokens};

/// What to do next.
#[derive(Debug)]
pub enum Step {
    /// Make this call, at once, and tell what came of it.
    Call(Box<Call>),
    /// Put [`SignIn::question`] to the person.
    Ask,
    /// Only managed login in the browser can go on.
    Browser,
    /// Done.
    Finish(Box<Finished>),
}

/// A sign-in that came to its end.
#[derive(Debug)]
pub struct Finished {
    /// What it yields.
    pub tokens: Tokens,
    /// What is to be kept of the device.
    pub device: DeviceChange,
    /// Of the device that refreshes have to name.
    pub device_key: Option<String>,
}

/// One sign-in from the first question to the tokens.
#[derive(Debug)]
pub struct SignIn {
    pub(super) method: SignInMethod,
    /// Name or alias as typed.
    pub(super) typed: String,
    /// The pool's real user name as soon as it has told it.
    pub(super) real: String,
    /// Kept until the end, for starting over.
    pub(super) password: Option<Secret>,
    pub(super) device: Option<KeptDevice>,
    pub(super) device_change: DeviceChange,
    pub(super) state: State,
    /// Answers given in this run, to be given again when it has to start over.
    pub(super) given: Answers,
    /// Those of the run before, as long as they wait for their question.
    pub(super) replay: Answers,
    /// Said with the next question.
    pub(super) notice: Option<&'static str>,
    /// True after the person chose from a list: there is another method.
    pub(super) has_chosen: bool,
    /// Challenges since the person's last word.
    pub(super) challenges: u8,
    /// Runs begun since the person's last word.
    pub(super) restarts: u8,
    /// `SRP`, `TOTP`: how the person got in, for the report.
    pub(super) factors: Vec<&'static str>,
    /// Time spent waiting for the user pool.
    pub took: Duration,
}

impl SignIn {
    /// A sign-in that asks who wants in. `username` is what was typed last time.
    #[must_use]
    pub fn new(method: SignInMethod, username: Option<String>) -> Self {
        let username = username.unwrap_or_default();
        let kind = QuestionKind::Credentials {
            password: method.begins_with_password(),
        };
        let asked = Asked {
            question: Question::new(kind, &username),
            context: Context::default(),
        };
        Self {
            method,
            typed: username.clone(),
            real: username,
            password: None,
            device: None,
            device_change: DeviceChange::Unchanged,
            state: State::Asking(Box::new(asked)),
            given: Answers::default(),
            replay: Answers::default(),
            notice: None,
            has_chosen: false,
            challenges: 0,
            restarts: 0,
            factors: Vec::new(),
            took: Duration::ZERO,
        }
    }

    /// The same after a run that failed: the first question says why.
    #[must_use]
    pub fn after(mut self, problem: Problem) -> Self {
        if let State::Asking(asked) = &mut self.state {
            asked.question.problem = Some(problem);
        }
        self
    }

    /// True while the person is asked who signs in: the time to say which device is kept.
    #[must_use]
    pub fn is_new(&self) -> bool {
        let question = self.question().map(|question| &question.kind);
        matches!(question, Some(QuestionKind::Credentials { .. }))
    }

    /// The device kept from an earlier sign-in; it is used if it belongs to whoever signs in.
    ///
    /// One that the pool said it does not know stays forgotten.
    pub fn use_device(&mut self, device: Option<KeptDevice>) {
        if !matches!(self.device_change, DeviceChange::Forget) {
            self.device = device;
        }
    }

    /// What is asked now.
    #[must_use]
    pub fn question(&self) -> Option<&Question> {
        match &self.state {
            State::Asking(asked) => Some(&asked.question),
            _ => None,
        }
    }

    /// The name or alias as typed.
    #[must_use]
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// How the person got in so far: `SRP + TOTP`.
    #[must_use]
    pub fn detail(&self) -> String {
        self.factors.join(" + ")
    }

    /// True when the question comes after a password that the pool took.
    #[must_use]
    pub fn password_accepted(&self) -> bool {
        let proved = |factor: &&str| matches!(*factor, "SRP" | "Password");
        let asks_for_it = matches!(
            self.question().map(|question| &question.kind),
            None | Some(
                QuestionKind::Credentials { .. }
                    | QuestionKind::Password
                    // The pool looks at the account's state before it looks at the password.
                    | QuestionKind::ConfirmAccount
                    | QuestionKind::ResetPassword
            )
        );
        !asks_for_it && self.factors.iter().any(proved)
    }

    /// Takes a move of the person.
    ///
    /// # Errors
    /// When the move does not belong to the question; the question stays.
    pub fn take(&mut self, moved: Move) -> Result<Step, Problem> {
        if !self
            .question()
            .is_some_and(|question| fits(&moved, question))
        {
            return Err(out_of_turn());
        }
        match std::mem::replace(&mut self.state, State::Over) {
            State::Asking(asked) => {
                self.challenges = 0;
                self.restarts = 0;
                self.replay.clear();
                self.moved(moved, asked)
            }
            _ => Err(out_of_turn()),
        }
    }

    /// Takes what came of the call that was wanted.
    ///
    /// # Errors
    /// What ends the sign-in.
    pub fn hear(&mut self, heard: Heard) -> Result<Step, Problem> {
        let State::Waiting(waiting) = std::mem::replace(&mut self.state, State::Over) else {
            return Err(out_of_turn());
        };
        match heard {
            Heard::Refused(problem) => self.refused(problem, *waiting),
            heard => self.answered(heard, *waiting),
        }
    }
}

const fn fits(moved: &Move, question: &Question) -> bool {
    match moved {
        Move::Answer(_) => true,
        Move::Resend => question.can_resend(),
        Move::OtherMethod => question.other_method,
        Move::ForgotPassword { .. } => question.can_reset_password(),
    }
}

pub(super) fn out_of_turn() -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        "The sign-in was answered out of turn",
    )
}
