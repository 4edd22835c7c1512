//! What is about the program: its version, where its files are, and the licenses of everything that
//! comes with it.
//!
//! The texts lie in the program file; what is made of them lives as long as the page is shown.

use eframe::egui::{ScrollArea, Ui};

use super::Actions;
use super::settings::page_heading_ui;
use super::usage::{row_end_ui, row_ui};
use crate::app::report::system;
use crate::app::{Action, Model, Page};
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_title_ui, card_ui};
use crate::ui::widgets::key_value::key_value_ui;

/// Name, version and license of each package that is part of the program, one a line. A test holds
/// it against `Cargo.lock`.
const PACKAGES: &str = include_str!("../../../assets/licenses.txt");

const FONTS: [(&str, &str, &str); 3] = [
    (
        "Inter",
        "The typeface of the window",
        include_str!("../../../assets/fonts/LICENSE-Inter.txt"),
    ),
    (
        "JetBrains Mono",
        "The typeface of identifiers",
        include_str!("../../../assets/fonts/LICENSE-JetBrainsMono.txt"),
    ),
    (
        "Lucide",
        "The icons",
        include_str!("../../../assets/fonts/LICENSE-Lucide.txt"),
    ),
];

const WHAT_IT_IS: &str = "Temporary AWS credentials from an Amazon Cognito sign-in";

/// What is open on the page.
#[derive(Default)]
pub struct AboutDraft {
    packages: Vec<&'static str>,
    /// Whose license is shown in full.
    font: Option<usize>,
}

impl AboutDraft {
    /// Lets go of everything when another page is shown.
    pub fn follow(&mut self, model: &Model) {
        let is_shown = model.page == Page::About;
        if !is_shown && !self.packages.is_empty() {
            *self = Self::default();
        }
        if is_shown && self.packages.is_empty() {
            self.packages = PACKAGES.lines().collect();
        }
    }
}

/// Draws the page.
pub fn about_ui(ui: &mut Ui, model: &Model, draft: &mut AboutDraft, actions: &mut Actions) {
    page_heading_ui(ui, "About Poolkey", actions, |ui, actions| {
        ui.add_space(space::M);
        if ui
            .add(Button::secondary("Settings").named("Open settings"))
            .clicked()
        {
            actions.push(Action::OpenSettings);
        }
    });
    ui.add_space(space::XL);
    card_ui(ui, |ui| version_ui(ui, model, actions));
    ui.add_space(space::XL);
    card_ui(ui, |ui| places_ui(ui, model, actions));
    ui.add_space(space::XL);
    card_ui(ui, |ui| fonts_ui(ui, draft));
    ui.add_space(space::XL);
    card_ui(ui, |ui| packages_ui(ui, draft));
}

fn version_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let title = concat!("Poolkey ", env!("CARGO_PKG_VERSION"));
    row_ui(ui, title, WHAT_IT_IS, |ui| {
        if ui.add(Button::secondary("Copy version details")).clicked() {
            actions.push(Action::CopyText {
                what: "Version details",
                text: details(model),
            });
        }
    });
    row_end_ui(ui);
    let license = concat!("Poolkey itself: ", env!("CARGO_PKG_LICENSE"));
    let muted = Tokens::of(ui).muted;
    ui.label(Type::Small.rich(license, muted));
}

/// For a report: nothing of a person or a profile.
fn details(model: &Model) -> String {
    let store = match &model.store {
        crate::app::StoreState::Ready(report) => report.name.as_str(),
        _ => "not ready",
    };
    format!(
        "Poolkey {} on {}\nSecret store: {store}\nProfiles: {}",
        env!("CARGO_PKG_VERSION"),
        system(),
        model.profiles.len(),
    )
}

fn places_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    card_title_ui(ui, "Where files are");
    let around = &model.surroundings;
    let config = model.config_path.display().to_string();
    let state = around.state_dir.display().to_string();
    let [credentials, aws_config] = &around.aws_files;
    let places = [
        ("Configuration", &config),
        ("State", &state),
        ("Credentials file", credentials),
        ("Config file", aws_config),
    ];
    for (what, path) in places.into_iter().filter(|(_, path)| !path.is_empty()) {
        if key_value_ui(ui, what, path, true, true) {
            actions.push(Action::CopyText {
                what,
                text: path.clone(),
            });
        }
    }
}

fn fonts_ui(ui: &mut Ui, draft: &mut AboutDraft) {
    card_title_ui(ui, "Typefaces and icons");
    for (number, (name, about, text)) in FONTS.into_iter().enumerate() {
        if number > 0 {
            row_end_ui(ui);
        }
        let is_open = draft.font == Some(number);
        row_ui(ui, name, about, |ui| {
            let word = if is_open {
                "Hide the license"
            } else {
                "Show the license"
            };
            if ui
                .add(Button::secondary(word).named(format!("{word} of {name}")))
                .clicked()
            {
                draft.font = (!is_open).then_some(number);
            }
        });
        if is_open {
            ui.add_space(space::M);
            let muted = Tokens::of(ui).muted;
            ui.label(Type::Small.rich(text, muted));
        }
    }
}

fn packages_ui(ui: &mut Ui, draft: &AboutDraft) {
    card_title_ui(ui, "Packages, with version and license");
    let text = Tokens::of(ui).text;
    let row = Type::Small.line_height();
    ScrollArea::vertical()
        .id_salt("packages")
        .auto_shrink([false, false])
        .max_height(size::DIFF_HEIGHT)
        .show_rows(ui, row, draft.packages.len(), |ui, shown| {
            for line in draft.packages.get(shown).unwrap_or_default() {
                ui.label(Type::Small.rich(*line, text));
            }
        });
}
