//! What each result of a call leads to.

use super::answer::Answer;
use super::call::Proof;
use super::challenge::{Challenge, Heard, Reply};
use super::device::{DeviceChange, KeptDevice};
use super::factor::Factor;
use super::machine::{SignIn, Step, out_of_turn};
use super::moves::duplicate;
use super::parameters::{public_parameters, required_attributes};
use super::question::{Choosing, CodeKind, Question, QuestionKind};
use super::refusals::unsupported;
use super::state::{Asked, Await, Context, Of, PasswordWay, State, Topic};
use crate::domain::{Problem, ProblemKind, Secret, Tokens};

/// The service has no word for a wrong answer to a custom challenge: it asks once more.
const ASKED_AGAIN: &str = "The user pool asks the same once more: the answer may have been wrong.";

impl SignIn {
    pub(super) fn answered(&mut self, heard: Heard, waiting: Await) -> Result<Step, Problem> {
        match (waiting.of, heard) {
            (Of::Reply | Of::DeviceReply, Heard::Reply(reply)) => {
                self.accepted(waiting.asked.as_deref());
                match reply {
                    Reply::Tokens { tokens, new_device } => Ok(self.finish(tokens, new_device)),
                    Reply::Challenge(challenge) => {
                        if is_the_same(waiting.asked.as_deref(), &challenge) {
                            self.notice = Some(ASKED_AGAIN);
                        }
                        self.challenged(challenge)
                    }
                }
            }
            (Of::Associating, Heard::Associated { secret, session }) => {
                let issuer = "Amazon Cognito".to_owned();
                let kind = QuestionKind::SetUpSoftwareToken { secret, issuer };
                let question = Question::new(kind, &self.real);
                self.ask(question, Context::of(session))
            }
            (Of::Verifying, Heard::Verified { session }) => {
                Ok(self.respond("MFA_SETUP", session, Vec::new(), Proof::None, None))
            }
            (Of::Sending { then, notice }, Heard::Sent(delivery)) => {
                let mut question = Question::new(then, &self.typed);
                question.delivery = delivery;
                self.notice = notice;
                self.ask(question, Context::default())
            }
            (Of::Resetting(password), Heard::Done) => self.password_was_reset(password),
            (Of::Confirming, Heard::Done) => self.account_is_confirmed(),
            (Of::ConfirmingDevice(tokens), Heard::DeviceConfirmed { device, ask }) => {
                self.device_change = DeviceChange::Keep(device);
                Ok(if ask {
                    self.ask_about_device(tokens)
                } else {
                    self.finish(tokens, None)
                })
            }
            (Of::UpdatingDevice(tokens), Heard::Done) => Ok(self.finish(tokens, None)),
            _ => Err(out_of_turn()),
        }
    }

    /// A new password holds from the moment it was accepted; until then the old one does.
    fn accepted(&mut self, asked: Option<&Asked>) {
        let kind = asked.map(|asked| &asked.question.kind);
        if matches!(kind, Some(QuestionKind::NewPassword { .. }))
            && let Some(answer) = self.given.remove(Topic::NewPassword)
        {
            self.know_password(answer.copy("new_password"));
        }
    }

    /// Wherever a password is asked for from now on, it is this one.
    fn know_password(&mut self, password: Secret) {
        let answer = Answer::of("password", password.duplicate());
        self.given.put(Topic::Password, answer);
        self.password = Some(password);
    }

    fn password_was_reset(&mut self, password: Secret) -> Result<Step, Problem> {
        self.know_password(password);
        self.start_over(Some("The new password is set."))
    }

    pub(super) fn account_is_confirmed(&mut self) -> Result<Step, Problem> {
        const NOTICE: &str = "The account is confirmed.";
        if self.method.begins_with_password() && self.password.is_none() {
            self.notice = Some(NOTICE);
            let kind = QuestionKind::Credentials { password: true };
            let question = Question::new(kind, &self.typed);
            return self.ask(question, Context::default());
        }
        self.start_over(Some(NOTICE))
    }

    fn ask_about_device(&mut self, tokens: Tokens) -> Step {
        let question = Question::new(QuestionKind::RememberDevice, &self.real);
        let context = Context {
            tokens: Some(tokens),
            ..Context::default()
        };
        self.state = State::Asking(Box::new(Asked { question, context }));
        Step::Ask
    }

    fn challenged(&mut self, challenge: Challenge) -> Result<Step, Problem> {
        self.count(&challenge)?;
        let code = CodeKind::ALL
            .into_iter()
            .find(|code| code.challenge_name() == challenge.name);
        if let Some(code) = code {
            return self.put(QuestionKind::Code(code), challenge);
        }
        match challenge.name.as_str() {
            "PASSWORD_VERIFIER" => self.prove_password(challenge),
            "DEVICE_SRP_AUTH" => self.begin_device_proof(challenge),
            "DEVICE_PASSWORD_VERIFIER" => self.prove_device(challenge),
            "NEW_PASSWORD_REQUIRED" => {
                let attributes = required_attributes(&challenge);
                self.put(QuestionKind::NewPassword { attributes }, challenge)
            }
            "SELECT_CHALLENGE" => self.offer(Choosing::FirstFactor, challenge),
            "SELECT_MFA_TYPE" => self.offer(Choosing::SecondFactor, challenge),
            "MFA_SETUP" => self.offer(Choosing::SetUp, challenge),
            "PASSWORD" => self.asked_for_password("PASSWORD", Factor::Password, challenge),
            "PASSWORD_SRP" => {
                self.asked_for_password("PASSWORD_SRP", Factor::PasswordSrp, challenge)
            }
            "WEB_AUTHN" => {
                self.state = State::Over;
                Ok(Step::Browser)
            }
            "CUSTOM_CHALLENGE" => {
                let parameters = public_parameters(&challenge);
                self.put(QuestionKind::Custom { parameters }, challenge)
            }
            other => Err(unsupported(other)),
        }
    }

    pub(super) fn put(
        &mut self,
        kind: QuestionKind,
        challenge: Challenge,
    ) -> Result<Step, Problem> {
        let mut question = Question::new(kind, &self.real);
        question.delivery = challenge.delivery();
        self.ask(question, Context::of(challenge.session))
    }

    fn asked_for_password(
        &mut self,
        name: &'static str,
        factor: Factor,
        challenge: Challenge,
    ) -> Result<Step, Problem> {
        let way = PasswordWay {
            challenge: name,
            factor,
        };
        self.ask_password(way, challenge.session)
    }

    fn prove_password(&mut self, challenge: Challenge) -> Result<Step, Problem> {
        let Some(password) = self.password.as_ref().map(Secret::duplicate) else {
            return Err(Problem::new(
                ProblemKind::Unexpected,
                "The user pool asks for a password that was not asked for",
            ));
        };
        let session = duplicate(challenge.session.as_ref());
        let proof = Proof::Password {
            challenge,
            password,
        };
        Ok(self.respond("PASSWORD_VERIFIER", session, Vec::new(), proof, None))
    }

    fn begin_device_proof(&mut self, challenge: Challenge) -> Result<Step, Problem> {
        if self.kept_device().is_none() {
            return Err(unsupported(&challenge.name));
        }
        self.factor("device");
        let (name, session) = (challenge.name, challenge.session);
        Ok(self.respond(&name, session, Vec::new(), Proof::PublicValue, None))
    }

    fn prove_device(&mut self, challenge: Challenge) -> Result<Step, Problem> {
        let Some(device) = self.kept_device().map(KeptDevice::duplicate) else {
            return Err(unsupported(&challenge.name));
        };
        let session = duplicate(challenge.session.as_ref());
        let proof = Proof::Device { challenge, device };
        let name = "DEVICE_PASSWORD_VERIFIER";
        Ok(self.respond(name, session, Vec::new(), proof, None))
    }
}

/// True for a custom challenge that says what the one before said.
fn is_the_same(asked: Option<&Asked>, challenge: &Challenge) -> bool {
    let kind = asked.map(|asked| &asked.question.kind);
    matches!(kind, Some(QuestionKind::Custom { parameters })
        if !parameters.is_empty()
            && challenge.name == "CUSTOM_CHALLENGE" && *parameters == public_parameters(challenge))
}
