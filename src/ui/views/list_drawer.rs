//! In a narrow window: the bar with the button that opens the list of profiles, and the list as
//! it lies over the page.
//!
//! Deliberately absent: the list itself (see `sidebar`).

use eframe::egui::{
    Align, Align2, Area, Frame, Id, Key, Layout, Modal, Modifiers, Panel, Rect, Ui, UiBuilder,
    UiKind, Vec2, vec2,
};

use jiff::tz::TimeZone;

use super::Actions;
use super::shape::{Shape, is_low};
use super::sidebar::sidebar_ui;
use super::status_bar::status_row_ui;
use crate::app::{Action, Model};
use crate::ui::draft::Drafts;
use crate::ui::theme::{Icon, Tokens, Type, margin, size, space};
use crate::ui::widgets::button::Button;

const NAME: &str = "Profiles";

/// Draws the bar over the page; in a low window with what stands at the foot of others.
pub fn top_ui(
    ui: &mut Ui,
    model: &Model,
    zone: &TimeZone,
    drafts: &mut Drafts,
    actions: &mut Actions,
) {
    let inside = margin(Shape::Narrow.margin_x(), space::XS);
    let fill = Tokens::of(ui).sidebar;
    Panel::top("top bar")
        .resizable(false)
        .show_separator_line(false)
        .exact_size(size::CONTROL_HEIGHT + 2.0 * space::XS)
        .frame(Frame::new().fill(fill).inner_margin(inside))
        .show(ui, |ui| {
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let open = Button::secondary(NAME).with_end_icon(Icon::CHEVRON);
                let open = open.named("Show the profiles");
                if ui.add(open).clicked() {
                    drafts.list_open = true;
                }
                if model.demo {
                    ui.add_space(space::L);
                    let warning = Tokens::of(ui).warning;
                    ui.label(Type::SmallStrong.rich("Demo", warning));
                }
                if is_low(ui.ctx()) {
                    ui.add_space(space::L);
                    let rest = ui.available_rect_before_wrap();
                    status_row_ui(ui, rest, model, zone, actions);
                }
            });
        });
    // The keyboard is asked to the search, which is in the list.
    if std::mem::replace(&mut drafts.list_asked, model.search_asked) != model.search_asked {
        drafts.list_open = true;
    }
}

/// Draws the list over the page, while it is open. Escape, a click beside it and what leads to
/// another page close it.
pub fn drawer_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts, actions: &mut Actions) {
    if !drafts.list_open || model.sheet.is_some() {
        return;
    }
    let tokens = Tokens::of(ui);
    let whole = ui.ctx().content_rect();
    let width = Shape::Narrow
        .list_width()
        .min(whole.width() - size::CONTROL_HEIGHT);
    let place = Rect::from_min_size(whole.min, vec2(width, whole.height()));
    let id = Id::unique("list drawer");
    let area = Area::new(id)
        .kind(UiKind::Modal)
        .anchor(Align2::LEFT_TOP, Vec2::ZERO)
        .order(eframe::egui::Order::Foreground)
        .role(eframe::egui::accesskit::Role::Dialog)
        .accessible_name(NAME);
    let before = actions.len();
    let shown = Modal::new(id)
        .area(area)
        .backdrop_color(tokens.scrim)
        .frame(Frame::new().fill(tokens.sidebar))
        .show(ui.ctx(), |ui| {
            ui.allocate_exact_size(place.size(), eframe::egui::Sense::hover());
            let mut list = ui.new_child(UiBuilder::new().id_salt("list").max_rect(place));
            sidebar_ui(&mut list, model, &mut drafts.list, actions);
        });
    let escaped = shown.is_top_modal
        && !shown.any_popup_open
        && ui
            .ctx()
            .input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    let left = actions.iter().skip(before).any(leads_away);
    if escaped || left || shown.backdrop_response.clicked() {
        drafts.list_open = false;
    }
}

/// True for what shows something else on the page.
const fn leads_away(action: &Action) -> bool {
    matches!(
        action,
        Action::Select(_) | Action::NewProfile | Action::OpenImport | Action::OpenDemo
    )
}
