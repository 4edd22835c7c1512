//! A heading: assistive technology jumps from one to the next, and is told its level.

use eframe::egui::accesskit::Role;
use eframe::egui::{Align2, Response, Sense, Ui, WidgetInfo};

use super::hover::text_on_hover;
use crate::ui::theme::{Tokens, Type, paint_galley};

/// Adds a heading in one line, cut where there is no more room. Level 1 is that of the page or
/// sheet, 2 that of a card or a group.
pub fn heading_ui(ui: &mut Ui, text: &str, kind: Type, level: usize) -> Response {
    let galley = kind.line(ui, text, Tokens::of(ui).text, ui.available_width());
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    tell_heading(ui, &response, text, level);
    let is_cut = galley.elided;
    paint_galley(ui, galley, Align2::LEFT_TOP, rect.min);
    if is_cut {
        return text_on_hover(response, text);
    }
    response
}

/// Says that what was painted somewhere is a heading.
pub fn tell_heading(ui: &Ui, response: &Response, text: &str, level: usize) {
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, text));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_level(level);
        // What a label calls its text, which is the name of a heading.
        node.clear_value();
    });
}
