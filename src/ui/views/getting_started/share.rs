//! The sheet that hands profiles to somebody else: all that would leave this machine is shown on it.
//!
//! Deliberately absent: secrets, which are no part of a profile, and sending it anywhere.

use eframe::egui::Ui;

use crate::app::{Action, ImportWish, Model, ShareSheet, Sheet, WorkKind};
use crate::domain::Shared;
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::views::Actions;
use crate::ui::views::sheets::{left, text_ui};
use crate::ui::widgets::alert::alert_ui;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::sheet::{sheet_buttons_ui, wide_sheet_ui};
use crate::ui::widgets::switch::switch_ui;
use crate::ui::widgets::text_area::text_area_ui;

const LINK_ROWS: u16 = 3;
const TEXT_ROWS: u16 = 9;

/// Draws the sheet where it is open.
pub fn share_ui(ui: &Ui, model: &Model, actions: &mut Actions) {
    let Some(Sheet::Share(sheet)) = &model.sheet else {
        return;
    };
    let waits = sheet.shared.is_none().then_some(WorkKind::Share);
    let escaped = wide_sheet_ui(ui.ctx(), &title(sheet), |ui| {
        text_ui(
            ui,
            "Whoever gets this can add the profile and sign in as themselves. No secret is in it: \
             below is all that leaves this machine",
        );
        ui.add_space(space::L);
        usernames_ui(ui, sheet, actions);
        if let Some(problem) = &sheet.problem {
            ui.add_space(space::M);
            alert_ui(ui, &problem.sentence);
            for hint in &problem.hints {
                let muted = Tokens::of(ui).muted;
                ui.label(Type::Small.rich(hint, muted));
            }
        }
        match &sheet.shared {
            Some(shared) => shared_ui(ui, shared),
            None if sheet.problem.is_none() && is_noticed(model) => text_ui(ui, "Preparing…"),
            None => {}
        }
        ui.add_space(space::XXL);
        if buttons_ui(ui, sheet.shared.is_some(), actions) {
            actions.push(left(model, waits));
        }
    });
    if escaped {
        actions.push(left(model, waits));
    }
}

fn is_noticed(model: &Model) -> bool {
    let mut noticed = model.noticed();
    noticed.any(|doing| doing.work.kind == WorkKind::Share)
}

fn title(sheet: &ShareSheet) -> String {
    match sheet.profiles.as_slice() {
        [one] => format!("Share {one}"),
        more => format!("Share {} profiles", more.len()),
    }
}

fn usernames_ui(ui: &mut Ui, sheet: &ShareSheet, actions: &mut Actions) {
    let text = Tokens::of(ui).text;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        if switch_ui(ui, sheet.usernames, "Include user names").clicked() {
            actions.push(Action::Import(ImportWish::ShareUsernames(!sheet.usernames)));
        }
        ui.label(Type::Body.rich("Include user names", text));
    });
}

fn shared_ui(ui: &mut Ui, shared: &Shared) {
    let muted = Tokens::of(ui).muted;
    for remark in &shared.remarks {
        ui.add_space(space::S);
        ui.label(Type::Small.rich(remark, muted));
    }
    ui.add_space(space::XL);
    text_area_ui(ui, "Link", &mut shared.link.as_str(), "", LINK_ROWS);
    ui.add_space(space::XL);
    text_area_ui(ui, "Text", &mut shared.text.as_str(), "", TEXT_ROWS);
}

/// True for Done.
fn buttons_ui(ui: &mut Ui, is_there: bool, actions: &mut Actions) -> bool {
    sheet_buttons_ui(ui, |ui| {
        for (button, action) in [
            (
                Button::primary("Copy link"),
                Action::Import(ImportWish::CopyLink),
            ),
            (
                Button::secondary("Copy text"),
                Action::Import(ImportWish::CopyText),
            ),
            (
                Button::secondary("Save as file…"),
                Action::Import(ImportWish::Save),
            ),
        ] {
            if ui.add_enabled(is_there, button).clicked() {
                actions.push(action);
            }
        }
        ui.add(Button::secondary("Done")).clicked()
    })
}
