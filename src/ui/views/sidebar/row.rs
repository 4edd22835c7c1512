//! One row: a profile with its menu, or the heading of a section.

use eframe::egui::accesskit::Role;
use eframe::egui::{Id, Rect, Response, Sense, Ui, WidgetInfo};

use super::draft::{Cursor, ListDraft};
use super::menu::{is_menu_open, row_menu_ui};
use crate::app::{Action, Model, Page, ProfileState, Section};
use crate::domain::{Arrangement, ProfileName};
use crate::ui::theme::{Tokens, radius};
use crate::ui::views::Actions;
use crate::ui::views::words::{Status, row_status, status, who};
use crate::ui::widgets::focus::{first_focus, inner_focus_ring};
use crate::ui::widgets::heading::tell_heading;
use crate::ui::widgets::hover::text_on_hover;
use crate::ui::widgets::list_row::{
    Look, Small, Texts, heading_ui, ring_center, row_button_ui, row_mark_ui, row_surface_ui,
    row_texts_ui,
};
use crate::ui::widgets::ring::ring_ui;

/// Where a row is.
pub struct At {
    /// On the screen.
    pub rect: Rect,
    /// Its widget.
    pub id: Id,
    /// The keyboard is there or comes there: the one stop of the list.
    pub is_cursor: bool,
    /// Which profile of the list it is, from 1.
    pub position: usize,
    /// Of so many.
    pub of: usize,
}

/// Draws a profile's row.
pub fn profile_row_ui(
    ui: &Ui,
    model: &Model,
    state: &ProfileState,
    at: &At,
    draft: &mut ListDraft,
    actions: &mut Actions,
) {
    let profile = &state.profile;
    let name = &profile.name;
    let response = interact(ui, at, draft);
    let marked = model.list.marked.contains(name);
    let selected = model.page == Page::Profile && model.selected.as_ref() == Some(name);
    let end = row_status(state, model.now);
    let spoken = format!("{name}, {end}");
    let under = under(state);
    response
        .widget_info(|| WidgetInfo::selected(Role::ListItem, true, selected || marked, &spoken));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_selected(selected || marked);
        node.set_position_in_set(at.position);
        node.set_size_of_set(at.of);
        node.set_description(under.as_str());
    });
    if at.is_cursor {
        first_focus(ui, &response);
    }
    let hovered = ui.rect_contains_pointer(at.rect) && draft.dragged.is_empty();
    let look = Look {
        selected,
        marked,
        hovered,
        dragged: draft.dragged.contains(name),
    };
    row_surface_ui(ui, at.rect, look);
    if marked {
        row_mark_ui(ui, at.rect);
    } else {
        row_ring_ui(ui, model, state, at.rect);
    }
    // They stay while the menu is open, which hangs on them.
    let has_buttons = (hovered || is_menu_open(ui, &response)) && model.config_problem.is_none();
    let texts = Texts {
        name: name.as_str(),
        under: &under,
        end: &end,
    };
    let buttons = if has_buttons { 2 } else { 0 };
    let is_cut = row_texts_ui(ui, at.rect, &texts, buttons);
    let more = has_buttons.then(|| buttons_ui(ui, state, at, actions));
    inner_focus_ring(ui, &response, at.rect, radius::CONTROL);
    pressed(ui, model, &response, name, draft, actions);
    row_menu_ui(ui, model, state, (&response, more.as_ref()), draft, actions);
    if is_cut {
        text_on_hover(response, &format!("{name}\n{under}"));
    }
}

/// Only the row at the cursor is a stop of the keyboard.
fn interact(ui: &Ui, at: &At, draft: &mut ListDraft) -> Response {
    let mut sense = Sense::CLICK | Sense::DRAG;
    if at.is_cursor {
        sense |= Sense::FOCUSABLE;
    }
    let response = ui.interact(at.rect, at.id, sense);
    if at.is_cursor && std::mem::take(&mut draft.focus_wanted) {
        response.request_focus();
    }
    response
}

/// A star and the button of the menu, which it answers with.
fn buttons_ui(ui: &Ui, state: &ProfileState, at: &At, actions: &mut Actions) -> Response {
    let name = &state.profile.name;
    let filled = state.profile.favorite;
    let word = if filled {
        "Remove from favorites"
    } else {
        "Add to favorites"
    };
    let star = row_button_ui(
        ui,
        at.rect,
        1,
        Small::Star { filled },
        &format!("{word}: {name}"),
    );
    if star.clicked() {
        let on = Arrangement::Favorite(!filled);
        actions.push(Action::Arrange(vec![name.clone()], on));
    }
    row_button_ui(ui, at.rect, 0, Small::Dots, &format!("More: {name}"))
}

fn pressed(
    ui: &Ui,
    model: &Model,
    response: &Response,
    name: &ProfileName,
    draft: &mut ListDraft,
    actions: &mut Actions,
) {
    if !response.clicked() {
        return;
    }
    draft.cursor = Some(Cursor::Profile(name.clone()));
    draft.focus_wanted = true;
    let held = ui.input(|input| input.modifiers);
    if held.shift {
        let from = draft.anchor.clone().or_else(|| model.selected.clone());
        let from = from.unwrap_or_else(|| name.clone());
        let range = draft.between(model, &from, name);
        draft.anchor = Some(from);
        actions.push(Action::Mark(range));
        return;
    }
    draft.anchor = Some(name.clone());
    if held.command {
        actions.push(Action::Mark(toggled(model, name)));
    } else {
        actions.push(Action::Select(name.clone()));
    }
}

/// The first one that is chosen beside the profile shown takes that along.
fn toggled(model: &Model, name: &ProfileName) -> Vec<ProfileName> {
    let mut marked = model.list.marked.clone();
    if marked.is_empty() {
        marked.extend(model.selected.clone());
    }
    if !marked.remove(name) {
        marked.insert(name.clone());
    }
    marked.into_iter().collect()
}

fn under(state: &ProfileState) -> String {
    let profile = &state.profile;
    let user = profile.username.as_deref();
    let user = user.map_or_else(|| who(profile), str::to_owned);
    if profile.endpoints.url.is_some() {
        return format!("{user} · local");
    }
    format!("{user} · {}", profile.region())
}

fn row_ring_ui(ui: &Ui, model: &Model, state: &ProfileState, row: Rect) {
    let tokens = Tokens::of(ui);
    let center = ring_center(row);
    let share = state
        .session
        .as_ref()
        .map_or(0.0, |session| session.remaining_share(model.now));
    match status(state, model.now) {
        Status::Valid => ring_ui(ui, center, share, tokens.accent),
        Status::Expiring => ring_ui(ui, center, share, tokens.warning),
        Status::Expired => ring_ui(ui, center, 1.0, tokens.danger),
        Status::SignedOut if state.problem.is_some() => ring_ui(ui, center, 1.0, tokens.danger),
        Status::SignedOut => ring_ui(ui, center, 0.0, tokens.accent),
        Status::Running => ring_ui(ui, center, 0.25, tokens.muted),
    }
}

/// Draws a section's heading: pressed, it collapses or opens.
pub fn heading_row_ui(
    ui: &Ui,
    model: &Model,
    (section, count, folded): (&Section, usize, bool),
    at: &At,
    draft: &mut ListDraft,
    actions: &mut Actions,
) {
    let response = interact(ui, at, draft);
    let label = section.label(model.demo);
    tell_heading(ui, &response, label, 2);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_expanded(!folded);
        node.set_level(2);
    });
    let hovered = response.hovered() || response.has_focus();
    heading_ui(ui, at.rect, label, folded.then_some(count), hovered);
    inner_focus_ring(ui, &response, at.rect, radius::CONTROL);
    if response.clicked() {
        draft.cursor = Some(Cursor::Heading(section.key()));
        actions.push(Action::Fold {
            section: section.key(),
            folded: !folded,
        });
    }
}
