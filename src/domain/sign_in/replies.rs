//! What each result of a call leads to.

use super::call::Proof;
use super::challenge::{Challenge, Heard, Reply};
use super::device::DeviceChange;
use super::factor::Factor;
use super::machine::{SignIn, Step, out_of_turn};
use super::question::{Choosing, CodeKind, Question, QuestionKind};
use super::state::{Await, Context, Of, State};
use crate::domain::{Problem, ProblemKind, Secret, Tokens};

impl SignIn {
    pub(super) fn answered(&mut self, heard: Heard, waiting: Await) -> Result<Step, Problem> {
        match (waiting.of, heard) {
            (Of::Reply, Heard::Reply(Reply::Tokens { tokens, new_device })) => {
                Ok(self.finish(tokens, new_device))
            }
            (Of::Reply, Heard::Reply(Reply::Challenge(challenge))) => self.challenged(challenge),
            (Of::Associating, Heard::Associated { secret, session }) => {
                let issuer = "Amazon Cognito".to_owned();
                let kind = QuestionKind::SetUpSoftwareToken { secret, issuer };
                self.ask(Question::new(kind, self.real.clone()), session)
            }
            (Of::Verifying, Heard::Verified { session }) => {
                Ok(self.respond("MFA_SETUP", session, Vec::new(), Proof::None, None))
            }
            (Of::Sending(kind), Heard::Sent(delivery)) => {
                let mut question = Question::new(kind, self.typed.clone());
                question.delivery = delivery;
                self.ask(question, None)
            }
            (Of::Resetting(password), Heard::Done) => {
                self.password = Some(password);
                self.factor("new password");
                self.after_account_change("The new password is set.")
            }
            (Of::Confirming, Heard::Done) => self.after_account_change("The account is confirmed."),
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

    /// The code is used up, so it must not be given again.
    fn after_account_change(&mut self, notice: &'static str) -> Result<Step, Problem> {
        self.given
            .retain(|(name, _)| !matches!(*name, "UNCONFIRMED" | "RESET_REQUIRED" | "PASSWORD"));
        self.notice = Some(notice);
        if self.method.begins_with_password() && self.password.is_none() {
            let kind = QuestionKind::Credentials { password: true };
            return self.ask(Question::new(kind, self.typed.clone()), None);
        }
        self.start_over(Some(notice))
    }

    fn ask_about_device(&mut self, tokens: Tokens) -> Step {
        let question = Question::new(QuestionKind::RememberDevice, self.real.clone());
        let context = Context {
            session: None,
            tokens: Some(tokens),
        };
        self.state = State::Asking(Box::new(question), context);
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
            "PASSWORD" => {
                self.choice = None;
                self.put(QuestionKind::Password, challenge)
            }
            "PASSWORD_SRP" => {
                self.choice = Some(Factor::PasswordSrp);
                self.factor("SRP");
                let session = challenge.session;
                let name = "PASSWORD_SRP";
                Ok(self.respond(name, session, Vec::new(), Proof::PublicValue, None))
            }
            "WEB_AUTHN" => {
                self.state = State::Over;
                Ok(Step::Browser)
            }
            "CUSTOM_CHALLENGE" => {
                let parameters = public_parameters(&challenge);
                self.factor("custom challenge");
                self.put(QuestionKind::Custom { parameters }, challenge)
            }
            other => Err(unsupported(other)),
        }
    }

    fn put(&mut self, kind: QuestionKind, challenge: Challenge) -> Result<Step, Problem> {
        let mut question = Question::new(kind, self.real.clone());
        question.delivery = challenge.delivery();
        self.ask(question, challenge.session)
    }

    fn prove_password(&mut self, challenge: Challenge) -> Result<Step, Problem> {
        let Some(password) = self.password.as_ref().map(Secret::duplicate) else {
            return Err(Problem::new(
                ProblemKind::Unexpected,
                "The user pool asks for a password that was not asked for",
            ));
        };
        let session = challenge.session.as_ref().map(Secret::duplicate);
        let proof = Proof::Password {
            challenge,
            password,
        };
        Ok(self.respond("PASSWORD_VERIFIER", session, Vec::new(), proof, None))
    }

    fn begin_device_proof(&mut self, challenge: Challenge) -> Result<Step, Problem> {
        if self.device_key().is_none() {
            return Err(unsupported(&challenge.name));
        }
        self.factor("device");
        let (name, session) = (challenge.name, challenge.session);
        Ok(self.respond(&name, session, Vec::new(), Proof::PublicValue, None))
    }

    fn prove_device(&mut self, challenge: Challenge) -> Result<Step, Problem> {
        let Some(device) = self.device.as_ref().map(super::KeptDevice::duplicate) else {
            return Err(unsupported(&challenge.name));
        };
        let session = challenge.session.as_ref().map(Secret::duplicate);
        let proof = Proof::Device { challenge, device };
        let name = "DEVICE_PASSWORD_VERIFIER";
        Ok(self.respond(name, session, Vec::new(), proof, None))
    }

    /// A list with one entry that Poolkey knows is no choice.
    fn offer(&mut self, choosing: Choosing, challenge: Challenge) -> Result<Step, Problem> {
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
    // The same password: one entry, proved rather than sent.
    if choosing == Choosing::FirstFactor && factors.contains(&Factor::PasswordSrp) {
        factors.retain(|factor| *factor != Factor::Password);
    }
    if choosing == Choosing::SetUp {
        // A phone number can only be set up by an administrator or in an application of the pool.
        factors.retain(|factor| *factor != Factor::SmsMfa);
    }
    factors
}

/// `requiredAttributes`: `["userAttributes.given_name"]`, a JSON array as text.
fn required_attributes(challenge: &Challenge) -> Vec<String> {
    let names = strings(challenge.parameter("requiredAttributes"));
    let plain = |name: &String| name.trim_start_matches("userAttributes.").to_owned();
    names.iter().map(plain).collect()
}

/// The strings of a JSON array of strings; they are names without escapes.
fn strings(json: &str) -> Vec<String> {
    let inner = json.trim().trim_start_matches('[').trim_end_matches(']');
    let names = inner.split(',').map(|name| name.trim().trim_matches('"'));
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// All but the machine's own; control characters would steer a terminal.
fn public_parameters(challenge: &Challenge) -> Vec<(String, String)> {
    let plain = |text: &str| -> String {
        let letters = text.chars();
        letters
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .collect()
    };
    challenge
        .parameters
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "USERNAME" | "USER_ID_FOR_SRP"))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect()
}

fn unsupported(challenge_name: &str) -> Problem {
    Problem::new(
        ProblemKind::SignInNeeded,
        format!("The user pool asks for {challenge_name}, which Poolkey cannot answer"),
    )
    .hint("Ask the pool's administrator which sign-in your account needs.")
}
