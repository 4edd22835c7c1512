//! A bar of which a share is filled.

use eframe::egui::{Color32, CornerRadius, Rect, Sense, Ui, vec2};

use crate::ui::theme::Tokens;

/// Adds a meter over the whole width.
pub fn meter_ui(ui: &mut Ui, share: f32, color: Color32) {
    let size = vec2(ui.available_width(), 8.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let radius = CornerRadius::same(4);
    let painter = ui.painter();
    painter.rect_filled(rect, radius, Tokens::of(ui).raised);
    let width = rect.width() * share.clamp(0.0, 1.0);
    if width >= 1.0 {
        let filled = Rect::from_min_size(rect.min, vec2(width.max(8.0), rect.height()));
        painter.rect_filled(filled, radius, color);
    }
}
