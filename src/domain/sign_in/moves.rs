//! What each move of the person leads to.

use super::answer::{Answer, Move};
use super::call::{Call, Proof};
use super::factor::Factor;
use super::machine::{SignIn, Step, out_of_turn};
use super::question::{Choosing, CodeKind, Question, QuestionKind};
use super::state::{Context, Of, State};
use crate::domain::{Problem, ProblemKind, Secret};

impl SignIn {
    pub(super) fn moved(
        &mut self,
        moved: Move,
        question: Box<Question>,
        context: Context,
    ) -> Result<Step, Problem> {
        match moved {
            Move::Answer(answer) => self.answer(&answer, question, context),
            Move::Resend => self.resend(&question),
            Move::OtherMethod => self.other_method(&question),
            Move::ForgotPassword { username } => {
                self.typed = username;
                Ok(self.send(QuestionKind::ResetPassword))
            }
        }
    }

    fn answer(
        &mut self,
        answer: &Answer,
        question: Box<Question>,
        context: Context,
    ) -> Result<Step, Problem> {
        self.given
            .push((question.challenge_name(), answer.duplicate()));
        match &question.kind {
            QuestionKind::Credentials { password } => {
                if *password {
                    self.password = Some(answer.copy("password"));
                }
                if let Some(username) = answer.text("username") {
                    username.clone_into(&mut self.typed);
                }
                self.given.clear();
                self.replay.clear();
                Ok(self.begin())
            }
            QuestionKind::Password => {
                self.password = Some(answer.copy("password"));
                Ok(self.give_password(question, context))
            }
            QuestionKind::Code(code) => {
                let code = *code;
                let key = code.response_key();
                let fields = vec![(key.to_owned(), answer.copy(&key.to_lowercase()))];
                self.factor(factor_of(code));
                Ok(self.give(code.challenge_name(), fields, question, context))
            }
            QuestionKind::NewPassword { attributes } => {
                let fields = new_password_fields(attributes, answer);
                self.password = Some(answer.copy("new_password"));
                self.factor("new password");
                Ok(self.give("NEW_PASSWORD_REQUIRED", fields, question, context))
            }
            QuestionKind::Choose { .. } => self.choose(answer, question, context),
            QuestionKind::SetUpSoftwareToken { .. } => {
                let call = Call::Verify {
                    session: duplicate(context.session.as_ref()),
                    code: answer.copy("user_code"),
                };
                self.factor("authenticator app set up");
                Ok(self.wait(Of::Verifying, Some((question, context)), call))
            }
            QuestionKind::SetUpEmail => {
                let fields = vec![("EMAIL".to_owned(), answer.copy("email"))];
                Ok(self.give("MFA_SETUP", fields, question, context))
            }
            QuestionKind::Custom { .. } => {
                let fields = vec![("ANSWER".to_owned(), answer.copy("answer"))];
                Ok(self.give("CUSTOM_CHALLENGE", fields, question, context))
            }
            QuestionKind::ConfirmAccount => {
                let call = Call::ConfirmAccount {
                    username: self.typed.clone(),
                    code: answer.copy("confirmation_code"),
                };
                Ok(self.wait(Of::Confirming, Some((question, context)), call))
            }
            QuestionKind::ResetPassword => {
                let new_password = answer.copy("new_password");
                let call = Call::ResetPassword {
                    username: self.typed.clone(),
                    code: answer.copy("confirmation_code"),
                    new_password: new_password.duplicate(),
                };
                Ok(self.wait(Of::Resetting(new_password), Some((question, context)), call))
            }
            QuestionKind::RememberDevice => self.decide(answer, context),
        }
    }

    /// Sends an answer to a challenge; the question stays at hand in case it was wrong.
    fn give(
        &mut self,
        challenge: &str,
        fields: Vec<(String, Secret)>,
        question: Box<Question>,
        context: Context,
    ) -> Step {
        let session = duplicate(context.session.as_ref());
        let asked = Some((question, context));
        self.respond(challenge, session, fields, Proof::None, asked)
    }

    /// The password, after it was chosen as the way in or asked for by name.
    fn give_password(&mut self, question: Box<Question>, context: Context) -> Step {
        let choice = self.choice;
        let session = duplicate(context.session.as_ref());
        let asked = Some((question, context));
        let answer = |factor: Factor| {
            let name = Secret::new(factor.name().to_owned());
            ("ANSWER".to_owned(), name)
        };
        let password = ("PASSWORD".to_owned(), self.password_copy());
        match choice {
            Some(Factor::PasswordSrp) => {
                self.factor("SRP");
                let fields = vec![answer(Factor::PasswordSrp)];
                let proof = Proof::PublicValue;
                self.respond("SELECT_CHALLENGE", session, fields, proof, asked)
            }
            Some(_) => {
                self.factor("Password");
                let fields = vec![answer(Factor::Password), password];
                self.respond("SELECT_CHALLENGE", session, fields, Proof::None, asked)
            }
            None => {
                self.factor("Password");
                self.respond("PASSWORD", session, vec![password], Proof::None, asked)
            }
        }
    }

    fn choose(
        &mut self,
        answer: &Answer,
        question: Box<Question>,
        context: Context,
    ) -> Result<Step, Problem> {
        let QuestionKind::Choose { choosing, factors } = &question.kind else {
            return Err(out_of_turn());
        };
        let choosing = *choosing;
        let factor = answer.text("answer").and_then(Factor::parse);
        let Some(factor) = factor.filter(|factor| is_offered(*factor, factors)) else {
            let names: Vec<&str> = factors.iter().map(|factor| factor.name()).collect();
            let problem = Problem::new(ProblemKind::Usage, "That is not one of the choices")
                .hint(format!("The choices are: {}", names.join(", ")));
            return Ok(self.ask_again(question, context, problem));
        };
        self.has_chosen = factors.len() > 1;
        self.follow_choice(choosing, factor, context.session, Some(question))
    }

    /// What a chosen factor leads to; also without asking, where there is only one.
    pub(super) fn follow_choice(
        &mut self,
        choosing: Choosing,
        factor: Factor,
        session: Option<Secret>,
        question: Option<Box<Question>>,
    ) -> Result<Step, Problem> {
        let copy = duplicate(session.as_ref());
        let asked = question.map(|question| {
            let context = Context {
                session,
                tokens: None,
            };
            (question, context)
        });
        match (choosing, factor) {
            (Choosing::FirstFactor, Factor::Password | Factor::PasswordSrp) => {
                self.choice = Some(factor);
                let question = Question::new(QuestionKind::Password, self.real.clone());
                self.ask(question, copy)
            }
            (Choosing::FirstFactor, Factor::WebAuthn) => {
                self.state = State::Over;
                Ok(Step::Browser)
            }
            (Choosing::SetUp, Factor::SoftwareToken) => {
                let call = Call::Associate { session: copy };
                Ok(self.wait(Of::Associating, None, call))
            }
            (Choosing::SetUp, _) => {
                let question = Question::new(QuestionKind::SetUpEmail, self.real.clone());
                self.ask(question, copy)
            }
            (Choosing::FirstFactor | Choosing::SecondFactor, _) => {
                let name = if choosing == Choosing::FirstFactor {
                    "SELECT_CHALLENGE"
                } else {
                    "SELECT_MFA_TYPE"
                };
                let fields = vec![("ANSWER".to_owned(), Secret::new(factor.name().to_owned()))];
                Ok(self.respond(name, copy, fields, Proof::None, asked))
            }
        }
    }

    fn decide(&mut self, answer: &Answer, context: Context) -> Result<Step, Problem> {
        let Some(tokens) = context.tokens else {
            return Err(out_of_turn());
        };
        let remembered = answer.text("remember_device") == Some("yes");
        let device_key = match &self.device_change {
            super::DeviceChange::Keep(device) => device.device_key.clone(),
            _ => return Err(out_of_turn()),
        };
        let call = Call::UpdateDevice {
            access_token: tokens.access.duplicate(),
            device_key,
            remembered,
        };
        Ok(self.wait(Of::UpdatingDevice(tokens), None, call))
    }

    fn resend(&mut self, question: &Question) -> Result<Step, Problem> {
        match &question.kind {
            QuestionKind::ConfirmAccount => Ok(self.send(QuestionKind::ConfirmAccount)),
            QuestionKind::ResetPassword => Ok(self.send(QuestionKind::ResetPassword)),
            // The service has no call for it: the way to a new code is a new sign-in.
            QuestionKind::Code(_) if question.can_resend() => {
                self.start_over(Some("A new code was sent."))
            }
            _ => Err(out_of_turn()),
        }
    }

    fn send(&mut self, then: QuestionKind) -> Step {
        let username = self.typed.clone();
        let call = match then {
            QuestionKind::ConfirmAccount => Call::ResendConfirmation { username },
            _ => Call::ForgotPassword { username },
        };
        self.wait(Of::Sending(then), None, call)
    }

    /// From the beginning, up to the list that was chosen from.
    fn other_method(&mut self, question: &Question) -> Result<Step, Problem> {
        if !question.other_method {
            return Err(out_of_turn());
        }
        self.given
            .retain(|(name, _)| !matches!(*name, "SELECT_CHALLENGE" | "SELECT_MFA_TYPE"));
        self.start_over(None)
    }

    pub(super) fn ask_again(
        &mut self,
        mut question: Box<Question>,
        context: Context,
        problem: Problem,
    ) -> Step {
        self.given.pop();
        question.problem = Some(problem);
        question.notice = None;
        self.state = State::Asking(question, context);
        Step::Ask
    }
}

/// A list shows the password once; both ways to give it may be named.
fn is_offered(factor: Factor, factors: &[Factor]) -> bool {
    factors.contains(&factor)
        || (factor == Factor::Password && factors.contains(&Factor::PasswordSrp))
}

const fn factor_of(code: CodeKind) -> &'static str {
    match code {
        CodeKind::SoftwareToken => "TOTP",
        CodeKind::SmsMfa | CodeKind::SmsOtp => "SMS code",
        CodeKind::EmailOtp => "e-mail code",
    }
}

fn new_password_fields(attributes: &[String], answer: &Answer) -> Vec<(String, Secret)> {
    let mut fields = vec![("NEW_PASSWORD".to_owned(), answer.copy("new_password"))];
    fields.extend(attributes.iter().map(|name| {
        let field = format!("userattributes.{}", name.to_lowercase());
        (format!("userAttributes.{name}"), answer.copy(&field))
    }));
    fields
}

fn duplicate(secret: Option<&Secret>) -> Option<Secret> {
    secret.map(Secret::duplicate)
}
