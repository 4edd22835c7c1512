//! A sheet over the window: scrim, rounded panel, Escape closes, the focus stays inside.
//!
//! Deliberately absent: closing by a click beside it, which would throw away what was typed.

use eframe::egui;
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, Context, Frame, Id, Key, Layout, Modal, Modifiers, ScrollArea, Sense, Stroke, Ui,
    UiBuilder,
};

use super::heading::tell_heading;
use crate::ui::theme::{Tokens, Type, margin, radius, size, space};

/// Between the border of a sheet and what is in it.
const PADDING: f32 = space::XXXL;

/// Shows a sheet; true when Escape was pressed.
pub fn sheet_ui(ctx: &Context, title: &str, contents: impl FnOnce(&mut Ui)) -> bool {
    sheet_of_width_ui(ctx, title, size::SHEET_WIDTH, contents)
}

/// Shows a sheet with room for long lines; true when Escape was pressed.
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
        ui.horizontal(|ui| {
            let heading = ui.label(Type::SheetTitle.rich(title, tokens.text));
            tell_heading(ui, &heading, title, 1);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(Type::Small.rich("Esc", tokens.muted));
            });
        });
        ScrollArea::vertical()
            .max_height(most)
            // The room is that of the last frame; what has grown since may grow the sheet.
            .min_scrolled_height(most)
            .show(ui, |ui| {
                ui.set_width(width);
                contents(ui);
            });
    });
    let escape = || ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    shown.is_top_modal && !shown.any_popup_open && escape()
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
