//! The sheet that shows how the AWS files would change, before they do.

use eframe::egui::Ui;

use super::Actions;
use super::sheets::{confirm_ui, text_ui};
use crate::app::{Action, FilesChange, FilesSheet, Model, Sheet};
use crate::domain::{ExportTarget, ProfileName};
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::diff::diff_ui;
use crate::ui::widgets::sheet::wide_sheet_ui;

/// Draws the sheet where it is open.
pub fn files_sheet_ui(ui: &Ui, model: &Model, actions: &mut Actions) {
    let Some(Sheet::Files(sheet)) = &model.sheet else {
        return;
    };
    let escaped = wide_sheet_ui(ui.ctx(), &title(sheet), |ui| {
        text_ui(ui, about(sheet));
        ui.add_space(space::XL);
        diff_ui(ui, &sheet.preview.diff);
        for warning in &sheet.preview.warnings {
            ui.add_space(space::L);
            let color = Tokens::of(ui).warning;
            ui.label(Type::Small.rich(format!("Note: {warning}"), color));
        }
        let deed = match &sheet.change {
            FilesChange::Write { .. } | FilesChange::WriteAll { .. } if sheet.preview.foreign => {
                Button::danger("Take over")
            }
            FilesChange::Write { .. } | FilesChange::WriteAll { .. } => Button::primary("Write"),
            FilesChange::Remove { .. } => Button::primary("Remove"),
            FilesChange::Undo(_) => Button::primary("Take back"),
        };
        confirm_ui(ui, deed, Action::ConfirmFiles, actions);
    });
    if escaped {
        actions.push(Action::CloseSheet);
    }
}

/// `[profile acme-prod]` or `[acme-prod]`.
pub fn section(name: &ProfileName, target: ExportTarget) -> String {
    match target {
        ExportTarget::CredentialsFile => format!("[{name}]"),
        _ => format!("[profile {name}]"),
    }
}

fn title(sheet: &FilesSheet) -> String {
    if let FilesChange::WriteAll { profiles, .. } = &sheet.change {
        return format!("Write {} profiles?", profiles.len());
    }
    let Some((name, target)) = sheet.change.section() else {
        return "Take the last change back?".to_owned();
    };
    let section = section(name, target);
    match &sheet.change {
        FilesChange::Write { .. } if sheet.preview.foreign => format!("Take over {section}?"),
        FilesChange::Write { .. } => format!("Write {section}?"),
        _ => format!("Remove {section}?"),
    }
}

const fn about(sheet: &FilesSheet) -> &'static str {
    match &sheet.change {
        FilesChange::WriteAll { .. } if sheet.preview.foreign => {
            "Poolkey did not make some of these sections. Taking over replaces what stands in the \
             lines below; a copy of the file is kept"
        }
        FilesChange::Write { .. } if sheet.preview.foreign => {
            "Poolkey did not make this section. Taking over replaces what stands in the lines \
             below; a copy of the file is kept"
        }
        FilesChange::Write { .. } | FilesChange::WriteAll { .. } => {
            "Nothing else in the files changes, and a copy of the file is kept"
        }
        FilesChange::Remove { .. } => {
            "Only what Poolkey wrote goes away, and a copy of the file is kept"
        }
        FilesChange::Undo(_) => {
            "The lines get back what they said before; whatever others wrote meanwhile stays"
        }
    }
}
