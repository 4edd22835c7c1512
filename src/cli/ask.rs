//! The fields of a question, asked on the terminal one after the other.
//!
//! Everything goes to standard error. Deliberately absent: what a question says (see
//! `domain::sign_in`) and what was given beforehand (see `given`).

use zeroize::Zeroizing;

use super::given::{self, Value};
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

/// Says what is asked and why. A question that is put again only says what was wrong.
pub fn introduce(question: &Question, output: &Output) {
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
    match &question.kind {
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
            for (name, value) in parameters {
                output.note(&format!("  {name:<20} {value}"));
            }
        }
        _ => {}
    }
}

/// Asks for one field until there is something that can be sent.
pub async fn field(question: &Question, field: &Field, output: &Output) -> Result<Typed, Problem> {
    let moves = moves(question);
    loop {
        let typed = match &field.input {
            Input::Text => visible(field).await?.map(Value::Plain),
            Input::Code { .. } => {
                let code = prompt::text(&field.label).await?;
                if let Some(moved) = chosen(&moves, &code) {
                    return Ok(Typed::Move(moved));
                }
                not_empty(code).map(|code| Value::Hidden(Secret::new(code)))
            }
            Input::Password => hidden(&field.label).await?.map(Value::Hidden),
            Input::NewPassword => new_password(field, output).await?.map(Value::Hidden),
            Input::Choice(options) => choose(field, options, output).await?.map(Value::Plain),
        };
        if let Some(value) = typed {
            return Ok(Typed::Value(value));
        }
        if moves.is_empty() || matches!(field.input, Input::Choice(_)) {
            continue;
        }
        let offered: Vec<&str> = moves.iter().map(|(_, what, _)| *what).collect();
        output.note(&offered.join(", "));
        if matches!(field.input, Input::Password) {
            // What is typed next is hidden: a letter would be taken for a password.
            let letter = prompt::text("Letter, or Enter to type the password").await?;
            if let Some(moved) = chosen(&moves, &letter) {
                return Ok(Typed::Move(moved));
            }
        }
    }
}

type OtherMove = (&'static str, &'static str, fn() -> Move);

fn moves(question: &Question) -> Vec<OtherMove> {
    let mut moves: Vec<OtherMove> = Vec::new();
    if question.can_resend() {
        moves.push(("r", "r = send a new code", || Move::Resend));
    }
    if question.other_method {
        moves.push(("o", "o = use another method", || Move::OtherMethod));
    }
    moves
}

fn chosen(moves: &[OtherMove], typed: &str) -> Option<Move> {
    let mut moves = moves.iter();
    let found = moves.find(|(letter, ..)| typed.eq_ignore_ascii_case(letter));
    found.map(|(_, _, moved)| moved())
}

async fn visible(field: &Field) -> Result<Option<String>, Problem> {
    Ok(not_empty(prompt::text(&field.label).await?))
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

/// By number or by name; yes and no need no list.
async fn choose(
    field: &Field,
    options: &[(String, String)],
    output: &Output,
) -> Result<Option<String>, Problem> {
    let names: Vec<&str> = options.iter().map(|(name, _)| name.as_str()).collect();
    let is_yes_or_no = names == ["yes", "no"];
    let label = if is_yes_or_no {
        "yes or no".to_owned()
    } else {
        for (number, (_, label)) in (1..).zip(options) {
            output.note(&format!("  {number}  {label}"));
        }
        format!("{}, 1 to {}", field.label, options.len())
    };
    let typed = prompt::text(&label).await?;
    let by_number = typed.parse::<usize>().ok();
    let by_number = by_number.and_then(|number| names.get(number.checked_sub(1)?));
    let by_name = given::choice(options, &typed);
    let by_letter = names
        .iter()
        .find(|name| is_yes_or_no && !typed.is_empty() && name.starts_with(typed.as_str()));
    let found = by_number.or(by_letter).map(|name| (*name).to_owned());
    let found = found.or(by_name);
    if found.is_none() {
        output.note("That is not one of the choices.");
    }
    Ok(found)
}
