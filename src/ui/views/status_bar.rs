//! The line at the foot: secret store, how many profiles, what is renewed next.

use eframe::egui::{Align, Layout, Sense, Stroke, Ui, UiBuilder, vec2};

use super::Actions;
use super::words::until;
use crate::app::{Action, Model, StoreState};
use crate::ui::theme::{Tokens, Type};
use crate::ui::widgets::button::Button;

/// Draws the line.
pub fn status_bar_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let rect = ui.max_rect();
    let line = Stroke::new(1.0, tokens.line);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, line);
    let inner = rect.shrink2(vec2(26.0, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    if let Some((name, at)) = model.next_renewal() {
        let text = format!("Next refresh: {name} {}", until(model.now, at));
        row.label(Type::Small.rich(text, tokens.muted));
    }
    row.with_layout(Layout::left_to_right(Align::Center), |ui| {
        store_ui(ui, model, actions);
        if !model.profiles.is_empty() {
            ui.add_space(12.0);
            let noun = if model.profiles.len() == 1 {
                "profile"
            } else {
                "profiles"
            };
            let text = format!(
                "{} {noun} · {} live",
                model.profiles.len(),
                model.live_count()
            );
            ui.label(Type::Small.rich(text, tokens.muted));
        }
    });
}

fn store_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let (text, color, button) = match &model.store {
        StoreState::Checking => ("Waiting for your keychain…".to_owned(), tokens.muted, None),
        StoreState::Ready(report) => {
            let text = match &report.remark {
                Some(remark) => format!("Keychain: {} · {remark}", report.name),
                None => format!("Keychain: {}", report.name),
            };
            (text, tokens.muted, None)
        }
        StoreState::Locked { is_new: true, .. } => (
            "No keychain here: secrets go into an encrypted file".to_owned(),
            tokens.warning,
            Some("Choose a passphrase"),
        ),
        StoreState::Locked { .. } => (
            "Keychain: locked".to_owned(),
            tokens.warning,
            Some("Unlock"),
        ),
        StoreState::Broken(problem) => {
            let text = format!("Keychain: {}", problem.sentence);
            (text, tokens.danger, Some("Try again"))
        }
    };
    let (dot, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
    ui.painter().circle_filled(dot.center(), 4.5, color);
    ui.spacing_mut().item_spacing.x = 4.0;
    let label = ui.label(Type::Small.rich(text, color));
    if let StoreState::Broken(problem) = &model.store
        && let Some(hint) = problem.hints.first()
    {
        label.on_hover_text(hint);
    }
    if let Some(word) = button
        && ui
            .add(Button::quiet(word).named(format!("{word}: keychain")))
            .clicked()
    {
        actions.push(Action::RetryStore);
    }
    ui.spacing_mut().item_spacing.x = 8.0;
}
