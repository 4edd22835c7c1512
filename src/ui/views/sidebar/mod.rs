//! The left side: the name of the program, the search, the list of profiles, and below it the foot or
//! what several chosen profiles can be asked for.

mod bar;
pub mod draft;
mod drag;
mod foot;
mod keys;
mod list;
mod menu;
mod row;
mod sheets;

use eframe::egui;
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, Event, Key, Rect, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use self::bar::bar_ui;
use self::draft::ListDraft;
use self::foot::foot_ui;
use self::list::list_ui;
pub use self::sheets::list_sheets_ui;
use super::Actions;
use crate::app::{Action, Command, Model};
use crate::ui::shortcuts::keys_text;
use crate::ui::theme::{Tokens, Type, paint_galley, paint_line, radius, size, space};
use crate::ui::widgets::hover::text_on_hover;
use crate::ui::widgets::search_field::search_field_ui;
use crate::ui::window::logo;

/// Draws the left side.
pub fn sidebar_ui(ui: &mut Ui, model: &Model, draft: &mut ListDraft, actions: &mut Actions) {
    let whole = ui.max_rect();
    let line = Stroke::new(size::LINE, Tokens::of(ui).line);
    ui.painter()
        .vline(whole.right() - 0.5, whole.y_range(), line);
    brand_ui(ui, model);
    let head = Rect::from_min_max(
        pos2(whole.left() + space::XL, whole.top() + size::BRAND_HEIGHT),
        pos2(
            whole.right() - space::XL - size::LINE,
            whole.top() + size::BRAND_HEIGHT + size::FIELD_HEIGHT,
        ),
    );
    let head_bottom = head.bottom();
    let mut head = ui.new_child(UiBuilder::new().id_salt("search").max_rect(head));
    search_ui(&mut head, model, draft, actions);
    let foot = Rect::from_min_max(
        pos2(whole.left() + space::L, whole.bottom() - size::FOOT_HEIGHT),
        pos2(whole.right() - space::L - size::LINE, whole.bottom()),
    );
    let list = Rect::from_min_max(
        pos2(foot.left(), head_bottom + space::XL),
        pos2(foot.right(), foot.top()),
    );
    let mut list = ui.new_child(UiBuilder::new().id_salt("list").max_rect(list));
    list_ui(&mut list, model, draft, actions);
    let mut foot = ui.new_child(UiBuilder::new().id_salt("foot").max_rect(foot));
    if model.list.marked.is_empty() {
        foot_ui(&mut foot, model, actions);
    } else {
        bar_ui(&mut foot, model, actions);
    }
}

fn brand_ui(ui: &mut Ui, model: &Model) {
    let tokens = Tokens::of(ui);
    let place = Rect::from_min_size(
        pos2(space::XXL, space::XL + space::XXS),
        vec2(size::LOGO, size::LOGO),
    );
    let texture = logo(ui.ctx());
    egui::Image::from_texture((texture.id(), place.size())).paint_at(ui, place);
    let at = (
        Align2::LEFT_CENTER,
        place.right_center() + vec2(space::L, 0.0),
    );
    paint_line(ui, "Poolkey", Type::Heading, tokens.text, at);
    if model.demo {
        let word = Type::SmallStrong.line(ui, "Demo", tokens.warning, f32::INFINITY);
        let badge = Align2::RIGHT_CENTER.anchor_size(
            pos2(ui.max_rect().right() - space::XL, place.center().y),
            vec2(word.size().x + 2.0 * space::M, size::BADGE_HEIGHT),
        );
        let response = ui.interact(badge, ui.scope_id().with("demo"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Status, true, "Demo"));
        ui.painter()
            .rect_filled(badge, radius::PILL, tokens.warning_tint);
        paint_galley(ui, word, Align2::CENTER_CENTER, badge.center());
        text_on_hover(response, "Everything happens in a sandbox inside Poolkey");
    }
}

/// Enter shows the first that is found, the arrow down goes on into the list.
fn search_ui(ui: &mut Ui, model: &Model, draft: &mut ListDraft, actions: &mut Actions) {
    let name = Command::Search.label();
    if model.profiles.is_empty() {
        // Nothing to search in: not even its keys are told.
        ui.disable();
        let _field = search_field_ui(ui, &mut draft.search, name, "");
        return;
    }
    let keys = keys_text(ui.ctx(), Command::Search).unwrap_or_default();
    let field = search_field_ui(ui, &mut draft.search, name, &keys);
    if is_newly_asked(ui, model) {
        field.request_focus();
    }
    if field.has_focus() && ui.input(|input| input.events.iter().any(is_arrow_down)) {
        draft.follow(model, false);
        draft.cursor = draft.first(model);
        (draft.focus_wanted, draft.sight_wanted) = (true, true);
        return;
    }
    if !field.lost_focus() {
        return;
    }
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        draft.search.clear();
    }
    if ui.input(|input| input.key_pressed(Key::Enter)) {
        draft.follow(model, false);
        let first = draft.rows().profiles.first();
        let first = first.and_then(|place| model.profiles.get(*place));
        actions.extend(first.map(|state| Action::Select(state.profile.name.clone())));
    }
}

const fn is_arrow_down(event: &Event) -> bool {
    matches!(
        event,
        Event::Key {
            key: Key::ArrowDown,
            pressed: true,
            ..
        }
    )
}

/// True once for each time the keyboard was asked to come here.
fn is_newly_asked(ui: &Ui, model: &Model) -> bool {
    let id = ui.scope_id().with("asked");
    ui.data_mut(|data| {
        let before = data.get_temp_mut_or_default::<u64>(id);
        std::mem::replace(before, model.search_asked) < model.search_asked
    })
}
