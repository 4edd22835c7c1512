//! What each move of the person leads to.

use super::answer::{Answer, Move};
use super::call::{Call, Proof};
use super::device::DeviceChange;
use super::factor::Factor;
use super::machine::{SignIn, Step, out_of_turn};
use super::question::{CodeKind, Field, QuestionKind};
use super::state::{Asked, Of, Topic};
use crate::domain::{Problem, ProblemKind, Secret};

/// Said when the person asked for it.
const NEW_CODE: &str = "A new code was sent.";

impl SignIn {
    pub(super) fn moved(&mut self, moved: Move, asked: Box<Asked>) -> Result<Step, Problem> {
        match moved {
            Move::Answer(answer) => self.answer(&answer, asked),
            Move::Resend => self.resend(asked),
            Move::OtherMethod => {
                self.given.remove_last_choice();
                self.start_over(None)
            }
            Move::ForgotPassword { username } => Ok(self.forgot_password(username, asked)),
        }
    }

    fn answer(&mut self, answer: &Answer, asked: Box<Asked>) -> Result<Step, Problem> {
        if let Some(field) = missing(answer, &asked.question.fields(), &self.typed) {
            let problem = Problem::new(ProblemKind::Usage, format!("{field} is missing"));
            return Ok(self.ask_again(asked, problem));
        }
        if let Some(topic) = Topic::of(&asked.question.kind) {
            self.given.put(topic, answer.duplicate());
        }
        if asked.context.is_stale {
            return self.start_over(None);
        }
        match &asked.question.kind {
            QuestionKind::Credentials { password } => {
                let password = password.then(|| answer.copy("password"));
                Ok(self.begin_as(answer.text("username"), password))
            }
            QuestionKind::Password => {
                self.password = Some(answer.copy("password"));
                self.give_password(asked)
            }
            QuestionKind::Code(code) => {
                let code = *code;
                let key = code.response_key();
                let fields = vec![(key.to_owned(), answer.copy(&key.to_lowercase()))];
                self.factor(factor_of(code));
                Ok(self.give(code.challenge_name(), fields, asked))
            }
            QuestionKind::NewPassword { attributes } => {
                let fields = new_password_fields(attributes, answer);
                self.factor("new password");
                Ok(self.give("NEW_PASSWORD_REQUIRED", fields, asked))
            }
            QuestionKind::Choose { .. } => self.choose(answer, asked),
            QuestionKind::SetUpSoftwareToken { .. } => {
                let call = Call::Verify {
                    session: duplicate(asked.context.session.as_ref()),
                    code: answer.copy("user_code"),
                };
                self.factor("authenticator app set up");
                Ok(self.wait(Of::Verifying, Some(asked), call))
            }
            QuestionKind::SetUpEmail => {
                let fields = vec![("EMAIL".to_owned(), answer.copy("email"))];
                Ok(self.give("MFA_SETUP", fields, asked))
            }
            QuestionKind::Custom { .. } => {
                let fields = vec![("ANSWER".to_owned(), answer.copy("answer"))];
                self.factor("custom challenge");
                Ok(self.give("CUSTOM_CHALLENGE", fields, asked))
            }
            QuestionKind::ConfirmAccount => Ok(self.confirm_account(answer, asked)),
            QuestionKind::ResetPassword => Ok(self.reset_password(answer, asked)),
            QuestionKind::RememberDevice => self.decide(answer, asked),
        }
    }

    /// Somebody says who signs in: nothing of an earlier run holds any more.
    fn begin_as(&mut self, username: Option<&str>, password: Option<Secret>) -> Step {
        if let Some(username) = username {
            username.clone_into(&mut self.typed);
        }
        self.password = password;
        self.given.clear();
        self.has_chosen = false;
        self.begin()
    }

    /// Sends an answer to a challenge; the question stays at hand in case it was wrong.
    fn give(&mut self, challenge: &str, fields: Vec<(String, Secret)>, asked: Box<Asked>) -> Step {
        let session = duplicate(asked.context.session.as_ref());
        self.respond(challenge, session, fields, Proof::None, Some(asked))
    }

    /// The password, after it was chosen as the way in or asked for by name.
    fn give_password(&mut self, asked: Box<Asked>) -> Result<Step, Problem> {
        let way = asked.context.way.ok_or_else(out_of_turn)?;
        let session = duplicate(asked.context.session.as_ref());
        let mut fields = Vec::new();
        if way.challenge == "SELECT_CHALLENGE" {
            let name = Secret::new(way.factor.name().to_owned());
            fields.push(("ANSWER".to_owned(), name));
        }
        let proof = if way.factor == Factor::PasswordSrp {
            self.factor("SRP");
            Proof::PublicValue
        } else {
            self.factor("Password");
            fields.push(("PASSWORD".to_owned(), self.password_copy()));
            Proof::None
        };
        Ok(self.respond(way.challenge, session, fields, proof, Some(asked)))
    }

    fn confirm_account(&mut self, answer: &Answer, asked: Box<Asked>) -> Step {
        let call = Call::ConfirmAccount {
            username: self.typed.clone(),
            code: answer.copy("confirmation_code"),
        };
        self.wait(Of::Confirming, Some(asked), call)
    }

    fn reset_password(&mut self, answer: &Answer, asked: Box<Asked>) -> Step {
        let new_password = answer.copy("new_password");
        let call = Call::ResetPassword {
            username: self.typed.clone(),
            code: answer.copy("confirmation_code"),
            new_password: new_password.duplicate(),
        };
        self.wait(Of::Resetting(new_password), Some(asked), call)
    }

    /// Whether the device is remembered.
    fn decide(&mut self, answer: &Answer, mut asked: Box<Asked>) -> Result<Step, Problem> {
        let remembered = match answer.text("remember_device") {
            Some("yes") => true,
            Some("no") => false,
            _ => {
                let problem = Problem::new(ProblemKind::Usage, "That is not one of the choices")
                    .hint("The choices are: yes, no");
                return Ok(self.ask_again(asked, problem));
            }
        };
        let DeviceChange::Keep(device) = &self.device_change else {
            return Err(out_of_turn());
        };
        let device_key = device.device_key.clone();
        let tokens = asked.context.tokens.take().ok_or_else(out_of_turn)?;
        let call = Call::UpdateDevice {
            access_token: tokens.access.duplicate(),
            device_key,
            remembered,
        };
        Ok(self.wait(Of::UpdatingDevice(tokens), None, call))
    }

    fn resend(&mut self, asked: Box<Asked>) -> Result<Step, Problem> {
        match asked.question.kind {
            QuestionKind::ConfirmAccount => {
                let username = self.typed.clone();
                let of = Of::Sending {
                    then: QuestionKind::ConfirmAccount,
                    notice: Some(NEW_CODE),
                };
                let call = Call::ResendConfirmation { username };
                Ok(self.wait(of, Some(asked), call))
            }
            QuestionKind::ResetPassword => Ok(self.send_reset_code(Some(NEW_CODE), asked)),
            // The service has no call for it: the way to a new code is a new sign-in.
            _ => self.start_over(Some(NEW_CODE)),
        }
    }

    fn forgot_password(&mut self, username: String, asked: Box<Asked>) -> Step {
        if username.is_empty() {
            let problem = Problem::new(ProblemKind::Usage, "Username is missing");
            return self.ask_again(asked, problem);
        }
        // What was typed so far is of no use to somebody else, nor is a forgotten password.
        // The name as the pool knows it is the same person.
        if username != self.typed && username != self.real {
            self.given.clear();
            self.typed = username;
        }
        self.password = None;
        self.send_reset_code(None, asked)
    }

    fn send_reset_code(&mut self, notice: Option<&'static str>, asked: Box<Asked>) -> Step {
        let username = self.typed.clone();
        let of = Of::Sending {
            then: QuestionKind::ResetPassword,
            notice,
        };
        self.wait(of, Some(asked), Call::ForgotPassword { username })
    }
}

/// The first field that has to be filled in and is not. Attributes may be left empty, and what a
/// custom challenge takes for an answer is its own affair; the name is known from before.
fn missing(answer: &Answer, fields: &[Field], typed: &str) -> Option<String> {
    let may_be_empty = |field: &Field| match field.name.as_str() {
        "username" => answer.text("username").is_none() && !typed.is_empty(),
        "answer" => true,
        name => name.starts_with("userattributes."),
    };
    let mut fields = fields.iter().filter(|field| !may_be_empty(field));
    let missing = fields.find(|field| answer.copy(&field.name).is_empty())?;
    Some(missing.label.clone())
}

const fn factor_of(code: CodeKind) -> &'static str {
    match code {
        CodeKind::SoftwareToken => "TOTP",
        CodeKind::SmsMfa | CodeKind::SmsOtp => "SMS code",
        CodeKind::EmailOtp => "e-mail code",
    }
}

/// What is left empty is not sent: the service refuses attributes that the account has already.
fn new_password_fields(attributes: &[String], answer: &Answer) -> Vec<(String, Secret)> {
    let mut fields = vec![("NEW_PASSWORD".to_owned(), answer.copy("new_password"))];
    let filled = attributes.iter().map(|name| {
        let field = format!("userattributes.{}", name.to_lowercase());
        (format!("userAttributes.{name}"), answer.copy(&field))
    });
    fields.extend(filled.filter(|(_, value)| !value.is_empty()));
    fields
}

pub(super) fn duplicate(secret: Option<&Secret>) -> Option<Secret> {
    secret.map(Secret::duplicate)
}
