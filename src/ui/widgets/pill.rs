//! A pill: a dot and a word on a tint, so that a state is never told by colour alone.

use eframe::egui::accesskit::Role;
use eframe::egui::{Align2, Color32, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{Type, paint_galley, radius, size, space};

/// Text and tint of a pill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PillColors {
    /// Dot and word.
    pub front: Color32,
    /// Surface.
    pub back: Color32,
}

const HEIGHT: f32 = 24.0;

/// Adds a pill.
pub fn pill_ui(ui: &mut Ui, text: &str, colors: PillColors) {
    let word = Type::SmallStrong.line(ui, text, colors.front, f32::INFINITY);
    let text_x = space::L + size::DOT + space::XS;
    let size = vec2(text_x + word.size().x + space::L, HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, text));
    let painter = ui.painter();
    painter.rect_filled(rect, radius::PILL, colors.back);
    let dot = pos2(rect.left() + space::L + size::DOT / 2.0, rect.center().y);
    painter.circle_filled(dot, size::DOT / 2.0, colors.front);
    let at = pos2(rect.left() + text_x, rect.center().y);
    paint_galley(ui, word, Align2::LEFT_CENTER, at);
}
