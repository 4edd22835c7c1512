//! The lifetime ring: a circle of which a share is drawn.

use std::f32::consts::TAU;

use eframe::egui::{Color32, Pos2, Shape, Stroke, Ui, vec2};

use crate::ui::theme::{Tokens, size};

/// Width of the line.
const LINE: f32 = 2.5;
/// From here on a ring counts as closed.
const FULL: f32 = 0.995;

/// Paints a ring around `center`, `share` of it in `color`, clockwise from the top.
pub fn ring_ui(ui: &Ui, center: Pos2, share: f32, color: Color32) {
    let tokens = Tokens::of(ui);
    let radius = (size::RING - LINE) / 2.0 - 0.5;
    let painter = ui.painter();
    if share <= FULL {
        painter.circle_stroke(center, radius, Stroke::new(LINE, tokens.line));
    }
    arc_ui(ui, center, radius, 0.0, share, Stroke::new(LINE, color));
}

/// Paints part of a circle. `from` and `share` are parts of a whole turn; 0 is the top.
pub fn arc_ui(ui: &Ui, center: Pos2, radius: f32, from: f32, share: f32, stroke: Stroke) {
    let share = share.clamp(0.0, 1.0);
    if share <= 0.0 {
        return;
    }
    if share > FULL {
        ui.painter().circle_stroke(center, radius, stroke);
        return;
    }
    let steps: u8 = 40;
    let points = (0..=steps)
        .map(|step| {
            let turn = from + share * f32::from(step) / f32::from(steps);
            let angle = turn * TAU - TAU / 4.0;
            center + radius * vec2(angle.cos(), angle.sin())
        })
        .collect();
    ui.painter().add(Shape::line(points, stroke));
}
