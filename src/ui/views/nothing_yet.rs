//! What Overview shows in place of credentials: how to get some, and from where they would come.

use eframe::egui::Ui;

use super::Actions;
use super::absent::absent;
use super::commands::command_ui;
use super::header::first_command;
use crate::app::{Command, Model, ProfileState};
use crate::domain::{Exchange, Profile, SignInMethod};
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::card_title_ui;
use crate::ui::widgets::key_value::key_value_ui;

/// Draws the card's contents.
pub fn nothing_yet_ui(ui: &mut Ui, model: &Model, state: &ProfileState, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    card_title_ui(ui, "AWS credentials");
    let absent = absent(model, state);
    let (title, text) = match &absent {
        Some(absent) => (absent.title, absent.text.clone()),
        None => said(state),
    };
    ui.add_space(space::XXS);
    ui.label(Type::Heading.rich(title, tokens.text));
    ui.add_space(space::XS);
    ui.label(Type::Body.rich(text, tokens.muted));
    ui.add_space(space::XL);
    if let Some(absent) = absent {
        if let Some((word, action)) = absent.button {
            if ui.add(Button::secondary(word)).clicked() {
                actions.push(action);
            }
            ui.add_space(space::XL);
        }
    } else {
        let command = first_command(state);
        let name = format!("{} {}", command.label(), how(&state.profile, command));
        let button = Button::secondary(command.label()).named(name);
        command_ui(ui, model, command, button, actions);
        ui.add_space(space::XL);
    }
    ways_ui(ui, &state.profile);
}

/// What is known of it; it is not on its way.
fn said(state: &ProfileState) -> (&'static str, String) {
    if state.profile.asks_nobody() {
        let text = match state.profile.sign_in {
            SignInMethod::Guest => "Guests need no sign-in: Get credentials asks the identity pool",
            SignInMethod::Developer => {
                "Your backend vouches for you: Get credentials asks it, then the identity pool"
            }
            _ => "The tokens are read when they are needed: Get credentials exchanges them",
        };
        return ("None yet", text.to_owned());
    }
    if state.refreshable {
        let text = "You are still signed in: Refresh now gets new credentials without a password";
        return ("None at the moment", text.to_owned());
    }
    let with = with(&state.profile);
    let lasts = lasts(&state.profile.exchange);
    let then = format!(
        "Poolkey exchanges the token for AWS credentials that last {lasts} and renews them by itself"
    );
    ("Not signed in", format!("Sign in with {with}. {then}"))
}

/// How long credentials are good for.
fn lasts(exchange: &Exchange) -> String {
    let asked = match exchange {
        Exchange::Basic(basic) => basic.duration,
        Exchange::Enhanced { .. } => None,
    };
    let minutes = asked.map_or(60, |duration| duration.get() / 60);
    match (minutes / 60, minutes % 60) {
        (1, 0) => "about an hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        _ => format!("{minutes} minutes"),
    }
}

fn with(profile: &Profile) -> &'static str {
    match profile.sign_in {
        SignInMethod::Browser => "your browser",
        SignInMethod::Provider => "the tokens of your providers",
        method if method.begins_with_password() => "your username and password",
        _ => "your username",
    }
}

/// Tells the button from the one in the header.
fn how(profile: &Profile, command: Command) -> String {
    match command {
        Command::SignIn => format!("with {}", with(profile)),
        Command::Refresh => "without a password".to_owned(),
        _ => "from the identity pool".to_owned(),
    }
}

/// Where somebody signs in, and where the token goes.
fn ways_ui(ui: &mut Ui, profile: &Profile) {
    let mut line = |label, value: &str, mono| key_value_ui(ui, label, value, mono, false);
    line("Sign-in with", profile.sign_in.label(), false);
    if let Some(pool) = &profile.user_pool {
        line("User pool", pool.user_pool_id.as_str(), true);
        line("App client", pool.client_id.as_str(), true);
    }
    line("Identity pool", profile.identity_pool_id.as_str(), true);
    if let Some(role) = profile.exchange.role() {
        line("Role", role.as_str(), true);
    }
}
