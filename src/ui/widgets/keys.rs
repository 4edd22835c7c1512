//! The name of a shortcut in a small frame.

use eframe::egui::{Align2, CornerRadius, Pos2, Rect, Stroke, StrokeKind, Ui, vec2};

use crate::ui::theme::{Tokens, Type, paint_galley, radius, size, space};

/// Paints the keys with their right end in the middle of an edge; returns where they are.
///
/// Nothing for assistive technology: what they belong to tells them.
pub fn keys_ui(ui: &Ui, keys: &str, right: Pos2) -> Rect {
    let tokens = Tokens::of(ui);
    let text = Type::Small.line(ui, keys, tokens.muted, f32::INFINITY);
    let room = vec2(text.size().x + 2.0 * space::S, size::TITLE_HEIGHT);
    let rect = Align2::RIGHT_CENTER.anchor_size(right, room);
    ui.painter().rect_stroke(
        rect,
        CornerRadius::same(radius::BADGE),
        Stroke::new(size::LINE, tokens.line),
        StrokeKind::Inside,
    );
    paint_galley(ui, text, Align2::CENTER_CENTER, rect.center());
    rect
}
