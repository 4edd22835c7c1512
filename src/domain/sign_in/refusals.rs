//! What a refused call leads to: another try, starting over, or the end.
//!
//! Codes decide; a message does so only where the service gives several meanings one code.

use super::device::DeviceChange;
use super::machine::{SignIn, Step};
use super::question::{Question, QuestionKind};
use super::state::{Await, Of};
use crate::domain::{Problem, ProblemKind};

impl SignIn {
    pub(super) fn refused(&mut self, problem: Problem, waiting: Await) -> Result<Step, Problem> {
        let Await { of, question } = waiting;
        match of {
            // Tokens are here already: a device that is not remembered must not cost a sign-in.
            Of::ConfirmingDevice(tokens) => {
                self.device_change = DeviceChange::Unchanged;
                return Ok(self.finish(tokens, None));
            }
            Of::UpdatingDevice(tokens) => return Ok(self.finish(tokens, None)),
            _ => {}
        }
        if let Some((question, context)) = question
            && is_worth_another_try(&problem, &question)
        {
            return Ok(self.ask_again(question, context, problem));
        }
        let said = |part: &str| {
            let aws = problem.aws.as_ref();
            aws.is_some_and(|said| said.message.contains(part))
        };
        match problem.aws_code() {
            Some("NotAuthorizedException") if said("Invalid session for the user") => self
                .start_over(Some("It took too long, so the sign-in was started again."))
                .map_err(|_| problem),
            Some("UserNotConfirmedException") => self.ask_about(QuestionKind::ConfirmAccount),
            Some("PasswordResetRequiredException") => self.ask_about(QuestionKind::ResetPassword),
            Some("ResourceNotFoundException")
                if said("Device does not exist") && self.device_key().is_some() =>
            {
                self.device = None;
                self.device_change = DeviceChange::Forget;
                self.start_over(None)
            }
            _ => Err(problem),
        }
    }

    fn ask_about(&mut self, kind: QuestionKind) -> Result<Step, Problem> {
        self.ask(Question::new(kind, self.typed.clone()), None)
    }
}

/// A wrong answer leaves the session as it was; so does a call that never arrived.
fn is_worth_another_try(problem: &Problem, question: &Question) -> bool {
    let Some(code) = problem.aws_code() else {
        return problem.kind == ProblemKind::Network;
    };
    match code {
        "CodeMismatchException"
        | "ExpiredCodeException"
        | "EnableSoftwareTokenMFAException"
        | "InvalidPasswordException"
        | "PasswordHistoryPolicyViolationException"
        | "LimitExceededException"
        | "TooManyRequestsException" => true,
        "InvalidParameterException" => matches!(
            question.kind,
            QuestionKind::NewPassword { .. }
                | QuestionKind::SetUpEmail
                | QuestionKind::ResetPassword
                | QuestionKind::ConfirmAccount
        ),
        _ => false,
    }
}
