//! The card with the forms that credentials are copied in.

use eframe::egui::Ui;

use crate::app::{Action, ProfileState};
use crate::domain::CredentialForm;
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::views::Actions;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::card_title_ui;

/// Draws the card.
pub fn forms_ui(ui: &mut Ui, state: &ProfileState, actions: &mut Actions) {
    card_title_ui(ui, "Copy as");
    let can = state.has_credentials();
    ui.add_enabled_ui(can, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = eframe::egui::Vec2::splat(space::M);
            for form in CredentialForm::ALL {
                let button = Button::secondary(form.label());
                let button = button.named(format!("Copy as {}", form.label()));
                if ui.add(button).clicked() {
                    actions.push(Action::CopyAs {
                        profile: state.profile.name.clone(),
                        form,
                    });
                }
            }
        });
    });
    ui.add_space(space::L);
    let text = "With enough lifetime left: renewed first where that is needed. The clipboard \
                forgets them after 45 seconds, and clipboard histories are told to leave them out";
    ui.label(Type::Small.rich(text, Tokens::of(ui).muted));
}
