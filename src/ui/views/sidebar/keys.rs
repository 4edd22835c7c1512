//! The keyboard in the list: one stop for all rows, arrows inside.
//!
//! Deliberately absent: keys that work everywhere in the window (see `app::command`).

use eframe::egui::{Event, EventFilter, Id, Key, Modifiers, Ui};

use super::draft::{Cursor, ListDraft};
use super::list::row_id;
use crate::app::{Action, Model, Row};
use crate::domain::{Arrangement, ListOrder, ProfileName, Spot};
use crate::ui::theme::size;
use crate::ui::views::Actions;

/// Takes the keys while one of the rows has the keyboard.
pub fn keys_ui(ui: &Ui, model: &Model, draft: &mut ListDraft, list_id: Id, actions: &mut Actions) {
    let Some(index) = draft.cursor_index(model) else {
        return;
    };
    let Some(cursor) = draft.at(model, index) else {
        return;
    };
    let id = row_id(list_id, &cursor);
    if !ui.memory(|memory| memory.has_focus(id)) {
        return;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
        tab: false,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few rows"
    )]
    let page = (ui.max_rect().height() / size::ROW_HEIGHT).max(1.0) as usize;
    for event in ui.input(|input| input.events.clone()) {
        match event {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => pressed(model, draft, index, page, (key, modifiers), actions),
            Event::Text(text) => jump(model, draft, index, &text, actions),
            _ => {}
        }
    }
    // The new row has the keyboard in this frame already: what follows goes there.
    if let Some(cursor) = draft.cursor.clone().filter(|_| draft.focus_wanted) {
        let id = row_id(list_id, &cursor);
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}

fn pressed(
    model: &Model,
    draft: &mut ListDraft,
    index: usize,
    page: usize,
    (key, held): (Key, Modifiers),
    actions: &mut Actions,
) {
    let last = draft.rows().rows.len().saturating_sub(1);
    let target = match key {
        Key::ArrowUp => index.saturating_sub(1),
        Key::ArrowDown => (index + 1).min(last),
        Key::Home => 0,
        Key::End => last,
        Key::PageUp => index.saturating_sub(page),
        Key::PageDown => (index + page).min(last),
        _ => return other(model, draft, index, (key, held), actions),
    };
    if held.alt && held.shift {
        if matches!(key, Key::ArrowUp | Key::ArrowDown) {
            shift(model, draft, index, key == Key::ArrowDown, actions);
        }
        return;
    }
    if !held.alt && !held.command {
        go(model, draft, target, held.shift, actions);
    }
}

fn other(
    model: &Model,
    draft: &mut ListDraft,
    index: usize,
    (key, held): (Key, Modifiers),
    actions: &mut Actions,
) {
    let about = about(model, draft, index);
    match key {
        Key::A if held.command => {
            let all = draft.rows().profiles.iter();
            let all = all.filter_map(|place| model.profiles.get(*place));
            let all = all.map(|state| state.profile.name.clone()).collect();
            actions.push(Action::Mark(all));
        }
        Key::Escape => actions.push(Action::Mark(Vec::new())),
        Key::Delete if !about.is_empty() => actions.push(Action::Remove(about)),
        Key::F2 => actions.extend(about.into_iter().next().map(Action::AskRename)),
        Key::ArrowLeft | Key::ArrowRight => fold(model, draft, index, key, actions),
        _ => {}
    }
}

/// The marked profiles where the row is one of them, else the row's.
fn about(model: &Model, draft: &ListDraft, index: usize) -> Vec<ProfileName> {
    match draft.at(model, index) {
        Some(Cursor::Profile(name)) => together(model, &name),
        _ => Vec::new(),
    }
}

/// What is done to one of several that are marked is done to all of them.
pub fn together(model: &Model, name: &ProfileName) -> Vec<ProfileName> {
    if model.list.marked.contains(name) {
        return model.list.marked.iter().cloned().collect();
    }
    vec![name.clone()]
}

/// Brings the keyboard to a row. A profile is shown then; with Shift it is marked, and all between.
pub fn go(model: &Model, draft: &mut ListDraft, index: usize, extend: bool, actions: &mut Actions) {
    let from = match &draft.cursor {
        Some(Cursor::Profile(name)) => Some(name.clone()),
        _ => model.selected.clone(),
    };
    draft.cursor = draft.at(model, index);
    (draft.focus_wanted, draft.sight_wanted) = (true, true);
    let Some(Cursor::Profile(name)) = &draft.cursor else {
        return;
    };
    let name = name.clone();
    if extend {
        let from = draft
            .anchor
            .clone()
            .or(from)
            .unwrap_or_else(|| name.clone());
        actions.push(Action::Mark(draft.between(model, &from, &name)));
        draft.anchor = Some(from);
    } else {
        draft.anchor = Some(name.clone());
        actions.push(Action::Select(name));
    }
}

/// Typing a letter goes to the next profile that begins with it.
fn jump(model: &Model, draft: &mut ListDraft, index: usize, text: &str, actions: &mut Actions) {
    let wanted = text.trim().to_lowercase();
    if wanted.is_empty() {
        return;
    }
    let begins = |row: &Row| match row {
        Row::Profile(place) => model.profiles.get(*place).is_some_and(|state| {
            let name = state.profile.name.as_str().to_lowercase();
            name.starts_with(&wanted)
        }),
        Row::Heading { .. } => false,
    };
    let rows = &draft.rows().rows;
    let mut after = (index + 1..rows.len()).chain(0..=index);
    if let Some(index) = after.find(|at| rows.get(*at).is_some_and(begins)) {
        go(model, draft, index, false, actions);
    }
}

/// Left collapses the section of the row, right opens a heading.
fn fold(model: &Model, draft: &mut ListDraft, index: usize, key: Key, actions: &mut Actions) {
    let is_heading = matches!(draft.rows().rows.get(index), Some(Row::Heading { .. }));
    let Some(section) = draft.rows().section(index).map(crate::app::Section::key) else {
        return;
    };
    let folded = key == Key::ArrowLeft;
    if !folded && !is_heading || model.list.folded.contains(&section) == folded {
        return;
    }
    draft.cursor = Some(Cursor::Heading(section.clone()));
    (draft.focus_wanted, draft.sight_wanted) = (true, true);
    actions.push(Action::Fold { section, folded });
}

/// Moves the profile one row up or down; over a heading, into the next group.
fn shift(model: &Model, draft: &mut ListDraft, index: usize, down: bool, actions: &mut Actions) {
    if model.settings.list_order != ListOrder::Arranged || !draft.search.is_empty() {
        return;
    }
    let Some(Cursor::Profile(name)) = draft.at(model, index) else {
        return;
    };
    let rows = &draft.rows().rows;
    let beside = if down {
        index.checked_add(1)
    } else {
        index.checked_sub(1)
    };
    let Some(beside) = beside.filter(|at| *at < rows.len()) else {
        return;
    };
    let moved = vec![name];
    let neighbor = match rows.get(beside) {
        Some(Row::Profile(place)) => model.profiles.get(*place),
        // Up from below a heading: behind the last profile of the section above.
        Some(Row::Heading { .. }) if !down => {
            match beside.checked_sub(1).and_then(|at| rows.get(at)) {
                Some(Row::Profile(place)) => model.profiles.get(*place),
                _ => None,
            }
        }
        Some(Row::Heading { .. }) => match rows.get(beside + 1) {
            Some(Row::Profile(place)) => model.profiles.get(*place),
            _ => None,
        },
        None => None,
    };
    let Some(neighbor) = neighbor else {
        return;
    };
    let over_heading = matches!(rows.get(beside), Some(Row::Heading { .. }));
    if over_heading && neighbor.profile.favorite {
        return;
    }
    let anchor = neighbor.profile.name.clone();
    let spot = if down == over_heading {
        Spot::Before(anchor)
    } else {
        Spot::After(anchor)
    };
    let spot = match (spot, over_heading) {
        (Spot::Before(name) | Spot::After(name), false) if down => Spot::After(name),
        (Spot::Before(name) | Spot::After(name), false) => Spot::Before(name),
        (spot, true) => spot,
    };
    draft.sight_wanted = true;
    draft.focus_wanted = true;
    let group = match draft.rows().section(beside) {
        Some(section) if !over_heading => section.group(),
        _ => Some(neighbor.profile.group.clone()),
    };
    // Among the favorites only the order changes.
    let group = group.unwrap_or_else(|| {
        let own = model.profile(moved.first().unwrap_or(&neighbor.profile.name));
        own.and_then(|state| state.profile.group.clone())
    });
    actions.push(Action::Arrange(moved, Arrangement::Place { spot, group }));
}
