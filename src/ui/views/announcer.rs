//! What assistive technology is told without being asked: how the profile on screen stands.
//!
//! One node that nobody sees, polite, whose words change only when there is news: a state, ten,
//! five and one minute before the end, the end. Deliberately absent: each second of the countdown,
//! which can be read at its card, and what notices and refusals say themselves.

use eframe::egui::accesskit::{Live, Role};
use eframe::egui::{Sense, Ui, WidgetInfo, accesskit_root_id};
use jiff::SignedDuration;

use super::words::pill;
use crate::app::{Model, Page, ProfileState};
use crate::ui::window::title;

/// Adds the node in the upper left corner, and gives the whole window its name.
pub fn announcer_ui(ui: &Ui, model: &Model) {
    ui.ctx()
        .accesskit_node_builder(accesskit_root_id(), |node| {
            node.set_label(title(model.demo));
        });
    let corner = eframe::egui::Rect::from_min_size(ui.max_rect().min, eframe::egui::Vec2::ZERO);
    let response = ui.interact(corner, ui.scope_id().with("announcer"), Sense::hover());
    let shown = model.current().filter(|_| model.page == Page::Profile);
    let text = shown.map_or_else(String::new, |state| news(model, state));
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &text));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(Live::Polite);
        if text.is_empty() {
            node.set_hidden();
        }
    });
}

fn news(model: &Model, state: &ProfileState) -> String {
    let name = &state.profile.name;
    let state_word = pill(state, model.now);
    let left = state
        .session
        .as_ref()
        .filter(|_| state.running.is_none() && state.is_live(model.now))
        .map(|session| session.remaining(model.now));
    match left.and_then(mark) {
        Some(words) => format!("{name}: {state_word}, {words}"),
        None => format!("{name}: {state_word}"),
    }
}

/// The last of the marks that was passed.
fn mark(left: SignedDuration) -> Option<&'static str> {
    match left.as_secs() {
        ..=60 => Some("less than a minute left"),
        61..=300 => Some("less than 5 minutes left"),
        301..=600 => Some("less than 10 minutes left"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_at_three_marks_only() {
        let told: Vec<Option<&str>> = (0..=3600)
            .rev()
            .map(|seconds| mark(SignedDuration::from_secs(seconds)))
            .collect();
        let changes = told.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert_eq!(changes, 3);
        assert_eq!(told[0], None);
        assert_eq!(told[3600], Some("less than a minute left"));
    }
}
