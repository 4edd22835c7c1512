//! A row of a list and the heading above several: the surface, two lines, what stands at the end,
//! and the small buttons that come with the pointer or the keyboard.
//!
//! Deliberately absent: what the row is about, and what happens where it is pressed.

use std::f32::consts::TAU;

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, Color32, Id, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::button::paint_check;
use super::hover::name_on_hover;
use crate::ui::theme::{Tokens, Type, paint_galley, radius, size, space, two_lines};

/// Side of a small button at the end of a row.
const SIDE: f32 = 26.0;

/// How a row stands.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a state that goes with any other"
)]
pub struct Look {
    /// Shown on the right.
    pub selected: bool,
    /// One of several that are chosen.
    pub marked: bool,
    /// Under the pointer.
    pub hovered: bool,
    /// Being dragged.
    pub dragged: bool,
}

/// What a row says.
pub struct Texts<'a> {
    /// The first line.
    pub name: &'a str,
    /// The second line.
    pub under: &'a str,
    /// At the end, unless the buttons are there.
    pub end: &'a str,
}

/// Paints the row's surface.
pub fn row_surface_ui(ui: &Ui, rect: Rect, look: Look) {
    let tokens = Tokens::of(ui);
    let fill = match look {
        Look { dragged: true, .. } => tokens.raised.gamma_multiply(0.4),
        Look { marked: true, .. } => tokens.accent_tint,
        Look { selected: true, .. } => tokens.raised,
        Look { hovered: true, .. } => tokens.raised.gamma_multiply(0.6),
        _ => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, radius::CONTROL, fill);
}

/// Paints the row's texts; `buttons` at its end keep their room. True where a line was cut.
pub fn row_texts_ui(ui: &Ui, rect: Rect, texts: &Texts<'_>, buttons: usize) -> bool {
    let tokens = Tokens::of(ui);
    let left = rect.left() + space::L + size::RING + space::L;
    let room = if buttons > 0 {
        #[expect(clippy::cast_precision_loss, reason = "two or three")]
        let room = buttons as f32 * SIDE + space::XS;
        room
    } else {
        let end = Type::Small.line(ui, texts.end, tokens.muted, f32::INFINITY);
        let room = end.size().x + space::XL;
        let at = pos2(rect.right() - space::L, rect.center().y);
        paint_galley(ui, end, Align2::RIGHT_CENTER, at);
        room
    };
    let width = rect.right() - space::L - room - left;
    let name = Type::Strong.line(ui, texts.name, tokens.text, width);
    let under = Type::Small.line(ui, texts.under, tokens.muted, width);
    let is_cut = name.elided || under.elided;
    let [first, second] = two_lines(rect);
    paint_galley(ui, name, Align2::LEFT_CENTER, pos2(left, first));
    paint_galley(ui, under, Align2::LEFT_CENTER, pos2(left, second));
    is_cut
}

/// Where the ring of a row is.
#[must_use]
pub fn ring_center(rect: Rect) -> Pos2 {
    pos2(rect.left() + space::L + size::RING / 2.0, rect.center().y)
}

/// Paints what stands in the ring's place in a row that is one of several chosen.
pub fn row_mark_ui(ui: &Ui, rect: Rect) {
    let tokens = Tokens::of(ui);
    let center = ring_center(rect);
    ui.painter()
        .circle_filled(center, size::RING / 2.0, tokens.accent);
    paint_check(ui, center, tokens.on_accent);
}

/// What a small button shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Small {
    /// Three dots: more.
    Dots,
    /// A star, filled where the thing is a favorite.
    Star {
        /// It is one.
        filled: bool,
    },
}

/// Adds a small button at the end of a row: the first place is the outermost. The keyboard does not
/// stop there; the row's menu has the same.
pub fn row_button_ui(ui: &Ui, row: Rect, place: u8, what: Small, name: &str) -> Response {
    let right = row.right() - space::XS - f32::from(place) * SIDE;
    let rect = Align2::RIGHT_CENTER.anchor_size(pos2(right, row.center().y), vec2(SIDE, SIDE));
    let id: Id = ui.scope_id().with((name, place));
    let response = ui.interact(rect, id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let tokens = Tokens::of(ui);
    let color = if response.hovered() {
        ui.painter().rect_filled(rect, radius::ROW, tokens.hovered);
        tokens.text
    } else {
        tokens.muted
    };
    match what {
        Small::Dots => {
            for step in [-5.0, 0.0, 5.0] {
                let center = rect.center() + vec2(step, 0.0);
                ui.painter().circle_filled(center, 1.6, color);
            }
        }
        Small::Star { filled: true } => star_ui(ui, rect.center(), tokens.warning, true),
        Small::Star { filled: false } => star_ui(ui, rect.center(), color, false),
    }
    name_on_hover(response, name)
}

/// Paints a star with five tips.
pub fn star_ui(ui: &Ui, center: Pos2, color: Color32, filled: bool) {
    const OUTER: f32 = 7.0;
    const INNER: f32 = 3.1;
    let point = |step: u8| {
        let reach = if step.is_multiple_of(2) { OUTER } else { INNER };
        let angle = f32::from(step) / 10.0 * TAU - TAU / 4.0;
        center + reach * vec2(angle.cos(), angle.sin())
    };
    let points: Vec<Pos2> = (0..10).map(point).collect();
    let painter = ui.painter();
    if filled {
        let inner = (0..5).map(|tip| point(tip * 2 + 1)).collect();
        painter.add(Shape::convex_polygon(inner, color, Stroke::NONE));
        for tip in 0..5 {
            let tip = [
                point((tip * 2 + 9) % 10),
                point(tip * 2),
                point(tip * 2 + 1),
            ];
            painter.add(Shape::convex_polygon(tip.to_vec(), color, Stroke::NONE));
        }
    }
    painter.add(Shape::closed_line(points, Stroke::new(1.3, color)));
}

/// Paints a heading with the arrow that says whether it is collapsed, and how many it has then.
pub fn heading_ui(ui: &Ui, rect: Rect, text: &str, count: Option<usize>, hovered: bool) {
    let tokens = Tokens::of(ui);
    let color = if hovered { tokens.text } else { tokens.muted };
    let center = pos2(rect.right() - space::L - 4.0, rect.bottom() - space::XL);
    if hovered || count.is_some() {
        let tips = if count.is_some() {
            [vec2(-2.0, -4.0), vec2(2.5, 0.0), vec2(-2.0, 4.0)]
        } else {
            [vec2(-4.0, -2.0), vec2(0.0, 2.5), vec2(4.0, -2.0)]
        };
        let tips = tips.map(|step| center + step).to_vec();
        ui.painter().add(Shape::line(tips, Stroke::new(1.4, color)));
    }
    let text = match count {
        Some(count) => format!("{} · {count}", text.to_uppercase()),
        None => text.to_uppercase(),
    };
    let width = rect.width() - 2.0 * space::L - 16.0;
    let galley = Type::Caption.line(ui, &text, color, width);
    let at = pos2(rect.left() + space::L, rect.bottom() - space::XL);
    paint_galley(ui, galley, Align2::LEFT_CENTER, at);
}

/// Paints the line that says where dragged rows would go.
pub fn drop_line_ui(ui: &Ui, x: eframe::egui::Rangef, y: f32) {
    let accent = Tokens::of(ui).accent;
    ui.painter()
        .hline(x, y, Stroke::new(size::RING_LINE, accent));
    ui.painter()
        .circle_filled(pos2(x.min + 3.0, y), 3.5, accent);
}
