//! The machine itself: its state, and the ways from one state to the next.

use std::time::Duration;

use super::answer::{Answer, Move};
use super::call::{AuthFlow, Call, Initiate, Proof, Response};
use super::challenge::{Challenge, Heard, NewDevice};
use super::device::{DeviceChange, KeptDevice};
use super::factor::Factor;
use super::question::{Question, QuestionKind};
use super::state::{Await, Context, Of, State};
use crate::domain::{Problem, ProblemKind, Secret, SignInMethod, Tokens};

/// More challenges than this without a word of the person means that something loops.
const MOST_CHALLENGES: u8 = 10;

/// A sign-in that took too long is started again this often before a person hears of it.
const MOST_RESTARTS: u8 = 2;

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
    pub(super) given: Vec<(&'static str, Answer)>,
    /// Those of the run before, as long as they wait for their question.
    pub(super) replay: Vec<(&'static str, Answer)>,
    /// Said with the next question.
    pub(super) notice: Option<&'static str>,
    /// The first factor that was chosen.
    pub(super) choice: Option<Factor>,
    /// True after the person chose from a list: there is another method.
    pub(super) has_chosen: bool,
    challenges: u8,
    restarts: u8,
    /// `SRP`, `TOTP`: how the person got in, for the report.
    factors: Vec<&'static str>,
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
        let question = Box::new(Question::new(kind, username.clone()));
        Self {
            method,
            typed: username.clone(),
            real: username,
            password: None,
            device: None,
            device_change: DeviceChange::Unchanged,
            state: State::Asking(question, Context::default()),
            given: Vec::new(),
            replay: Vec::new(),
            notice: None,
            choice: None,
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
        if let State::Asking(question, _) = &mut self.state {
            question.problem = Some(problem);
        }
        self
    }

    /// True until the person has said who signs in: the time to say which device is kept.
    #[must_use]
    pub fn is_new(&self) -> bool {
        let question = self.question().map(|question| &question.kind);
        matches!(question, Some(QuestionKind::Credentials { .. }))
    }

    /// The device kept from an earlier sign-in; it is used if it belongs to whoever signs in.
    pub fn use_device(&mut self, device: Option<KeptDevice>) {
        self.device = device;
    }

    /// What is asked now.
    #[must_use]
    pub fn question(&self) -> Option<&Question> {
        match &self.state {
            State::Asking(question, _) => Some(question),
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

    /// Takes a move of the person.
    ///
    /// # Errors
    /// When the move does not belong to the question.
    pub fn take(&mut self, moved: Move) -> Result<Step, Problem> {
        self.challenges = 0;
        self.restarts = 0;
        let State::Asking(question, context) = std::mem::replace(&mut self.state, State::Over)
        else {
            return Err(out_of_turn());
        };
        self.moved(moved, question, context)
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

    /// `InitiateAuth` with what is known.
    pub(super) fn begin(&mut self) -> Step {
        self.factors.clear();
        self.choice = None;
        self.real.clone_from(&self.typed);
        let flow = flow_of(self.method);
        self.factor(factor_of(self.method));
        let mut fields = Vec::new();
        if flow == AuthFlow::Password {
            fields.push(("PASSWORD".to_owned(), self.password_copy()));
        }
        let with_srp_a = matches!(self.method, SignInMethod::Srp | SignInMethod::CustomSrp);
        if flow == AuthFlow::Custom && with_srp_a {
            let name = Secret::new("SRP_A".to_owned());
            fields.push(("CHALLENGE_NAME".to_owned(), name));
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
        self.replay.append(&mut self.given);
        if why.is_some() {
            self.notice = why;
        }
        Ok(self.begin())
    }

    /// Puts a question, unless the run before has answered it already.
    pub(super) fn ask(
        &mut self,
        mut question: Question,
        session: Option<Secret>,
    ) -> Result<Step, Problem> {
        let context = Context {
            session,
            tokens: None,
        };
        let key = question.challenge_name();
        let given = self.replay.iter().position(|(of, _)| *of == key);
        if let Some(place) = given
            && is_replayable(&question)
        {
            let (_, answer) = self.replay.remove(place);
            return self.moved(Move::Answer(answer), Box::new(question), context);
        }
        question.notice = self.notice.take();
        let is_chosen = matches!(
            question.kind,
            QuestionKind::Code(_) | QuestionKind::Password
        );
        question.other_method = self.has_chosen && is_chosen;
        self.state = State::Asking(Box::new(question), context);
        Ok(Step::Ask)
    }

    pub(super) fn wait(
        &mut self,
        of: Of,
        question: Option<(Box<Question>, Context)>,
        call: Call,
    ) -> Step {
        self.state = State::Waiting(Box::new(Await { of, question }));
        Step::Call(Box::new(call))
    }

    /// `RespondToAuthChallenge` with the person's or a computed answer.
    pub(super) fn respond(
        &mut self,
        challenge: &str,
        session: Option<Secret>,
        fields: Vec<(String, Secret)>,
        proof: Proof,
        question: Option<(Box<Question>, Context)>,
    ) -> Step {
        let response = Response {
            challenge: challenge.to_owned(),
            username: self.real.clone(),
            session,
            device_key: self.device_key(),
            fields,
            proof,
        };
        self.wait(Of::Reply, question, Call::Respond(response))
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
        if let Some(real) = told.into_iter().find(|name| !name.is_empty()) {
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

    /// Of the kept device, if it belongs to this user and the method goes with devices.
    pub(super) fn device_key(&self) -> Option<String> {
        let device = self
            .device
            .as_ref()
            .filter(|device| device.is_of(&self.typed))?;
        (self.method != SignInMethod::Password).then(|| device.device_key.clone())
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

/// A delivered code is worth nothing after a new one was sent, and another program's challenge may
/// be another one next time. Everything else can be said again.
const fn is_replayable(question: &Question) -> bool {
    !question.can_resend() && !matches!(question.kind, QuestionKind::Custom { .. })
}

/// Of the methods that are calls; the browser's has none and is never begun here.
const fn flow_of(method: SignInMethod) -> AuthFlow {
    match method {
        SignInMethod::Srp | SignInMethod::Browser => AuthFlow::Srp,
        SignInMethod::Password => AuthFlow::Password,
        SignInMethod::Choice => AuthFlow::Choice,
        SignInMethod::Custom | SignInMethod::CustomSrp => AuthFlow::Custom,
    }
}

const fn factor_of(method: SignInMethod) -> &'static str {
    match method {
        SignInMethod::Srp | SignInMethod::CustomSrp => "SRP",
        SignInMethod::Password => "Password",
        SignInMethod::Choice => "Choice",
        SignInMethod::Custom => "Custom",
        SignInMethod::Browser => "Browser",
    }
}

pub(super) fn out_of_turn() -> Problem {
    Problem::new(
        ProblemKind::Unexpected,
        "The sign-in was answered out of turn",
    )
}
