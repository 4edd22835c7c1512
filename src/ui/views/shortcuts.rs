//! The page of shortcuts, made from the list of commands.

use eframe::egui::{Align2, Sense, Ui, WidgetInfo, accesskit::Role, pos2, vec2};

use super::Actions;
use crate::app::command::Group;
use crate::app::{Action, Command};
use crate::ui::theme::{Tokens, Type, paint_galley, size, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_pair_ui, card_title_ui};
use crate::ui::widgets::heading::heading_ui;
use crate::ui::widgets::keys::keys_ui;

/// What works wherever there is something of the kind. The toolkit and the widgets bind these.
const EVERYWHERE: [(&str, &str); 7] = [
    ("Next control", "Tab"),
    ("Previous control", "Shift Tab"),
    ("Press what has the keyboard", "Space"),
    ("Do the main thing of a sheet", "Enter"),
    ("Close what is on top", "Esc"),
    ("Another row of a menu or list", "↑ ↓"),
    ("Another tab", "← →"),
];

/// What works where the keyboard is in the list of profiles, or the pointer on it. "Ctrl" and "Alt"
/// are called otherwise on a Mac.
const IN_THE_LIST: [(&str, &str); 9] = [
    ("Mark several", "Shift ↑ ↓"),
    ("Mark all from there to here", "Shift click"),
    ("Mark or unmark one", "Ctrl click"),
    ("Mark or unmark the one with the keyboard", "Ctrl Space"),
    ("Mark all", "Ctrl A"),
    ("Unmark all", "Esc"),
    ("Move up or down in the list", "Alt Shift ↑ ↓"),
    ("Rename", "F2"),
    ("Remove", "Delete"),
];

/// Draws the page.
pub fn shortcuts_ui(ui: &mut Ui, actions: &mut Actions) {
    let size = vec2(ui.available_width(), size::CONTROL_HEIGHT);
    let layout = eframe::egui::Layout::right_to_left(eframe::egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        if ui.add(Button::secondary("Close")).clicked() {
            actions.push(Action::ClosePage);
        }
        let layout = eframe::egui::Layout::left_to_right(eframe::egui::Align::Center);
        ui.with_layout(layout, |ui| {
            heading_ui(ui, Command::Shortcuts.label(), Type::Title, 1);
        });
    });
    ui.add_space(space::XL);
    card_pair_ui(
        ui,
        |ui| group_ui(ui, Group::SignIn),
        |ui| group_ui(ui, Group::Credentials),
    );
    ui.add_space(space::XL);
    card_pair_ui(
        ui,
        |ui| group_ui(ui, Group::Go),
        |ui| group_ui(ui, Group::Window),
    );
    ui.add_space(space::XL);
    card_pair_ui(
        ui,
        |ui| rows_ui(ui, "In the list of profiles", &IN_THE_LIST),
        |ui| rows_ui(ui, "Everywhere", &EVERYWHERE),
    );
}

fn rows_ui(ui: &mut Ui, title: &str, rows: &[(&str, &str)]) {
    let is_mac = ui.ctx().os().is_mac();
    card_title_ui(ui, title);
    for (what, keys) in rows {
        if is_mac {
            let keys = keys.replace("Ctrl", "⌘").replace("Alt", "Option");
            row_ui(ui, what, &keys);
        } else {
            row_ui(ui, what, keys);
        }
    }
}

fn group_ui(ui: &mut Ui, group: Group) {
    let is_mac = ui.ctx().os().is_mac();
    card_title_ui(ui, group.label());
    for command in group.commands() {
        let keys = command.all_keys().map(|keys| keys.text(is_mac));
        let keys: Vec<String> = keys.collect();
        if !keys.is_empty() {
            row_ui(ui, command.label(), &keys.join(" or "));
        }
    }
}

fn row_ui(ui: &mut Ui, what: &str, keys: &str) {
    let tokens = Tokens::of(ui);
    let room = vec2(ui.available_width(), size::MENU_ROW_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(room, Sense::hover());
    let spoken = format!("{what}: {keys}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let badge = keys_ui(ui, keys, pos2(rect.right(), rect.center().y));
    let width = badge.left() - space::M - rect.left();
    let words = Type::Body.line(ui, what, tokens.text, width);
    paint_galley(ui, words, Align2::LEFT_CENTER, rect.left_center());
}
