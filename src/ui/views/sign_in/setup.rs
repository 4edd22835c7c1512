//! What stands above the fields of some questions: the key of a new authenticator app, and what a
//! custom challenge says.
//!
//! The key is painted and never becomes a widget, so it does not enter the accessibility tree; who
//! cannot see it copies it. Deliberately absent: markup in a custom challenge; it is plain text, and
//! the machine has taken control characters out of it.

use eframe::egui::{Align, Align2, Layout, ScrollArea, Sense, Ui, vec2};

use super::Step;
use super::draft::SignInDraft;
use crate::app::Action;
use crate::domain::Secret;
use crate::domain::sign_in::QuestionKind;
use crate::ui::theme::{Tokens, Type, paint_galley, size, space};
use crate::ui::views::Actions;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::qr_code::qr_code_ui;

const PICTURE: f32 = size::QR_CODE;

/// Adds the picture of the key, and ways to have it as text.
pub(super) fn setup_ui(
    ui: &mut Ui,
    step: &Step<'_>,
    draft: &mut SignInDraft,
    actions: &mut Actions,
) {
    if draft.picture.is_none() {
        return;
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::XL;
        if let Some(picture) = &draft.picture {
            qr_code_ui(ui, picture, PICTURE, "QR code for the authenticator app");
        }
        let size = vec2(ui.available_width(), PICTURE);
        ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(size);
            key_ui(ui, step, draft, actions);
        });
    });
    ui.add_space(space::XL);
}

fn key_ui(ui: &mut Ui, step: &Step<'_>, draft: &mut SignInDraft, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let Some(QuestionKind::SetUpSoftwareToken { secret, .. }) = step.kind() else {
        return;
    };
    ui.label(Type::Small.rich("No camera? Type this key into the app:", tokens.muted));
    ui.add_space(space::S);
    if draft.key_shown {
        painted_ui(ui, secret);
    } else {
        painted_ui(ui, &Secret::new("•".repeat(32)));
    }
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XL;
        let word = if draft.key_shown { "Hide" } else { "Show" };
        let show = Button::quiet(word).named(format!("{word} the key"));
        if ui.add(show).clicked() {
            draft.key_shown = !draft.key_shown;
        }
        if ui
            .add(Button::quiet("Copy").named("Copy the key"))
            .clicked()
        {
            actions.push(Action::CopySecret {
                what: "Key",
                secret: secret.duplicate(),
            });
        }
    });
}

/// Groups of four, as apps show them; as many lines as it takes.
fn painted_ui(ui: &mut Ui, key: &Secret) {
    let mut grouped = String::with_capacity(64);
    for (place, letter) in key.expose().chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(letter);
    }
    let grouped = Secret::new(grouped);
    let text = Tokens::of(ui).text;
    let galley = Type::Mono.lines(ui, grouped.expose(), text, ui.available_width());
    let size = vec2(ui.available_width(), galley.size().y.max(size::KEY_HEIGHT));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    paint_galley(ui, galley, Align2::LEFT_TOP, rect.left_top());
}

/// Adds what a custom challenge says, name by name.
pub(super) fn parameters_ui(ui: &mut Ui, parameters: &[(String, String)]) {
    if parameters.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    ScrollArea::vertical()
        .max_height(size::PARAMETERS_HEIGHT)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (name, value) in parameters {
                ui.label(Type::Small.rich(name, tokens.muted));
                ui.label(Type::Body.rich(value, tokens.text));
                ui.add_space(space::M);
            }
        });
    ui.add_space(space::S);
}
