//! The Overview tab: steps, then either what is live, what went wrong, or how to begin.

use eframe::egui::Ui;
use jiff::tz::TimeZone;

use super::absent::absent;
use super::credentials::credentials_ui;
use super::identity::identity_ui;
use super::lifetime::lifetime_ui;
use super::problem_card::problem_card_ui;
use super::usage::usage_ui;
use super::{Actions, words};
use crate::app::{Model, ProfileState};
use crate::domain::{FlowStep, SignInMethod, StepState};
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_columns_ui, card_title_ui, card_ui};
use crate::ui::widgets::empty_state::empty_state_ui;
use crate::ui::widgets::flow_strip::{FlowItem, Mark, flow_strip_ui};

/// Draws the tab.
pub fn overview_ui(
    ui: &mut Ui,
    model: &Model,
    state: &ProfileState,
    zone: &TimeZone,
    actions: &mut Actions,
) {
    let items: Vec<FlowItem> = FlowStep::ALL
        .into_iter()
        .map(|step| flow_item(step, state.step(step)))
        .collect();
    card_ui(ui, |ui| flow_strip_ui(ui, &items));
    ui.add_space(space::XL);
    if let Some(problem) = &state.problem {
        problem_card_ui(ui, state, problem, model.now, actions);
        ui.add_space(space::XL);
        if !state.is_live(model.now) {
            return;
        }
    }
    let mut more = Actions::new();
    match &state.session {
        Some(session) => card_columns_ui(
            ui,
            |ui| {
                card_ui(ui, |ui| {
                    lifetime_ui(ui, model, state, session, zone, actions);
                });
                ui.add_space(space::XL);
                card_ui(ui, |ui| credentials_ui(ui, state, session, actions));
            },
            |ui| {
                card_ui(ui, |ui| identity_ui(ui, state, session, &mut more));
                ui.add_space(space::XL);
                card_ui(ui, |ui| usage_ui(ui, model, state, zone, &mut more));
            },
        ),
        None => card_columns_ui(
            ui,
            |ui| card_ui(ui, |ui| nothing_yet_ui(ui, model, state, actions)),
            |ui| card_ui(ui, |ui| usage_ui(ui, model, state, zone, &mut more)),
        ),
    }
    actions.append(&mut more);
}

fn nothing_yet_ui(ui: &mut Ui, model: &Model, state: &ProfileState, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    card_title_ui(ui, "AWS credentials");
    if let Some(absent) = absent(model, state) {
        let button = absent.button.as_ref();
        let button = button.map(|(word, _)| Button::secondary(word));
        if empty_state_ui(ui, absent.title, &absent.text, button) {
            actions.extend(absent.button.map(|(_, action)| action));
        }
        return;
    }
    let (title, text) = if state.profile.asks_nobody() {
        let text = match state.profile.sign_in {
            SignInMethod::Guest => "Guests need no sign-in: Get credentials asks the identity pool",
            SignInMethod::Developer => {
                "Your backend vouches for you: Get credentials asks it, then the identity pool"
            }
            _ => "The tokens are read when they are needed: Get credentials exchanges them",
        };
        ("None yet", text.to_owned())
    } else if state.refreshable {
        let text = "You are still signed in: Refresh now gets new credentials without a password";
        ("None at the moment", text.to_owned())
    } else {
        let with = match state.profile.sign_in {
            SignInMethod::Browser => "your browser",
            SignInMethod::Provider => "the tokens of your providers",
            method if method.begins_with_password() => "your username and password",
            _ => "your username",
        };
        let then = "Poolkey exchanges the token for AWS credentials that last about an hour and \
                    renews them by itself.";
        ("Not signed in", format!("Sign in with {with}. {then}"))
    };
    ui.add_space(space::XXS);
    ui.label(Type::Heading.rich(title, tokens.text));
    ui.add_space(space::XS);
    ui.label(Type::Body.rich(text, tokens.muted));
}

fn flow_item(step: FlowStep, state: &StepState) -> FlowItem {
    let (detail, mark) = match state {
        StepState::Idle => ("–".to_owned(), Mark::Waiting),
        StepState::Running(doing) => (doing.clone(), Mark::Current),
        StepState::Done { detail, took: None } => (detail.clone(), Mark::Done),
        StepState::Done {
            detail,
            took: Some(took),
        } => {
            let took = words::grouped(usize::try_from(took.as_millis()).unwrap_or(usize::MAX));
            (format!("{detail} · {took} ms"), Mark::Done)
        }
        StepState::Failed(how) => (how.clone(), Mark::Failed),
    };
    FlowItem {
        title: step.label(),
        detail,
        mark,
    }
}
