//! Where the AWS files are.

use std::path::PathBuf;

use eframe::egui::Ui;

use super::draft::SettingsDraft;
use super::rows::{Entry, Typed, between_ui, entry_ui, section_ui};
use crate::app::{Action, Model};
use crate::domain::{FileSetting, SettingChange};
use crate::ui::views::Actions;

/// Draws the card.
pub fn files_ui(ui: &mut Ui, model: &Model, draft: &mut SettingsDraft, actions: &mut Actions) {
    section_ui(ui, "AWS files", |ui| {
        let [credentials, config, _] = &mut draft.files;
        file_ui(ui, model, FileSetting::AwsCredentials, credentials, actions);
        between_ui(ui);
        file_ui(ui, model, FileSetting::AwsConfig, config, actions);
    });
}

/// The field of a file.
pub(super) fn file_ui(
    ui: &mut Ui,
    model: &Model,
    file: FileSetting,
    text: &mut String,
    actions: &mut Actions,
) {
    let (label, default, help) = match file {
        FileSetting::AwsCredentials => (
            "Credentials file",
            "~/.aws/credentials",
            "Where Poolkey writes keys. Tools read another place only where \
             AWS_SHARED_CREDENTIALS_FILE says so to them",
        ),
        FileSetting::AwsConfig => (
            "Config file",
            "~/.aws/config",
            "Where Poolkey writes profiles. Tools read another place only where AWS_CONFIG_FILE \
             says so to them",
        ),
        FileSetting::Ca => (
            "Extra certificates",
            "Only those of the system",
            "A PEM file, trusted beside the system's certificates: for a proxy that looks into TLS",
        ),
    };
    let default = match file {
        FileSetting::AwsCredentials | FileSetting::AwsConfig if model.demo => "The demo's own file",
        _ => default,
    };
    let set = model.settings.file(file);
    let entry = Entry {
        label,
        key: file.name(),
        default,
        set: set.map(|path| path.display().to_string()),
        decided: model.surroundings.file_override(file),
        help,
        is_file: true,
    };
    let path = match entry_ui(ui, model, &entry, text) {
        Some(Typed::Set(path)) => Some(PathBuf::from(path)),
        Some(Typed::Cleared) => None,
        Some(Typed::Chosen) => {
            actions.push(Action::ChooseSettingFile(file));
            return;
        }
        None => return,
    };
    actions.push(Action::Change(SettingChange::File(file, path)));
}
