//! Dragging rows: a line shows where they would go, the list scrolls near its ends, Escape leaves
//! everything as it was.

use eframe::egui::{Align2, CursorIcon, Id, Key, LayerId, Modifiers, Order, Rect, Ui, pos2, vec2};

use super::draft::{Cursor, ListDraft};
use super::keys::together;
use super::list::row_id;
use crate::app::{Action, Model, Row, Section};
use crate::domain::{Arrangement, ListOrder, Spot};
use crate::ui::theme::{Tokens, Type, radius, size, space};
use crate::ui::views::Actions;
use crate::ui::widgets::list_row::drop_line_ui;

/// Where dragged rows would go.
struct Drop {
    /// Of the line.
    y: f32,
    arrangements: Vec<Arrangement>,
}

/// Begins, shows, and ends a drag. `frame` is what is seen of the list.
pub fn drag_ui(ui: &Ui, model: &Model, draft: &mut ListDraft, frame: Rect, actions: &mut Actions) {
    begin(ui, model, draft);
    if draft.dragged.is_empty() {
        return;
    }
    let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else {
        return;
    };
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        draft.dragged.clear();
        ui.ctx().stop_dragging();
        return;
    }
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    scroll(ui, frame, pointer.y);
    let origin = ui.max_rect().min;
    let drop = find(model, draft, pointer.y - origin.y);
    if let Some(drop) = &drop {
        let x = ui.max_rect().x_range().shrink(space::S);
        drop_line_ui(ui, x, origin.y + drop.y);
    }
    ghost_ui(ui, draft, pointer + vec2(space::XL, space::S));
    if ui.input(|input| input.pointer.any_released()) {
        let names = std::mem::take(&mut draft.dragged);
        let over = frame.expand(size::ROW_HEIGHT).contains(pointer);
        let drop = drop.filter(|_| over);
        for arrangement in drop.into_iter().flat_map(|drop| drop.arrangements) {
            actions.push(Action::Arrange(names.clone(), arrangement));
        }
    }
}

/// A sorted list and a search have no places to go to.
fn begin(ui: &Ui, model: &Model, draft: &mut ListDraft) {
    let is_arranged = model.settings.list_order == ListOrder::Arranged;
    let can = is_arranged && draft.search.is_empty() && model.config_problem.is_none();
    let Some(dragged) = ui.ctx().drag_started_id().filter(|_| can) else {
        return;
    };
    let (first, last) = draft.in_sight;
    let started = (first..last).find_map(|index| {
        let cursor = draft.at(model, index)?;
        let is_it = draft
            .list_id
            .is_some_and(|list| row_id(list, &cursor) == dragged);
        match cursor {
            Cursor::Profile(name) if is_it => Some(name),
            _ => None,
        }
    });
    if let Some(name) = started {
        draft.dragged = together(model, &name);
    }
}

/// The nearer the pointer is to an end, the faster.
fn scroll(ui: &Ui, frame: Rect, y: f32) {
    let edge = size::ROW_HEIGHT;
    let reach = if y < frame.top() + edge {
        frame.top() + edge - y
    } else if y > frame.bottom() - edge {
        frame.bottom() - edge - y
    } else {
        return;
    };
    let reach = reach.clamp(-edge, edge);
    let seconds = ui.input(|input| input.stable_dt).min(1.0);
    ui.scroll_with_delta(vec2(0.0, reach * seconds * edge / space::L));
    ui.ctx().request_repaint();
}

fn find(model: &Model, draft: &ListDraft, y: f32) -> Option<Drop> {
    let tops = draft.tops();
    let rows = &draft.rows().rows;
    let index = tops.partition_point(|top| *top <= y).saturating_sub(1);
    let index = index.min(rows.len().checked_sub(1)?);
    let (top, bottom) = (*tops.get(index)?, *tops.get(index + 1)?);
    let below = y > f32::midpoint(top, bottom);
    match rows.get(index)? {
        Row::Profile(place) => {
            let beside = model.profiles.get(*place)?.profile.name.clone();
            let spot = if below {
                Spot::After(beside)
            } else {
                Spot::Before(beside)
            };
            let section = draft.rows().section(index)?;
            Some(Drop {
                y: if below { bottom } else { top },
                arrangements: into(model, draft, section, Some(spot)),
            })
        }
        // Directly below the heading.
        Row::Heading { section, .. } => {
            let first = match rows.get(index + 1) {
                Some(Row::Profile(place)) => model.profiles.get(*place),
                _ => None,
            };
            let spot = first.map(|state| Spot::Before(state.profile.name.clone()));
            Some(Drop {
                y: bottom,
                arrangements: into(model, draft, section, spot),
            })
        }
    }
}

/// Into the favorites a profile takes its group along; out of them it is one no more.
fn into(
    model: &Model,
    draft: &ListDraft,
    section: &Section,
    spot: Option<Spot>,
) -> Vec<Arrangement> {
    let states = draft.dragged.iter().filter_map(|name| model.profile(name));
    let mut arrangements = Vec::new();
    let is_favorite = *section == Section::Favorites;
    if states
        .clone()
        .any(|state| state.profile.favorite != is_favorite)
    {
        arrangements.push(Arrangement::Favorite(is_favorite));
    }
    let own = states
        .map(|state| state.profile.group.clone())
        .next()
        .flatten();
    let group = section.group().unwrap_or(own);
    arrangements.push(match spot {
        Some(spot) => Arrangement::Place { spot, group },
        None => Arrangement::Group(group),
    });
    arrangements
}

fn ghost_ui(ui: &Ui, draft: &ListDraft, at: eframe::egui::Pos2) {
    let tokens = Tokens::of(ui);
    let text = match draft.dragged.as_slice() {
        [name] => name.to_string(),
        names => format!("{} profiles", names.len()),
    };
    let layer = LayerId::new(Order::Tooltip, Id::unique("dragged profiles"));
    let painter = ui.ctx().layer_painter(layer);
    let galley = Type::Strong.line(ui, &text, tokens.text, size::SIDEBAR_WIDTH);
    let room = galley.size() + 2.0 * vec2(space::L, space::S);
    let rect = Align2::LEFT_CENTER.anchor_size(pos2(at.x, at.y), room);
    painter.rect_filled(rect, radius::CONTROL, tokens.hovered);
    let text_at = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size());
    painter.galley(text_at.min, galley, tokens.text);
}
