//! A sheet over the window: scrim, rounded panel, Escape or a button closes, the focus stays inside.
//!
//! Deliberately absent: closing by a click beside it, which would throw away what was typed.

use eframe::egui;
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, Context, Frame, Id, Key, Layout, Modal, Modifiers, Rect, ScrollArea, Sense, Stroke, Ui,
    UiBuilder,
};

use super::button::Button;
use super::heading::tell_heading;
use super::hover::text_on_hover;
use crate::ui::theme::{Icon, Tokens, Type, margin, radius, size, space};

/// Between the border of a sheet and what is in it.
const PADDING: f32 = space::XXXL;

/// The name of the button that closes a sheet.
const CLOSE: &str = "Close this sheet";

/// Shows a sheet; true when it is to be closed.
pub fn sheet_ui(ctx: &Context, title: &str, contents: impl FnOnce(&mut Ui)) -> bool {
    sheet_of_width_ui(ctx, title, size::SHEET_WIDTH, contents)
}

/// Shows a sheet with room for long lines; true when it is to be closed.
pub fn wide_sheet_ui(ctx: &Context, title: &str, contents: impl FnOnce(&mut Ui)) -> bool {
    sheet_of_width_ui(ctx, title, size::SHEET_WIDE, contents)
}

fn sheet_of_width_ui(
    ctx: &Context,
    title: &str,
    width: f32,
    contents: impl FnOnce(&mut Ui),
) -> bool {
    let style = ctx.style_of(ctx.theme());
    let room = ctx.content_rect().size();
    // Something of the window stays in sight around it.
    let width = width.min(room.x - 2.0 * (PADDING + space::M));
    let around = 2.0 * (PADDING + space::M) + Type::SheetTitle.line_height() + space::M;
    let most = room.y - around;
    let tokens = Tokens::of_visuals(&style.visuals);
    let id = Id::unique(("sheet", title));
    let frame = Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(size::LINE, tokens.line))
        .corner_radius(radius::SHEET)
        .shadow(style.visuals.window_shadow)
        .inner_margin(margin(PADDING, PADDING - space::XXS));
    let area = Modal::default_area(id)
        .role(Role::Dialog)
        .accessible_name(title);
    let modal = Modal::new(id)
        .area(area)
        .backdrop_color(tokens.scrim)
        .frame(frame);
    let shown = modal.show(ctx, |ui| {
        ui.set_width(width);
        let room = ui.available_width() - size::CONTROL_HEIGHT;
        let heading = ui.scope(|ui| {
            ui.set_max_width(room);
            ui.label(Type::SheetTitle.rich(title, tokens.text))
        });
        tell_heading(ui, &heading.inner, title, 1);
        let line = heading.response.rect.with_max_x(ui.max_rect().right());
        let closed = close_ui(ui, line);
        ScrollArea::vertical()
            .max_height(most)
            // The room is that of the last frame; what has grown since may grow the sheet.
            .min_scrolled_height(most)
            .show(ui, |ui| {
                ui.set_width(width);
                contents(ui);
            });
        closed
    });
    let escape = || ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    shown.inner || (shown.is_top_modal && !shown.any_popup_open && escape())
}

/// The cross at the end of the title's line. It stands with the fields below it and reaches over
/// their edge, so it must not count as the sheet's width.
fn close_ui(ui: &mut Ui, title: Rect) -> bool {
    let side = size::CONTROL_HEIGHT;
    let over = (side - Type::Icon.line_height()) / 2.0 + space::XS;
    let center = egui::pos2(
        title.right() + over - side / 2.0,
        title.top() + Type::SheetTitle.line_height() / 2.0,
    );
    let place = Rect::from_center_size(center, egui::Vec2::splat(side));
    let mut beside = ui.new_child(UiBuilder::new().max_rect(place));
    let button = beside.add(Button::icon(Icon::CLOSE, CLOSE));
    beside.ctx().accesskit_node_builder(button.id, |node| {
        node.set_keyboard_shortcut("Escape");
    });
    text_on_hover(button, "Esc").clicked()
}

/// The buttons at the foot of a sheet: the first stands rightmost. Where the sheet has to scroll
/// they stay in sight, over what scrolls behind them.
pub fn sheet_buttons_ui<R>(ui: &mut Ui, buttons: impl FnOnce(&mut Ui) -> R) -> R {
    let size = egui::vec2(ui.available_width(), size::CONTROL_HEIGHT);
    let (natural, _) = ui.allocate_exact_size(size, Sense::hover());
    let hidden = (natural.bottom() - ui.clip_rect().bottom()).max(0.0);
    let place = natural.translate(egui::vec2(0.0, -hidden));
    if hidden > 0.0 {
        let back = place.expand2(egui::vec2(0.0, space::M));
        let tokens = Tokens::of(ui);
        ui.painter().rect_filled(back, radius::CONTROL, tokens.card);
    }
    let layout = Layout::right_to_left(Align::Center);
    let builder = UiBuilder::new().max_rect(place).layout(layout);
    let mut row = ui.new_child(builder);
    row.spacing_mut().item_spacing.x = space::L;
    buttons(&mut row)
}
