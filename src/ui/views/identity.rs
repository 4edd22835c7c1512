//! The card that says who the credentials are.

use eframe::egui::Ui;

use super::Actions;
use super::words::account;
use crate::app::{Action, ProfileState};
use crate::domain::Session;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_title_ui, card_title_with_ui};
use crate::ui::widgets::key_value::key_value_ui;

/// Draws the card.
pub fn identity_ui(ui: &mut Ui, state: &ProfileState, session: &Session, actions: &mut Actions) {
    // The user pool wants a token of a sign-in that is still kept.
    if state.refreshable {
        let change = Button::quiet("Change password…");
        let clicked = card_title_with_ui(ui, "Identity", |ui| ui.add(change).clicked());
        if clicked {
            actions.push(Action::AskPasswordChange(state.profile.name.clone()));
        }
    } else {
        card_title_ui(ui, "Identity");
    }
    let mut copied = |what, text: &str| {
        actions.push(Action::CopyText {
            what,
            text: text.to_owned(),
        });
    };
    let identity = session.identity_id.as_str();
    if key_value_ui(ui, "Identity ID", identity, true, true) {
        copied("Identity ID", identity);
    }
    if let Some(caller) = &session.caller {
        if key_value_ui(ui, "Account", &account(&caller.account), true, true) {
            copied("Account", &caller.account);
        }
        if key_value_ui(ui, "Role", caller.role(), true, true) {
            copied("Role", caller.role());
        }
    }
    let user = &session.username;
    let typed = state.profile.username.as_ref();
    if typed != Some(user) && key_value_ui(ui, "Username", user, true, true) {
        copied("Username", user);
    }
    let groups = if session.groups.is_empty() {
        "none".to_owned()
    } else {
        session.groups.join(", ")
    };
    if key_value_ui(ui, "Groups", &groups, false, !session.groups.is_empty()) {
        copied("Groups", &groups);
    }
}
