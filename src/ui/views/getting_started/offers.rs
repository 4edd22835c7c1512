//! The sheet that shows what an import offers: where each profile goes, what to look at twice, and
//! which of them to add under which name.
//!
//! Deliberately absent: a way around it. A link or a file adds nothing by itself.

use eframe::egui::{ScrollArea, Ui};

use super::draft::{ImportDraft, OfferDraft, OfferFault};
use crate::app::{Action, ImportSheet, ImportWish, Model, Sheet, WorkKind};
use crate::domain::{Offer, Offered, Profile, SignInMethod};
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::views::Actions;
use crate::ui::views::sheets::{left, text_ui};
use crate::ui::views::usage::row_end_ui;
use crate::ui::widgets::alert::{alert_ui, warning_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::check_box::check_box_ui;
use crate::ui::widgets::field::Remark;
use crate::ui::widgets::sheet::{sheet_buttons_ui, wide_sheet_ui};
use crate::ui::widgets::text_field::TextField;

/// What the rest of the sheet and the room around it need of the window's height.
const AROUND: f32 = size::PARAMETERS_HEIGHT + 2.0 * size::MESSAGE_HEIGHT + space::XXXL;

/// Draws the sheet where it is open.
pub fn offers_ui(ui: &Ui, model: &Model, draft: &mut ImportDraft, actions: &mut Actions) {
    let Some(Sheet::Import(sheet)) = &model.sheet else {
        return;
    };
    let left = || left(model, sheet.adding.then_some(WorkKind::Add));
    let escaped = wide_sheet_ui(ui.ctx(), "Add these profiles?", |ui| {
        text_ui(ui, &about(sheet));
        ui.add_space(space::L);
        for (name, problem) in &sheet.refused {
            alert_ui(ui, &format!("{name} was not added: {}", problem.sentence));
            ui.add_space(space::S);
        }
        let faults = draft.faults(sheet, model);
        list_ui(ui, sheet, draft, &faults);
        ui.add_space(space::XXL);
        if buttons_ui(ui, sheet, draft, &faults, actions) {
            actions.push(left());
        }
    });
    if escaped {
        actions.push(left());
    }
}

fn about(sheet: &ImportSheet) -> String {
    let usable = |offered: &&Offered| !matches!(offered.offer, Offer::Useless { .. });
    let usable = sheet.offers.iter().filter(usable).count();
    let all = sheet.offers.len();
    let found = match (usable, all) {
        (0, _) => "Nothing in it can be added".to_owned(),
        (1, 1) => "One profile was found".to_owned(),
        (some, all) if some == all => format!("{all} profiles were found"),
        (some, all) => format!("{some} of {all} can be added"),
    };
    format!("{found}. A profile decides where your password and tokens go: add what you expect")
}

fn list_ui(ui: &mut Ui, sheet: &ImportSheet, draft: &mut ImportDraft, faults: &[OfferFault]) {
    draft.heights.resize(sheet.offers.len(), 0.0);
    let ImportDraft { rows, heights, .. } = draft;
    let room = ui.ctx().content_rect().height() - AROUND;
    let room = room.max(size::MESSAGE_HEIGHT);
    ScrollArea::vertical()
        .id_salt("offers")
        .max_height(room)
        // A sheet is as large as it was; the list may grow it.
        .min_scrolled_height(room)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.add_enabled_ui(!sheet.adding, |ui| {
                let rows = sheet.offers.iter().zip(rows).zip(faults).zip(heights);
                let mut guess = 0.0;
                for (number, (((offered, row), fault), height)) in rows.enumerate() {
                    let top = ui.cursor().top();
                    // One that was never drawn is taken to be like the one above it.
                    guess = if *height > 0.0 { *height } else { guess };
                    if guess > 0.0 && is_far(ui, top, guess) {
                        ui.add_space(guess);
                        continue;
                    }
                    if number > 0 {
                        row_end_ui(ui);
                    }
                    ui.push_id(number, |ui| offer_ui(ui, offered, row, fault));
                    *height = ui.cursor().top() - top;
                    guess = *height;
                }
            });
        });
}

/// Whether a row is farther than a page from what is seen: it is not drawn. Nearer ones are, so that
/// the Tab key finds the next.
fn is_far(ui: &Ui, top: f32, height: f32) -> bool {
    let seen = ui.clip_rect();
    top > seen.bottom() + seen.height() || top + height < seen.top() - seen.height()
}

fn offer_ui(ui: &mut Ui, offered: &Offered, row: &mut OfferDraft, fault: &OfferFault) {
    let tokens = Tokens::of(ui);
    let name = offered.name();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        if !matches!(offered.offer, Offer::Useless { .. })
            && check_box_ui(ui, row.take, &format!("Add {name}")).clicked()
        {
            row.take = !row.take;
        }
        ui.label(Type::Strong.rich(name, tokens.text));
    });
    ui.add_space(space::S);
    ui.spacing_mut().item_spacing.y = space::XXS;
    ui.label(Type::Small.rich(format!("From {}", offered.source), tokens.muted));
    match &offered.offer {
        Offer::Ready(profile) => places_ui(ui, profile),
        Offer::NoIdentityPool(partial) => {
            let pool = &partial.user_pool;
            let signs_in = format!(
                "Signs in to {}, app client {}",
                pool.user_pool_id, pool.client_id
            );
            ui.label(Type::Small.rich(signs_in, tokens.muted));
        }
        Offer::Useless { why, .. } => {
            ui.label(Type::Small.rich(format!("Cannot be added: {why}"), tokens.danger));
        }
    }
    if row.is_known {
        ui.label(Type::Small.rich("You have this already", tokens.text));
    }
    for remark in &offered.remarks {
        ui.label(Type::Small.rich(remark, tokens.muted));
    }
    for warning in offered.warnings() {
        ui.add_space(space::S);
        warning_ui(ui, &warning);
    }
    if row.take {
        fields_ui(ui, offered, row, fault);
    }
}

/// Where somebody signs in, and where the token goes.
fn places_ui(ui: &mut Ui, profile: &Profile) {
    let muted = Tokens::of(ui).muted;
    let mut lines = Vec::new();
    match (&profile.user_pool, profile.sign_in) {
        (Some(pool), method) => lines.push(format!(
            "Signs in to {}, app client {} · {}",
            pool.user_pool_id,
            pool.client_id,
            method.label()
        )),
        (None, SignInMethod::Guest) => lines.push("Nobody signs in: a guest".to_owned()),
        (None, _) => lines.push(format!("Signs in with {}", profile.provider_labels())),
    }
    lines.push(format!("Identity pool {}", profile.identity_pool_id));
    if let Some(login) = &profile.managed_login {
        lines.push(format!("Managed login at {}", login.domain));
    }
    if let Some(username) = &profile.username {
        lines.push(format!("User name {username}"));
    }
    for line in lines {
        ui.label(Type::Small.rich(line, muted));
    }
}

fn fields_ui(ui: &mut Ui, offered: &Offered, row: &mut OfferDraft, fault: &OfferFault) {
    ui.add_space(space::M);
    TextField::new("Name", &mut row.name)
        .remark(Remark::error(fault.name.as_ref()))
        .show(ui);
    if matches!(offered.offer, Offer::NoIdentityPool(_)) {
        ui.add_space(space::M);
        TextField::new("Identity pool ID", &mut row.identity_pool)
            .mono()
            .placeholder("eu-west-1:9f0c1d2e-0000-4a4a-9b9b-c41ec41ec41e")
            .remark(Remark::error(fault.identity_pool.as_ref()))
            .show(ui);
    }
}

/// True for Cancel.
fn buttons_ui(
    ui: &mut Ui,
    sheet: &ImportSheet,
    draft: &ImportDraft,
    faults: &[OfferFault],
    actions: &mut Actions,
) -> bool {
    let is_right = faults.iter().all(|fault| *fault == OfferFault::default());
    let ticked = draft.rows.iter().filter(|row| row.take).count();
    let word = match (sheet.adding, ticked) {
        (true, _) => "Adding…".to_owned(),
        (false, 0 | 1) => "Add profile".to_owned(),
        (false, more) => format!("Add {more} profiles"),
    };
    sheet_buttons_ui(ui, |ui| {
        let can_add = ticked > 0 && is_right && !sheet.adding;
        if ui.add_enabled(can_add, Button::primary(&word)).clicked()
            && let Some(chosen) = draft.chosen(sheet)
        {
            actions.push(Action::Import(ImportWish::Add(chosen)));
        }
        ui.add(Button::secondary("Cancel")).clicked()
    })
}
