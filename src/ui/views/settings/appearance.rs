//! How the window looks: colors and text size.

use eframe::egui::Ui;

use super::rows::{between_ui, row_ui, section_ui};
use crate::app::{Action, Model, Theme};
use crate::domain::{Amount, SettingChange};
use crate::ui::views::Actions;
use crate::ui::widgets::picker::picker_ui;

/// Draws the card.
pub fn appearance_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    section_ui(ui, "Appearance", |ui| {
        row_ui(ui, "Theme", "Dark, light, or as the system says", |ui| {
            let options = Theme::ALL.map(|theme| (theme, label(theme).to_owned()));
            if let Some(theme) = picker_ui(ui, "Theme", model.theme, &options) {
                actions.push(Action::SetTheme(theme));
            }
        });
        between_ui(ui);
        row_ui(
            ui,
            "Text size",
            "Everything in the window grows with it",
            |ui| {
                let offered = Amount::TextSize.offered();
                let words = |percent| format!("{percent} %");
                let amount = Amount::TextSize;
                actions.extend(amount_ui(ui, "Text size", model, amount, offered, words));
            },
        );
    });
}

const fn label(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "System",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    }
}

/// A picker of numbers; what the configuration file says is offered as well.
pub(super) fn amount_ui(
    ui: &mut Ui,
    name: &str,
    model: &Model,
    amount: Amount,
    offered: &[u16],
    words: impl Fn(u16) -> String,
) -> Option<Action> {
    let current = model.settings.amount(amount);
    let mut numbers = offered.to_vec();
    if !numbers.contains(&current) {
        numbers.push(current);
        numbers.sort_unstable();
    }
    let options: Vec<(u16, String)> = numbers
        .into_iter()
        .map(|number| (number, words(number)))
        .collect();
    let picked = picker_ui(ui, name, current, &options)?;
    Some(Action::Change(SettingChange::Amount(amount, picked)))
}
