//! Six boxes for a six-digit code; behind them is one text field that takes typing, pasting and
//! backspace.
//!
//! Deliberately absent: editing in the middle. The caret is always behind the last digit.

use eframe::egui;
use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{
    Align2, Color32, CornerRadius, Frame, Rect, Response, Stroke, StrokeKind, TextEdit, Ui, pos2,
    vec2,
};

use zeroize::{Zeroize as _, Zeroizing};

use super::field::field_label_ui;
use super::focus::scroll_to_focus;
use super::password_field::forget_typing;
use crate::ui::theme::{Tokens, Type, paint_line, radius, size, space};

/// How many digits.
pub const DIGITS: usize = 6;
const CARET: f32 = 22.0;
const NEXT_LINE: f32 = 1.5;

/// Adds the boxes. `code` only ever holds digits, six at most.
pub fn code_boxes_ui(ui: &mut Ui, code: &mut String, enabled: bool, wrong: bool) -> Response {
    let label = field_label_ui(ui, "6-digit code");
    let size = vec2(ui.available_width(), size::CODE_HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let pasted = enabled.then(|| pasted_code(ui)).flatten();
    let response = input_ui(ui, rect, code, enabled).labelled_by(label);
    scroll_to_focus(ui, &response);
    if let Some(pasted) = pasted.filter(|_| response.has_focus()) {
        // Not behind what is typed: a whole code takes its place.
        code.zeroize();
        code.push_str(&pasted);
    }
    keep_digits(code);
    let mut typed = code.chars();
    for number in 0..DIGITS {
        let digit = typed.next();
        let is_next = response.has_focus() && number == code.len().min(DIGITS - 1);
        box_ui(ui, box_rect(rect, number), digit, is_next, wrong);
    }
    response
}

/// The field itself: as large as all the boxes, and invisible.
fn input_ui(ui: &mut Ui, rect: Rect, code: &mut String, enabled: bool) -> Response {
    let response = ui
        .scope(|ui| {
            let visuals = ui.visuals_mut();
            visuals.selection.bg_fill = Color32::TRANSPARENT;
            visuals.selection.stroke = Stroke::NONE;
            visuals.text_cursor.stroke = Stroke::NONE;
            let edit = TextEdit::singleline(code)
                .id_salt("6-digit code")
                .text_color(Color32::TRANSPARENT)
                .font(Type::Small.font())
                .interactive(enabled)
                .frame(Frame::NONE)
                .desired_width(rect.width())
                .min_size(rect.size());
            ui.place(rect, edit)
        })
        .inner;
    forget_typing(ui, &response);
    if let Some(mut state) = TextEditState::load(ui.ctx(), response.id) {
        let end = CCursor::new(DIGITS);
        state.cursor.set_char_range(Some(CCursorRange::one(end)));
        state.store(ui.ctx(), response.id);
    }
    response
}

/// What is pasted in this frame, if it holds a whole code.
fn pasted_code(ui: &Ui) -> Option<Zeroizing<String>> {
    ui.input(|input| {
        let pasted = input.events.iter().find_map(|event| match event {
            egui::Event::Paste(text) => Some(text),
            _ => None,
        })?;
        let mut digits = Zeroizing::new(String::with_capacity(pasted.len()));
        digits.extend(pasted.chars().filter(char::is_ascii_digit));
        (digits.len() == DIGITS).then_some(digits)
    })
}

/// Drops everything that is no digit, and digits beyond the sixth.
fn keep_digits(code: &mut String) {
    let mut room = DIGITS;
    code.retain(|letter| {
        let keep = letter.is_ascii_digit() && room > 0;
        room -= usize::from(keep);
        keep
    });
}

#[expect(clippy::cast_precision_loss, reason = "six boxes")]
fn box_rect(all: Rect, number: usize) -> Rect {
    let between = space::M * (DIGITS - 1) as f32;
    let width = (all.width() - between) / DIGITS as f32;
    let left = all.left() + number as f32 * (width + space::M);
    Rect::from_min_size(pos2(left, all.top()), vec2(width, all.height()))
}

fn box_ui(ui: &Ui, rect: Rect, digit: Option<char>, is_next: bool, wrong: bool) {
    let tokens = Tokens::of(ui);
    let radius = CornerRadius::same(radius::CONTROL);
    let line = match (is_next, wrong) {
        (true, _) => Stroke::new(NEXT_LINE, tokens.accent),
        (false, true) => Stroke::new(size::LINE, tokens.danger),
        (false, false) => Stroke::new(size::LINE, tokens.line),
    };
    if is_next {
        let halo = CornerRadius::same(radius::HALO);
        ui.painter()
            .rect_filled(rect.expand(size::RING_GAP), halo, tokens.accent_tint);
    }
    ui.painter()
        .rect(rect, radius, tokens.background, line, StrokeKind::Inside);
    match digit {
        Some(digit) => {
            let at = (Align2::CENTER_CENTER, rect.center());
            paint_line(ui, &digit.to_string(), Type::Title, tokens.text, at);
        }
        None if is_next => {
            let half = CARET / 2.0;
            let range = rect.center().y - half..=rect.center().y + half;
            let caret = Stroke::new(2.0, tokens.text);
            ui.painter().vline(rect.center().x, range, caret);
        }
        None => {}
    }
}
