//! A pill: a dot and a word on a tint, so that a state is never told by colour alone.

use eframe::egui::accesskit::Role;
use eframe::egui::{Align2, Color32, CornerRadius, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{Type, paint_galley};

/// Text and tint of a pill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PillColors {
    /// Dot and word.
    pub front: Color32,
    /// Surface.
    pub back: Color32,
}

/// Adds a pill.
pub fn pill_ui(ui: &mut Ui, text: &str, colors: PillColors) {
    let word = Type::SmallStrong.line(ui, text, colors.front, f32::INFINITY);
    let size = vec2(11.0 + 9.0 + 4.0 + word.size().x + 10.0, 24.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, text));
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(12), colors.back);
    let dot = pos2(rect.left() + 15.5, rect.center().y);
    painter.circle_filled(dot, 4.5, colors.front);
    let at = pos2(rect.left() + 24.0, rect.center().y);
    paint_galley(ui, word, Align2::LEFT_CENTER, at);
}
