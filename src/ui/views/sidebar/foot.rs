//! The foot of the list: a new profile, and the menu of the whole program.

use eframe::egui;
use eframe::egui::{Rect, Stroke, Ui, UiBuilder, vec2};

use crate::app::{Action, Command, Model, Theme};
use crate::domain::{ListOrder, Setting};
use crate::ui::theme::{Icon, Tokens, Type, size, space};
use crate::ui::views::Actions;
use crate::ui::views::commands::{command_rows_ui, command_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::menu::{menu_item_ui, menu_switch_ui, menu_ui};

/// The first rows of the menu; those that are not possible now are left out.
const OF_WINDOW: [Command; 10] = [
    Command::Palette,
    Command::Search,
    Command::Discover,
    Command::Shortcuts,
    Command::OpenDemo,
    Command::UnlockStore,
    Command::Reload,
    Command::Settings,
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
    // Three things have to fit beside each other in the narrow list, too.
    let new = Button::secondary("New")
        .named(Command::NewProfile.label())
        .with_icon(Icon::PLUS);
    command_ui(&mut row, model, Command::NewProfile, new, actions);
    row.add_space(space::S);
    let import = Button::secondary("Import").named(Command::Import.label());
    command_ui(&mut row, model, Command::Import, import, actions);
    row.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        window_menu_ui(ui, model, actions);
    });
}

fn window_menu_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    const NAME: &str = "Menu";
    let gear = ui.add(Button::icon(Icon::GEAR, NAME));
    menu_ui(ui, &gear, NAME, |ui| {
        ui.set_width(size::MENU_NARROW);
        command_rows_ui(ui, model, None, OF_WINDOW, actions);
        heading_ui(ui, "Sort profiles");
        for order in ListOrder::ALL {
            let chosen = order == model.settings.list_order;
            if menu_item_ui(ui, None, order.label(), chosen).clicked() {
                actions.push(Action::SetListOrder(order));
            }
        }
        heading_ui(ui, "Theme");
        for theme in Theme::ALL {
            let (icon, text) = match theme {
                Theme::System => (Icon::MONITOR, "System"),
                Theme::Light => (Icon::SUN, "Light"),
                Theme::Dark => (Icon::MOON, "Dark"),
            };
            if menu_item_ui(ui, Some(icon), text, theme == model.theme).clicked() {
                actions.push(Action::SetTheme(theme));
            }
        }
        heading_ui(ui, "Staying signed in");
        for setting in Setting::ALL {
            let text = match setting {
                Setting::Notifications => "Notify before a sign-in ends",
                Setting::CloseToTray => "Keep renewing in the tray",
                Setting::Log => "Write a log",
            };
            let on = model.settings.get(setting);
            if menu_switch_ui(ui, text, on).clicked() {
                actions.push(Action::Set(setting, !on));
            }
        }
        heading_ui(ui, "Window");
        command_rows_ui(ui, model, None, [Command::Close], actions);
    });
    gear.on_hover_text(NAME);
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
