//! Whoever signs in: what was given beforehand answers first, then the terminal is asked.
//!
//! Deliberately absent: the calls, and what follows from an answer.

use jiff::Timestamp;

use super::args::SignIn as Options;
use super::ask::{self, Typed};
use super::given::{self, Given, Source, Value};
use super::output::Output;
use super::prompt::{self, Lines};
use crate::domain::sign_in::{Answer, Field, Input, Move, Question, QuestionKind};
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

    /// Tells what was done, where there is something.
    pub fn hears(&self, done: Option<&str>) {
        if let Some(done) = done {
            self.output.note(done);
        }
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
            let found = self.given(question, field, now)?;
            let username = answer.text("username").unwrap_or(&question.username);
            let is_asked = match &found {
                Some(Source::Value(_)) => false,
                Some(Source::NextLine) => true,
                None => self.may_ask,
            };
            if is_asked && !is_introduced {
                ask::introduce(question, username, self.output);
                is_introduced = true;
            }
            let value = match found {
                Some(Source::Value(value)) => value,
                Some(Source::NextLine) => {
                    let line = Lines::read(1).await?.take_text(&field.name)?;
                    given::as_input(&field.input, line)
                }
                None if !self.may_ask => self.without_terminal(question, field)?,
                None => match ask::field(question, field, username, self.output).await? {
                    Typed::Value(value) => value,
                    Typed::Move(moved) => return Ok(moved),
                },
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
    ) -> Result<Option<Source>, Problem> {
        if field.name == "username" && question.problem.is_none() {
            let kept = || Some(question.username.clone()).filter(|name| !name.is_empty());
            let username = self.given.username().or_else(kept);
            return Ok(username.map(|name| Source::Value(Value::Plain(name))));
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
        let sentence = match question.kind {
            QuestionKind::ConfirmAccount | QuestionKind::ResetPassword => {
                let what = field.label.to_lowercase();
                format!("The account is {needed}: a {what} is needed and nobody can be asked")
            }
            _ => format!("{needed} is needed and nobody can be asked"),
        };
        let mut problem = Problem::new(ProblemKind::SignInNeeded, sentence);
        if question.delivery.is_some() {
            problem = problem.hint(question.explanation());
        }
        let problem = problem.hint(how_to_give(question, field));
        let left = self.given.left_over();
        Err(if left.is_empty() {
            problem
        } else {
            problem.hint(format!("Not asked for so far: {}", left.join(", ")))
        })
    }
}

fn how_to_give(question: &Question, field: &Field) -> String {
    let name = &field.name;
    let is_set_up = matches!(question.kind, QuestionKind::SetUpSoftwareToken { .. });
    // A code that was sent in this run, or a key that was made for it, is worth nothing in the next.
    let is_new = is_set_up || question.delivery.is_some();
    if is_new && matches!(field.input, Input::Code { .. }) {
        return format!(
            "Run this on a terminal without --no-input, or with --answer {name}=- and the code on \
             standard input: every run makes a new one."
        );
    }
    let option = match (name.as_str(), &field.input) {
        ("username", _) => "--username".to_owned(),
        ("password", _) => "--password-stdin".to_owned(),
        ("new_password", _) => "--new-password-stdin".to_owned(),
        ("software_token_mfa_code", _) => format!("--answer {name}=… or --totp-secret-stdin"),
        (_, Input::Choice(options)) => {
            let names = options.iter().map(|(value, _)| format!("{name}={value}"));
            let names: Vec<String> = names.collect();
            format!("--answer {}", names.join(" or "))
        }
        _ => format!("--answer {name}=…"),
    };
    format!("Give it with {option}, or run this on a terminal without --no-input.")
}
