//! A bell with a count: a button behind which a list of notices waits.
//!
//! Deliberately absent: the list (see `views::notice_list`).

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, Color32, CursorIcon, Pos2, Response, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::focus::focus_ring;
use crate::ui::theme::{Tokens, Type, paint_galley, radius, size, space};

/// More are not counted one by one.
const MOST_COUNTED: usize = 99;

/// Adds the button; its name says how many are unread.
pub fn bell_ui(ui: &mut Ui, name: &str, unread: usize) -> Response {
    let tokens = Tokens::of(ui);
    let icon = Type::Icon.line_height();
    let shown = unread.min(MOST_COUNTED).to_string();
    let count =
        (unread > 0).then(|| Type::SmallStrong.line(ui, &shown, tokens.on_accent, f32::INFINITY));
    let badge = count.as_ref().map_or(0.0, |count| {
        (count.size().x + 2.0 * space::XS).max(Type::SmallStrong.line_height())
    });
    let width = icon + 2.0 * space::XS + badge;
    let (rect, response) = ui.allocate_exact_size(vec2(width, size::TITLE_HEIGHT), Sense::click());
    let spoken = match unread {
        0 => name.to_owned(),
        unread => format!("{name}, {unread} unread"),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    let color = if response.hovered() || unread > 0 {
        tokens.text
    } else {
        tokens.muted
    };
    let center = pos2(rect.left() + space::XS + icon / 2.0, rect.center().y);
    paint_bell(ui, center, color);
    if let Some(count) = count {
        let place = Align2::RIGHT_CENTER.anchor_size(
            rect.right_center(),
            vec2(badge, Type::SmallStrong.line_height()),
        );
        ui.painter().rect_filled(place, radius::PILL, tokens.accent);
        paint_galley(ui, count, Align2::CENTER_CENTER, place.center());
    }
    focus_ring(ui, &response, rect, radius::BADGE);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// A bell, drawn as strokes: the icon font has none.
fn paint_bell(ui: &Ui, center: Pos2, color: Color32) {
    // In sixteenths of an icon, from the middle of its rim to the top and down again.
    const SIDE: [(f32, f32); 6] = [
        (-5.5, 3.0),
        (-4.0, 1.0),
        (-4.0, -2.0),
        (-2.8, -4.8),
        (0.0, -6.0),
        (2.8, -4.8),
    ];
    const REST: [(f32, f32); 3] = [(4.0, -2.0), (4.0, 1.0), (5.5, 3.0)];
    let unit = Type::Icon.line_height() / 16.0;
    let at = |(x, y): (f32, f32)| center + vec2(x, y) * unit;
    let outline: Vec<Pos2> = SIDE.into_iter().chain(REST).map(at).collect();
    let stroke = Stroke::new(size::LINE, color);
    ui.painter().add(Shape::closed_line(outline, stroke));
    let clapper = [(-1.6, 5.0), (0.0, 6.0), (1.6, 5.0)].map(at);
    ui.painter().add(Shape::line(clapper.to_vec(), stroke));
}
