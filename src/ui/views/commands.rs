//! Buttons and rows of menus that are made from the list of commands.
//!
//! They are enabled where the command is possible, and tell its keys: in a menu at the right end,
//! at a button under the pointer, to assistive technology always.

use eframe::egui::{Response, Ui};

use super::Actions;
use crate::app::{Action, Command, Model, ProfileState};
use crate::domain::{CredentialForm, ExportTarget};
use crate::ui::shortcuts::keys_text;
use crate::ui::theme::{Icon, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::hover::text_on_hover;
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
    text_on_hover(response, &keys)
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

/// In place of the button that signs out.
const SIGN_OUT: [Command; 4] = [
    Command::SignOut,
    Command::SignOutOfBrowser,
    Command::SignOutEverywhere,
    Command::ForgetHere,
];

/// In place of the button that copies, with the forms.
const COPY: [Command; 3] = [
    Command::CopyAccessKeyId,
    Command::CopySecretKey,
    Command::CopySessionToken,
];

/// Which buttons have no room and leave what they do to the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folded {
    /// The ways to sign out.
    pub sign_out: bool,
    /// The forms to copy credentials in.
    pub copy: bool,
}

/// The button that opens the menu of the profile that is shown.
pub fn more_button() -> Button<'static> {
    Button::secondary(MORE_NAME).with_end_icon(Icon::CHEVRON)
}

const MORE_NAME: &str = "More";

/// Adds that button.
pub fn more_ui(ui: &mut Ui, model: &Model, folded: Folded, actions: &mut Actions) {
    let opener = ui.add(more_button());
    menu_ui(ui, &opener, MORE_NAME, |ui| {
        ui.set_width(size::MENU_WIDTH);
        if folded.sign_out {
            command_rows_ui(ui, model, None, SIGN_OUT, actions);
        }
        if folded.copy {
            command_rows_ui(ui, model, None, COPY, actions);
            let forms = CredentialForm::ALL.map(Command::CopyAs);
            command_rows_ui(ui, model, None, forms, actions);
        }
        command_rows_ui(ui, model, None, MORE, actions);
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
