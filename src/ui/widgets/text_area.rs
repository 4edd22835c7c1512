//! Several lines of text with a label above: to type, or only to read and select.
//!
//! Deliberately absent: a size that follows the text. What is long is scrolled.

use eframe::egui::{Frame, Response, ScrollArea, TextBuffer, TextEdit, Ui, vec2};

use super::field::{field_frame_ui, field_label_ui};
use crate::ui::theme::{Tokens, Type, margin, size, space};

/// Adds a field of `rows` lines for identifiers and files. Of a `&str` the text is only read.
pub fn text_area_ui(
    ui: &mut Ui,
    label: &str,
    text: &mut dyn TextBuffer,
    placeholder: &str,
    rows: u16,
) -> Response {
    let tokens = Tokens::of(ui);
    let label_id = field_label_ui(ui, label);
    let room = vec2(
        ui.available_width(),
        Type::Mono.line_height() * f32::from(rows) + 2.0 * space::M,
    );
    let (rect, _) = ui.allocate_exact_size(room, eframe::egui::Sense::hover());
    let backs = [(); 2].map(|()| ui.painter().add(eframe::egui::Shape::Noop));
    let mut inner = ui.new_child(
        eframe::egui::UiBuilder::new()
            .id_salt(label)
            .max_rect(rect.shrink(size::LINE)),
    );
    let edit = TextEdit::multiline(text)
        .font(Type::Mono.font())
        .text_color(tokens.text)
        .hint_text(Type::Mono.rich(placeholder, tokens.placeholder))
        .frame(Frame::NONE.inner_margin(margin(space::L, space::M)))
        .desired_rows(usize::from(rows))
        .desired_width(f32::INFINITY);
    let response = ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(&mut inner, |ui| ui.add(edit).labelled_by(label_id))
        .inner;
    let shapes = field_frame_ui(ui, rect, response.has_focus(), false);
    for (back, shape) in backs.into_iter().zip(shapes) {
        ui.painter().set(back, shape);
    }
    response
}
