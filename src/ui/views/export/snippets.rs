//! The card with a first program in the person's own language.

use eframe::egui::{Label, ScrollArea, Ui};

use crate::app::{Action, ProfileState};
use crate::domain::snippet::{Language, snippet};
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::views::Actions;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::card_title_with_ui;
use crate::ui::widgets::diff::code_frame;
use crate::ui::widgets::tab_bar::tab_bar_ui;

/// Draws the card.
pub fn snippets_ui(
    ui: &mut Ui,
    state: &ProfileState,
    language: &mut Language,
    actions: &mut Actions,
) {
    let copy = Button::quiet("Copy").named("Copy the program");
    let copied = card_title_with_ui(ui, "In your own program", |ui| ui.add(copy).clicked());
    let labels = Language::ALL.map(Language::label);
    let current = Language::ALL.iter().position(|each| each == language);
    let chosen = tab_bar_ui(ui, &labels, current.unwrap_or_default());
    if let Some(chosen) = chosen.and_then(|number| Language::ALL.get(number)) {
        *language = *chosen;
    }
    let text = snippet(*language, &state.profile);
    ui.add_space(space::L);
    code_frame(ui).show(ui, |ui| {
        ScrollArea::horizontal()
            .id_salt(language.label())
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let code = Type::Mono.rich(text.trim_end(), Tokens::of(ui).text);
                ui.add(Label::new(code).extend());
            });
    });
    if copied {
        actions.push(Action::CopyText {
            what: "Program",
            text,
        });
    }
}
