//! A bar of which a share is filled.

use eframe::egui::{Color32, Rect, Sense, Ui, vec2};

use crate::ui::theme::{Tokens, radius};

const HEIGHT: f32 = 8.0;

/// Adds a meter over the whole width.
pub fn meter_ui(ui: &mut Ui, share: f32, color: Color32) {
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let radius = radius::PILL;
    let painter = ui.painter();
    painter.rect_filled(rect, radius, Tokens::of(ui).raised);
    let width = rect.width() * share.clamp(0.0, 1.0);
    if width >= 1.0 {
        let filled = Rect::from_min_size(rect.min, vec2(width.max(HEIGHT), rect.height()));
        painter.rect_filled(filled, radius, color);
    }
}
