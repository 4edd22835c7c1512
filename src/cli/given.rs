//! What a sign-in was given beforehand: options, and lines of standard input.
//!
//! Every value answers once; the authenticator's secret makes a new code each time. An answer `-`
//! is the next line of standard input, read when it is asked: a code that is sent meanwhile.
//! Deliberately absent: a password among the arguments, which every user of the machine can read.

use jiff::Timestamp;

use super::args::{Answer as Argument, SignIn as Options};
use super::prompt::Lines;
use crate::crypto::totp;
use crate::domain::sign_in::{Answer, Field, Input};
use crate::domain::{Problem, ProblemKind, Secret};

/// A field's value.
pub enum Value {
    /// Not secret: a name, a choice.
    Plain(String),
    /// A password or a code.
    Hidden(Secret),
}

impl Value {
    /// The answer with this value in it.
    pub fn put(self, field: &Field, answer: Answer) -> Answer {
        match self {
            Self::Plain(text) => answer.with_text(&*field.name, text),
            Self::Hidden(secret) => answer.with(&*field.name, secret),
        }
    }
}

/// Where a field's value comes from.
pub enum Source {
    /// It is here.
    Value(Value),
    /// The next line of standard input.
    NextLine,
}

/// Instead of a value: the next line of standard input.
const NEXT_LINE: &str = "-";

/// What was given and not used yet.
pub struct Given {
    username: Option<String>,
    answers: Vec<Argument>,
    password: Option<Secret>,
    totp_secret: Option<Secret>,
    new_password: Option<Secret>,
}

impl Given {
    /// Reads the lines of standard input that the options announce: password, authenticator's
    /// secret, new password.
    ///
    /// # Errors
    /// When a line is missing, or a password stands among the answers.
    pub async fn read(options: &mut Options) -> Result<Self, Problem> {
        let answers = std::mem::take(&mut options.answers);
        if answers.iter().any(|answer| answer.name == "password") {
            return Err(Problem::new(
                ProblemKind::Usage,
                "A password is not given with --answer: everybody on this machine can read it there",
            )
            .hint("Give it with --password-stdin."));
        }
        let wanted = [
            (options.password_stdin, "password"),
            (options.totp_secret_stdin, "TOTP secret"),
            (options.new_password_stdin, "new password"),
        ];
        let count = wanted.iter().filter(|(is_wanted, _)| *is_wanted).count();
        let mut lines = Lines::read(count).await?;
        let mut next = |(is_wanted, what): (bool, &str)| {
            let line = is_wanted.then(|| lines.take(what));
            line.transpose()
        };
        let [password, totp_secret, new_password] = wanted;
        Ok(Self {
            username: options.username.take(),
            answers,
            password: next(password)?,
            totp_secret: next(totp_secret)?,
            new_password: next(new_password)?,
        })
    }

    /// Who signs in, where no name stands in the configuration or another one was given.
    pub fn username(&mut self) -> Option<String> {
        self.username.take()
    }

    /// The value for a field. `again` says that the last value was not accepted.
    ///
    /// # Errors
    /// When the authenticator's secret is none.
    pub fn take(
        &mut self,
        field: &Field,
        again: bool,
        now: Timestamp,
    ) -> Result<Option<Source>, Problem> {
        let hidden = |secret| Source::Value(Value::Hidden(secret));
        Ok(match field.name.as_str() {
            "password" => self.password.take().map(hidden),
            "new_password" if self.new_password.is_some() => self.new_password().map(hidden),
            name => match self.argument(name) {
                Some(value) if value == NEXT_LINE => Some(Source::NextLine),
                Some(value) => Some(Source::Value(self.known(field, value))),
                None if name == "software_token_mfa_code" && !again => self.code(now)?.map(hidden),
                None => None,
            },
        })
    }

    /// Names of answers that nothing asked for.
    pub fn left_over(&self) -> Vec<&str> {
        let left = self.answers.iter();
        left.map(|answer| answer.name.as_str()).collect()
    }

    fn argument(&mut self, name: &str) -> Option<String> {
        let place = self.answers.iter().position(|answer| answer.name == name)?;
        Some(self.answers.remove(place).value)
    }

    /// A new password is the password from then on.
    fn known(&mut self, field: &Field, value: String) -> Value {
        if field.name == "new_password" {
            self.password = Some(Secret::new(value.clone()));
        }
        as_input(&field.input, value)
    }

    /// From then on it is the password.
    fn new_password(&mut self) -> Option<Secret> {
        let new = self.new_password.take()?;
        self.password = Some(new.duplicate());
        Some(new)
    }

    fn code(&self, now: Timestamp) -> Result<Option<Secret>, Problem> {
        let Some(shared) = &self.totp_secret else {
            return Ok(None);
        };
        let code = totp::code_at(shared, now);
        code.map(Some).ok_or_else(|| {
            Problem::new(ProblemKind::Usage, "The TOTP secret is not base32 text")
                .hint("It is the key that the authenticator app was set up with.")
        })
    }
}

/// A text as this field takes it.
pub fn as_input(input: &Input, value: String) -> Value {
    match input {
        Input::Text => Value::Plain(value),
        // What a list leaves out may be meant all the same, and names on the wire are in capitals.
        Input::Choice(options) => {
            Value::Plain(named(options, &value).unwrap_or_else(|| value.to_uppercase()))
        }
        Input::Code { .. } => Value::Hidden(as_code(&value)),
        Input::Password | Input::NewPassword => Value::Hidden(Secret::new(value)),
    }
}

/// Without the space that apps and messages put in the middle of a code.
pub fn as_code(typed: &str) -> Secret {
    Secret::new(typed.split_whitespace().collect())
}

/// The option of that name, in whatever case it was typed. Not by its label, which may be the name
/// of another one.
pub fn named(options: &[(String, String)], typed: &str) -> Option<String> {
    let mut options = options.iter();
    let found = options.find(|(name, _)| name.eq_ignore_ascii_case(typed));
    found.map(|(name, _)| name.clone())
}
