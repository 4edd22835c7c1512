//! The menu of a row: opened by the right mouse button, by the button with the dots, and by the
//! keyboard.

use eframe::egui::containers::menu::SubMenu;
use eframe::egui::{Id, Key, Modifiers, Popup, PopupKind, Response, SetOpenCommand, Ui};

use super::draft::ListDraft;
use super::keys::together;
use crate::app::{Action, Command, Model, ProfileState};
use crate::domain::{Arrangement, ExportTarget, ProfileName};
use crate::ui::theme::{Icon, size, space};
use crate::ui::views::Actions;
use crate::ui::views::commands::command_rows_ui;
use crate::ui::widgets::menu::{menu_frame, menu_item_ui, menu_row_ui, menu_rows_ui};

/// What is offered of the sign-in; the impossible is left out.
const SIGN_IN: [Command; 5] = [
    Command::SignIn,
    Command::GetCredentials,
    Command::Refresh,
    Command::Cancel,
    Command::SignOut,
];

const FAVORITE: [Command; 2] = [Command::AddFavorite, Command::RemoveFavorite];

const NAME: [Command; 2] = [Command::Rename, Command::Duplicate];

/// Draws the menu where it is open. `row` and, where it is there, its button with the dots.
pub fn row_menu_ui(
    ui: &Ui,
    model: &Model,
    state: &ProfileState,
    (row, more): (&Response, Option<&Response>),
    draft: &mut ListDraft,
    actions: &mut Actions,
) {
    let by_key = row.has_focus()
        && ui.input_mut(|input| {
            input.consume_key(Modifiers::NONE, Key::Menu)
                || input.consume_key(Modifiers::SHIFT, Key::F10)
        });
    let by_pointer = row.secondary_clicked();
    let by_button = more.is_some_and(Response::clicked);
    if by_pointer || by_key || by_button {
        draft.menu_at_pointer = by_pointer;
    }
    let open = (by_pointer || by_key)
        .then_some(SetOpenCommand::Bool(true))
        .or(by_button.then_some(SetOpenCommand::Toggle));
    let id = menu_id(row);
    if open.is_none() && !is_menu_open(ui, row) {
        return;
    }
    let anchor = more.filter(|_| !draft.menu_at_pointer).unwrap_or(row);
    let mut popup = Popup::from_response(anchor)
        .id(id)
        .kind(PopupKind::Menu)
        .open_memory(open)
        .gap(space::XS)
        .frame(menu_frame(ui))
        .accessible_name(state.profile.name.as_str());
    if draft.menu_at_pointer {
        popup = popup.at_pointer_fixed();
    }
    popup.show(|ui| {
        menu_rows_ui(ui, None, |ui| {
            ui.set_width(size::MENU_NARROW);
            let names = together(model, &state.profile.name);
            if names.len() > 1 {
                several_rows_ui(ui, model, &names, actions);
            } else {
                rows_ui(ui, model, state, actions);
            }
        });
    });
}

fn menu_id(row: &Response) -> Id {
    row.id.with("menu")
}

/// Whether the menu of a row is open.
pub fn is_menu_open(ui: &Ui, row: &Response) -> bool {
    Popup::is_id_open(ui.ctx(), menu_id(row))
}

fn rows_ui(ui: &mut Ui, model: &Model, state: &ProfileState, actions: &mut Actions) {
    command_rows_ui(ui, model, Some(state), SIGN_IN, actions);
    ui.separator();
    if model.config_problem.is_none() {
        command_rows_ui(ui, model, Some(state), FAVORITE, actions);
        groups_ui(
            ui,
            model,
            std::slice::from_ref(&state.profile.name),
            actions,
        );
        command_rows_ui(ui, model, Some(state), NAME, actions);
    }
    command_rows_ui(ui, model, Some(state), [Command::Share], actions);
    if model.config_problem.is_none() {
        ui.separator();
        command_rows_ui(ui, model, Some(state), [Command::Remove], actions);
    }
}

/// `Add to favorites`, and whether that is what it does.
pub const fn favorite(is_favorite: bool) -> (&'static str, bool) {
    if is_favorite {
        (Command::RemoveFavorite.label(), false)
    } else {
        (Command::AddFavorite.label(), true)
    }
}

fn several_rows_ui(ui: &mut Ui, model: &Model, names: &[ProfileName], actions: &mut Actions) {
    let all = || names.to_vec();
    if menu_row_ui(ui, "Refresh").clicked() {
        actions.push(Action::RenewAll(all()));
    }
    if menu_row_ui(ui, "Sign out…").clicked() {
        actions.push(Action::AskSignOut(all()));
    }
    export_rows_ui(ui, names, actions);
    ui.separator();
    let are_favorites = names
        .iter()
        .filter_map(|name| model.profile(name))
        .all(|state| state.profile.favorite);
    let (word, on) = favorite(are_favorites);
    if menu_row_ui(ui, word).clicked() {
        actions.push(Action::Arrange(all(), Arrangement::Favorite(on)));
    }
    groups_ui(ui, model, names, actions);
    if menu_row_ui(ui, "Share…").clicked() {
        actions.push(Action::Share(all()));
    }
    ui.separator();
    if menu_row_ui(ui, "Remove").clicked() {
        actions.push(Action::Remove(all()));
    }
}

/// The ways to export several at once.
pub fn export_rows_ui(ui: &mut Ui, names: &[ProfileName], actions: &mut Actions) {
    for target in [
        ExportTarget::CredentialProcess,
        ExportTarget::CredentialsFile,
    ] {
        let word = Command::Export(target).label();
        if menu_row_ui(ui, &format!("{word}…")).clicked() {
            let profiles = names.to_vec();
            actions.push(Action::ExportAll { profiles, target });
        }
    }
}

fn groups_ui(ui: &mut Ui, model: &Model, names: &[ProfileName], actions: &mut Actions) {
    let row = menu_item_ui(ui, Some(Icon::CHEVRON), "Move to group", false);
    let own = names.first().and_then(|name| model.profile(name));
    let own = own.and_then(|state| state.profile.group.as_deref());
    SubMenu::new().show(ui, &row, |ui| {
        menu_rows_ui(ui, None, |ui| {
            ui.set_width(size::MENU_NARROW);
            let mut to = |group: Option<&str>| {
                let group = group.map(str::to_owned);
                actions.push(Action::Arrange(names.to_vec(), Arrangement::Group(group)));
            };
            for group in groups(model) {
                if menu_item_ui(ui, None, group, own == Some(group)).clicked() {
                    to(Some(group));
                }
            }
            if menu_item_ui(ui, None, "No group", own.is_none()).clicked() {
                to(None);
            }
            if menu_row_ui(ui, "New group…").clicked() {
                actions.push(Action::AskGroup(names.to_vec()));
            }
        });
    });
}

/// The groups there are, in the order of the list.
pub fn groups(model: &Model) -> Vec<&str> {
    let mut groups: Vec<&str> = Vec::new();
    for state in &model.profiles {
        if let Some(group) = state.profile.group.as_deref()
            && !groups.contains(&group)
        {
            groups.push(group);
        }
    }
    groups
}
