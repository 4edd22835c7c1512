//! The settings of the whole program: one card a section, each change done and written at once.
//!
//! Deliberately absent: a Save button, and what belongs to one profile (its Configuration).

mod appearance;
pub mod draft;
mod files;
mod locking;
mod logs;
mod network;
mod renewing;
mod rows;
mod store;

use eframe::egui::{Align, Layout, Ui, vec2};

use self::draft::SettingsDraft;
use super::Actions;
use crate::app::{Action, Model};
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::widgets::alert::alert_ui;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::heading::tell_heading;

/// Settings without a place of their own for what was refused.
const SWITCHED: [&str; 7] = [
    "theme",
    "text_size_percent",
    "refresh_margin_minutes",
    "notifications",
    "close_to_tray",
    "lock_after_minutes",
    "log",
];

/// Draws the page.
pub fn settings_ui(ui: &mut Ui, model: &Model, draft: &mut SettingsDraft, actions: &mut Actions) {
    page_heading_ui(ui, "Settings", actions, |ui, actions| {
        ui.add_space(space::M);
        if ui.add(Button::secondary("About Poolkey")).clicked() {
            actions.push(Action::OpenAbout);
        }
    });
    ui.add_space(space::XL);
    if let Some((key, problem)) = &model.setting_refused
        && SWITCHED.contains(key)
    {
        alert_ui(ui, &rows::in_words(problem));
        ui.add_space(space::L);
    }
    appearance::appearance_ui(ui, model, actions);
    renewing::renewing_ui(ui, model, actions);
    store::store_ui(ui, model, actions);
    files::files_ui(ui, model, draft, actions);
    network::network_ui(ui, model, draft, actions);
    locking::locking_ui(ui, model, actions);
    logs::logs_ui(ui, model, actions);
}

/// The heading of a page that is not about a profile, with the way back at its end.
pub(super) fn page_heading_ui(
    ui: &mut Ui,
    title: &str,
    actions: &mut Actions,
    more: impl FnOnce(&mut Ui, &mut Actions),
) {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), size::CONTROL_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        if ui.add(Button::secondary("Close")).clicked() {
            actions.push(Action::ClosePage);
        }
        more(ui, actions);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let heading = ui.label(Type::Title.rich(title, tokens.text));
            tell_heading(ui, &heading, title, 1);
        });
    });
}
