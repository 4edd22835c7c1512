//! What takes the place of the foot while several profiles are chosen.

use eframe::egui::{Align, Layout, Popup, Rect, Stroke, Ui, UiBuilder, vec2};

use super::menu::export_rows_ui;
use crate::app::{Action, Model};
use crate::domain::ProfileName;
use crate::ui::theme::{Icon, Tokens, Type, size, space};
use crate::ui::views::Actions;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::menu::{menu_frame, menu_row_ui};

/// Draws the bar: how many, what is asked for most, and a menu with the rest.
pub fn bar_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let rect = ui.max_rect();
    let line = Stroke::new(size::LINE, tokens.line);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, line);
    let row = Rect::from_center_size(
        rect.center(),
        vec2(rect.width() - 2.0 * space::XS, size::CONTROL_HEIGHT),
    );
    let builder = UiBuilder::new().max_rect(row);
    let mut row = ui.new_child(builder.layout(Layout::left_to_right(Align::Center)));
    let names: Vec<ProfileName> = model.list.marked.iter().cloned().collect();
    row.add_space(space::S);
    row.label(Type::Small.rich(format!("{} selected", names.len()), tokens.text));
    row.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        if ui
            .add(Button::icon(Icon::CLOSE, "Clear selection"))
            .clicked()
        {
            actions.push(Action::Mark(Vec::new()));
        }
        more_ui(ui, &names, actions);
        if ui.add(Button::secondary("Refresh")).clicked() {
            actions.push(Action::RenewAll(names.clone()));
        }
    });
}

fn more_ui(ui: &mut Ui, names: &[ProfileName], actions: &mut Actions) {
    let opener = ui.add(Button::icon(Icon::CHEVRON, "More for the selected"));
    Popup::menu(&opener)
        .gap(space::S)
        .frame(menu_frame(ui))
        .accessible_name("More for the selected")
        .show(|ui| {
            ui.set_width(size::MENU_WIDTH);
            if menu_row_ui(ui, "Sign out…").clicked() {
                actions.push(Action::AskSignOut(names.to_vec()));
            }
            export_rows_ui(ui, names, actions);
            if menu_row_ui(ui, "Share…").clicked() {
                actions.push(Action::Share(names.to_vec()));
            }
            if menu_row_ui(ui, "Remove").clicked() {
                actions.push(Action::Remove(names.to_vec()));
            }
        });
}
