//! The sheets of the list: another name, a new group, and whether to sign out of several.

use eframe::egui::{Key, Ui};

use super::draft::ListDraft;
use super::menu::groups;
use crate::app::{Action, Model, Sheet};
use crate::domain::{IdError, ProfileName};
use crate::ui::theme::space;
use crate::ui::views::Actions;
use crate::ui::views::sheets::{confirm_ui, text_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::field::Remark;
use crate::ui::widgets::sheet::{sheet_buttons_ui, sheet_ui};
use crate::ui::widgets::text_field::TextField;

/// Draws whichever of them is open.
pub fn list_sheets_ui(ui: &Ui, model: &Model, draft: &mut ListDraft, actions: &mut Actions) {
    match &model.sheet {
        Some(Sheet::Rename(name)) => {
            draft.follow_sheet(Some(format!("rename {name}")), name.as_str());
            rename_ui(ui, model, name, draft, actions);
        }
        Some(Sheet::Group(names)) => {
            draft.follow_sheet(Some("group".to_owned()), "");
            group_ui(ui, model, names, draft, actions);
        }
        Some(Sheet::SignOut(names)) => sign_out_ui(ui, names, actions),
        _ => draft.follow_sheet(None, ""),
    }
}

fn rename_ui(
    ui: &Ui,
    model: &Model,
    name: &ProfileName,
    draft: &mut ListDraft,
    actions: &mut Actions,
) {
    let typed = draft.name.trim().to_owned();
    let parsed: Result<ProfileName, IdError> = typed.parse();
    let (to, wrong) = match parsed {
        _ if typed.is_empty() => (None, None),
        Err(error) => (None, Some(error.to_string())),
        Ok(to) if to != *name && model.profile(&to).is_some() => {
            (None, Some(format!("There is already a profile named {to}")))
        }
        Ok(to) => (Some(to).filter(|to| to != name), None),
    };
    let exported = model
        .profile(name)
        .is_some_and(|state| state.exports.count() > 0);
    let text = if exported {
        "Its sign-in and secrets go along. Sections in the AWS files keep their names and go on \
         working"
    } else {
        "Its sign-in and secrets go along"
    };
    let title = format!("Rename {name}");
    let done = to.map(Action::Rename);
    let about = (title.as_str(), text, "Rename");
    name_sheet_ui(ui, about, (draft, wrong, done), &[], actions);
}

fn group_ui(
    ui: &Ui,
    model: &Model,
    names: &[ProfileName],
    draft: &mut ListDraft,
    actions: &mut Actions,
) {
    let text = match names {
        [name] => format!("{name} moves there. A group is made by its first profile"),
        names => format!(
            "{} profiles move there. A group is made by its first profile",
            names.len()
        ),
    };
    let typed = draft.name.trim();
    let done = (!typed.is_empty()).then(|| Action::NameGroup(typed.to_owned()));
    name_sheet_ui(
        ui,
        ("Move to group", &text, "Move"),
        (draft, None, done),
        &groups(model),
        actions,
    );
}

/// One field and a deed, which Enter does as well. `known` names can be pressed instead of typed.
fn name_sheet_ui(
    ui: &Ui,
    (title, text, deed): (&str, &str, &str),
    (draft, wrong, done): (&mut ListDraft, Option<String>, Option<Action>),
    known: &[&str],
    actions: &mut Actions,
) {
    let mut go = false;
    let escaped = sheet_ui(ui.ctx(), title, |ui| {
        text_ui(ui, text);
        ui.add_space(space::XL);
        let field = TextField::new("Name", &mut draft.name)
            .remark(wrong.map(Remark::Error))
            .show(ui);
        if std::mem::take(&mut draft.name_wanted) {
            field.request_focus();
        }
        go = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if !known.is_empty() {
            ui.add_space(space::M);
            ui.horizontal_wrapped(|ui| {
                for name in known {
                    if ui.add(Button::secondary(name)).clicked() {
                        (*name).clone_into(&mut draft.name);
                    }
                }
            });
        }
        ui.add_space(space::XXL);
        sheet_buttons_ui(ui, |ui| {
            go |= ui
                .add_enabled(done.is_some(), Button::primary(deed))
                .clicked();
            if ui.add(Button::secondary("Cancel")).clicked() {
                actions.push(Action::CloseSheet);
            }
        });
    });
    match done {
        Some(done) if go => actions.push(done),
        _ if escaped => actions.push(Action::CloseSheet),
        _ => {}
    }
}

fn sign_out_ui(ui: &Ui, names: &[ProfileName], actions: &mut Actions) {
    let title = format!("Sign out of {} profiles?", names.len());
    let escaped = sheet_ui(ui.ctx(), &title, |ui| {
        text_ui(
            ui,
            "Each sign-in ends at its user pool and is forgotten here. AWS credentials handed out \
             before stay valid until they expire",
        );
        confirm_ui(
            ui,
            Button::danger("Sign out"),
            Action::ConfirmSignOut,
            actions,
        );
    });
    if escaped {
        actions.push(Action::CloseSheet);
    }
}
