//! The fields of a question, asked on the terminal one after the other.
//!
//! Everything goes to standard error. Deliberately absent: what a question says (see
//! `domain::sign_in`) and what was given beforehand (see `given`).

use zeroize::Zeroizing;

use super::choose;
use super::given::{Value, as_code};
use super::output::Output;
use super::prompt;
use crate::adapters::authenticator;
use crate::domain::sign_in::{Field, Input, Move, Question, QuestionKind};
use crate::domain::{Problem, Secret};

/// What a person typed at a field.
pub enum Typed {
    /// A value for it.
    Value(Value),
    /// Something else than an answer.
    Move(Move),
}

/// Says what is asked, why, and what else can be done. A question that is put again only says what
/// was wrong. `username` is who signs in, as far as it is known.
pub fn introduce(question: &Question, username: &str, output: &Output) {
    if let Some(problem) = &question.problem {
        output.note(&problem.sentence);
        for hint in &problem.hints {
            output.note(&format!("hint: {hint}"));
        }
        return;
    }
    if let Some(notice) = question.notice {
        output.note(notice);
    }
    output.heading(question.title());
    output.note(&question.explanation());
    tell(question, username, output);
    if takes_letters(question) {
        offer(&others(question, username), output);
    }
}

/// True where a letter alone is something else than an answer. Not where what is typed is hidden or
/// is somebody's name; a list shows the letters itself.
fn takes_letters(question: &Question) -> bool {
    let is_other = |field: &Field| matches!(field.input, Input::Password | Input::Choice(_));
    let is_name = matches!(question.kind, QuestionKind::Credentials { .. });
    !is_name && !question.fields().iter().any(is_other)
}

fn offer(others: &[Other], output: &Output) {
    if !others.is_empty() {
        output.note(&letters(others));
    }
}

/// What the person has to see before the answer.
fn tell(question: &Question, username: &str, output: &Output) {
    match &question.kind {
        QuestionKind::Credentials { .. } if !username.is_empty() => {
            output.note(&format!("Username: {username}"));
        }
        QuestionKind::SetUpSoftwareToken { secret, issuer } => {
            let colors = output.has_colors();
            output.note(&authenticator::render(
                secret,
                issuer,
                &question.username,
                colors,
            ));
        }
        QuestionKind::Custom { parameters } => {
            let names = parameters.iter().map(|(name, _)| name.chars().count());
            let width = names.max().unwrap_or_default();
            for (name, value) in parameters {
                output.note(&format!("  {name:<width$}  {value}"));
            }
        }
        _ => {}
    }
}

/// Asks for one field until there is something that can be sent.
pub async fn field(
    question: &Question,
    field: &Field,
    username: &str,
    output: &Output,
) -> Result<Typed, Problem> {
    if field.input == Input::Password && !others(question, username).is_empty() {
        let or = if question.other_method {
            " or want another method"
        } else {
            ""
        };
        output.note(&format!(
            "Press Enter alone if you forgot the password{or}."
        ));
    }
    loop {
        let others = others(question, username);
        let typed = match &field.input {
            Input::Text => {
                let typed = visible(question, field).await?;
                let letter = typed.as_deref().filter(|_| takes_letters(question));
                let moved = letter.and_then(|letter| chosen(others, letter));
                moved
                    .map(Typed::Move)
                    .or(typed.map(|typed| Typed::Value(Value::Plain(typed))))
            }
            Input::Code { .. } => {
                let code = prompt::text(&field.label).await?;
                let value = |code: String| Typed::Value(Value::Hidden(as_code(&code)));
                let moved = chosen(others, &code).map(Typed::Move);
                moved.or_else(|| not_empty(code).map(value))
            }
            Input::Password => password(field, others, output).await?,
            Input::NewPassword => {
                let typed = new_password(field, output).await?;
                typed.map(|typed| Typed::Value(Value::Hidden(typed)))
            }
            Input::Choice(options) => {
                let typed = choose::ask(field, options, &others, output).await?;
                let moved = chosen(others, &typed).map(Typed::Move);
                moved.or_else(|| {
                    let choice = choose::choice(options, &typed, output);
                    choice.map(|choice| Typed::Value(Value::Plain(choice)))
                })
            }
        };
        if let Some(typed) = typed {
            return Ok(typed);
        }
    }
}

/// Enter alone leads to what else can be done, because a letter would be taken for the password.
async fn password(
    field: &Field,
    others: Vec<Other>,
    output: &Output,
) -> Result<Option<Typed>, Problem> {
    if let Some(password) = hidden(&field.label).await? {
        return Ok(Some(Typed::Value(Value::Hidden(password))));
    }
    if others.is_empty() {
        return Ok(None);
    }
    offer(&others, output);
    let letter = prompt::text("Letter, or Enter to type the password").await?;
    Ok(chosen(others, &letter).map(Typed::Move))
}

/// What can be done instead of answering: a letter, its meaning, and the move.
pub type Other = (&'static str, &'static str, Move);

fn others(question: &Question, username: &str) -> Vec<Other> {
    let mut others = Vec::new();
    if question.can_resend() {
        others.push(("r", "send a new code", Move::Resend));
    }
    if question.can_reset_password() && !username.is_empty() {
        let username = username.to_owned();
        let moved = Move::ForgotPassword { username };
        others.push(("f", "I forgot the password", moved));
    }
    if question.other_method {
        others.push(("o", "use another method", Move::OtherMethod));
    }
    others
}

fn letters(others: &[Other]) -> String {
    let pairs = others
        .iter()
        .map(|(letter, meaning, _)| format!("{letter} = {meaning}"));
    pairs.collect::<Vec<String>>().join(", ")
}

fn chosen(others: Vec<Other>, typed: &str) -> Option<Move> {
    let mut others = others.into_iter();
    let found = others.find(|(letter, ..)| typed.eq_ignore_ascii_case(letter));
    found.map(|(_, _, moved)| moved)
}

/// A name that was typed before stays where nothing is typed. An attribute may be left empty, and
/// so may what another program asks: there, Enter alone can mean "done".
async fn visible(question: &Question, field: &Field) -> Result<Option<String>, Problem> {
    let (kept, may_be_empty) = match field.name.as_str() {
        "username" => (question.username.as_str(), false),
        name => ("", name == "answer" || name.starts_with("userattributes.")),
    };
    let label = if kept.is_empty() {
        field.label.clone()
    } else {
        format!("{} [{kept}]", field.label)
    };
    let typed = not_empty(prompt::text(&label).await?);
    let is_enough = may_be_empty || !kept.is_empty();
    Ok(typed.or_else(|| is_enough.then(|| kept.to_owned())))
}

fn not_empty(mut line: Zeroizing<String>) -> Option<String> {
    (!line.is_empty()).then(|| std::mem::take(&mut *line))
}

async fn hidden(label: &str) -> Result<Option<Secret>, Problem> {
    Ok(Some(prompt::secret(label).await?).filter(|secret| !secret.is_empty()))
}

/// Typed twice, because nobody sees it.
async fn new_password(field: &Field, output: &Output) -> Result<Option<Secret>, Problem> {
    let Some(first) = hidden(&field.label).await? else {
        return Ok(None);
    };
    let second = prompt::secret("The same password again").await?;
    if first.is_same(&second) {
        return Ok(Some(first));
    }
    output.note("These were two different passwords.");
    Ok(None)
}
