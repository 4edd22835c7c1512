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
use super::absent::{Absent, absent};
use super::usage::row_ui;
use crate::app::{Action, Model, ProfileState};
use crate::domain::ProfileName;
use crate::domain::snippet::Language;
use crate::ui::widgets::button::Button;
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

/// What this page hands on is not there yet.
fn nothing_yet_ui(ui: &mut Ui, model: &Model, state: &ProfileState, actions: &mut Actions) {
    let absent = absent(model, state).unwrap_or_else(|| Absent {
        title: "No credentials to hand on",
        text: "credential_process can be set up before; the rest needs a sign-in".to_owned(),
        button: Some(("Sign in", Action::SignIn(state.profile.name.clone()))),
    });
    row_ui(ui, absent.title, &absent.text, |ui| {
        let Some((word, action)) = absent.button else {
            return;
        };
        if ui.add(Button::secondary(word)).clicked() {
            actions.push(action);
        }
    });
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
    if !state.has_credentials() {
        card_ui(ui, |ui| nothing_yet_ui(ui, model, state, actions));
        ui.add_space(space::XL);
    }
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
