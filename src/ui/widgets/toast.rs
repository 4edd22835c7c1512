//! One sentence in a corner, announced to assistive technology.

use eframe::egui;
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, CornerRadius, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::alert::tell_live;
use super::button::{Button, paint_icon};
use crate::ui::theme::{Icon, Tokens, Type, paint_galley, radius, size, space};

const TEXT_X: f32 = space::XL + Type::Icon.line_height() + space::L;
const END: f32 = size::COPY_ROOM;

/// Adds a toast; the response is that of its close button.
pub fn toast_ui(ui: &mut Ui, text: &str, is_problem: bool) -> Response {
    let tokens = Tokens::of(ui);
    let galley = Type::Body.lines(ui, text, tokens.text, size::TOAST_WIDTH - TEXT_X - END);
    let size = vec2(size::TOAST_WIDTH, (galley.size().y + END / 2.0).max(END));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, text));
    tell_live(ui, &response, is_problem);
    let (icon, color, line) = if is_problem {
        (Icon::ALERT, tokens.danger, tokens.danger)
    } else {
        (Icon::CHECK, tokens.accent, tokens.line)
    };
    let radius = CornerRadius::same(radius::CARD);
    let shadow = ui.visuals().popup_shadow;
    ui.painter().add(shadow.as_shape(rect, radius));
    ui.painter().rect(
        rect,
        radius,
        tokens.card,
        Stroke::new(size::LINE, line),
        StrokeKind::Inside,
    );
    let icon_at = rect.min + vec2(END / 2.0, END / 2.0);
    paint_icon(ui, icon, Type::Icon, color, icon_at);
    let text_at = pos2(rect.left() + TEXT_X, rect.center().y);
    paint_galley(ui, galley, Align2::LEFT_CENTER, text_at);
    let close = egui::Rect::from_center_size(
        pos2(rect.right() - END / 2.0, rect.top() + END / 2.0),
        vec2(size::CONTROL_HEIGHT, size::CONTROL_HEIGHT),
    );
    ui.place(close, Button::icon(Icon::CLOSE, "Dismiss"))
}
