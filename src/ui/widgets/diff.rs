//! A text with what is added and what goes away in their colours, as `diff -u` prints it.
//!
//! Deliberately absent: secrets. Whoever makes the diff masks them.

use eframe::egui::text::LayoutJob;
use eframe::egui::{Frame, ScrollArea, Stroke, Ui};

use crate::ui::theme::{Tokens, Type, margin, radius, size, space};

/// More than this is scrolled.
const MOST_HIGH: f32 = size::DIFF_HEIGHT;

/// What the rest of a sheet needs of the window's height.
const AROUND: f32 = size::DIFF_AROUND;

/// Shows a diff in a frame of its own.
pub fn diff_ui(ui: &mut Ui, text: &str) {
    let tokens = Tokens::of(ui);
    let mut job = LayoutJob::default();
    for line in text.trim_end().split_inclusive('\n') {
        let color = match line.bytes().next() {
            _ if line.starts_with("+++") || line.starts_with("---") => tokens.muted,
            Some(b'+') => tokens.accent,
            Some(b'-') => tokens.danger,
            _ => tokens.muted,
        };
        job.append(line, 0.0, Type::Mono.format(color));
    }
    let room = ui.ctx().content_rect().height() - AROUND;
    code_frame(ui).show(ui, |ui| {
        ScrollArea::both()
            .max_height(room.clamp(size::DIFF_LEAST, MOST_HIGH))
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.add(eframe::egui::Label::new(job).extend());
            });
    });
}

/// The frame around text for machines.
pub fn code_frame(ui: &Ui) -> Frame {
    let tokens = Tokens::of(ui);
    Frame::new()
        .fill(tokens.background)
        .stroke(Stroke::new(size::LINE, tokens.line))
        .corner_radius(radius::CONTROL)
        .inner_margin(margin(size::FIELD_PADDING, space::L))
}
