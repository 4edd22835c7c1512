//! The sign-in sheet: username and password, then a code. Both steps have the same size.

use eframe::egui;
use eframe::egui::{Align, Key, Layout, Ui, vec2};

use super::Actions;
use crate::app::{Action, Model, Sheet, SignInPhase, Suggestion};
use crate::domain::Problem;
use crate::domain::sign_in::Question;
use crate::ui::draft::SignInDraft;
use crate::ui::theme::{Tokens, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::code_boxes::{DIGITS, code_boxes_ui};
use crate::ui::widgets::password_field::PasswordField;
use crate::ui::widgets::sheet::{sheet_buttons_ui, sheet_ui};
use crate::ui::widgets::text_field::TextField;

/// What both steps need.
struct Step<'a> {
    username: &'a str,
    phase: &'a SignInPhase,
    problem: Option<&'a Problem>,
    suggestion: Option<&'a Suggestion>,
}

/// Draws the sheet while it is open.
pub fn sign_in_ui(ui: &Ui, model: &Model, draft: &mut SignInDraft, actions: &mut Actions) {
    let Some(Sheet::SignIn {
        profile,
        username,
        phase,
        problem,
    }) = &model.sheet
    else {
        return;
    };
    let step = Step {
        username,
        phase,
        problem: problem.as_ref(),
        suggestion: model.suggestion.as_ref(),
    };
    let title = format!("Sign in to {profile}");
    let escaped = sheet_ui(ui.ctx(), &title, |ui| match phase {
        SignInPhase::Password | SignInPhase::Checking => password_ui(ui, &step, draft, actions),
        SignInPhase::Question(_) | SignInPhase::Answering => code_ui(ui, &step, draft, actions),
    });
    if escaped {
        actions.push(Action::CloseSheet);
    }
}

fn password_ui(ui: &mut Ui, step: &Step<'_>, draft: &mut SignInDraft, actions: &mut Actions) {
    let busy = step.phase.is_busy();
    subtitle_ui(ui, "With the username and password of your user pool");
    let name = TextField::new("Username", &mut draft.username)
        .placeholder("name, e-mail or phone number")
        .read_only(busy)
        .show(ui);
    ui.add_space(14.0);
    let password = PasswordField::new("Password", draft.password.edit())
        .enabled(!busy)
        .show(ui);
    // The boxes of the second step are ten points higher than a field.
    ui.add_space(10.0);
    if draft.focus_wanted && !busy {
        draft.focus_wanted = false;
        let first = if draft.username.trim().is_empty() {
            &name
        } else {
            &password
        };
        first.request_focus();
    }
    message_ui(ui, step, "");
    let complete = !draft.username.trim().is_empty() && !draft.password.is_empty();
    let entered = (name.lost_focus() || password.lost_focus()) && enter(ui);
    if entered && !complete {
        password.request_focus();
    }
    let clicked = buttons_ui(ui, complete, step, draft.password.edit(), actions);
    if clicked || (entered && complete && !busy) {
        actions.push(Action::SubmitPassword {
            username: draft.username.trim().to_owned(),
            password: draft.password.hand_over(),
        });
    }
}

fn code_ui(ui: &mut Ui, step: &Step<'_>, draft: &mut SignInDraft, actions: &mut Actions) {
    let busy = step.phase.is_busy();
    let prompt = match step.phase {
        SignInPhase::Question(pending) => prompt(&pending.question),
        _ => "Checking your code",
    };
    subtitle_ui(ui, prompt);
    let mut shown = step.username.to_owned();
    TextField::new("Username", &mut shown)
        .read_only(true)
        .trailing("password accepted", true)
        .show(ui);
    ui.add_space(14.0);
    let wrong = step.problem.is_some();
    let field = code_boxes_ui(ui, draft.code.edit(), !busy, wrong);
    if draft.focus_wanted && !busy {
        draft.focus_wanted = false;
        field.request_focus();
    }
    message_ui(ui, step, "The app shows a new code every 30 seconds");
    let complete = draft.code.char_count() == DIGITS;
    let entered = field.lost_focus() && enter(ui);
    if entered && !complete {
        field.request_focus();
    }
    let clicked = buttons_ui(ui, complete, step, draft.code.edit(), actions);
    if clicked || (entered && complete && !busy) {
        actions.push(Action::SubmitAnswer(draft.code.hand_over()));
    }
}

const fn prompt(question: &Question) -> &'static str {
    question.kind.prompt()
}

fn enter(ui: &Ui) -> bool {
    ui.input(|input| input.key_pressed(Key::Enter))
}

fn subtitle_ui(ui: &mut Ui, text: &str) {
    let muted = Tokens::of(ui).muted;
    ui.add_space(2.0);
    ui.label(Type::Body.rich(text, muted));
    ui.add_space(14.0);
}

/// Room for three lines, so that a message does not move the buttons.
fn message_ui(ui: &mut Ui, step: &Step<'_>, otherwise: &str) {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), 62.0);
    ui.allocate_ui(size, |ui| {
        ui.set_min_size(size);
        ui.add_space(9.0);
        if let Some(problem) = step.problem {
            alert_ui(ui, problem);
            return;
        }
        let demo = step
            .suggestion
            .map(|made_up| format!("{}: {}", made_up.label, made_up.value));
        let text = demo.as_deref().unwrap_or(otherwise);
        if !text.is_empty() {
            ui.label(Type::Small.rich(text, tokens.muted));
        }
    });
}

/// Read out by screen readers as soon as it appears.
fn alert_ui(ui: &mut Ui, problem: &Problem) {
    let text = match problem.hints.first() {
        Some(hint) => format!("{}. {hint}", problem.sentence),
        None => problem.sentence.clone(),
    };
    let danger = Tokens::of(ui).danger;
    let label = ui.label(Type::Small.rich(&text, danger));
    ui.ctx().accesskit_node_builder(label.id, |node| {
        node.set_role(egui::accesskit::Role::Alert);
        node.set_label(text.clone());
    });
}

/// True when Continue was clicked. In the demo one more button types for the person.
fn buttons_ui(
    ui: &mut Ui,
    complete: bool,
    step: &Step<'_>,
    typed: &mut String,
    actions: &mut Actions,
) -> bool {
    let busy = step.phase.is_busy();
    sheet_buttons_ui(ui, |ui| {
        let word = if busy { "Checking…" } else { "Continue" };
        let next = Button::primary(word).min_width(88.0);
        let clicked = ui.add_enabled(complete && !busy, next).clicked();
        if ui.add(Button::secondary("Cancel")).clicked() {
            actions.push(Action::CloseSheet);
        }
        if let Some(made_up) = step.suggestion.filter(|_| !busy) {
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if ui.add(Button::ghost("Fill in")).clicked() {
                    typed.clear();
                    typed.push_str(&made_up.value);
                }
            });
        }
        clicked
    })
}
