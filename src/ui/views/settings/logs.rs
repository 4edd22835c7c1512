//! What is written down, where, and a report for somebody else.

use eframe::egui::Ui;

use super::renewing::setting_ui;
use super::rows::{between_ui, row_ui, section_ui};
use crate::app::report::report;
use crate::app::{Action, Model};
use crate::domain::Setting;
use crate::ui::views::Actions;
use crate::ui::widgets::button::Button;

/// Draws the card.
pub fn logs_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    section_ui(ui, "Log", |ui| {
        let about = "A line a call: when, which profile, what was called, how long it took, its \
                     request ID and how it ended. No password, token or key";
        setting_ui(ui, model, Setting::Log, "Write a log", about, actions);
        let folder = &model.surroundings.logs_dir;
        if model.settings.log && !folder.as_os_str().is_empty() {
            between_ui(ui);
            let about = folder.display().to_string();
            row_ui(ui, "Where it lies", &about, |ui| {
                if ui.add(Button::secondary("Show the folder")).clicked() {
                    actions.push(Action::ShowFolder(folder.clone()));
                }
            });
        }
        if let Some(state) = model.current() {
            between_ui(ui);
            let about = format!(
                "The last calls of {}, without names, accounts and hosts: for an administrator or \
                 a forum",
                state.profile.name
            );
            row_ui(ui, "Report", &about, |ui| {
                if ui.add(Button::secondary("Copy a report")).clicked() {
                    let name = Some(&state.profile.name);
                    let calls = model.calls.iter().rev();
                    let calls = calls.filter(|call| call.profile.as_ref() == name);
                    actions.push(Action::CopyText {
                        what: "Report",
                        text: report(state, calls, model.now),
                    });
                }
            });
        }
    });
}
