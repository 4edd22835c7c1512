//! A switch: on or off.

use eframe::egui::accesskit::Role;
use eframe::egui::{CursorIcon, Response, Sense, Ui, WidgetInfo, lerp, pos2, vec2};

use super::focus::focus_ring;
use crate::ui::theme::{Tokens, radius};

const WIDTH: f32 = 30.0;
const HEIGHT: f32 = 17.0;

/// Adds a switch; `clicked()` asks for the other state.
pub fn switch_ui(ui: &mut Ui, on: bool, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Switch, ui.is_enabled(), on, name));
    let tokens = Tokens::of(ui);
    let how_far = ui.ctx().animate_bool_responsive(response.id, on);
    let groove = tokens.groove.lerp_to_gamma(tokens.accent, how_far);
    let painter = ui.painter();
    painter.rect_filled(rect, radius::PILL, groove);
    let x = lerp(
        rect.left() + HEIGHT / 2.0..=rect.right() - HEIGHT / 2.0,
        how_far,
    );
    painter.circle_filled(pos2(x, rect.center().y), HEIGHT / 2.0 - 2.0, tokens.knob);
    focus_ring(ui, &response, rect, radius::PILL);
    response.on_hover_cursor(CursorIcon::PointingHand)
}
