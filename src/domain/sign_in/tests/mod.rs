//! The machine as tables: a move or a result leads to a call, a question or the end.
//!
//! Here is what drives the machine; `made` has the values; the scenarios are in one file per area. `states` drives all of them once
//! more and compares the ways taken with the diagram in the module's documentation.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop where it stands"
)]

mod accounts;
mod challenges;
mod choices;
mod devices;
mod made;
mod passwords;
mod restarts;
mod rules;
mod states;
mod ways_in;

use std::collections::BTreeSet;

use super::state::{Of, State};
use super::{
    Answer, Call, Finished, Heard, Initiate, KeptDevice, Move, Proof, Question, Reply, Response,
    SignIn, Step,
};
use crate::domain::{AwsSaid, Problem, ProblemKind, SignInMethod, Tokens};
use made::*;

/// One scenario by its name.
type Scenario = (&'static str, fn(&mut Log));

/// Makes a test of each scenario, and a list for the diagram's test.
macro_rules! scenarios {
    ($($name:ident),+ $(,)?) => {
        pub(super) const ALL: &[super::Scenario] = &[$((stringify!($name), $name)),+];
        mod each {
            $(#[test]
            fn $name() {
                super::$name(&mut super::Log::default());
            })+
        }
    };
}
use scenarios;

/// The ways taken: state, input, state.
#[derive(Default)]
struct Log(BTreeSet<[&'static str; 3]>);

/// A sign-in under test and what it wants next.
struct Drive<'a> {
    log: &'a mut Log,
    sign_in: SignIn,
    step: Option<Result<Step, Problem>>,
}

impl Log {
    /// A new sign-in of that method.
    fn sign_in(&mut self, method: SignInMethod) -> Drive<'_> {
        Drive {
            log: self,
            sign_in: SignIn::new(method, None),
            step: Some(Ok(Step::Ask)),
        }
    }

    /// `ana` has typed name and password; `InitiateAuth` is out.
    fn begun(&mut self, method: SignInMethod) -> Drive<'_> {
        let mut drive = self.sign_in(method);
        drive.give(credentials("ana", "old secret")).initiate();
        drive
    }

    /// SRP is through: the next reply is a challenge after the password, or tokens.
    fn proved(&mut self, method: SignInMethod) -> Drive<'_> {
        let mut drive = self.begun(method);
        drive.prove();
        drive
    }

    /// A challenge of that name is the question.
    fn challenged(&mut self, name: &str, parameters: &[(&str, &str)]) -> Drive<'_> {
        let mut drive = self.proved(SignInMethod::Srp);
        drive.hear(challenge(name, parameters, "session-2"));
        drive
    }
}

impl Drive<'_> {
    fn take(&mut self, moved: Move) -> &mut Self {
        let input = match &moved {
            Move::Answer(_) => "answer",
            Move::Resend => "new code",
            Move::OtherMethod => "other method",
            Move::ForgotPassword { .. } => "forgot password",
        };
        let from = place(&self.sign_in, None);
        let result = self.sign_in.take(moved);
        self.moved(from, input, result)
    }

    fn give(&mut self, answer: Answer) -> &mut Self {
        self.take(Move::Answer(answer))
    }

    fn hear(&mut self, heard: Heard) -> &mut Self {
        let from = place(&self.sign_in, None);
        let input = heard_as(&heard, from);
        let result = self.sign_in.hear(heard);
        self.moved(from, input, result)
    }

    fn moved(
        &mut self,
        from: &'static str,
        input: &'static str,
        result: Result<Step, Problem>,
    ) -> &mut Self {
        let is_rejected = result.is_err() && self.sign_in.question().is_some();
        if !is_rejected {
            let to = place(&self.sign_in, Some(&result));
            self.log.0.insert([from, input, to]);
        }
        self.step = Some(result);
        self
    }

    fn step(&mut self) -> Result<Step, Problem> {
        self.step.take().unwrap()
    }

    fn call(&mut self) -> Call {
        match self.step() {
            Ok(Step::Call(call)) => *call,
            other => panic!("no call: {other:?}"),
        }
    }

    fn initiate(&mut self) -> Initiate {
        match self.call() {
            Call::Initiate(call) => call,
            other => panic!("not InitiateAuth: {other:?}"),
        }
    }

    /// The response to the challenge of that name.
    fn response(&mut self, challenge: &str) -> Response {
        match self.call() {
            Call::Respond(response) => {
                assert_eq!(response.challenge, challenge);
                response
            }
            other => panic!("not RespondToAuthChallenge: {other:?}"),
        }
    }

    /// The question, by its challenge.
    fn asked(&mut self, challenge: &str) -> &Question {
        assert!(matches!(self.step(), Ok(Step::Ask)));
        let question = self.sign_in.question().unwrap();
        assert_eq!(question.challenge_name(), challenge);
        question
    }

    /// The same question again, because of that error code.
    fn asked_again(&mut self, challenge: &str, code: &str) -> &Question {
        let question = self.asked(challenge);
        let problem = question.problem.as_ref().unwrap();
        assert_eq!(problem.aws_code().unwrap_or_default(), code, "{problem:?}");
        question
    }

    fn finished(&mut self) -> Finished {
        match self.step() {
            Ok(Step::Finish(finished)) => *finished,
            other => panic!("not finished: {other:?}"),
        }
    }

    /// The browser goes on, and nothing is sent before.
    fn leaves_to_browser(&mut self) {
        let step = self.step();
        assert!(matches!(step, Ok(Step::Browser)), "{step:?}");
    }

    fn failed(&mut self) -> Problem {
        match self.step() {
            Err(problem) => problem,
            other => panic!("not failed: {other:?}"),
        }
    }

    /// The pool asks for the proof of the password, and gets it.
    fn prove(&mut self) -> Response {
        self.hear(challenge("PASSWORD_VERIFIER", &[], "session-1"));
        self.response("PASSWORD_VERIFIER")
    }

    /// Says yes to a question of the pool and hears tokens.
    fn ends_well(&mut self) -> Finished {
        self.hear(tokens()).finished()
    }
}

fn place(sign_in: &SignIn, result: Option<&Result<Step, Problem>>) -> &'static str {
    match (&sign_in.state, result) {
        (State::Asking(_), _) => "Asking",
        (State::Waiting(waiting), _) => match waiting.of {
            Of::Reply => "Signing in",
            Of::DeviceReply => "Proving device",
            Of::Associating => "Getting key",
            Of::Verifying => "Verifying key",
            Of::Sending { .. } => "Sending code",
            Of::Resetting(_) => "Resetting password",
            Of::Confirming => "Confirming account",
            Of::ConfirmingDevice(_) => "Confirming device",
            Of::UpdatingDevice(_) => "Updating device",
        },
        (State::Over, Some(Ok(Step::Browser))) => "Browser",
        (State::Over, Some(Ok(Step::Finish(_)))) => "Finished",
        (State::Over, Some(Err(_))) => "Failed",
        (State::Over, other) => panic!("over, but {other:?}"),
    }
}

/// The diagram's word for a result; where every refusal means the same, it is one word.
fn heard_as(heard: &Heard, from: &str) -> &'static str {
    let problem = match heard {
        Heard::Reply(Reply::Tokens {
            new_device: Some(_),
            ..
        }) => return "new device",
        Heard::Reply(Reply::Tokens { .. }) => return "tokens",
        Heard::Reply(Reply::Challenge(_)) => return "challenge",
        Heard::Associated { .. } => return "key",
        Heard::Verified { .. } => return "verified",
        Heard::Sent(_) => return "sent",
        Heard::Done => return "done",
        Heard::DeviceConfirmed { ask: true, .. } => return "may be remembered",
        Heard::DeviceConfirmed { .. } => return "confirmed",
        Heard::Refused(problem) => problem,
    };
    match refused_as(problem) {
        "wrong answer" | "wrong password" | "unknown device"
            if matches!(
                from,
                "Sending code" | "Proving device" | "Confirming device" | "Updating device"
            ) =>
        {
            "refused"
        }
        input => input,
    }
}

fn refused_as(problem: &Problem) -> &'static str {
    let says = |part: &str| {
        let aws = problem.aws.as_ref();
        aws.is_some_and(|said| said.message.contains(part))
    };
    match problem.aws_code() {
        _ if problem.kind == ProblemKind::Network => "no answer",
        None if problem.kind == ProblemKind::Refused => "wrong answer",
        Some("LimitExceededException" | "TooManyRequestsException") => "no answer",
        Some("UserNotConfirmedException" | "PasswordResetRequiredException") => "account state",
        Some("ResourceNotFoundException") if says("Device does not exist") => "unknown device",
        Some("NotAuthorizedException") if says("Invalid session") => "took too long",
        Some("NotAuthorizedException") if says("Current status is CONFIRMED") => "done already",
        Some("NotAuthorizedException") if says("Cannot modify") => "wrong answer",
        Some("NotAuthorizedException") if says("Incorrect username") => "wrong password",
        Some(
            "CodeMismatchException"
            | "ExpiredCodeException"
            | "EnableSoftwareTokenMFAException"
            | "InvalidPasswordException"
            | "PasswordHistoryPolicyViolationException"
            | "InvalidParameterException",
        ) => "wrong answer",
        _ => "refused",
    }
}
