//! The card with profiles found in the AWS files that Poolkey could serve: one click fills the form.
//!
//! Deliberately absent: saving. The person looks at the form first.

use eframe::egui::Ui;

use super::form::FormDraft;
use super::usage::{row_end_ui, row_ui};
use crate::app::Model;
use crate::ui::theme::space;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_title_ui, card_ui};

/// Draws the card where something was found.
pub fn found_ui(ui: &mut Ui, model: &Model, draft: &mut FormDraft) {
    if model.found.is_empty() {
        return;
    }
    card_ui(ui, |ui| {
        card_title_ui(ui, "Found in your AWS files");
        for (number, found) in model.found.iter().enumerate() {
            if number > 0 {
                row_end_ui(ui);
            }
            let title = format!("[{}] in {}", found.section, found.file);
            row_ui(ui, &title, &found.why, |ui| {
                let Some(profile) = &found.profile else {
                    return;
                };
                let button = Button::secondary("Use").named(format!("Use {}", found.section));
                if ui.add(button).clicked() {
                    *draft = FormDraft {
                        original: None,
                        focus_wanted: true,
                        ..FormDraft::of(profile)
                    };
                }
            });
        }
    });
    ui.add_space(space::XL);
}
