//! The foot of the list: a new profile, and the settings of the whole program.

use eframe::egui;
use eframe::egui::{Rect, Stroke, Ui, UiBuilder, vec2};

use super::Actions;
use crate::app::{Action, Model, Page};
use crate::ui::theme::{Icon, Tokens, size, space};
use crate::ui::widgets::button::Button;

/// Draws the foot.
pub fn foot_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let rect = ui.max_rect();
    let line = Stroke::new(size::LINE, Tokens::of(ui).line);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, line);
    let row = Rect::from_center_size(
        rect.center(),
        vec2(rect.width() - 2.0 * space::XS, size::CONTROL_HEIGHT),
    );
    let mut row = ui.new_child(
        UiBuilder::new()
            .max_rect(row)
            .layout(egui::Layout::left_to_right(egui::Align::Center)),
    );
    let new = Button::secondary("New profile").with_icon(Icon::PLUS);
    // A file that cannot be read is not written either.
    let can_add = model.config_problem.is_none();
    if row.add_enabled(can_add, new).clicked() {
        actions.push(Action::NewProfile);
    }
    row.add_space(space::M);
    let import = Button::secondary("Import");
    if row.add_enabled(can_add, import).clicked() {
        actions.push(Action::OpenImport);
    }
    row.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        gear_ui(ui, model, actions);
    });
}

fn gear_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let gear = ui.add(Button::icon(Icon::GEAR, "Settings"));
    if gear.clicked() {
        actions.push(if model.page == Page::Settings {
            Action::ClosePage
        } else {
            Action::OpenSettings
        });
    }
    gear.on_hover_text("Settings");
}
