//! The list of profiles and the search over it.

use eframe::egui;
use std::collections::BTreeMap;

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, CornerRadius, CursorIcon, Key, Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::Actions;
use super::sidebar_foot::foot_ui;
use super::words::{Status, row_status, status, who};
use crate::app::{Action, Command, Model, Page, ProfileState};
use crate::domain::ProfileName;
use crate::ui::shortcuts::keys_text;
use crate::ui::theme::{Tokens, Type, paint_galley, paint_line, radius, size, space, two_lines};
use crate::ui::widgets::focus::inner_focus_ring;
use crate::ui::widgets::heading::tell_heading;
use crate::ui::widgets::ring::ring_ui;
use crate::ui::widgets::search_field::search_field_ui;
use crate::ui::window::logo;

/// The heading of profiles without a group of their own.
const NO_GROUP: &str = "Profiles";

/// Draws the left side.
pub fn sidebar_ui(ui: &mut Ui, model: &Model, search: &mut String, actions: &mut Actions) {
    let whole = ui.max_rect();
    let line = Stroke::new(size::LINE, Tokens::of(ui).line);
    ui.painter()
        .vline(whole.right() - 0.5, whole.y_range(), line);
    brand_ui(ui, model);
    let head = Rect::from_min_max(
        pos2(space::XL, size::BRAND_HEIGHT),
        pos2(
            whole.right() - space::XL - size::LINE,
            size::BRAND_HEIGHT + size::FIELD_HEIGHT,
        ),
    );
    let head_bottom = head.bottom();
    let mut head = ui.new_child(UiBuilder::new().id_salt("search").max_rect(head));
    search_ui(&mut head, model, search, actions);
    let list = Rect::from_min_max(
        pos2(space::L, head_bottom + space::XL),
        pos2(
            whole.right() - space::L - size::LINE,
            whole.bottom() - size::FOOT_HEIGHT,
        ),
    );
    let mut list = ui.new_child(UiBuilder::new().id_salt("list").max_rect(list));
    list_ui(&mut list, model, search, actions);
    let foot = Rect::from_min_max(
        pos2(space::L, whole.bottom() - size::FOOT_HEIGHT),
        pos2(whole.right() - space::L - size::LINE, whole.bottom()),
    );
    let mut foot = ui.new_child(UiBuilder::new().id_salt("foot").max_rect(foot));
    foot_ui(&mut foot, model, actions);
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
        response.on_hover_text("Everything happens in a sandbox inside Poolkey");
    }
}

fn search_ui(ui: &mut Ui, model: &Model, search: &mut String, actions: &mut Actions) {
    let keys = keys_text(ui.ctx(), Command::Search).unwrap_or_default();
    let field = search_field_ui(ui, search, Command::Search.label(), &keys);
    if is_newly_asked(ui, model) {
        field.request_focus();
    }
    if !field.lost_focus() {
        return;
    }
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        search.clear();
    }
    let first = matching(model, search).next();
    if let (true, Some(state)) = (ui.input(|input| input.key_pressed(Key::Enter)), first) {
        actions.push(Action::Select(state.profile.name.clone()));
    }
}

/// True once for each time the keyboard was asked to come here.
fn is_newly_asked(ui: &Ui, model: &Model) -> bool {
    let id = ui.scope_id().with("asked");
    ui.data_mut(|data| {
        let before = data.get_temp_mut_or_default::<u64>(id);
        std::mem::replace(before, model.search_asked) < model.search_asked
    })
}

/// The profiles that the search leaves.
fn matching<'a>(model: &'a Model, search: &str) -> impl Iterator<Item = &'a ProfileState> {
    let wanted = search.trim().to_lowercase();
    model.profiles.iter().filter(move |state| {
        let profile = &state.profile;
        let region = profile.region();
        [
            profile.name.as_str(),
            profile.username.as_deref().unwrap_or_default(),
            profile.group.as_deref().unwrap_or_default(),
            region.as_str(),
        ]
        .iter()
        .any(|text| text.to_lowercase().contains(&wanted))
    })
}

fn list_ui(ui: &mut Ui, model: &Model, search: &str, actions: &mut Actions) {
    let mut order: Vec<&str> = Vec::new();
    let mut groups: BTreeMap<&str, Vec<&ProfileState>> = BTreeMap::new();
    for state in matching(model, search) {
        let group = match &state.profile.group {
            Some(group) => group.as_str(),
            None if model.demo => "Sandbox",
            None => NO_GROUP,
        };
        if !order.contains(&group) {
            order.push(group);
        }
        groups.entry(group).or_default().push(state);
    }
    let muted = Tokens::of(ui).muted;
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            if groups.is_empty() && model.loaded && model.config_problem.is_none() {
                let nothing = if model.profiles.is_empty() {
                    "No profiles yet"
                } else {
                    "No profile matches"
                };
                ui.add_space(space::XXL);
                ui.horizontal(|ui| {
                    ui.add_space(space::XL);
                    ui.label(Type::Body.rich(nothing, muted));
                });
            }
            let is_new = is_newly_listed(ui, model, search);
            for group in order {
                group_ui(ui, group);
                for state in groups.get(group).into_iter().flatten() {
                    row_ui(ui, model, state, is_new, actions);
                }
            }
        });
}

/// True once for each selection, and once more when a search no longer hides the others: the
/// selected row is brought into sight then, and left where it is scrolled to afterwards.
fn is_newly_listed(ui: &Ui, model: &Model, search: &str) -> bool {
    let listed = (model.selected.clone(), search.is_empty());
    let id = ui.scope_id().with("selected");
    ui.data_mut(|data| {
        let before = data.get_temp_mut_or_default::<(Option<ProfileName>, bool)>(id);
        std::mem::replace(before, listed.clone()) != listed
    })
}

fn group_ui(ui: &mut Ui, name: &str) {
    let size = vec2(ui.available_width(), size::GROUP_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    tell_heading(ui, &response, name, 2);
    let text = name.to_uppercase();
    let muted = Tokens::of(ui).muted;
    let galley = Type::Caption.line(ui, &text, muted, rect.width() - 2.0 * space::L);
    let at = pos2(rect.left() + space::L, rect.bottom() - space::XL);
    paint_galley(ui, galley, Align2::LEFT_CENTER, at);
}

fn row_ui(ui: &mut Ui, model: &Model, state: &ProfileState, is_new: bool, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let profile = &state.profile;
    let selected = model.page == Page::Profile && model.selected.as_ref() == Some(&profile.name);
    let size = vec2(ui.available_width(), size::ROW_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    if selected && is_new {
        ui.scroll_to_rect(rect, None);
    }
    let right_text = row_status(state, model.now);
    let spoken = format!("{}, {right_text}", profile.name);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, selected, &spoken));
    let fill = match (selected, response.hovered()) {
        (true, _) => tokens.raised,
        (false, true) => tokens.raised.gamma_multiply(0.6),
        (false, false) => egui::Color32::TRANSPARENT,
    };
    let radius = CornerRadius::same(radius::CONTROL);
    ui.painter().rect_filled(rect, radius, fill);
    row_ring_ui(
        ui,
        model,
        state,
        pos2(rect.left() + space::L + size::RING / 2.0, rect.center().y),
    );
    let left = rect.left() + space::L + size::RING + space::L;
    let right = Type::Small.line(ui, &right_text, tokens.muted, f32::INFINITY);
    let width = rect.right() - space::L - right.size().x - space::XL - left;
    let name = Type::Strong.line(ui, profile.name.as_str(), tokens.text, width);
    let user = profile.username.as_deref();
    let user = user.map_or_else(|| who(profile), str::to_owned);
    let place = if profile.endpoints.url.is_some() {
        "local".to_owned()
    } else {
        profile.region().to_string()
    };
    let under = format!("{user} · {place}");
    let under = Type::Small.line(ui, &under, tokens.muted, width);
    let [first, second] = two_lines(rect);
    paint_galley(ui, name, Align2::LEFT_CENTER, pos2(left, first));
    paint_galley(ui, under, Align2::LEFT_CENTER, pos2(left, second));
    let right_at = pos2(rect.right() - space::L, rect.center().y);
    paint_galley(ui, right, Align2::RIGHT_CENTER, right_at);
    inner_focus_ring(ui, &response, rect, radius::CONTROL);
    if response.clicked() {
        actions.push(Action::Select(profile.name.clone()));
    }
    response.on_hover_cursor(CursorIcon::PointingHand);
}

fn row_ring_ui(ui: &Ui, model: &Model, state: &ProfileState, center: egui::Pos2) {
    let tokens = Tokens::of(ui);
    let share = state
        .session
        .as_ref()
        .map_or(0.0, |session| session.remaining_share(model.now));
    match status(state, model.now) {
        Status::Valid => ring_ui(ui, center, share, tokens.accent),
        Status::Expiring => ring_ui(ui, center, share, tokens.warning),
        Status::Expired => ring_ui(ui, center, 1.0, tokens.danger),
        Status::SignedOut => ring_ui(ui, center, 0.0, tokens.accent),
        Status::Running => ring_ui(ui, center, 0.25, tokens.muted),
    }
}
