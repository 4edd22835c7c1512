//! The Tokens tab: what the tokens of the sign-in say.
//!
//! Deliberately absent: a check of signatures, and a store. Tokens are in this window's memory from
//! the last sign-in or renewal until they expire.

use eframe::egui::Ui;
use jiff::tz::TimeZone;

use super::Actions;
use super::absent::absent;
use super::claims::claims_ui;
use super::words::{grouped, until};
use crate::app::{Action, Model, ProfileState, Tab};
use crate::domain::{Profile, ProviderLogin, SeenToken, SignInMethod};
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_pair_ui, card_title_with_ui, card_ui, divider_ui};
use crate::ui::widgets::empty_state::empty_state_ui;
use crate::ui::widgets::secret_text::secret_line_ui;

/// Draws the tab.
pub fn tokens_ui(
    ui: &mut Ui,
    model: &Model,
    state: &ProfileState,
    zone: &TimeZone,
    actions: &mut Actions,
) {
    if state.tokens.is_empty() {
        card_ui(ui, |ui| nothing_ui(ui, model, state, actions));
        return;
    }
    for pair in state.tokens.chunks(2) {
        let mut more = Actions::new();
        match pair {
            [left, right] => card_pair_ui(
                ui,
                |ui| token_ui(ui, model, state, left, zone, actions),
                |ui| token_ui(ui, model, state, right, zone, &mut more),
            ),
            alone => card_ui(ui, |ui| {
                for token in alone {
                    token_ui(ui, model, state, token, zone, &mut more);
                }
            }),
        }
        actions.append(&mut more);
        ui.add_space(space::XL);
    }
}

fn token_ui(
    ui: &mut Ui,
    model: &Model,
    state: &ProfileState,
    token: &SeenToken,
    zone: &TimeZone,
    actions: &mut Actions,
) {
    let word = if state.revealed { "Hide" } else { "Reveal" };
    let button = Button::quiet(word).named(format!("{word} {}", token.title));
    let clicked = card_title_with_ui(ui, &token.title, |ui| ui.add(button).clicked());
    if clicked {
        actions.push(Action::ToggleReveal(state.profile.name.clone()));
    }
    if let Some(at) = token.reading.expires_at() {
        let clock = at.to_zoned(zone.clone()).strftime("%H:%M:%S").to_string();
        let text = format!("Expires {clock}, {}", until(model.now, at));
        ui.label(Type::Heading.rich(text, Tokens::of(ui).text));
    }
    let length = format!("{} characters", grouped(token.token.char_count()));
    let remark = Some(length.as_str());
    if secret_line_ui(ui, &token.title, &token.token, state.revealed, remark) {
        actions.push(Action::CopySecret {
            what: "Token",
            secret: token.token.duplicate(),
        });
    }
    ui.add_space(space::S);
    divider_ui(ui);
    ui.add_space(space::M);
    claims_ui(ui, model.now, token, zone, actions);
}

/// Why there is nothing to read, whatever is done.
fn never_any(profile: &Profile) -> Option<&'static str> {
    if profile.sign_in == SignInMethod::Guest {
        return Some("Guests have none: the identity pool asks them for nothing");
    }
    let is_opaque = |login: &ProviderLogin| login.provider.token_kind() != "ID token";
    let all_opaque = profile.logins.iter().all(is_opaque);
    (profile.sign_in == SignInMethod::Provider && all_opaque)
        .then_some("What these providers hand out says nothing to anybody but themselves")
}

fn nothing_ui(ui: &mut Ui, model: &Model, state: &ProfileState, actions: &mut Actions) {
    if let Some(why) = never_any(&state.profile) {
        empty_state_ui(ui, "No tokens to read", why, None);
        return;
    }
    if let Some(absent) = absent(model, state) {
        let button = absent.button.as_ref();
        let button = button.map(|(word, _)| Button::secondary(word));
        if empty_state_ui(ui, absent.title, &absent.text, button) {
            actions.extend(absent.button.map(|(_, action)| action));
        }
        return;
    }
    if let Some(problem) = &state.problem {
        let button = Button::secondary("Show what helps");
        if empty_state_ui(ui, "The last try failed", &problem.sentence, Some(button)) {
            actions.push(Action::Open(Tab::Overview));
        }
        return;
    }
    let text = "Tokens are kept nowhere: they are here from a sign-in or refresh until they expire";
    let (word, action): (_, fn(_) -> _) = if state.refreshable {
        ("Refresh to see them", Action::Renew)
    } else {
        ("Sign in to see them", Action::SignIn)
    };
    let button = (!state.signing_out).then(|| Button::secondary(word));
    if empty_state_ui(ui, "No tokens in this window", text, button) {
        actions.push(action(state.profile.name.clone()));
    }
}
