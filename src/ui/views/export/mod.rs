//! The Export tab: every way to use the credentials.
//!
//! Deliberately absent: credentials. They are fetched when something is copied or written.

mod files;
mod forms;
mod hand_on;
mod snippets;

use crate::ui::theme::space;
use eframe::egui::Ui;
use jiff::tz::TimeZone;

use self::files::files_ui;
use self::forms::forms_ui;
use self::hand_on::hand_on_ui;
use self::snippets::snippets_ui;
use super::Actions;
use crate::app::{Model, ProfileState};
use crate::domain::ProfileName;
use crate::domain::snippet::Language;
use crate::ui::widgets::card::{card_pair_ui, card_ui};

/// What is chosen or typed on the page.
#[derive(Debug)]
pub struct ExportDraft {
    /// Whose page it is.
    whose: Option<ProfileName>,
    /// The role of a web identity, where the profile asks for none.
    pub role: String,
    /// Of the example.
    pub language: Language,
}

impl Default for ExportDraft {
    fn default() -> Self {
        Self {
            whose: None,
            role: String::new(),
            language: Language::JavaScript,
        }
    }
}

impl ExportDraft {
    /// What was typed for one profile is not meant for another; the language is the person's.
    pub fn follow(&mut self, selected: Option<&ProfileName>) {
        if self.whose.as_ref() != selected {
            self.whose = selected.cloned();
            self.role.clear();
        }
    }
}

/// Draws the tab.
pub fn export_ui(
    ui: &mut Ui,
    model: &Model,
    state: &ProfileState,
    zone: &TimeZone,
    draft: &mut ExportDraft,
    actions: &mut Actions,
) {
    card_ui(ui, |ui| files_ui(ui, model, state, zone, draft, actions));
    ui.add_space(space::XL);
    let mut more = Actions::new();
    card_pair_ui(
        ui,
        |ui| hand_on_ui(ui, state, actions),
        |ui| forms_ui(ui, state, &mut more),
    );
    actions.append(&mut more);
    ui.add_space(space::XL);
    card_ui(ui, |ui| {
        snippets_ui(ui, state, &mut draft.language, actions);
    });
}
