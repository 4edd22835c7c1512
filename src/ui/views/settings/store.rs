//! Where secrets are kept, why there, and the way to another store.

use eframe::egui::Ui;

use super::rows::{between_ui, in_words, refused, row_ui, section_ui};
use crate::app::{Action, Model, MoveStage, StoreMove, StoreState};
use crate::domain::StoreChoice;
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::views::Actions;
use crate::ui::widgets::alert::alert_ui;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::meter::meter_ui;

/// Draws the card.
pub fn store_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    section_ui(ui, "Secret store", |ui| {
        row_ui(ui, &in_use(model), &why(model), |ui| {
            if !matches!(model.store, StoreState::Ready(_))
                && ui.add(Button::secondary("Try again")).clicked()
            {
                actions.push(Action::RetryStore);
            }
        });
        if model.demo {
            return;
        }
        if let Some(problem) = refused(model, "secret_store") {
            ui.add_space(space::M);
            alert_ui(ui, &in_words(problem));
        }
        if let Some(moving) = &model.moving {
            between_ui(ui);
            if moving.stage == MoveStage::Unconfirmed {
                question_ui(ui, moving, actions);
                return;
            }
            moving_ui(ui, moving, actions);
            return;
        }
        if model.surroundings.store_override.is_some() {
            return;
        }
        for store in others(model) {
            between_ui(ui);
            row_ui(ui, store.label(), store.about(), |ui| {
                let name = format!("Move secrets to: {}", store.label());
                let button = Button::secondary("Move secrets here").named(name);
                let ready = matches!(model.store, StoreState::Ready(_));
                if ui.add_enabled(ready, button).clicked() {
                    actions.push(Action::MoveSecrets(store));
                }
            });
        }
    });
}

fn in_use(model: &Model) -> String {
    match &model.store {
        StoreState::Ready(report) => report.name.clone(),
        StoreState::Checking => "Looking for the secret store…".to_owned(),
        StoreState::Locked { .. } => format!("{}, locked", StoreChoice::File.label()),
        StoreState::Broken(problem) => problem.sentence.clone(),
    }
}

fn why(model: &Model) -> String {
    let around = &model.surroundings;
    let chosen = match (&around.store_override, around.store) {
        _ if model.demo => "The demo's secrets end with this window".to_owned(),
        (Some(decided), _) => format!("In use because {} says {}", decided.by, decided.value),
        (None, StoreChoice::Auto) => "In use, chosen automatically".to_owned(),
        (None, _) => "In use, as the configuration says".to_owned(),
    };
    let remark = match &model.store {
        StoreState::Ready(report) => report.remark.as_ref(),
        StoreState::Locked { problem, .. } => Some(&problem.sentence),
        StoreState::Checking | StoreState::Broken(_) => None,
    };
    match remark {
        Some(remark) if !model.demo => format!("{chosen}. {remark}"),
        _ => chosen,
    }
}

/// Everything that is not in use.
fn others(model: &Model) -> impl Iterator<Item = StoreChoice> {
    let name = match &model.store {
        StoreState::Ready(report) => report.name.as_str(),
        StoreState::Locked { .. } => StoreChoice::File.label(),
        StoreState::Checking | StoreState::Broken(_) => "",
    };
    let stores = model.surroundings.stores.iter().copied();
    stores.filter(move |store| store.label() != name)
}

/// The kernel forgets: that is said before anything is taken from where it lasts.
fn question_ui(ui: &mut Ui, moving: &StoreMove, actions: &mut Actions) {
    let title = format!("Move secrets to: {}?", moving.to.label());
    let about = "All sign-ins, client secrets and remembered devices are taken out of the store that \
                 keeps them now, and are gone for good when this machine restarts";
    row_ui(ui, &title, about, |ui| {
        let agree = Button::danger("Move them").named("Move secrets until the next restart");
        if ui.add(agree).clicked() {
            actions.push(Action::MoveSecrets(moving.to));
        }
        if ui.add(Button::secondary("Keep them here")).clicked() {
            actions.push(Action::CancelMove);
        }
    });
}

fn moving_ui(ui: &mut Ui, moving: &StoreMove, actions: &mut Actions) {
    let title = format!("Moving secrets to: {}", moving.to.label());
    let about = match moving.done {
        _ if moving.stage == MoveStage::Stopping => "Stopping…".to_owned(),
        _ if moving.stage == MoveStage::Locked => "Waiting for the passphrase".to_owned(),
        Some((done, of)) => format!("{done} of {of} looked at, copied and compared"),
        None => "Opening the store…".to_owned(),
    };
    row_ui(ui, &title, &about, |ui| {
        let cancel = Button::secondary("Cancel").named("Cancel the move");
        if ui
            .add_enabled(moving.stage != MoveStage::Stopping, cancel)
            .clicked()
        {
            actions.push(Action::CancelMove);
        }
        if moving.waits.is_some() && ui.add(Button::primary("Enter passphrase")).clicked() {
            actions.push(Action::MoveSecrets(moving.to));
        }
    });
    ui.add_space(space::M);
    let accent = Tokens::of(ui).accent;
    meter_ui(ui, share(moving.done), accent);
    ui.add_space(space::S);
    let muted = Tokens::of(ui).muted;
    let text = "The old store is emptied when all of them are in the new one. Whatever happens \
                until then, it is still the one that counts";
    ui.set_max_width(ui.available_width().max(size::SHEET_WIDTH));
    ui.label(Type::Small.rich(text, muted));
}

#[expect(clippy::cast_precision_loss, reason = "a share of a bar")]
fn share(done: Option<(usize, usize)>) -> f32 {
    match done {
        Some((done, of)) if of > 0 => done as f32 / of as f32,
        _ => 0.0,
    }
}
