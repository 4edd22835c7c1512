//! The foot of the list: a new profile, the settings, and the menu of the whole program.
//!
//! Deliberately absent from the menu: what can be set, which has its page.

use eframe::egui;
use eframe::egui::{Rect, Stroke, Ui, UiBuilder, vec2};

use crate::app::{Action, Command, Model};
use crate::domain::ListOrder;
use crate::ui::theme::{Icon, Tokens, Type, size, space};
use crate::ui::views::Actions;
use crate::ui::views::commands::{command_rows_ui, command_ui, tell_keys};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::hover::name_on_hover;
use crate::ui::widgets::menu::{menu_item_ui, menu_ui};

/// The first rows of the menu; those that are not possible now are left out.
const OF_WINDOW: [Command; 13] = [
    Command::Palette,
    Command::Search,
    Command::Import,
    Command::Discover,
    Command::Shortcuts,
    Command::OpenDemo,
    Command::UnlockStore,
    Command::Reload,
    Command::LargerText,
    Command::SmallerText,
    Command::UsualText,
    Command::LockNow,
    Command::About,
];

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
    let new = Button::secondary("New").named(Command::NewProfile.label());
    command_ui(&mut row, model, Command::NewProfile, new, actions);
    // In the narrow list it is in the menu alone.
    if rect.width() > size::SIDEBAR_NARROW {
        let import = Button::secondary("Import").named(Command::Import.label());
        command_ui(&mut row, model, Command::Import, import, actions);
    }
    row.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        window_menu_ui(ui, model, actions);
        ui.add_space(space::XS);
        settings_ui(ui, model, actions);
    });
}

/// One click opens the page, and another leaves it.
fn settings_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let gear = ui.add(Button::icon(Icon::GEAR, Command::Settings.label()));
    if gear.clicked() {
        let action = Command::Settings.action(model);
        actions.push(action.unwrap_or(Action::ClosePage));
    }
    name_on_hover(
        tell_keys(ui, gear, Command::Settings),
        Command::Settings.label(),
    );
}

fn window_menu_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    const NAME: &str = "Menu";
    let dots = ui.add(Button::icon(Icon::DOTS, NAME));
    menu_ui(ui, &dots, NAME, |ui| {
        ui.set_width(size::MENU_NARROW);
        command_rows_ui(ui, model, None, OF_WINDOW, actions);
        heading_ui(ui, "Sort profiles");
        for order in ListOrder::ALL {
            let chosen = order == model.settings.list_order;
            if menu_item_ui(ui, None, order.label(), chosen).clicked() {
                actions.push(Action::SetListOrder(order));
            }
        }
        heading_ui(ui, "Window");
        command_rows_ui(ui, model, None, [Command::Close], actions);
    });
    name_on_hover(dots, NAME);
}

fn heading_ui(ui: &mut Ui, text: &str) {
    let muted = Tokens::of(ui).muted;
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        ui.add_space(space::L);
        ui.label(Type::Small.rich(text, muted));
    });
    ui.add_space(space::S);
}
