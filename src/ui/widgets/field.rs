//! What text fields, password fields and dropdowns have in common: label, frame, remark.

use eframe::egui;
use eframe::egui::accesskit::Invalid;
use eframe::egui::{
    Align, Align2, CornerRadius, Id, Layout, Margin, Rect, Response, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, pos2, vec2,
};

use super::button::{Button, paint_check};
use crate::ui::theme::{Tokens, Type, margin, paint_galley, radius, size, space};

/// Width of the check mark.
const CHECK: f32 = 12.0;

/// A sentence below a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// What is wrong; the border is red.
    Error(String),
    /// What looks odd but is allowed.
    Warning(String),
    /// What the field means.
    Help(String),
}

impl Remark {
    /// What is wrong, where something is.
    #[must_use]
    pub fn error(fault: Option<&String>) -> Option<Self> {
        fault.cloned().map(Self::Error)
    }
}

/// The label above a field; its id names the field.
pub fn field_label_ui(ui: &mut Ui, text: &str) -> Id {
    let muted = Tokens::of(ui).muted;
    let id = ui.label(Type::Small.rich(text, muted)).id;
    ui.add_space(space::S);
    id
}

/// The line of the label that comes next.
#[must_use]
pub fn label_line(ui: &Ui) -> Rect {
    let size = vec2(ui.available_width(), Type::Small.line_height());
    Rect::from_min_size(ui.cursor().left_top(), size)
}

/// Adds a button at the end of the line of a label that is there already.
pub fn label_end_ui(ui: &mut Ui, line: Rect, enabled: bool, button: Button<'_>) -> Response {
    let size = vec2(line.width(), size::TITLE_HEIGHT);
    let place = Rect::from_center_size(line.center(), size);
    let layout = Layout::right_to_left(Align::Center);
    let mut end = ui.new_child(UiBuilder::new().max_rect(place).layout(layout));
    end.add_enabled(enabled, button)
}

/// Room for a field over the whole width.
pub fn field_room_ui(ui: &mut Ui) -> Rect {
    let size = vec2(ui.available_width(), size::FIELD_HEIGHT);
    ui.allocate_exact_size(size, Sense::hover()).0
}

/// Left of what is typed.
#[must_use]
pub const fn field_margin() -> Margin {
    Margin {
        right: 0,
        ..margin(size::FIELD_PADDING, 0.0)
    }
}

/// Surface and border.
pub fn field_frame_ui(ui: &Ui, rect: Rect, focused: bool, wrong: bool) -> [egui::Shape; 2] {
    let tokens = Tokens::of(ui);
    let line = match (wrong, focused) {
        (true, _) => Stroke::new(size::LINE, tokens.danger),
        (false, true) => Stroke::new(size::LINE, tokens.accent),
        (false, false) => Stroke::new(size::LINE, tokens.line),
    };
    let halo = match (wrong, focused) {
        (_, false) => egui::Shape::Noop,
        (wrong, true) => {
            let color = if wrong {
                tokens.danger_tint
            } else {
                tokens.accent_tint
            };
            let radius = CornerRadius::same(radius::HALO);
            egui::Shape::rect_filled(rect.expand(size::RING_GAP), radius, color)
        }
    };
    let radius = CornerRadius::same(radius::CONTROL);
    let frame =
        egui::epaint::RectShape::new(rect, radius, tokens.background, line, StrokeKind::Inside);
    [halo, frame.into()]
}

/// A quiet text at the right end, with a check mark where the entry is valid; returns its width.
pub fn trailing_ui(ui: &Ui, rect: Rect, text: &str, checked: bool) -> f32 {
    let tokens = Tokens::of(ui);
    let mut right = rect.right() - size::FIELD_PADDING;
    if checked {
        let center = pos2(right - CHECK / 2.0, rect.center().y);
        paint_check(ui, center, tokens.accent);
        right -= CHECK + space::S;
    }
    if !text.is_empty() {
        let galley = Type::Small.line(ui, text, tokens.muted, rect.width() / 2.0);
        let at = pos2(right, rect.center().y);
        right = paint_galley(ui, galley, Align2::RIGHT_CENTER, at).left();
    }
    rect.right() - right
}

/// The sentence below a field, also told to assistive technology.
pub fn remark_ui(ui: &mut Ui, remark: Option<&Remark>, field: &Response) {
    let Some(remark) = remark else { return };
    let tokens = Tokens::of(ui);
    let (text, color) = match remark {
        Remark::Error(text) => (text, tokens.danger),
        Remark::Warning(text) => (text, tokens.warning),
        Remark::Help(text) => (text, tokens.muted),
    };
    ui.add_space(space::S);
    ui.label(Type::Small.rich(text, color));
    ui.ctx().accesskit_node_builder(field.id, |node| {
        node.set_description(text.clone());
        if matches!(remark, Remark::Error(_)) {
            node.set_invalid(Invalid::True);
        }
    });
}
