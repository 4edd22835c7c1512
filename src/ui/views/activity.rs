//! The Activity tab: what was called, newest first, and a report of it for somebody else.
//!
//! Deliberately absent: parameters and answers, which no record holds.

use eframe::egui::{Align, Layout, Ui, vec2};
use jiff::tz::TimeZone;

use super::Actions;
use super::call_rows::call_rows_ui;
use crate::app::report::report;
use crate::app::{Action, Model, ProfileState};
use crate::domain::CallRecord;
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_title_with_ui, card_ui, divider_ui};
use crate::ui::widgets::empty_state::empty_state_ui;
use crate::ui::widgets::search_field::search_field_ui;
use crate::ui::widgets::switch::switch_ui;

/// What is left out.
#[derive(Debug, Default)]
pub struct ActivityDraft {
    /// Typed into the filter.
    pub filter: String,
    /// Only calls that did not go well.
    pub problems_only: bool,
    /// Also calls of other profiles, and of none.
    pub all_profiles: bool,
}

impl ActivityDraft {
    fn is_shown(&self, record: &CallRecord, wanted: &str) -> bool {
        let id = record.request_id.as_deref().unwrap_or_default();
        let texts = [&record.operation, record.outcome.label(), id];
        (!self.problems_only || !record.outcome.is_ok())
            && texts
                .iter()
                .any(|text| text.to_lowercase().contains(wanted))
    }
}

/// Draws the tab.
pub fn activity_ui(
    ui: &mut Ui,
    model: &Model,
    state: &ProfileState,
    zone: &TimeZone,
    draft: &mut ActivityDraft,
    actions: &mut Actions,
) {
    let all = draft.all_profiles;
    let of_profile = |record: &&CallRecord| all || is_of(record, state);
    let calls: Vec<&CallRecord> = model.calls.iter().rev().filter(of_profile).collect();
    card_ui(ui, |ui| {
        let title = match calls.len() {
            1 => "1 call".to_owned(),
            count => format!("{count} calls"),
        };
        let copy = Button::quiet("Copy report");
        let copied = card_title_with_ui(ui, &title, |ui| ui.add(copy).clicked());
        if copied {
            actions.push(Action::CopyText {
                what: "Report",
                text: report(state, calls.iter().copied(), model.now),
            });
        }
        // Where there is nothing, there is nothing to filter but the calls of others.
        if !calls.is_empty() || !model.calls.is_empty() {
            filter_ui(ui, draft);
            ui.add_space(space::L);
        }
        divider_ui(ui);
        let wanted = draft.filter.trim().to_lowercase();
        let shown = calls.iter().copied();
        let shown: Vec<&CallRecord> = shown.filter(|call| draft.is_shown(call, &wanted)).collect();
        if shown.is_empty() {
            nothing_ui(ui, state, calls.len(), draft);
        } else {
            call_rows_ui(ui, model, &shown, draft.all_profiles, zone, actions);
        }
    });
}

fn is_of(record: &CallRecord, state: &ProfileState) -> bool {
    record.profile.as_ref() == Some(&state.profile.name)
}

fn filter_ui(ui: &mut Ui, draft: &mut ActivityDraft) {
    const NAME: &str = "Filter by operation, code or request ID";
    let size = vec2(ui.available_width(), size::FIELD_HEIGHT);
    let is_narrow = size.x < size::FLOW_LEAST;
    if is_narrow {
        search_field_ui(ui, &mut draft.filter, NAME, "");
    }
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        if !is_narrow {
            let width = size.x - size::SWITCHES_WIDTH;
            ui.allocate_ui(vec2(width, size::FIELD_HEIGHT), |ui| {
                search_field_ui(ui, &mut draft.filter, NAME, "");
            });
        }
        for (name, on) in [
            ("Problems only", &mut draft.problems_only),
            ("All profiles", &mut draft.all_profiles),
        ] {
            ui.add_space(space::M);
            if switch_ui(ui, *on, name).clicked() {
                *on = !*on;
            }
            ui.label(Type::Small.rich(name, Tokens::of(ui).muted));
        }
    });
}

fn nothing_ui(ui: &mut Ui, state: &ProfileState, calls: usize, draft: &mut ActivityDraft) {
    if calls > 0 {
        let text = match calls {
            1 => "One call is left out by the filter".to_owned(),
            more => format!("{more} calls are left out by the filter"),
        };
        let button = Button::secondary("Show all calls");
        if empty_state_ui(ui, "No such call", &text, Some(button)) {
            draft.filter.clear();
            draft.problems_only = false;
        }
    } else if state.running.is_some() {
        let text = "Each call is listed here as soon as it is answered";
        empty_state_ui(ui, "Waiting for the first answer", text, None);
    } else {
        let text = "Sign in or refresh: each call to AWS is listed here, without what was in it. \
                    The list ends with this window";
        empty_state_ui(ui, "Nothing called yet", text, None);
    }
}
