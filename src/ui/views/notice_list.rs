//! The list of everything that was told, behind the bell of the status bar.

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, Layout, Popup, PopupCloseBehavior, RectAlign, ScrollArea, Ui, WidgetInfo,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Actions;
use super::shape::Shape;
use super::words::clock_and_day;
use crate::app::{Action, Model, OfNotices, Told};
use crate::ui::theme::{Icon, Tokens, Type, size, space};
use crate::ui::widgets::bell::bell_ui;
use crate::ui::widgets::button::{Button, paint_icon};
use crate::ui::widgets::card::divider_ui;
use crate::ui::widgets::hover::name_on_hover;
use crate::ui::widgets::menu::menu_frame;

const NAME: &str = "Notifications";

/// Draws the bell, and the list while it is open.
pub fn bell_with_list_ui(ui: &mut Ui, model: &Model, zone: &TimeZone, actions: &mut Actions) {
    let bell = bell_ui(ui, NAME, model.notice_list.unread);
    let ctx = ui.ctx().clone();
    let room = ctx.content_rect();
    let margin = Shape::of(&ctx).margin_x();
    let opened = Popup::from_toggle_button_response(&bell)
        .align(RectAlign::TOP_END)
        .gap(space::M)
        .frame(menu_frame(ui))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name(NAME)
        .show(|ui| {
            ui.set_width(size::MENU_WIDE.min(room.width() - 2.0 * margin));
            let most = room.height() - size::STATUS_HEIGHT - 2.0 * size::COPY_ROOM;
            list_ui(ui, model, zone, most, actions);
        });
    if opened.is_some() && model.notice_list.unread > 0 {
        actions.push(Action::Notices(OfNotices::Read));
    }
    name_on_hover(bell, NAME);
}

fn list_ui(ui: &mut Ui, model: &Model, zone: &TimeZone, most: f32, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let told = &model.notice_list.told;
    ui.horizontal(|ui| {
        ui.add_space(space::M);
        ui.set_height(size::CONTROL_HEIGHT);
        ui.label(Type::SmallStrong.rich(NAME, tokens.muted));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(space::M);
            let clear = Button::quiet("Clear").named("Clear the notifications");
            if ui.add_enabled(!told.is_empty(), clear).clicked() {
                actions.push(Action::Notices(OfNotices::Clear));
            }
        });
    });
    if told.is_empty() {
        ui.vertical_centered(|ui| {
            ui.add_space(space::XXXL);
            ui.label(Type::Body.rich("Nothing happened yet", tokens.muted));
            ui.add_space(space::XXXL);
        });
        return;
    }
    ScrollArea::vertical().max_height(most).show(ui, |ui| {
        for one in told {
            divider_ui(ui);
            ui.push_id(one.id, |ui| told_ui(ui, one, model.now, zone, actions));
        }
    });
}

fn told_ui(ui: &mut Ui, told: &Told, now: Timestamp, zone: &TimeZone, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let at = clock_and_day(now, told.at, zone);
    let spoken = format!("{}, {at}", told.text);
    ui.add_space(space::M);
    let row = ui.horizontal_top(|ui| {
        ui.add_space(space::M);
        let (icon, color) = if told.is_problem {
            (Icon::ALERT, tokens.danger)
        } else {
            (Icon::CHECK, tokens.accent)
        };
        let side = Type::Body.line_height();
        let (mark, _) = ui.allocate_exact_size([side, side].into(), eframe::egui::Sense::hover());
        paint_icon(ui, icon, Type::Icon, color, mark.center());
        ui.vertical(|ui| {
            ui.label(Type::Body.rich(&told.text, tokens.text));
            for line in &told.more {
                ui.label(Type::Small.rich(line, tokens.muted));
            }
            ui.horizontal(|ui| {
                ui.label(Type::Small.rich(&at, tokens.muted));
                if let Some((word, offer)) = told.offer
                    && ui.add(Button::quiet(word)).clicked()
                {
                    actions.push(offer.action(told.id));
                }
            });
        });
    });
    row.response
        .widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &spoken));
    ui.add_space(space::M);
}
