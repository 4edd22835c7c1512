//! Tabs: words over a line, the chosen one underlined. Left and right arrows move between them.

use eframe::egui::accesskit::Role;
use eframe::egui::scroll_area::ScrollBarVisibility;
use eframe::egui::{
    Align2, CursorIcon, EventFilter, Key, Modifiers, Rect, ScrollArea, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

use super::focus::focus_ring;
use crate::ui::theme::{Tokens, Type, paint_galley, radius, size, space};

const HEIGHT: f32 = 36.0;
/// Between two tabs, where there is room and where there is little.
const BETWEEN: (f32, f32) = (space::XXXL, space::M);

/// Adds the tabs; the number of the one that was chosen just now. Where they have no room they are
/// scrolled.
pub fn tab_bar_ui(ui: &mut Ui, labels: &[&str], current: usize) -> Option<usize> {
    let muted = Tokens::of(ui).muted;
    let width = |label: &&str| Type::Body.line(ui, label, muted, f32::INFINITY).size().x;
    let widths: f32 = labels.iter().map(width).sum();
    let gaps = f32::from(u8::try_from(labels.len()).unwrap_or(u8::MAX)) - 1.0;
    let between = ((ui.available_width() - widths) / gaps.max(1.0)).clamp(BETWEEN.1, BETWEEN.0);
    let needed = widths + gaps * between;
    if needed <= ui.available_width() + 1.0 {
        return tabs_ui(ui, labels, current, between);
    }
    ScrollArea::horizontal()
        .id_salt("tabs")
        .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden)
        .show(ui, |ui| {
            ui.set_width(needed);
            tabs_ui(ui, labels, current, between)
        })
        .inner
}

fn tabs_ui(ui: &mut Ui, labels: &[&str], current: usize, between: f32) -> Option<usize> {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let line = Stroke::new(size::LINE, tokens.line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, line);
    let mut left = rect.left();
    let mut chosen = None;
    for (number, label) in labels.iter().enumerate() {
        let is_current = number == current;
        let color = if is_current {
            tokens.text
        } else {
            tokens.muted
        };
        let galley = Type::Body.line(ui, label, color, f32::INFINITY);
        let place = Rect::from_min_size(pos2(left, rect.top()), vec2(galley.size().x, HEIGHT));
        let id = ui.scope_id().with(("tab", number));
        let response = ui.interact(place, id, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_current, label));
        paint_galley(ui, galley, Align2::CENTER_CENTER, place.center());
        if is_current {
            let accent = Stroke::new(size::RING_LINE, tokens.accent);
            ui.painter()
                .hline(place.x_range(), rect.bottom() - 1.0, accent);
        }
        focus_ring(
            ui,
            &response,
            place.shrink2(vec2(-size::RING_GAP, space::S)),
            radius::BADGE,
        );
        if response.clicked() {
            chosen = Some(number);
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if response.has_focus() {
            let filter = EventFilter {
                horizontal_arrows: true,
                ..EventFilter::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            if let Some(next) = arrow(ui, number, labels.len()) {
                let next_id = ui.scope_id().with(("tab", next));
                ui.memory_mut(|memory| memory.request_focus(next_id));
                chosen = Some(next);
            }
        }
        response.on_hover_cursor(CursorIcon::PointingHand);
        left = place.right() + between;
    }
    chosen
}

/// One key is one step: the tab that gets the focus must not see it as well.
fn arrow(ui: &Ui, number: usize, count: usize) -> Option<usize> {
    let (left, right) = ui.input_mut(|input| {
        (
            input.consume_key(Modifiers::NONE, Key::ArrowLeft),
            input.consume_key(Modifiers::NONE, Key::ArrowRight),
        )
    });
    let next = match (left, right) {
        (true, false) => number.checked_sub(1)?,
        (false, true) => number + 1,
        _ => return None,
    };
    (next < count).then_some(next)
}
