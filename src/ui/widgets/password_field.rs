//! A line of hidden text: the only place with `.password(true)`.
//!
//! egui keeps an undo history per field, which would hold the password after it was handed over;
//! it is emptied in every frame. The text itself is the draft's, which zeroes it. What remains are
//! short-lived copies inside egui's layout and events. Deliberately absent: a way to show it.

use eframe::egui;
use eframe::egui::text_edit::TextEditState;
use eframe::egui::{Frame, Response, TextEdit, Ui, vec2};

use super::field::{
    Remark, field_frame_ui, field_label_ui, field_margin, field_room_ui, remark_ui, trailing_ui,
};
use super::focus::scroll_to_focus;
use crate::ui::theme::{Tokens, Type, size};

/// A password field that is yet to be shown.
#[must_use]
pub struct PasswordField<'a> {
    label: &'a str,
    text: &'a mut String,
    placeholder: &'a str,
    trailing: &'a str,
    remark: Option<Remark>,
    enabled: bool,
}

impl<'a> PasswordField<'a> {
    /// A field for `text`.
    pub const fn new(label: &'a str, text: &'a mut String) -> Self {
        Self {
            label,
            text,
            placeholder: "",
            trailing: "",
            remark: None,
            enabled: true,
        }
    }

    /// Shown while the field is empty.
    pub const fn placeholder(mut self, text: &'a str) -> Self {
        self.placeholder = text;
        self
    }

    /// Shown at the right end.
    pub const fn trailing(mut self, text: &'a str) -> Self {
        self.trailing = text;
        self
    }

    /// Shown below.
    pub fn remark(mut self, remark: Option<Remark>) -> Self {
        self.remark = remark;
        self
    }

    /// Whether one can type.
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Adds the field.
    pub fn show(self, ui: &mut Ui) -> Response {
        let label = field_label_ui(ui, self.label);
        let rect = field_room_ui(ui);
        let backs = [(); 2].map(|()| ui.painter().add(egui::Shape::Noop));
        let tokens = Tokens::of(ui);
        let used = trailing_ui(ui, rect, self.trailing, false);
        let inner = rect.with_max_x(rect.right() - used.max(size::FIELD_PADDING));
        let edit = TextEdit::singleline(self.text)
            .id_salt(self.label)
            .password(true)
            .font(Type::Body.font())
            .text_color(tokens.text)
            .hint_text(Type::Body.rich(self.placeholder, tokens.placeholder))
            .interactive(self.enabled)
            .frame(Frame::NONE.inner_margin(field_margin()))
            .align(egui::Align2::LEFT_CENTER)
            .desired_width(inner.width())
            .min_size(vec2(inner.width(), inner.height()));
        let response = ui.place(inner, edit).labelled_by(label);
        forget_typing(ui, &response);
        let wrong = matches!(self.remark, Some(Remark::Error(_)));
        scroll_to_focus(ui, &response);
        let shapes = field_frame_ui(ui, rect, response.has_focus(), wrong);
        for (back, shape) in backs.into_iter().zip(shapes) {
            ui.painter().set(back, shape);
        }
        remark_ui(ui, self.remark.as_ref(), &response);
        response
    }
}

/// Empties the undo history of a field.
pub fn forget_typing(ui: &Ui, field: &Response) {
    if let Some(mut state) = TextEditState::load(ui.ctx(), field.id) {
        state.clear_undoer();
        state.store(ui.ctx(), field.id);
    }
}
