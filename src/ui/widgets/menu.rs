//! The rows of a menu that opens under a button.

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, CornerRadius, CursorIcon, Frame, Popup, Response, ScrollArea, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

use super::button::paint_icon;
use super::focus::inner_focus_ring;
use crate::ui::theme::{Icon, Tokens, Type, margin, paint_galley, paint_line, radius, size, space};

/// Around the rows of a menu.
pub const MENU_PADDING: f32 = space::S;

/// Shows `rows` under the thing that opens them, by pointer or key. Who chose by key, or left with
/// Escape, has the keyboard on that thing again.
pub fn menu_ui(ui: &Ui, opener: &Response, name: &str, rows: impl FnOnce(&mut Ui)) {
    let id = Popup::default_response_id(opener);
    let was_open = Popup::is_id_open(ui.ctx(), id);
    Popup::menu(opener)
        .gap(space::S)
        .frame(menu_frame(ui))
        .accessible_name(name)
        .show(|ui| menu_rows_ui(ui, Some(opener), rows));
    let closed = was_open && !Popup::is_id_open(ui.ctx(), id);
    if closed && !ui.input(|input| input.pointer.any_click()) {
        opener.request_focus();
    }
}

/// The rows of a menu. They have the window's room below the opener, or above it where that is more;
/// without an opener all of it. What needs more scrolls, and shows that it does.
pub fn menu_rows_ui(ui: &mut Ui, opener: Option<&Response>, rows: impl FnOnce(&mut Ui)) {
    let window = ui.ctx().content_rect();
    let room = opener.map_or(window.height(), |opener| {
        let below = window.bottom() - opener.rect.bottom();
        below.max(opener.rect.top() - window.top()) - space::S
    });
    let most = room - 2.0 * (MENU_PADDING + size::LINE) - space::M;
    let scroll = &mut ui.spacing_mut().scroll;
    scroll.dormant_handle_opacity = scroll.active_handle_opacity;
    ScrollArea::vertical()
        .max_height(most)
        // The toolkit gives a new popup the height of a small window.
        .min_scrolled_height(most)
        .show(ui, rows);
}

/// The panel that holds the rows.
pub fn menu_frame(ui: &Ui) -> Frame {
    let tokens = Tokens::of(ui);
    Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(size::LINE, tokens.line))
        .corner_radius(radius::CARD)
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(margin(MENU_PADDING, MENU_PADDING))
}

/// Adds a row, with a check mark where it is the chosen one.
pub fn menu_item_ui(ui: &mut Ui, icon: Option<Icon>, text: &str, chosen: bool) -> Response {
    row_ui(ui, icon, text, chosen, Role::MenuItemRadio)
}

/// Adds a row that is on or off by itself.
pub fn menu_switch_ui(ui: &mut Ui, text: &str, on: bool) -> Response {
    row_ui(ui, None, text, on, Role::MenuItemCheckBox)
}

fn row_ui(ui: &mut Ui, icon: Option<Icon>, text: &str, chosen: bool, role: Role) -> Response {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), size::MENU_ROW_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(role, true, chosen, text));
    if response.hovered() || response.has_focus() {
        let radius = CornerRadius::same(radius::ROW);
        ui.painter().rect_filled(rect, radius, tokens.raised);
    }
    let mut left = rect.left() + space::L;
    if let Some(icon) = icon {
        let icon_width = Type::Icon.line_height();
        let center = pos2(left + icon_width / 2.0, rect.center().y);
        paint_icon(ui, icon, Type::Icon, tokens.muted, center);
        left += icon_width + space::L;
    }
    let at = (Align2::LEFT_CENTER, pos2(left, rect.center().y));
    paint_line(ui, text, Type::Body, tokens.text, at);
    if chosen {
        let center = pos2(rect.right() - space::XL, rect.center().y);
        paint_icon(ui, Icon::CHECK, Type::Icon, tokens.accent, center);
    }
    inner_focus_ring(ui, &response, rect, radius::ROW);
    close_after(ui, &response);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// Adds a row that does something.
pub fn menu_row_ui(ui: &mut Ui, text: &str) -> Response {
    menu_command_ui(ui, text, None)
}

/// The same with its keys at the right end.
pub fn menu_command_ui(ui: &mut Ui, text: &str, keys: Option<&str>) -> Response {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), size::MENU_ROW_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, ui.is_enabled(), text));
    if response.hovered() || response.has_focus() {
        let radius = CornerRadius::same(radius::ROW);
        ui.painter().rect_filled(rect, radius, tokens.raised);
    }
    let at = (
        Align2::LEFT_CENTER,
        pos2(rect.left() + space::L, rect.center().y),
    );
    paint_line(ui, text, Type::Body, tokens.text, at);
    if let Some(keys) = keys {
        let right = pos2(rect.right() - space::L, rect.center().y);
        let keys_line = Type::Small.line(ui, keys, tokens.muted, f32::INFINITY);
        paint_galley(ui, keys_line, Align2::RIGHT_CENTER, right);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_keyboard_shortcut(keys);
        });
    }
    inner_focus_ring(ui, &response, rect, radius::ROW);
    close_after(ui, &response);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// Adds a row with a sentence below its title, also told to assistive technology.
pub fn menu_choice_ui(ui: &mut Ui, title: &str, text: &str) -> Response {
    let tokens = Tokens::of(ui);
    let width = ui.available_width();
    let sentence = Type::Small.lines(ui, text, tokens.muted, width - 2.0 * space::L);
    let title_height = Type::Strong.line_height();
    let height = space::M + title_height + space::XXS + sentence.size().y + space::M;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, ui.is_enabled(), title));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(text.to_owned());
    });
    if response.hovered() || response.has_focus() {
        let radius = CornerRadius::same(radius::ROW);
        ui.painter().rect_filled(rect, radius, tokens.raised);
    }
    let at = rect.min + vec2(space::L, space::M);
    paint_line(ui, title, Type::Strong, tokens.text, (Align2::LEFT_TOP, at));
    let below = at + vec2(0.0, title_height + space::XXS);
    paint_galley(ui, sentence, Align2::LEFT_TOP, below);
    inner_focus_ring(ui, &response, rect, radius::ROW);
    close_after(ui, &response);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// The toolkit closes a menu after a click of the pointer only.
fn close_after(ui: &Ui, row: &Response) {
    if row.clicked() {
        ui.close();
    }
}
