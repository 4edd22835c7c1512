//! The sign-in sheet: one question after the other.

use eframe::egui::Ui;

use super::Actions;
use crate::app::{Action, Model, Sheet, Shown, SignInPhase};
use crate::domain::sign_in::{Answer, Input, Move};
use crate::ui::draft::SignInDraft;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::password_field::PasswordField;
use crate::ui::widgets::sheet::{sheet_buttons_ui, sheet_ui};
use crate::ui::widgets::text_field::TextField;

/// Draws the sheet while it is open.
pub fn sign_in_ui(ui: &Ui, model: &Model, draft: &mut SignInDraft, actions: &mut Actions) {
    let Some(Sheet::SignIn(sheet)) = &model.sheet else {
        return;
    };
    let title = format!("Sign in to {}", sheet.profile);
    let escaped = sheet_ui(ui.ctx(), &title, |ui| match &sheet.phase {
        SignInPhase::Asking(sign_in) => {
            if let Some(question) = sign_in.question() {
                question_ui(ui, &Shown::of(question), draft, actions);
            }
        }
        SignInPhase::Busy(_) | SignInPhase::Browser { .. } => {}
    });
    if escaped {
        actions.push(Action::CloseSheet);
    }
}

fn question_ui(ui: &mut Ui, shown: &Shown, draft: &mut SignInDraft, actions: &mut Actions) {
    ui.label(&shown.explanation);
    for field in &shown.fields {
        let value = draft.value(&field.name);
        match &field.input {
            Input::Password | Input::NewPassword => {
                PasswordField::new(&field.label, value.edit()).show(ui);
            }
            _ => {
                TextField::new(&field.label, value.edit()).show(ui);
            }
        }
    }
    let clicked = sheet_buttons_ui(ui, |ui| ui.add(Button::primary("Continue")).clicked());
    if clicked {
        let mut answer = Answer::default();
        for field in &shown.fields {
            answer = answer.with(&field.name, draft.value(&field.name).hand_over());
        }
        actions.push(Action::Move(Move::Answer(answer)));
    }
}
