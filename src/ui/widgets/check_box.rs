//! A box that is ticked or not, in front of what it is about.

use eframe::egui::accesskit::Role;
use eframe::egui::{
    CornerRadius, CursorIcon, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::button::paint_icon;
use super::focus::focus_ring;
use crate::ui::theme::{Icon, Tokens, Type, radius, size};

/// Adds a box; `clicked()` asks for the other state.
pub fn check_box_ui(ui: &mut Ui, on: bool, name: &str) -> Response {
    let enabled = ui.is_enabled();
    let side = vec2(size::MARK, size::MARK);
    let (rect, response) = ui.allocate_exact_size(side, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, on, name));
    let tokens = Tokens::of(ui);
    let corners = CornerRadius::same(radius::BADGE);
    let (fill, line) = match (on, response.hovered()) {
        (true, true) => (tokens.accent_hovered, tokens.accent_hovered),
        (true, false) => (tokens.accent, tokens.accent),
        (false, true) => (tokens.hovered, tokens.muted),
        (false, false) => (tokens.background, tokens.muted),
    };
    let stroke = Stroke::new(size::LINE, line);
    let painter = ui.painter();
    painter.rect(rect, corners, fill, stroke, StrokeKind::Inside);
    if on {
        let color = tokens.on_accent;
        paint_icon(ui, Icon::CHECK, Type::Icon, color, rect.center());
    }
    focus_ring(ui, &response, rect, radius::BADGE);
    response.on_hover_cursor(CursorIcon::PointingHand)
}
