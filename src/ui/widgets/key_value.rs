//! A line of a card: what it is, its value, and a quiet way to copy it.

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, Align2, Layout, Rect, Response, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::button::Button;
use super::hover::text_on_hover;
use crate::ui::theme::{Tokens, Type, paint_galley, size, space};

/// Width of the word at the end of a line.
const COPY: f32 = 28.0;
/// Room for something else there.
const END_ROOM: f32 = 56.0;
/// So many letters of an identifier stay at its end.
const TAIL: usize = 6;

/// Adds a line; true when its copy button was clicked.
pub fn key_value_ui(ui: &mut Ui, label: &str, value: &str, mono: bool, copy: bool) -> bool {
    let (rect, response) = line_ui(ui, label, size::LINE_HEIGHT);
    let spoken = format!("{label}: {value}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    value_text_ui(ui, value, mono, value_room(rect, copy), response);
    copy && copy_button_ui(ui, rect, label)
}

fn value_text_ui(ui: &Ui, value: &str, mono: bool, room: Rect, response: Response) {
    let kind = if mono { Type::Mono } else { Type::Body };
    let mut galley = kind.line(ui, value, Tokens::of(ui).text, room.width());
    let elided = galley.elided;
    if elided && mono {
        let letter = kind.line(ui, "0", Tokens::of(ui).text, f32::INFINITY);
        let short = middle_out(value, room.width() / letter.size().x.max(1.0));
        galley = kind.line(ui, &short, Tokens::of(ui).text, room.width());
    }
    paint_galley(ui, galley, Align2::LEFT_CENTER, room.left_center());
    if elided {
        text_on_hover(response, value);
    }
}

/// A line with something of its own at the end, in the place of the copy button.
pub fn key_value_with_ui<R>(
    ui: &mut Ui,
    label: &str,
    value: &str,
    mono: bool,
    end: impl FnOnce(&mut Ui) -> R,
) -> R {
    let (rect, response) = line_ui(ui, label, size::LINE_HEIGHT);
    let spoken = format!("{label}: {value}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let room = value_room(rect, true).with_max_x(rect.right() - END_ROOM - space::XS);
    value_text_ui(ui, value, mono, room, response);
    let place = rect.with_min_x(rect.right() - END_ROOM);
    let layout = Layout::right_to_left(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout), end)
        .inner
}

/// Room for a line with its label painted.
pub fn line_ui(ui: &mut Ui, label: &str, height: f32) -> (Rect, Response) {
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let galley = Type::Body.line(ui, label, Tokens::of(ui).muted, size::LABEL_WIDTH);
    let at = pos2(rect.left(), rect.top() + size::LINE_HEIGHT / 2.0);
    paint_galley(ui, galley, Align2::LEFT_CENTER, at);
    (rect, response)
}

/// The part of a line that the value has.
#[must_use]
pub fn value_room(line: Rect, copy: bool) -> Rect {
    let end = if copy { size::COPY_ROOM } else { 0.0 };
    line.with_min_x(line.left() + size::LABEL_WIDTH)
        .with_max_x((line.right() - end).max(line.left() + size::LABEL_WIDTH))
}

/// The copy button at the end of a line; true when clicked.
pub fn copy_button_ui(ui: &mut Ui, line: Rect, what: &str) -> bool {
    let size = vec2(COPY, size::TITLE_HEIGHT);
    let center = pos2(
        line.right() - COPY / 2.0,
        line.top() + size::LINE_HEIGHT / 2.0,
    );
    let rect = Rect::from_center_size(center, size);
    let button = Button::aside("copy").named(format!("Copy {what}"));
    ui.place(rect, button).clicked()
}

/// Leaves out the middle of an identifier, whose ends tell it from others.
#[must_use]
pub fn middle_out(value: &str, room: f32) -> String {
    let letters: Vec<char> = value.chars().collect();
    // At most as many as there are letters, so the cast loses nothing that matters.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small positive number"
    )]
    let room = room.max(0.0) as usize;
    let tail = TAIL.min(letters.len());
    let head = room.saturating_sub(tail + 1).min(letters.len() - tail);
    let before: String = letters.iter().take(head).collect();
    let after: String = letters.iter().skip(letters.len() - tail).collect();
    format!("{before}…{after}")
}
