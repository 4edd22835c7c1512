//! The sheet's message: what was wrong, what happened meanwhile, or what the demo suggests.
//!
//! Its room is there from the start, so that a message moves nothing. Deliberately absent: more
//! than one message at a time.

use eframe::egui;
use eframe::egui::{Ui, vec2};

use super::draft::SignInDraft;
use super::{Step, fields};
use crate::app::Suggestion;
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::views::words::with_hint;
use crate::ui::widgets::alert::alert_ui;
use crate::ui::widgets::button::Button;

/// Adds the message of a question.
pub(super) fn message_ui(ui: &mut Ui, step: &Step<'_>, draft: &mut SignInDraft) {
    room_ui(ui, |ui| {
        let Some(question) = step.question else {
            return;
        };
        if let Some(problem) = &question.problem {
            alert_ui(ui, &with_hint(problem));
        } else if fields::passwords_differ(step, draft) {
            let danger = Tokens::of(ui).danger;
            ui.label(Type::Small.rich("The two passwords differ", danger));
        } else if let Some(notice) = question.notice {
            announce_ui(ui, notice);
        }
        if let Some(made_up) = step.suggestion
            && suggestion_ui(ui, made_up)
        {
            fields::fill_in(step, draft, &made_up.value);
        }
    });
}

/// What the demo would type, shortened; true when it is to be filled in.
pub(super) fn suggestion_ui(ui: &mut Ui, made_up: &Suggestion) -> bool {
    const MOST_CHARS: usize = 24;
    let muted = Tokens::of(ui).muted;
    let shown = made_up.value.chars().take(MOST_CHARS).collect::<String>();
    let more = if shown.len() < made_up.value.len() {
        "…"
    } else {
        ""
    };
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let text = format!("{}: {shown}{more}", made_up.label);
        ui.label(Type::Small.rich(text, muted));
        ui.add(Button::quiet("Fill in")).clicked()
    })
    .inner
}

/// The room of a message.
pub(super) fn room_ui(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), size::MESSAGE_HEIGHT);
    ui.allocate_ui(size, |ui| {
        ui.set_min_size(size);
        contents(ui);
    });
}

/// Good news, read out by screen readers.
fn announce_ui(ui: &mut Ui, text: &str) {
    let accent = Tokens::of(ui).accent;
    let label = ui.label(Type::Small.rich(text, accent));
    ui.ctx().accesskit_node_builder(label.id, |node| {
        node.set_role(egui::accesskit::Role::Status);
        node.set_live(egui::accesskit::Live::Polite);
        node.set_label(text);
    });
}
