//! What stands where there is nothing yet: why, and the one way on.
//!
//! Deliberately absent: a picture. The words are what helps.

use eframe::egui::{Align, Layout, Ui};

use super::button::Button;
use super::heading::tell_heading;
use crate::ui::theme::{Tokens, Type, size, space};

/// Draws it in the middle of what is there. True when the button was pressed.
pub fn empty_state_ui(ui: &mut Ui, title: &str, text: &str, button: Option<Button<'_>>) -> bool {
    let tokens = Tokens::of(ui);
    ui.add_space(space::XXXL);
    let clicked = ui
        .vertical_centered(|ui| {
            ui.set_max_width(ui.available_width().min(size::SHEET_WIDTH));
            ui.with_layout(Layout::top_down(Align::Center), |ui| {
                // Its place is kept while it is not said yet.
                if title.is_empty() {
                    ui.add_space(Type::Heading.line_height());
                } else {
                    let title_label = ui.label(Type::Heading.rich(title, tokens.text));
                    tell_heading(ui, &title_label, title, 2);
                }
                ui.add_space(space::XS);
                if text.is_empty() {
                    ui.add_space(Type::Body.line_height());
                } else {
                    ui.label(Type::Body.rich(text, tokens.muted));
                }
                let Some(button) = button else {
                    return false;
                };
                ui.add_space(space::XL);
                ui.add(button).clicked()
            })
            .inner
        })
        .inner;
    ui.add_space(space::XXXL);
    clicked
}
