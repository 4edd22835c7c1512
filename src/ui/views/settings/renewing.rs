//! Staying signed in: when credentials are renewed, and what a person is told.

use eframe::egui::Ui;

use super::appearance::amount_ui;
use super::rows::{between_ui, row_ui, section_ui};
use crate::app::{Action, Model};
use crate::domain::{Amount, Setting};
use crate::ui::views::Actions;
use crate::ui::widgets::switch::switch_ui;

/// Draws the card.
pub fn renewing_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    section_ui(ui, "Staying signed in", |ui| {
        let about = "Credentials with less left are renewed. Never less than 16 minutes: the AWS \
                     CLI and boto3 ask anew at every request once 15 are left";
        row_ui(ui, "Refresh margin", about, |ui| {
            let offered = Amount::RefreshMargin.offered();
            let words = |minutes| format!("{minutes} minutes");
            let amount = Amount::RefreshMargin;
            actions.extend(amount_ui(
                ui,
                "Refresh margin",
                model,
                amount,
                offered,
                words,
            ));
        });
        between_ui(ui);
        let about = "The desktop tells you ten minutes before a sign-in ends that only you can \
                     renew";
        setting_ui(ui, model, Setting::Notifications, NOTIFY, about, actions);
        between_ui(ui);
        let about = "Closing the window leaves an icon in the tray, and credentials are renewed \
                     as before";
        setting_ui(ui, model, Setting::CloseToTray, TRAY, about, actions);
    });
}

const NOTIFY: &str = "Notify before a sign-in ends";
const TRAY: &str = "Keep renewing in the tray";

/// A row with a switch.
pub(super) fn setting_ui(
    ui: &mut Ui,
    model: &Model,
    setting: Setting,
    title: &str,
    about: &str,
    actions: &mut Actions,
) {
    row_ui(ui, title, about, |ui| {
        let on = model.settings.get(setting);
        if switch_ui(ui, on, title).clicked() {
            actions.push(Action::Set(setting, !on));
        }
    });
}
