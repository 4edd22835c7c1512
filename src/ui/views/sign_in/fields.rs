//! What is to be filled in, field by field, and how it becomes an answer.
//!
//! Secrets leave the draft here and are zeroed there. Deliberately absent: what an answer means.

use eframe::egui::{Rect, Response, Ui};

use super::draft::SignInDraft;
use super::{Step, enter};
use crate::app::Action;
use crate::domain::Secret;
use crate::domain::sign_in::{Answer, Field, Input, Move};
use crate::ui::theme::space;
use crate::ui::views::Actions;
use crate::ui::widgets::choice_row::choice_row_ui;
use crate::ui::widgets::code_boxes::{DIGITS, code_boxes_ui};
use crate::ui::widgets::field::label_line;
use crate::ui::widgets::focus::caret_to_end;
use crate::ui::widgets::password_field::{PasswordField, forget_typing};
use crate::ui::widgets::text_field::TextField;

/// Adds the fields, and notes the lines of their labels; true when Enter was pressed in one of them
/// and all are filled in.
pub(super) fn fields_ui(
    ui: &mut Ui,
    step: &Step<'_>,
    draft: &mut SignInDraft,
    labels: &mut Vec<Rect>,
) -> bool {
    if shows_name(step) {
        let mut name = step.shown.username.clone();
        let accepted = if step.shown.password_accepted {
            "password accepted"
        } else {
            ""
        };
        TextField::new("Username", &mut name)
            .read_only(true)
            .trailing(accepted, step.shown.password_accepted)
            .show(ui);
        ui.add_space(space::XL);
    }
    let mut entries = Vec::new();
    for (place, field) in step.shown.fields.iter().enumerate() {
        if place > 0 {
            ui.add_space(space::XL);
        }
        labels.push(label_line(ui));
        field_ui(ui, step, field, draft, &mut entries);
    }
    follow_keys(ui, step, draft, &entries)
}

/// Who signs in, above the question; the picture of an app's key needs the room.
fn shows_name(step: &Step<'_>) -> bool {
    let is_setup = step
        .shown
        .fields
        .iter()
        .any(|field| field.name == "user_code");
    !step.is_first() && !is_setup && !step.shown.username.is_empty()
}

/// A field on screen, and whether it is filled in.
type Entry = (Response, bool);

fn field_ui(
    ui: &mut Ui,
    step: &Step<'_>,
    field: &Field,
    draft: &mut SignInDraft,
    entries: &mut Vec<Entry>,
) {
    let busy = step.is_busy();
    let value = draft.value(&field.name);
    let response = match &field.input {
        Input::Password => PasswordField::new(&field.label, value.edit())
            .enabled(!busy)
            .show(ui),
        Input::NewPassword => {
            let first = PasswordField::new(&field.label, value.edit())
                .enabled(!busy)
                .show(ui);
            entries.push((first, !value.is_empty()));
            ui.add_space(space::XL);
            again_ui(ui, field, draft, busy)
        }
        Input::Code { digits: Some(6) } => {
            let wrong = step
                .question
                .is_some_and(|question| question.problem.is_some());
            code_boxes_ui(ui, value.edit(), !busy, wrong)
        }
        Input::Code { .. } | Input::Text | Input::Choice(_) => {
            let is_code = matches!(field.input, Input::Code { .. });
            let mut text = TextField::new(&field.label, value.edit())
                .placeholder(placeholder(field))
                .read_only(busy);
            if is_code {
                text = text.mono();
            }
            let response = text.show(ui);
            if !stays(field) {
                forget_typing(ui, &response);
            }
            response
        }
    };
    entries.push((response, is_filled(field, draft)));
}

/// A new password is typed twice.
fn again_ui(ui: &mut Ui, field: &Field, draft: &mut SignInDraft, busy: bool) -> Response {
    PasswordField::new("The same again", draft.value(&again(field)).edit())
        .enabled(!busy)
        .show(ui)
}

/// True when the second of two new passwords is no longer on its way to be the first.
pub(super) fn passwords_differ(step: &Step<'_>, draft: &mut SignInDraft) -> bool {
    let mut fields = step.shown.fields.iter();
    let Some(field) = fields.find(|field| field.input == Input::NewPassword) else {
        return false;
    };
    let first = draft.value(&field.name).clone();
    !first.starts_with(draft.value(&again(field)))
}

fn again(field: &Field) -> String {
    format!("{} again", field.name)
}

fn placeholder(field: &Field) -> &'static str {
    match (field.name.as_str(), &field.input) {
        ("username", _) => "name, e-mail or phone number",
        ("email", _) => "name@example.com",
        (_, Input::Code { .. }) => "from the message",
        _ => "",
    }
}

/// The focus goes to the first empty field, at first and with Enter.
fn follow_keys(ui: &Ui, step: &Step<'_>, draft: &mut SignInDraft, entries: &[Entry]) -> bool {
    if step.is_busy() {
        return false;
    }
    let empty = entries.iter().find(|(_, filled)| !filled);
    if std::mem::take(&mut draft.focus_wanted)
        && let Some((field, _)) = empty.or(entries.last())
    {
        field.request_focus();
        caret_to_end(ui, field);
    }
    let entered = entries.iter().any(|(field, _)| field.lost_focus()) && enter(ui);
    match empty {
        Some((field, _)) if entered => {
            field.request_focus();
            false
        }
        Some(_) => false,
        None => entered,
    }
}

/// True when every field holds something that can be sent.
pub(super) fn are_complete(step: &Step<'_>, draft: &mut SignInDraft) -> bool {
    let mut fields = step.shown.fields.iter();
    fields.all(|field| is_filled(field, draft))
}

fn is_filled(field: &Field, draft: &mut SignInDraft) -> bool {
    let value = draft.value(&field.name);
    match &field.input {
        Input::Password => !value.is_empty(),
        Input::NewPassword => {
            let first = value.clone();
            !first.is_empty() && *draft.value(&again(field)) == first
        }
        Input::Code { digits: Some(6) } => value.char_count() == DIGITS,
        Input::Code { .. } | Input::Text => !value.edit().trim().is_empty(),
        Input::Choice(_) => false,
    }
}

/// Not secret: it stays in its field while the answer is checked, for the case that it comes back.
fn stays(field: &Field) -> bool {
    field.input == Input::Text && field.name != "answer"
}

/// The code of a reset is still good when the pool refuses the new password beside it. The draft
/// forgets it with the next question, or when the code itself was refused.
fn outlives_a_refusal(step: &Step<'_>, field: &Field) -> bool {
    let is_code = matches!(field.input, Input::Code { .. });
    is_code
        && step
            .shown
            .fields
            .iter()
            .any(|field| field.input == Input::NewPassword)
}

/// The answer; what is secret in it is zeroed in the draft.
pub(super) fn hand_over(step: &Step<'_>, draft: &mut SignInDraft) -> Answer {
    let mut answer = Answer::default();
    for field in &step.shown.fields {
        let value = draft.value(&field.name);
        answer = match &field.input {
            _ if stays(field) => answer.with_text(&field.name, value.edit().trim()),
            Input::Text | Input::Code { .. } => {
                let trimmed = Secret::new(plain(&field.input, value.edit()));
                if !outlives_a_refusal(step, field) {
                    value.clear();
                }
                answer.with(&field.name, trimmed)
            }
            _ => answer.with(&field.name, value.hand_over()),
        };
        draft.value(&again(field)).clear();
    }
    answer
}

/// Apps and messages put a space in the middle of a code.
fn plain(input: &Input, typed: &str) -> String {
    match input {
        Input::Code { .. } => typed.split_whitespace().collect(),
        _ => typed.trim().to_owned(),
    }
}

/// Who signs in, as far as it is typed or known.
pub(super) fn username(step: &Step<'_>, draft: &mut SignInDraft) -> String {
    if step.is_first() {
        draft.value("username").edit().trim().to_owned()
    } else {
        step.shown.username.clone()
    }
}

/// Adds a row for each choice; the first has the focus.
pub(super) fn choices_ui(
    ui: &mut Ui,
    step: &Step<'_>,
    name: &str,
    choices: &[(String, String)],
    draft: &mut SignInDraft,
    actions: &mut Actions,
) {
    ui.spacing_mut().item_spacing.y = space::M;
    for (place, (value, label)) in choices.iter().enumerate() {
        let row = choice_row_ui(ui, label, !step.is_busy());
        if place == 0 && !step.is_busy() && std::mem::take(&mut draft.focus_wanted) {
            row.request_focus();
        }
        if row.clicked() {
            let answer = Answer::default().with_text(name, value);
            actions.push(Action::Move(Move::Answer(answer)));
        }
    }
}

/// Puts a made-up value where it belongs: into the first field that is not the name.
pub(super) fn fill_in(step: &Step<'_>, draft: &mut SignInDraft, made_up: &str) {
    let field = step.shown.fields.iter().find(|field| !stays(field));
    let Some(field) = field else { return };
    let is_new = field.input == Input::NewPassword;
    let twice = is_new.then(|| again(field));
    for name in [Some(field.name.clone()), twice].into_iter().flatten() {
        let value = draft.value(&name);
        value.clear();
        value.edit().push_str(made_up);
    }
    draft.focus_wanted = true;
}
