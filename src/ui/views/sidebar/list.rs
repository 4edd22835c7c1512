//! The list itself: only the rows in sight are laid out, and the one that the keyboard is at.
//!
//! Deliberately absent: one row (see `row`), keys (see `keys`) and dragging (see `drag`).

use eframe::egui::accesskit::Role;
use eframe::egui::{Id, Rect, ScrollArea, Ui, pos2, vec2};

use super::draft::{Cursor, ListDraft};
use super::row::{At, heading_row_ui, profile_row_ui};
use super::{drag, keys};
use crate::app::{Action, Doing, Model, Row, WorkKind};
use crate::domain::ProfileName;
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::views::Actions;
use crate::ui::widgets::button::Button;

/// Draws the list.
pub fn list_ui(ui: &mut Ui, model: &Model, draft: &mut ListDraft, actions: &mut Actions) {
    let hovered = ui.rect_contains_pointer(ui.max_rect());
    draft.follow(model, hovered);
    if draft.rows().rows.is_empty() {
        nothing_ui(ui, model, draft);
        return;
    }
    let list_id = ui.scope_id().with("rows");
    draft.list_id = Some(list_id);
    let frame = ui.max_rect();
    keys::keys_ui(ui, model, draft, list_id, actions);
    let count = draft.rows().profiles.len();
    let noun = if count == 1 { "profile" } else { "profiles" };
    let said = format!("{count} {noun}");
    let mut area = ScrollArea::vertical().auto_shrink([false, false]);
    if std::mem::take(&mut draft.top_wanted) {
        area = area.vertical_scroll_offset(0.0);
    }
    area.show_viewport(ui, |ui, viewport| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::List);
            node.set_label("Profiles");
            node.set_description(said.as_str());
        });
        rows_ui(ui, model, draft, viewport, list_id, actions);
        drag::drag_ui(ui, model, draft, frame, actions);
    });
}

/// The id of a row's widget: the same wherever it stands.
pub fn row_id(list_id: Id, cursor: &Cursor) -> Id {
    list_id.with(cursor)
}

fn rows_ui(
    ui: &mut Ui,
    model: &Model,
    draft: &mut ListDraft,
    viewport: Rect,
    list_id: Id,
    actions: &mut Actions,
) {
    let total = draft.tops().last().copied().unwrap_or_default();
    ui.set_height(total);
    let origin = ui.max_rect().min;
    let width = ui.max_rect().width();
    let tops = draft.tops();
    let first = tops
        .partition_point(|top| *top <= viewport.top())
        .saturating_sub(1);
    let last = tops.partition_point(|top| *top < viewport.bottom());
    let last = last.min(draft.rows().rows.len());
    let cursor = draft.cursor_index(model);
    tell_sight(model, draft, (first, last), actions);
    let before = cursor.filter(|at| *at < first);
    let after = cursor.filter(|at| *at >= last);
    let shown = before.into_iter().chain(first..last).chain(after);
    let is_profile = |row: &&Row| matches!(row, Row::Profile(_));
    let of = draft.rows().rows.iter().filter(is_profile).count();
    let mut counted = 0;
    let mut position = 0;
    for index in shown {
        let since = draft.rows().rows.get(counted..=index).unwrap_or_default();
        position += since.iter().filter(is_profile).count();
        counted = index + 1;
        let (Some(top), Some(bottom)) = (draft.tops().get(index), draft.tops().get(index + 1))
        else {
            continue;
        };
        let at = pos2(origin.x, origin.y + top);
        let rect = Rect::from_min_size(at, vec2(width, bottom - top));
        let Some(key) = draft.at(model, index) else {
            continue;
        };
        let at = At {
            rect,
            id: row_id(list_id, &key),
            is_cursor: cursor == Some(index),
            position,
            of,
        };
        if at.is_cursor && std::mem::take(&mut draft.sight_wanted) {
            ui.scroll_to_rect(rect, None);
        }
        match draft.rows().rows.get(index).cloned() {
            Some(Row::Profile(place)) => {
                if let Some(state) = model.profiles.get(place) {
                    profile_row_ui(ui, model, state, &at, draft, actions);
                }
            }
            Some(Row::Heading {
                section,
                count,
                folded,
            }) => heading_row_ui(ui, model, (&section, count, folded), &at, draft, actions),
            None => {}
        }
    }
}

/// What came into sight is read from the secret store before the rest.
fn tell_sight(
    model: &Model,
    draft: &mut ListDraft,
    in_sight: (usize, usize),
    actions: &mut Actions,
) {
    if std::mem::replace(&mut draft.in_sight, in_sight) == in_sight || !model.list.is_loading() {
        return;
    }
    let rows = draft.rows().rows.get(in_sight.0..in_sight.1);
    let names: Vec<ProfileName> = rows
        .unwrap_or_default()
        .iter()
        .filter_map(|row| match row {
            Row::Profile(place) => Some(model.profiles.get(*place)?.profile.name.clone()),
            Row::Heading { .. } => None,
        })
        .collect();
    actions.push(Action::Shown(names));
}

fn nothing_ui(ui: &mut Ui, model: &Model, draft: &mut ListDraft) {
    let is_slow = |doing: &Doing| doing.work.kind == WorkKind::Configuration;
    let is_reading = !model.loaded && model.noticed().any(is_slow);
    if (!model.loaded && !is_reading) || model.config_problem.is_some() {
        return;
    }
    let muted = Tokens::of(ui).muted;
    let is_empty = model.profiles.is_empty();
    let text = if is_reading {
        "Reading the configuration…"
    } else if is_empty {
        "No profiles yet"
    } else {
        "No profile matches"
    };
    ui.add_space(space::XXL);
    ui.horizontal(|ui| {
        ui.add_space(space::XL);
        ui.label(Type::Body.rich(text, muted));
    });
    if !is_empty {
        ui.add_space(space::S);
        ui.horizontal(|ui| {
            ui.add_space(space::XL);
            if ui.add(Button::quiet("Clear search")).clicked() {
                draft.search.clear();
            }
        });
    }
}
