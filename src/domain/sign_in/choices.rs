//! Lists to choose from: what is offered, and what each choice leads to.

use super::answer::Answer;
use super::call::{Call, Proof};
use super::challenge::Challenge;
use super::factor::Factor;
use super::machine::{SignIn, Step, out_of_turn};
use super::moves::duplicate;
use super::parameters::strings;
use super::question::{Choosing, Question, QuestionKind};
use super::refusals::unsupported;
use super::state::{Asked, Context, Of, PasswordWay, State, Topic};
use crate::domain::{Problem, ProblemKind, Secret};

impl SignIn {
    /// A list with one entry that Poolkey knows is no choice.
    pub(super) fn offer(
        &mut self,
        choosing: Choosing,
        challenge: Challenge,
    ) -> Result<Step, Problem> {
        let factors = offered(choosing, &challenge);
        match factors.as_slice() {
            [] => Err(unsupported(&challenge.name)),
            [only] => {
                let only = *only;
                self.follow_choice(choosing, only, challenge.session, None)
            }
            _ => {
                let kind = QuestionKind::Choose { choosing, factors };
                self.put(kind, challenge)
            }
        }
    }

    pub(super) fn choose(&mut self, answer: &Answer, asked: Box<Asked>) -> Result<Step, Problem> {
        let QuestionKind::Choose { choosing, factors } = &asked.question.kind else {
            return Err(out_of_turn());
        };
        let choosing = *choosing;
        let factor = answer.text("answer").and_then(Factor::parse);
        let Some(factor) = factor.filter(|factor| is_offered(*factor, factors)) else {
            let names: Vec<&str> = factors.iter().map(|factor| factor.name()).collect();
            let problem = Problem::new(ProblemKind::Usage, "That is not one of the choices")
                .hint(format!("The choices are: {}", names.join(", ")));
            return Ok(self.ask_again(asked, problem));
        };
        self.has_chosen = true;
        let session = duplicate(asked.context.session.as_ref());
        self.follow_choice(choosing, factor, session, Some(asked))
    }

    /// What a chosen factor leads to; also without asking, where there is only one.
    fn follow_choice(
        &mut self,
        choosing: Choosing,
        factor: Factor,
        session: Option<Secret>,
        asked: Option<Box<Asked>>,
    ) -> Result<Step, Problem> {
        match (choosing, factor) {
            (Choosing::FirstFactor, Factor::Password | Factor::PasswordSrp) => {
                let challenge = "SELECT_CHALLENGE";
                self.ask_password(PasswordWay { challenge, factor }, session)
            }
            (Choosing::FirstFactor, Factor::WebAuthn) => {
                self.state = State::Over;
                Ok(Step::Browser)
            }
            (Choosing::SetUp, Factor::SoftwareToken) => {
                Ok(self.wait(Of::Associating, asked, Call::Associate { session }))
            }
            (Choosing::SetUp, _) => {
                let question = Question::new(QuestionKind::SetUpEmail, &self.real);
                self.ask(question, Context::of(session))
            }
            (Choosing::FirstFactor | Choosing::SecondFactor, _) => {
                let name = if choosing == Choosing::FirstFactor {
                    "SELECT_CHALLENGE"
                } else {
                    "SELECT_MFA_TYPE"
                };
                let fields = vec![("ANSWER".to_owned(), Secret::new(factor.name().to_owned()))];
                Ok(self.respond(name, session, fields, Proof::None, asked))
            }
        }
    }

    /// A password that was typed in this sign-in, and not refused since, is not asked for twice.
    pub(super) fn ask_password(
        &mut self,
        way: PasswordWay,
        session: Option<Secret>,
    ) -> Result<Step, Problem> {
        if let Some(password) = &self.password {
            let answer = Answer::of("password", password.duplicate());
            self.replay.put(Topic::Password, answer);
        }
        let question = Question::new(QuestionKind::Password, &self.typed);
        let context = Context {
            way: Some(way),
            ..Context::of(session)
        };
        self.ask(question, context)
    }
}

/// `AvailableChallenges`, or the list in the parameter that belongs to the challenge.
fn offered(choosing: Choosing, challenge: &Challenge) -> Vec<Factor> {
    let name = match choosing {
        Choosing::FirstFactor => "AVAILABLE_CHALLENGES",
        Choosing::SecondFactor => "MFAS_CAN_CHOOSE",
        Choosing::SetUp => "MFAS_CAN_SETUP",
    };
    let mut names = strings(challenge.parameter(name));
    names.extend(challenge.available.iter().cloned());
    let mut factors = Factor::known(names.iter().map(String::as_str));
    match choosing {
        // The same password: one entry, proved rather than sent.
        Choosing::FirstFactor if factors.contains(&Factor::PasswordSrp) => {
            factors.retain(|factor| *factor != Factor::Password);
        }
        Choosing::FirstFactor | Choosing::SecondFactor => {}
        // A phone number can only be set up by an administrator or in an application of the pool.
        Choosing::SetUp => factors.retain(|factor| {
            matches!(
                factor,
                Factor::SoftwareToken | Factor::EmailMfa | Factor::EmailOtp
            )
        }),
    }
    // E-mail has two names.
    if factors.contains(&Factor::EmailOtp) {
        factors.retain(|factor| *factor != Factor::EmailMfa);
    }
    factors
}

/// A list shows the password once; both ways to give it may be named.
fn is_offered(factor: Factor, factors: &[Factor]) -> bool {
    factors.contains(&factor)
        || (factor == Factor::Password && factors.contains(&Factor::PasswordSrp))
}
