//! Sentences that assistive technology reads out as soon as they appear: below fields in red, and
//! over a page on a tint.

use eframe::egui::accesskit::{Live, Role};
use eframe::egui::{Align2, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::button::paint_icon;
use crate::ui::theme::{Icon, Tokens, Type, paint_galley, radius, space};

/// What went wrong, below the fields it is about.
pub fn alert_ui(ui: &mut Ui, text: &str) {
    let danger = Tokens::of(ui).danger;
    let label = ui.label(Type::Small.rich(text, danger));
    ui.ctx().accesskit_node_builder(label.id, |node| {
        node.set_role(Role::Alert);
        node.set_label(text.to_owned());
    });
    tell_live(ui, &label, true);
}

/// Has a text read out when it appears or changes: a refusal at once, anything else when the reader
/// comes to a pause.
pub fn tell_live(ui: &Ui, response: &Response, is_refusal: bool) {
    let live = if is_refusal {
        Live::Assertive
    } else {
        Live::Polite
    };
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(live);
    });
}

/// What a person should know although nothing failed.
pub fn warning_ui(ui: &mut Ui, text: &str) {
    const ICON_ROOM: f32 = space::XL + Type::Icon.line_height() + space::L;
    let tokens = Tokens::of(ui);
    let width = ui.available_width();
    let galley = Type::Body.lines(ui, text, tokens.text, width - ICON_ROOM - space::XL);
    let size = vec2(width, galley.size().y + 2.0 * space::L);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, text));
    tell_live(ui, &response, false);
    let radius = radius::CARD;
    ui.painter().rect_filled(rect, radius, tokens.warning_tint);
    let icon_at = rect.min + vec2(ICON_ROOM / 2.0, space::L + Type::Body.line_height() / 2.0);
    paint_icon(ui, Icon::ALERT, Type::Icon, tokens.warning, icon_at);
    let text_at = pos2(rect.left() + ICON_ROOM, rect.center().y);
    paint_galley(ui, galley, Align2::LEFT_CENTER, text_at);
}
