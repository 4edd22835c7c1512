//! The card with the AWS credentials: masked until they are revealed.

use eframe::egui::Ui;

use super::Actions;
use super::words::grouped;
use crate::app::{Action, ProfileState};
use crate::domain::{Secret, Session};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::card_title_with_ui;
use crate::ui::widgets::key_value::key_value_ui;
use crate::ui::widgets::secret_text::secret_line_ui;

/// Draws the card.
pub fn credentials_ui(ui: &mut Ui, state: &ProfileState, session: &Session, actions: &mut Actions) {
    let revealed = state.revealed;
    let word = if revealed { "Hide" } else { "Reveal" };
    let toggled = card_title_with_ui(ui, "AWS credentials", |ui| {
        ui.add(Button::quiet(word)).clicked()
    });
    if toggled {
        actions.push(Action::ToggleReveal(state.profile.name.clone()));
    }
    let credentials = &session.credentials;
    let key = &credentials.access_key_id;
    if key_value_ui(ui, "Access key ID", key, true, true) {
        actions.push(Action::CopyText {
            what: "Access key ID",
            text: key.clone(),
        });
    }
    let mut copied = |what, secret: &Secret| {
        actions.push(Action::CopySecret {
            what,
            secret: secret.duplicate(),
        });
    };
    let secret = &credentials.secret_access_key;
    if secret_line_ui(ui, "Secret key", secret, revealed, None) {
        copied("Secret key", secret);
    }
    let token = &credentials.session_token;
    let length = format!("{} characters", grouped(token.char_count()));
    if secret_line_ui(ui, "Session token", token, revealed, Some(&length)) {
        copied("Session token", token);
    }
    let region = state.profile.region();
    key_value_ui(ui, "Region", region.as_str(), true, false);
}
