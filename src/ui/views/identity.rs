//! The card that says who the credentials are, and how their role came about.

use eframe::egui::Ui;

use super::Actions;
use super::words::{account, login_labels};
use crate::app::{Action, ProfileState};
use crate::domain::{Exchange, RoleArn, RoleChoice, Session};
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::card_title_with_ui;
use crate::ui::widgets::key_value::{key_value_ui, key_value_with_ui};
use crate::ui::widgets::menu::{menu_item_ui, menu_ui};

/// Draws the card.
pub fn identity_ui(ui: &mut Ui, state: &ProfileState, session: &Session, actions: &mut Actions) {
    title_ui(ui, state, actions);
    let identity = session.identity_id.as_str();
    copied_ui(ui, "Identity ID", identity, identity, true, actions);
    if let Some(caller) = &session.caller {
        let shown = account(&caller.account);
        copied_ui(ui, "Account", &shown, &caller.account, true, actions);
    }
    role_ui(ui, state, session, actions);
    if let Some(caller) = &session.caller {
        copied_ui(ui, "ARN", &caller.arn, &caller.arn, true, actions);
    }
    let logins = login_labels(&session.logins);
    key_value_ui(ui, "Logins", &logins, false, false);
    let user = &session.username;
    let typed = state.profile.username.as_ref();
    if state.profile.user_pool.is_some() && typed != Some(user) {
        copied_ui(ui, "Username", user, user, true, actions);
    }
    if !session.groups.is_empty() {
        let groups = session.groups.join(", ");
        copied_ui(ui, "Groups", &groups, &groups, false, actions);
    }
    if session.logins.is_empty() && session.role_choice != RoleChoice::BasicFlow {
        let note = "Guests of the enhanced flow reach a fixed list of services only, whatever the \
                    role allows";
        ui.add_space(space::XS);
        ui.label(Type::Small.rich(note, Tokens::of(ui).muted));
    }
}

fn copied_ui(
    ui: &mut Ui,
    what: &'static str,
    shown: &str,
    text: &str,
    mono: bool,
    actions: &mut Actions,
) {
    if key_value_ui(ui, what, shown, mono, true) {
        actions.push(Action::CopyText {
            what,
            text: text.to_owned(),
        });
    }
}

fn title_ui(ui: &mut Ui, state: &ProfileState, actions: &mut Actions) {
    card_title_with_ui(ui, "Identity", |ui| {
        let name = || state.profile.name.clone();
        if ui.add(Button::quiet("Forget identity")).clicked() {
            actions.push(Action::ForgetIdentity(name()));
        }
        // The user pool wants a token of a sign-in that is still kept.
        if state.refreshable
            && state.profile.user_pool.is_some()
            && ui.add(Button::quiet("Change password…")).clicked()
        {
            actions.push(Action::AskPasswordChange(name()));
        }
    });
}

/// The role, how it was chosen, and the others that the token offers.
fn role_ui(ui: &mut Ui, state: &ProfileState, session: &Session, actions: &mut Actions) {
    let caller = session.caller.as_ref();
    let role = caller.map(crate::domain::Caller::role);
    let role = role.or_else(|| state.profile.exchange.role().map(RoleArn::role_name));
    let value = role.unwrap_or("not known");
    let can_choose = matches!(state.profile.exchange, Exchange::Enhanced { .. })
        && !session.roles.is_empty()
        && state.refreshable;
    if can_choose {
        key_value_with_ui(ui, "Role", value, true, |ui| {
            let change = ui.add(Button::aside("change").named("Change role"));
            menu_ui(ui, &change, "Role", |ui| {
                choices_ui(ui, state, session, actions);
            });
        });
    } else {
        copied_ui(ui, "Role", value, value, true, actions);
    }
    key_value_ui(ui, "Role choice", session.role_choice.label(), false, false);
}

fn choices_ui(ui: &mut Ui, state: &ProfileState, session: &Session, actions: &mut Actions) {
    ui.set_width(size::MENU_WIDTH);
    let present = state.profile.exchange.role();
    let mut choose = |role: Option<&RoleArn>| {
        actions.push(Action::ChooseRole {
            profile: state.profile.name.clone(),
            role: role.cloned(),
        });
    };
    if menu_item_ui(ui, None, "Chosen by the identity pool", present.is_none()).clicked() {
        choose(None);
    }
    for role in &session.roles {
        if menu_item_ui(ui, None, role.role_name(), present == Some(role)).clicked() {
            choose(Some(role));
        }
    }
}
