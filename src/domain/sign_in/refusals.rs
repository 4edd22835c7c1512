//! What a refused call leads to: another try, starting over, or the end.
//!
//! Codes decide; a message does so only where the service gives several meanings one code.

use super::machine::{SignIn, Step};
use super::question::{Question, QuestionKind};
use super::state::{Asked, Await, Context, Of, State, Topic};
use crate::domain::plain::plain;
use crate::domain::{Problem, ProblemKind};

const NOT_AUTHORIZED: &str = "NotAuthorizedException";

impl SignIn {
    pub(super) fn refused(&mut self, problem: Problem, waiting: Await) -> Result<Step, Problem> {
        let Await { of, asked } = waiting;
        match of {
            // Tokens are here already: a device that is not remembered must not cost a sign-in.
            Of::ConfirmingDevice(tokens) => {
                // The tokens belong to the new device; the one before is none any more.
                if self.kept_device().is_some() {
                    self.forget_device();
                }
                return Ok(self.finish(tokens, None));
            }
            Of::UpdatingDevice(tokens) => return Ok(self.finish(tokens, None)),
            Of::DeviceReply if !is_passing(&problem) && !is_too_late(&problem) => {
                return self.without_device(problem);
            }
            Of::Confirming if is_not_authorized(&problem, "Current status is CONFIRMED") => {
                return self.account_is_confirmed();
            }
            _ => {}
        }
        match problem.aws_code() {
            Some("UserNotConfirmedException") => {
                return self.ask_about(QuestionKind::ConfirmAccount);
            }
            Some("PasswordResetRequiredException") => {
                return self.ask_about(QuestionKind::ResetPassword);
            }
            Some("ResourceNotFoundException")
                if says(&problem, "Device does not exist") && self.kept_device().is_some() =>
            {
                return self.without_device(problem);
            }
            _ => {}
        }
        let is_worth_another_try = match of {
            Of::Sending { .. } => true,
            _ => is_wrong_answer(&problem) || is_passing(&problem),
        };
        if is_too_late(&problem) {
            return self.too_late(problem, asked.as_deref());
        }
        match asked {
            Some(asked) if is_worth_another_try => Ok(self.ask_again(asked, problem)),
            _ if self.is_wrong_chosen_password(&problem) => Ok(self.ask_password_again(problem)),
            _ => Err(problem),
        }
    }

    fn ask_about(&mut self, kind: QuestionKind) -> Result<Step, Problem> {
        let question = Question::new(kind, &self.typed);
        self.ask(question, Context::default())
    }

    /// From the beginning as a machine that the pool does not know.
    fn without_device(&mut self, problem: Problem) -> Result<Step, Problem> {
        self.forget_device();
        self.start_over(None).map_err(|_| problem)
    }

    /// What was typed is given again; a code that was sent has to be sent anew.
    fn too_late(&mut self, problem: Problem, asked: Option<&Asked>) -> Result<Step, Problem> {
        let why = match asked.map(|asked| &asked.question) {
            Some(question) if question.can_resend() => "It took too long, so a new code was sent.",
            Some(question) if matches!(question.kind, QuestionKind::SetUpSoftwareToken { .. }) => {
                "It took too long, and the key is a new one: remove the entry in the app, then scan \
                 this picture."
            }
            _ => "It took too long, so the sign-in was started again.",
        };
        self.start_over(Some(why)).map_err(|_| problem)
    }

    /// True for a password that was asked for within `USER_AUTH`, rather than at the beginning.
    fn is_wrong_chosen_password(&self, problem: &Problem) -> bool {
        self.given.get(Topic::Password).is_some()
            && !self.method.begins_with_password()
            && is_not_authorized(problem, "Incorrect username or password")
    }

    /// The way that was chosen stays chosen. Whether the session survives a wrong password is not
    /// said anywhere, so the next one goes to a new run.
    fn ask_password_again(&mut self, problem: Problem) -> Step {
        self.given.remove(Topic::Password);
        self.password = None;
        let mut question = Question::new(QuestionKind::Password, &self.typed);
        question.problem = Some(problem);
        question.notice = self.notice.take();
        question.other_method = self.has_chosen;
        let context = Context {
            is_stale: true,
            ..Context::default()
        };
        self.state = State::Asking(Box::new(Asked { question, context }));
        Step::Ask
    }
}

/// A wrong answer leaves the session as it was.
fn is_wrong_answer(problem: &Problem) -> bool {
    match problem.aws_code() {
        // What was refused by what AWS did not say, such as a code that could not be verified.
        None => problem.kind == ProblemKind::Refused,
        Some(code) => {
            matches!(
                code,
                "CodeMismatchException"
                    | "ExpiredCodeException"
                    | "EnableSoftwareTokenMFAException"
                    | "InvalidPasswordException"
                    | "PasswordHistoryPolicyViolationException"
                    | "InvalidParameterException"
            ) || is_not_authorized(problem, "Cannot modify an already provided")
        }
    }
}

/// The call never arrived, or came too soon.
fn is_passing(problem: &Problem) -> bool {
    problem.kind == ProblemKind::Network
        || matches!(
            problem.aws_code(),
            Some("LimitExceededException" | "TooManyRequestsException")
        )
}

fn is_too_late(problem: &Problem) -> bool {
    is_not_authorized(problem, "Invalid session for the user")
}

fn is_not_authorized(problem: &Problem, part: &str) -> bool {
    problem.aws_code() == Some(NOT_AUTHORIZED) && says(problem, part)
}

fn says(problem: &Problem, part: &str) -> bool {
    let aws = problem.aws.as_ref();
    aws.is_some_and(|said| said.message.contains(part))
}

pub(super) fn unsupported(challenge_name: &str) -> Problem {
    let name = plain(challenge_name);
    Problem::new(
        ProblemKind::SignInNeeded,
        format!("The user pool asks for {name}, which Poolkey cannot answer"),
    )
    .hint("Ask the pool's administrator which sign-in your account needs.")
}
