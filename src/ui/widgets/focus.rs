//! The ring that shows where the keyboard is.

use eframe::egui::text_edit::TextEditState;
use eframe::egui::{CornerRadius, Id, Order, Rect, Response, Stroke, StrokeKind, Ui};

use crate::ui::theme::{Tokens, radius, size, space};

/// Paints the ring around `rect` while `response` has the focus.
pub fn focus_ring(ui: &Ui, response: &Response, rect: Rect, radius: u8) {
    if response.has_focus() {
        scroll_to_focus(ui, response);
        let stroke = Stroke::new(size::RING_LINE, Tokens::of(ui).accent);
        let radius = CornerRadius::same(radius.saturating_add(radius::HALO - radius::CONTROL));
        ui.painter().rect_stroke(
            rect.expand(size::RING_GAP),
            radius,
            stroke,
            StrokeKind::Inside,
        );
    }
}

/// The same inside of `rect`, for things that touch a clipped edge.
pub fn inner_focus_ring(ui: &Ui, response: &Response, rect: Rect, radius: u8) {
    if response.has_focus() {
        scroll_to_focus(ui, response);
        let stroke = Stroke::new(size::RING_LINE, Tokens::of(ui).accent);
        ui.painter()
            .rect_stroke(rect, CornerRadius::same(radius), stroke, StrokeKind::Inside);
    }
}

/// Puts the caret of a field behind the text that was put there, where it would be after typing.
pub fn caret_to_end(ui: &Ui, field: &Response) {
    if let Some(mut state) = TextEditState::load(ui.ctx(), field.id) {
        // Without a place of its own it stands at the end.
        state.cursor.set_char_range(None);
        state.store(ui.ctx(), field.id);
    }
}

/// Brings what the keyboard has just come to into sight: the toolkit does not. What was given the
/// keyboard in the frame before has not gained it in this one.
pub fn scroll_to_focus(ui: &Ui, response: &Response) {
    let in_sight = Id::unique("brought into sight");
    let is_new = response.has_focus()
        && ui.data_mut(|data| {
            let before: &mut Option<Id> = data.get_temp_mut_or_default(in_sight);
            before.replace(response.id) != Some(response.id)
        });
    if is_new || response.gained_focus() {
        // The buttons of a sheet lie over the lowest part of what scrolls in it.
        let below = if ui.layer_id().order == Order::Background {
            0.0
        } else {
            size::CONTROL_HEIGHT + space::M
        };
        let rect = response.rect;
        ui.scroll_to_rect(rect.with_max_y(rect.bottom() + below), None);
    }
}

/// Where the keyboard begins when the window opens, unless it is somewhere already.
pub fn first_focus(ui: &Ui, response: &Response) {
    let begun = Id::unique("first focus");
    let is_first =
        !ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default(begun), true));
    if is_first && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
}
