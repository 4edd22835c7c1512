//! Whoever signs in: what was given beforehand answers first, then the terminal is asked.
//!
//! Deliberately absent: the calls, and what follows from an answer.

use jiff::Timestamp;

use super::args::SignIn as Options;
use super::ask::{self, Typed};
use super::given::{Given, Value};
use super::output::Output;
use super::prompt;
use crate::domain::sign_in::{Answer, Field, Move, Question, QuestionKind};
use crate::domain::{Problem, ProblemKind};

/// Answers the questions of one sign-in.
pub struct Person<'a> {
    given: Given,
    may_ask: bool,
    output: &'a Output,
}

impl<'a> Person<'a> {
    /// Reads what was given beforehand.
    ///
    /// # Errors
    /// When it is not what the options say.
    pub async fn new(mut options: Options, output: &'a Output) -> Result<Self, Problem> {
        let given = Given::read(&mut options).await?;
        let may_ask = !options.no_input && prompt::can_ask();
        Ok(Self {
            given,
            may_ask,
            output,
        })
    }

    /// True when somebody sits at the terminal.
    pub const fn may_ask(&self) -> bool {
        self.may_ask
    }

    /// Begins with a forgotten password: only the name is needed.
    ///
    /// # Errors
    /// When nobody says the name.
    pub async fn forgets_password(
        &mut self,
        question: &Question,
        now: Timestamp,
    ) -> Result<Move, Problem> {
        let mut fields = question.fields();
        fields.retain(|field| field.name == "username");
        match self.answer(question, &fields, now).await? {
            Move::Answer(answer) => Ok(Move::ForgotPassword {
                username: answer.text("username").unwrap_or_default().to_owned(),
            }),
            other => Ok(other),
        }
    }

    /// The next move.
    ///
    /// # Errors
    /// When nobody can be asked: why the last answer was wrong, or what is needed.
    pub async fn moves(&mut self, question: &Question, now: Timestamp) -> Result<Move, Problem> {
        self.answer(question, &question.fields(), now).await
    }

    async fn answer(
        &mut self,
        question: &Question,
        fields: &[Field],
        now: Timestamp,
    ) -> Result<Move, Problem> {
        let mut answer = Answer::default();
        let mut is_introduced = false;
        for field in fields {
            let value = match self.given(question, field, now)? {
                Some(value) => value,
                None if !self.may_ask => self.without_terminal(question, field)?,
                None => {
                    if !is_introduced {
                        ask::introduce(question, self.output);
                        is_introduced = true;
                    }
                    match ask::field(question, field, self.output).await? {
                        Typed::Value(value) => value,
                        Typed::Move(moved) => return Ok(moved),
                    }
                }
            };
            answer = value.put(field, answer);
        }
        Ok(Move::Answer(answer))
    }

    fn given(
        &mut self,
        question: &Question,
        field: &Field,
        now: Timestamp,
    ) -> Result<Option<Value>, Problem> {
        if field.name == "username" && question.problem.is_none() {
            let kept = || Some(question.username.clone()).filter(|name| !name.is_empty());
            return Ok(self.given.username().or_else(kept).map(Value::Plain));
        }
        self.given.take(field, question.problem.is_some(), now)
    }

    fn without_terminal(&self, question: &Question, field: &Field) -> Result<Value, Problem> {
        if let Some(problem) = &question.problem {
            return Err(problem.clone());
        }
        // All that was needed is there: a sign-in must not be lost over a convenience.
        if matches!(question.kind, QuestionKind::RememberDevice) {
            self.output.note(
                "note: the user pool was not asked to remember this device; \
                 that is --answer remember_device=yes",
            );
            return Ok(Value::Plain("no".to_owned()));
        }
        let needed = match field.name.as_str() {
            "username" => "USERNAME",
            _ => question.challenge_name(),
        };
        let problem = Problem::new(
            ProblemKind::SignInNeeded,
            format!("{needed} is needed and nobody can be asked"),
        )
        .hint(how_to_give(question, field));
        let left = self.given.left_over();
        Err(if left.is_empty() {
            problem
        } else {
            problem.hint(format!("Not asked for so far: {}", left.join(", ")))
        })
    }
}

fn how_to_give(question: &Question, field: &Field) -> String {
    if matches!(question.kind, QuestionKind::SetUpSoftwareToken { .. }) {
        return "Run this on a terminal without --no-input: the app has to be set up there."
            .to_owned();
    }
    let option = match field.name.as_str() {
        "username" => "--username".to_owned(),
        "password" => "--password-stdin".to_owned(),
        "new_password" => "--new-password-stdin".to_owned(),
        name => format!("--answer {name}=…"),
    };
    let or = match field.name.as_str() {
        "software_token_mfa_code" => " or --totp-secret-stdin",
        _ => "",
    };
    format!("Give it with {option}{or}, or run this on a terminal without --no-input.")
}
