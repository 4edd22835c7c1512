//! A search field, with its keyboard shortcut at the right end where it has one.

use eframe::egui;
use eframe::egui::{Align2, Frame, Response, Stroke, StrokeKind, TextEdit, Ui, vec2};

use super::field::{field_frame_ui, field_margin, field_room_ui};
use crate::ui::theme::{Tokens, Type, paint_galley, radius, size, space};

/// Adds the field; an empty shortcut is none.
pub fn search_field_ui(ui: &mut Ui, text: &mut String, name: &str, shortcut: &str) -> Response {
    let tokens = Tokens::of(ui);
    let rect = field_room_ui(ui);
    let backs = [(); 2].map(|()| ui.painter().add(egui::Shape::Noop));
    let badge = Type::Mono.line(ui, shortcut, tokens.muted, f32::INFINITY);
    let badge_size = vec2(badge.size().x + 2.0 * space::S, size::TITLE_HEIGHT);
    let badge_at = egui::pos2(rect.right() - space::M, rect.center().y);
    let badge_rect = Align2::RIGHT_CENTER.anchor_size(badge_at, badge_size);
    let inner = if shortcut.is_empty() {
        rect.shrink2(vec2(size::LINE, 0.0))
    } else {
        rect.with_max_x(badge_rect.left() - space::S)
    };
    let edit = TextEdit::singleline(text)
        .id_salt(name)
        .font(Type::Body.font())
        .text_color(tokens.text)
        .hint_text(Type::Body.rich(name, tokens.placeholder))
        .frame(Frame::NONE.inner_margin(field_margin()))
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(inner.width())
        .min_size(inner.size());
    let response = ui.place(inner, edit).accessible_name(name);
    let shapes = field_frame_ui(ui, rect, response.has_focus(), false);
    for (back, shape) in backs.into_iter().zip(shapes) {
        ui.painter().set(back, shape);
    }
    if shortcut.is_empty() {
        return response;
    }
    ui.painter().rect_stroke(
        badge_rect,
        radius::BADGE,
        Stroke::new(size::LINE, tokens.line),
        StrokeKind::Inside,
    );
    paint_galley(ui, badge, Align2::CENTER_CENTER, badge_rect.center());
    response
}
