//! A line of text with a label above, a hint at its end and a remark below.

use eframe::egui;
use eframe::egui::{Frame, Response, TextEdit, Ui, vec2};

use super::field::{
    Remark, field_frame_ui, field_label_ui, field_margin, field_room_ui, remark_ui, trailing_ui,
};
use super::focus::scroll_to_focus;
use crate::ui::theme::{Tokens, Type, size};

/// A text field that is yet to be shown.
#[must_use]
pub struct TextField<'a> {
    label: &'a str,
    text: &'a mut String,
    mono: bool,
    placeholder: &'a str,
    trailing: &'a str,
    checked: bool,
    remark: Option<Remark>,
    read_only: bool,
}

impl<'a> TextField<'a> {
    /// A field for `text`.
    pub const fn new(label: &'a str, text: &'a mut String) -> Self {
        Self {
            label,
            text,
            mono: false,
            placeholder: "",
            trailing: "",
            checked: false,
            remark: None,
            read_only: false,
        }
    }

    /// For identifiers.
    pub const fn mono(mut self) -> Self {
        self.mono = true;
        self
    }

    /// Shown while the field is empty.
    pub const fn placeholder(mut self, text: &'a str) -> Self {
        self.placeholder = text;
        self
    }

    /// Shown at the right end.
    pub const fn trailing(mut self, text: &'a str, checked: bool) -> Self {
        self.trailing = text;
        self.checked = checked;
        self
    }

    /// Shown below.
    pub fn remark(mut self, remark: Option<Remark>) -> Self {
        self.remark = remark;
        self
    }

    /// Shown but not edited.
    pub const fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// Adds the field.
    pub fn show(self, ui: &mut Ui) -> Response {
        let label = field_label_ui(ui, self.label);
        let rect = field_room_ui(ui);
        let backs = [(); 2].map(|()| ui.painter().add(egui::Shape::Noop));
        let tokens = Tokens::of(ui);
        let used = trailing_ui(ui, rect, self.trailing, self.checked);
        let kind = if self.mono { Type::Mono } else { Type::Body };
        let color = if self.read_only {
            tokens.muted
        } else {
            tokens.text
        };
        let inner = rect.with_max_x(rect.right() - used.max(size::FIELD_PADDING));
        let edit = TextEdit::singleline(self.text)
            .id_salt(self.label)
            .font(kind.font())
            .text_color(color)
            .hint_text(Type::rich(kind, self.placeholder, tokens.placeholder))
            .interactive(!self.read_only)
            .frame(Frame::NONE.inner_margin(field_margin()))
            .align(egui::Align2::LEFT_CENTER)
            .desired_width(inner.width())
            .min_size(vec2(inner.width(), inner.height()));
        let response = ui.place(inner, edit).labelled_by(label);
        let wrong = matches!(self.remark, Some(Remark::Error(_)));
        scroll_to_focus(ui, &response);
        let shapes = field_frame_ui(ui, rect, response.has_focus(), wrong);
        for (back, shape) in backs.into_iter().zip(shapes) {
            ui.painter().set(back, shape);
        }
        if !self.trailing.is_empty() {
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_description(self.trailing);
            });
        }
        remark_ui(ui, self.remark.as_ref(), &response);
        response
    }
}
