//! One of several at the end of a row: as wide as its words, and opens a menu.
//!
//! Deliberately absent: a label of its own. The row says what is picked; the name is for assistive
//! technology.

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, CursorIcon, Popup, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::button::paint_icon;
use super::focus::focus_ring;
use super::menu::{menu_frame, menu_item_ui, menu_rows_ui};
use crate::ui::theme::{Icon, Tokens, Type, paint_galley, radius, size, space};

/// Adds a picker; what was picked.
pub fn picker_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    current: T,
    options: &[(T, String)],
) -> Option<T> {
    const CHEVRON_ROOM: f32 = space::XXL + space::S;
    let tokens = Tokens::of(ui);
    let shown = options.iter().find(|(option, _)| *option == current);
    let shown = shown.map_or("", |(_, text)| text.as_str());
    let color = if ui.is_enabled() {
        tokens.text
    } else {
        tokens.muted
    };
    // As wide as its longest choice: nothing moves when another is picked.
    let widths = options
        .iter()
        .map(|(_, text)| Type::Strong.line(ui, text, color, f32::INFINITY).size().x);
    let width = widths.fold(size::BUTTON_LEAST, f32::max);
    let whole = vec2(
        width + 2.0 * size::BUTTON_PADDING + CHEVRON_ROOM,
        size::CONTROL_HEIGHT,
    );
    let (rect, response) = ui.allocate_exact_size(whole, Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), name);
        info.current_text_value = Some(shown.to_owned());
        info
    });
    // AT-SPI has no value for what is picked; a description is read there.
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_description(shown));
    let fill = if response.hovered() {
        tokens.hovered
    } else {
        tokens.raised
    };
    let line = Stroke::new(size::LINE, tokens.line);
    ui.painter()
        .rect(rect, radius::CONTROL, fill, line, StrokeKind::Inside);
    let galley = Type::Strong.line(ui, shown, color, width);
    let at = pos2(rect.left() + size::BUTTON_PADDING, rect.center().y);
    paint_galley(ui, galley, Align2::LEFT_CENTER, at);
    let chevron = pos2(rect.right() - space::XXL, rect.center().y);
    paint_icon(ui, Icon::CHEVRON, Type::Icon, tokens.muted, chevron);
    focus_ring(ui, &response, rect, radius::CONTROL);
    let mut picked = None;
    Popup::menu(&response)
        .gap(space::XS)
        .frame(menu_frame(ui))
        .accessible_name(name)
        .show(|ui| {
            menu_rows_ui(ui, Some(&response), |ui| {
                ui.set_width(rect.width().max(size::BUTTON_LEAST));
                for (option, text) in options {
                    if menu_item_ui(ui, None, text, *option == current).clicked() {
                        picked = Some(*option);
                    }
                }
            });
        });
    response.on_hover_cursor(CursorIcon::PointingHand);
    picked.filter(|picked| *picked != current)
}
