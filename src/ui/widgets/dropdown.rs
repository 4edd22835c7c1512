//! One of several, in a field that opens a menu.

use eframe::egui::accesskit::Role;
use eframe::egui::{Align2, CursorIcon, Response, Sense, Ui, WidgetInfo, pos2};

use super::button::paint_icon;
use super::field::{Remark, field_frame_ui, field_label_ui, field_room_ui, remark_ui};
use super::focus::scroll_to_focus;
use super::menu::{MENU_PADDING, menu_item_ui, menu_ui};
use crate::ui::theme::{Icon, Tokens, Type, paint_line, size, space};

/// Adds a dropdown; the chosen option is put into `current`.
pub fn dropdown_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    current: &mut T,
    options: &[(T, &str)],
    help: Option<&str>,
) -> Response {
    let tokens = Tokens::of(ui);
    field_label_ui(ui, label);
    let rect = field_room_ui(ui);
    let id = ui.scope_id().with(("dropdown", label));
    let response = ui.interact(rect, id, Sense::click());
    let shown = options
        .iter()
        .find(|(option, _)| option == current)
        .map_or("", |(_, text)| *text);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), label);
        info.current_text_value = Some(shown.to_owned());
        info
    });
    scroll_to_focus(ui, &response);
    for shape in field_frame_ui(ui, rect, response.has_focus(), false) {
        ui.painter().add(shape);
    }
    let at = (
        Align2::LEFT_CENTER,
        pos2(rect.left() + size::FIELD_PADDING, rect.center().y),
    );
    paint_line(ui, shown, Type::Body, tokens.text, at);
    let chevron = pos2(rect.right() - space::XXL, rect.center().y);
    paint_icon(ui, Icon::CHEVRON, Type::Icon, tokens.muted, chevron);
    menu_ui(ui, &response, label, |ui| {
        ui.set_width(rect.width() - 2.0 * (MENU_PADDING + size::LINE));
        for (option, text) in options {
            if menu_item_ui(ui, None, text, option == current).clicked() {
                *current = *option;
            }
        }
    });
    let help = help.map(|text| Remark::Help(text.to_owned()));
    remark_ui(ui, help.as_ref(), &response);
    response.on_hover_cursor(CursorIcon::PointingHand)
}
