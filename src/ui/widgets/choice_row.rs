//! One of several ways to go on: a wide row that is clicked, with a chevron at its end.
//!
//! Deliberately absent: a chosen state. Clicking goes on at once.

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, CornerRadius, CursorIcon, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use super::button::pressed_fill;
use super::focus::focus_ring;
use crate::ui::theme::{Tokens, Type, paint_galley, radius, size, space};

/// Adds a row.
pub fn choice_row_ui(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), size::CHOICE_HEIGHT);
    let sense = if enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, text));
    let pressed = response.is_pointer_button_down_on();
    let fill = match (enabled && response.hovered(), enabled && pressed) {
        (_, true) => pressed_fill(tokens.hovered, tokens),
        (true, false) => tokens.hovered,
        (false, false) => tokens.raised,
    };
    let radius = CornerRadius::same(radius::CONTROL);
    let line = Stroke::new(size::LINE, tokens.line);
    ui.painter()
        .rect(rect, radius, fill, line, StrokeKind::Inside);
    let color = if enabled { tokens.text } else { tokens.muted };
    let galley = Type::Strong.line(ui, text, color, rect.width() - space::XL - 2.0 * space::XXL);
    let at = pos2(rect.left() + space::XL, rect.center().y);
    paint_galley(ui, galley, Align2::LEFT_CENTER, at);
    paint_chevron(ui, pos2(rect.right() - space::XXL, rect.center().y), tokens);
    focus_ring(ui, &response, rect, radius::CONTROL);
    if enabled {
        response.on_hover_cursor(CursorIcon::PointingHand)
    } else {
        response
    }
}

fn paint_chevron(ui: &Ui, center: eframe::egui::Pos2, tokens: &Tokens) {
    /// From the tip, before it is moved to its place.
    const LINE: f32 = 1.5;
    let points = [vec2(-2.0, -4.0), vec2(2.0, 0.0), vec2(-2.0, 4.0)].map(|step| center + step);
    let line = Stroke::new(LINE, tokens.muted);
    ui.painter()
        .add(eframe::egui::Shape::line(points.to_vec(), line));
}
