//! One run of a sign-in: it begins, waits, asks, starts over and finishes.

use super::answer::Move;
use super::call::{AuthFlow, Call, Initiate, Proof, Response};
use super::challenge::{Challenge, NewDevice};
use super::device::{DeviceChange, KeptDevice};
use super::machine::{Finished, SignIn, Step};
use super::question::{Question, QuestionKind};
use super::state::{Asked, Await, Context, Of, State, Topic};
use crate::domain::{Problem, ProblemKind, Secret, SignInMethod, Tokens};

/// More challenges than this without a word of the person means that something loops.
const MOST_CHALLENGES: u8 = 10;

/// A sign-in that took too long is started again this often before a person hears of it.
const MOST_RESTARTS: u8 = 2;

impl SignIn {
    /// `InitiateAuth` with what is known, or the browser where it is the method.
    pub(super) fn begin(&mut self) -> Step {
        self.factors.clear();
        self.real.clone_from(&self.typed);
        let Some(flow) = flow_of(self.method) else {
            self.state = State::Over;
            return Step::Browser;
        };
        if let Some(factor) = factor_of(self.method) {
            self.factor(factor);
        }
        let mut fields = Vec::new();
        if flow == AuthFlow::Password {
            fields.push(("PASSWORD".to_owned(), self.password_copy()));
        }
        let mut with_srp_a = matches!(self.method, SignInMethod::Srp | SignInMethod::CustomSrp);
        if flow == AuthFlow::Custom && with_srp_a {
            let name = Secret::new("SRP_A".to_owned());
            fields.push(("CHALLENGE_NAME".to_owned(), name));
        }
        if flow == AuthFlow::Choice {
            let preferred = self.preferred();
            fields.extend(preferred.fields);
            with_srp_a |= preferred.with_srp_a;
        }
        let call = Initiate {
            flow,
            username: self.typed.clone(),
            device_key: self.device_key(),
            fields,
            with_srp_a,
        };
        self.wait(Of::Reply, None, Call::Initiate(call))
    }

    /// From the beginning with what was typed, as long as that makes sense.
    pub(super) fn start_over(&mut self, why: Option<&'static str>) -> Result<Step, Problem> {
        self.restarts += 1;
        if self.restarts > MOST_RESTARTS {
            return Err(Problem::new(
                ProblemKind::Refused,
                "The user pool ends the sign-in again and again",
            )
            .hint("Try again in a moment."));
        }
        self.replay.take_all(&mut self.given);
        if why.is_some() {
            self.notice = why;
        }
        Ok(self.begin())
    }

    /// Puts a question, unless the run before has answered it already.
    pub(super) fn ask(
        &mut self,
        mut question: Question,
        context: Context,
    ) -> Result<Step, Problem> {
        let topic = Topic::of(&question.kind);
        if let Some(answer) = topic.and_then(|topic| self.replay.remove(topic)) {
            let asked = Box::new(Asked { question, context });
            return self.moved(Move::Answer(answer), asked);
        }
        question.notice = self.notice.take();
        question.other_method = self.has_chosen && comes_of_a_choice(&question.kind);
        self.state = State::Asking(Box::new(Asked { question, context }));
        Ok(Step::Ask)
    }

    /// Puts the same question once more, because its answer was not accepted.
    pub(super) fn ask_again(&mut self, mut asked: Box<Asked>, problem: Problem) -> Step {
        if let Some(topic) = Topic::of(&asked.question.kind) {
            self.given.remove(topic);
        }
        if matches!(asked.question.kind, QuestionKind::Credentials { .. }) {
            asked.question.username.clone_from(&self.typed);
        }
        asked.question.problem = Some(problem);
        asked.question.notice = self.notice.take();
        self.state = State::Asking(asked);
        Step::Ask
    }

    pub(super) fn wait(&mut self, of: Of, asked: Option<Box<Asked>>, call: Call) -> Step {
        self.state = State::Waiting(Box::new(Await { of, asked }));
        Step::Call(Box::new(call))
    }

    /// `RespondToAuthChallenge` with the person's or a computed answer.
    pub(super) fn respond(
        &mut self,
        challenge: &str,
        session: Option<Secret>,
        fields: Vec<(String, Secret)>,
        proof: Proof,
        asked: Option<Box<Asked>>,
    ) -> Step {
        let response = Response {
            challenge: challenge.to_owned(),
            username: self.real.clone(),
            session,
            device_key: self.device_key(),
            fields,
            proof,
        };
        let of = if challenge.starts_with("DEVICE_") {
            Of::DeviceReply
        } else {
            Of::Reply
        };
        self.wait(of, asked, Call::Respond(response))
    }

    /// Counts a challenge, and learns the real user name from it.
    pub(super) fn count(&mut self, challenge: &Challenge) -> Result<(), Problem> {
        self.challenges += 1;
        if self.challenges > MOST_CHALLENGES {
            return Err(Problem::new(
                ProblemKind::Unexpected,
                "The user pool asks one challenge after another",
            ));
        }
        let told = ["USER_ID_FOR_SRP", "USERNAME"].map(|name| challenge.parameter(name));
        // In a device's challenge, SRP is about the device.
        let is_of_device = challenge.name.starts_with("DEVICE_");
        let mut told = told.into_iter().skip(usize::from(is_of_device));
        if let Some(real) = told.find(|name| !name.is_empty()) {
            real.clone_into(&mut self.real);
        }
        Ok(())
    }

    pub(super) fn factor(&mut self, factor: &'static str) {
        if !self.factors.contains(&factor) {
            self.factors.push(factor);
        }
    }

    pub(super) fn password_copy(&self) -> Secret {
        self.password
            .as_ref()
            .map_or_else(|| Secret::new(String::new()), Secret::duplicate)
    }

    /// The kept device, if it belongs to this user and the method goes with devices.
    pub(super) fn kept_device(&self) -> Option<&KeptDevice> {
        let device = self.device.as_ref();
        let device = device.filter(|device| device.is_of(&self.typed));
        device.filter(|_| self.method != SignInMethod::Password)
    }

    pub(super) fn device_key(&self) -> Option<String> {
        self.kept_device().map(|device| device.device_key.clone())
    }

    /// The pool does not know the device any more, or does not believe it.
    pub(super) fn forget_device(&mut self) {
        self.device = None;
        self.device_change = DeviceChange::Forget;
    }

    pub(super) fn finish(&mut self, tokens: Tokens, new: Option<NewDevice>) -> Step {
        if let Some(device) = new {
            let call = Call::ConfirmDevice {
                access_token: tokens.access.duplicate(),
                device,
                username: self.real.clone(),
                typed: self.typed.clone(),
            };
            return self.wait(Of::ConfirmingDevice(tokens), None, call);
        }
        let device = std::mem::take(&mut self.device_change);
        let device_key = match &device {
            DeviceChange::Keep(device) => Some(device.device_key.clone()),
            DeviceChange::Unchanged => self.device_key(),
            DeviceChange::Forget => None,
        };
        self.state = State::Over;
        Step::Finish(Box::new(Finished {
            tokens,
            device,
            device_key,
        }))
    }
}

/// Questions that another choice from the list would have spared the person.
const fn comes_of_a_choice(kind: &QuestionKind) -> bool {
    matches!(
        kind,
        QuestionKind::Code(_)
            | QuestionKind::Password
            | QuestionKind::SetUpSoftwareToken { .. }
            | QuestionKind::SetUpEmail
    )
}

/// None for the browser, whose sign-in is no call, and where no user pool is asked.
const fn flow_of(method: SignInMethod) -> Option<AuthFlow> {
    match method {
        SignInMethod::Srp => Some(AuthFlow::Srp),
        SignInMethod::Password => Some(AuthFlow::Password),
        SignInMethod::Choice => Some(AuthFlow::Choice),
        SignInMethod::Custom | SignInMethod::CustomSrp => Some(AuthFlow::Custom),
        SignInMethod::Browser
        | SignInMethod::Guest
        | SignInMethod::Provider
        | SignInMethod::Developer => None,
    }
}

/// None where only the challenges tell.
const fn factor_of(method: SignInMethod) -> Option<&'static str> {
    match method {
        SignInMethod::Srp | SignInMethod::CustomSrp => Some("SRP"),
        SignInMethod::Password => Some("Password"),
        _ => None,
    }
}
