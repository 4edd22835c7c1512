//! Hiding the window's contents, and what that is worth.

use eframe::egui::Ui;

use super::appearance::amount_ui;
use super::rows::{between_ui, row_ui, section_ui};
use crate::app::{Action, Model};
use crate::domain::Amount;
use crate::ui::views::Actions;
use crate::ui::widgets::button::Button;

/// Draws the card.
pub fn locking_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    section_ui(ui, "Lock", |ui| {
        let about = "Without input for so long, and after this machine slept, the window shows \
                     nothing of what it holds. Renewals go on";
        row_ui(ui, "Lock the window", about, |ui| {
            let (amount, offered) = (Amount::LockAfter, Amount::LockAfter.offered());
            actions.extend(amount_ui(
                ui,
                "Lock the window",
                model,
                amount,
                offered,
                words,
            ));
        });
        between_ui(ui);
        let about = if model.unlocks_with_passphrase() {
            "Unlocking takes the passphrase of the encrypted file. It hides what is on screen; \
             programs that run as you still get credentials"
        } else {
            "Unlocking takes a click: this keeps eyes off the screen and nobody from the \
             keyboard. Lock the desktop for that"
        };
        row_ui(ui, "Lock now", about, |ui| {
            if ui.add(Button::secondary("Lock now")).clicked() {
                actions.push(Action::LockNow);
            }
        });
    });
}

fn words(minutes: u16) -> String {
    match minutes {
        0 => "Never".to_owned(),
        1 => "After 1 minute".to_owned(),
        minutes => format!("After {minutes} minutes"),
    }
}
