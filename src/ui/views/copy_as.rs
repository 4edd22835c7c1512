//! The forms that credentials are copied in: a menu under the header's button.

use eframe::egui::Ui;

use super::Actions;
use crate::app::{Action, ProfileState};
use crate::domain::CredentialForm;
use crate::ui::theme::{Icon, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::menu::{menu_row_ui, menu_ui};

/// The button that opens the menu.
pub fn copy_as_button() -> Button<'static> {
    Button::secondary("Copy as").with_end_icon(Icon::CHEVRON)
}

/// Adds that button.
pub fn copy_as_ui(ui: &mut Ui, state: &ProfileState, actions: &mut Actions) {
    let opener = ui.add(copy_as_button());
    menu_ui(ui, &opener, "Copy as", |ui| {
        ui.set_width(size::MENU_NARROW);
        for form in CredentialForm::ALL {
            if menu_row_ui(ui, form.label()).clicked() {
                actions.push(Action::CopyAs {
                    profile: state.profile.name.clone(),
                    form,
                });
            }
        }
    });
}
