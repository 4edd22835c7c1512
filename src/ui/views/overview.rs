//! The Overview tab: steps, then either what is live, what went wrong, or how to begin.

use eframe::egui::Ui;
use jiff::tz::TimeZone;

use super::credentials::credentials_ui;
use super::identity::identity_ui;
use super::lifetime::lifetime_ui;
use super::nothing_yet::nothing_yet_ui;
use super::problem_card::problem_card_ui;
use super::usage::usage_ui;
use super::{Actions, words};
use crate::app::{Model, ProfileState};
use crate::domain::{FlowStep, StepState};
use crate::ui::theme::space;
use crate::ui::widgets::card::{card_columns_ui, card_ui};
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
