//! The card with the sections of the AWS files, and the way back.

use eframe::egui::Ui;
use jiff::tz::TimeZone;

use super::ExportDraft;
use crate::app::{Action, Model, ProfileState, Tab};
use crate::domain::{AwsHomeId, ExportTarget, RoleArn};
use crate::ui::theme::space;
use crate::ui::views::Actions;
use crate::ui::views::usage::{row_end_ui, row_ui, target_ui, warnings_ui};
use crate::ui::views::words::clock_and_day;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::card_title_ui;
use crate::ui::widgets::dropdown::dropdown_ui;
use crate::ui::widgets::field::Remark;
use crate::ui::widgets::text_field::TextField;

/// Draws the card.
pub fn files_ui(
    ui: &mut Ui,
    model: &Model,
    state: &ProfileState,
    zone: &TimeZone,
    draft: &mut ExportDraft,
    actions: &mut Actions,
) {
    card_title_ui(ui, "In the AWS files");
    homes_ui(ui, model, actions);
    let typed: Option<RoleArn> = draft.role.trim().parse().ok();
    for (number, target) in ExportTarget::ALL.into_iter().enumerate() {
        if number > 0 {
            row_end_ui(ui);
        }
        target_ui(ui, model, state, target, typed.as_ref(), zone, actions);
    }
    if state.profile.exchange.role().is_none() {
        role_ui(ui, state, draft);
    }
    warnings_ui(ui, state);
    if state.exports_problem.is_some() {
        ui.add_space(space::M);
        let again = Button::secondary("Read again").named("Read the AWS files again");
        if ui.add(again).clicked() {
            actions.push(Action::Open(Tab::Export));
        }
    }
    undo_ui(ui, model, zone, actions);
}

/// In WSL the files of Windows are there, too.
fn homes_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    if model.homes.len() < 2 {
        return;
    }
    let options: Vec<(AwsHomeId, &str)> = model
        .homes
        .iter()
        .map(|(id, shown)| (*id, shown.as_str()))
        .collect();
    let mut chosen = model.home;
    dropdown_ui(ui, "Folder", &mut chosen, &options, None);
    if chosen != model.home {
        actions.push(Action::ChooseHome(chosen));
    }
    ui.add_space(space::L);
}

/// STS wants the role by name, which nothing says where the identity pool chooses.
fn role_ui(ui: &mut Ui, state: &ProfileState, draft: &mut ExportDraft) {
    ui.add_space(space::L);
    let text = draft.role.trim();
    let wrong = text.parse::<RoleArn>().err().filter(|_| !text.is_empty());
    let remark = match wrong {
        Some(error) => Remark::Error(error.to_string()),
        None => Remark::Help("A web identity names the role to assume itself".to_owned()),
    };
    let roles = state.session.iter().flat_map(|session| &session.roles);
    let example = roles.map(RoleArn::as_str).next();
    TextField::new("Role ARN for the web identity", &mut draft.role)
        .mono()
        .placeholder(example.unwrap_or("arn:aws:iam::123456789012:role/…"))
        .remark(Some(remark))
        .show(ui);
}

/// The row is always there: nothing moves when the last change is known.
fn undo_ui(ui: &mut Ui, model: &Model, zone: &TimeZone, actions: &mut Actions) {
    row_end_ui(ui);
    let about = match &model.last_change {
        Some(last) => {
            let at = clock_and_day(model.now, last.at, zone);
            format!("Poolkey {}, {at}", last.what)
        }
        None => "None. You see each change before it is written, and can take it back".to_owned(),
    };
    row_ui(ui, "Last change", &about, |ui| {
        let can_undo = model.last_change.is_some() && !model.undoing;
        let button = Button::secondary("Take back…");
        if ui.add_enabled(can_undo, button).clicked() {
            actions.push(Action::UndoFiles);
        }
    });
}
