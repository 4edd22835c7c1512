//! Buttons and rows of menus that are made from the list of commands.
//!
//! They are enabled where the command is possible, and tell its keys: in a menu at the right end,
//! at a button under the pointer, to assistive technology always.

use eframe::egui::{Response, ScrollArea, Ui};

use super::Actions;
use crate::app::{Action, Command, Model, ProfileState};
use crate::domain::{CredentialForm, ExportTarget};
use crate::ui::shortcuts::keys_text;
use crate::ui::theme::{Icon, size, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::menu::{menu_command_ui, menu_ui};

/// Adds a button for a command about the profile that is shown.
pub fn command_ui(
    ui: &mut Ui,
    model: &Model,
    command: Command,
    button: Button<'_>,
    actions: &mut Actions,
) -> Response {
    let action = command.action(model);
    let response = ui.add_enabled(action.is_some(), button);
    if let (true, Some(action)) = (response.clicked(), action) {
        actions.push(action);
    }
    tell_keys(ui, response, command)
}

/// Lets a button that does what a command does tell the command's keys.
pub fn tell_keys(ui: &Ui, response: Response, command: Command) -> Response {
    let Some(keys) = keys_text(ui.ctx(), command) else {
        return response;
    };
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_keyboard_shortcut(keys.as_str());
    });
    response.on_hover_text(keys)
}

/// What the menu of a profile offers besides the buttons around it.
const MORE: [Command; 24] = [
    Command::OpenTerminal,
    Command::OpenConsole,
    Command::Reveal,
    Command::Hide,
    Command::KeepFresh,
    Command::StopKeepingFresh,
    Command::ChangePassword,
    Command::ForgetIdentity,
    Command::Export(ExportTarget::CredentialProcess),
    Command::Unexport(ExportTarget::CredentialProcess),
    Command::Export(ExportTarget::CredentialsFile),
    Command::Unexport(ExportTarget::CredentialsFile),
    Command::Export(ExportTarget::WebIdentity),
    Command::Unexport(ExportTarget::WebIdentity),
    Command::StartEndpoint,
    Command::StopEndpoint,
    Command::TakeBack,
    Command::AddFavorite,
    Command::RemoveFavorite,
    Command::MoveToGroup,
    Command::Rename,
    Command::Duplicate,
    Command::Share,
    Command::Remove,
];

/// What it also offers where the buttons have no room.
const FOLDED: [Command; 8] = [
    Command::SignOut,
    Command::SignOutOfBrowser,
    Command::SignOutEverywhere,
    Command::ForgetHere,
    Command::CopyAccessKeyId,
    Command::CopySecretKey,
    Command::CopySessionToken,
    Command::Share,
];

/// Adds the button that opens the menu of the profile that is shown. `folded`: the buttons around
/// it have no room.
pub fn more_ui(ui: &mut Ui, model: &Model, folded: bool, actions: &mut Actions) {
    const NAME: &str = "More";
    let opener = ui.add(Button::secondary(NAME).with_end_icon(Icon::CHEVRON));
    menu_ui(ui, &opener, NAME, |ui| {
        ui.set_width(size::MENU_WIDTH);
        let most = ui.ctx().content_rect().height() - 2.0 * space::XXXL;
        ScrollArea::vertical().max_height(most).show(ui, |ui| {
            if folded {
                command_rows_ui(ui, model, None, FOLDED, actions);
                let forms = CredentialForm::ALL.map(Command::CopyAs);
                command_rows_ui(ui, model, None, forms, actions);
            }
            command_rows_ui(ui, model, None, MORE, actions);
        });
    });
}

/// Adds a row of a menu for each command that is possible about a profile, or about the window.
pub fn command_rows_ui(
    ui: &mut Ui,
    model: &Model,
    about: Option<&ProfileState>,
    commands: impl IntoIterator<Item = Command>,
    actions: &mut Actions,
) {
    for command in commands {
        let action: Option<Action> = match about {
            Some(state) => command.action_on(model, state),
            None => command.action(model),
        };
        let Some(action) = action else {
            continue;
        };
        // Keys are about the profile that is shown.
        let is_shown =
            about.is_none_or(|state| model.selected.as_ref() == Some(&state.profile.name));
        let keys = keys_text(ui.ctx(), command).filter(|_| is_shown);
        if menu_command_ui(ui, command.label(), keys.as_deref()).clicked() {
            actions.push(action);
        }
    }
}
