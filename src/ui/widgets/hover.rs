//! What shows under the pointer.
//!
//! Deliberately absent: the toolkit's own rule alone. It leaves a tooltip open for as long as the
//! pointer rests at its place, also over a sheet that has covered what it belongs to.

use eframe::egui::{Label, Response, Ui, WidgetText};

/// Shows the name of a thing that has only an icon. Assistive technology knows the name already and
/// would read a description of the same words a second time.
pub fn name_on_hover(response: Response, name: &str) -> Response {
    shown_on_hover(response, name)
}

/// Shows a text, which assistive technology reads as the description where there is no other.
pub fn text_on_hover(response: Response, text: &str) -> Response {
    if response.ctx.has_accesskit_node(response.id) {
        response.ctx.accesskit_node_builder(response.id, |node| {
            if node.description().is_none() {
                node.set_description(text);
            }
        });
    }
    shown_on_hover(response, text)
}

/// Adds a line that is cut where there is no more room, and then shows itself whole.
pub fn cut_label_ui(ui: &mut Ui, text: impl Into<WidgetText>) -> Response {
    let is_pointed_at = ui.rect_contains_pointer(ui.available_rect_before_wrap());
    ui.add(
        Label::new(text)
            .truncate()
            .show_tooltip_when_elided(is_pointed_at),
    )
}

fn shown_on_hover(response: Response, text: &str) -> Response {
    // Nobody points at what lies below something else.
    if !response.container_contains_pointer() {
        return response;
    }
    response.on_hover_ui(|ui| {
        ui.set_max_width(ui.spacing().tooltip_width);
        ui.label(text);
    })
}
