//! Getting profiles in: a file, a text, or what is in the AWS files already.
//!
//! Deliberately absent: adding anything. What was found is shown on a sheet first (see `offers`).

pub mod draft;
pub mod drop;
pub mod offers;
pub mod share;

use eframe::egui::{Align, Key, Layout, Ui, vec2};

use self::draft::ImportDraft;
use super::Actions;
use super::problem_card::problem_text_ui;
use super::usage::{row_end_ui, row_ui};
use crate::app::command::Command;
use crate::app::{Action, ImportFrom, ImportWish, Model};
use crate::domain::Problem;
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{bordered_card_ui, card_title_ui, card_ui};
use crate::ui::widgets::heading::heading_ui;
use crate::ui::widgets::text_area::text_area_ui;
use crate::ui::widgets::text_field::TextField;

const TEXT_ROWS: u16 = 7;

/// Draws the page.
pub fn import_ui(ui: &mut Ui, model: &Model, draft: &mut ImportDraft, actions: &mut Actions) {
    top_ui(ui, actions);
    ui.add_space(space::XL);
    if let Some(problem) = &model.import.problem {
        problem_ui(ui, problem);
        ui.add_space(space::XL);
    }
    card_ui(ui, |ui| file_ui(ui, model, &mut draft.path, actions));
    ui.add_space(space::XL);
    card_ui(ui, |ui| pasted_ui(ui, model, &mut draft.text, actions));
    if !model.found.is_empty() {
        ui.add_space(space::XL);
        card_ui(ui, |ui| found_ui(ui, model, actions));
    }
    ui.add_space(space::XL);
    card_ui(ui, |ui| account_ui(ui, actions));
}

fn top_ui(ui: &mut Ui, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), size::CONTROL_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        if ui.add(Button::secondary("Done")).clicked() {
            actions.push(Action::Import(ImportWish::Close));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            heading_ui(ui, Command::Import.label(), Type::Title, 1);
        });
    });
    ui.label(Type::Body.rich(
        "From an Amplify project, a colleague, or your AWS files. You see what is in it before \
         anything is added.",
        tokens.muted,
    ));
}

/// Why the last one was no good.
fn problem_ui(ui: &mut Ui, problem: &Problem) {
    let danger = Tokens::of(ui).danger;
    bordered_card_ui(ui, danger, |ui| problem_text_ui(ui, problem));
}

fn file_ui(ui: &mut Ui, model: &Model, path: &mut String, actions: &mut Actions) {
    card_title_ui(ui, "From a file");
    let about = "amplify_outputs.json, amplifyconfiguration.json, aws-exports.js, an AWS config \
                 file or a Poolkey profile file. Dropping it on the window does the same.";
    let is_busy = model.import.running.is_some();
    row_ui(ui, "Choose it in the system's dialog", about, |ui| {
        let word = if model.import.choosing {
            "Choosing…"
        } else {
            "Choose file…"
        };
        let button = Button::secondary(word).named("Choose file…");
        if ui.add_enabled(!is_busy, button).clicked() {
            actions.push(Action::Import(ImportWish::ChooseFile));
        }
    });
    ui.add_space(space::L);
    let field = TextField::new("Or its path", path)
        .mono()
        .placeholder("~/project/amplify_outputs.json")
        .show(ui);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    ui.add_space(space::L);
    let can_read = !path.trim().is_empty() && !is_busy;
    let button = Button::secondary("Import file");
    let clicked = ui.add_enabled(can_read, button).clicked();
    if can_read && (clicked || entered) {
        let file = path.trim().trim_matches('"').into();
        actions.push(Action::Import(ImportWish::LookAt(ImportFrom::File(file))));
    }
}

fn pasted_ui(ui: &mut Ui, model: &Model, text: &mut String, actions: &mut Actions) {
    card_title_ui(ui, "From text");
    let placeholder = "poolkey://import#…\n\nor what is in one of the files above";
    text_area_ui(
        ui,
        "A link or a text that somebody sent you",
        text,
        placeholder,
        TEXT_ROWS,
    );
    ui.add_space(space::L);
    let can_read = !text.trim().is_empty() && model.import.running.is_none();
    let button = Button::secondary("Import text");
    if ui.add_enabled(can_read, button).clicked() {
        actions.push(Action::Import(ImportWish::LookAt(ImportFrom::Text(
            text.clone(),
        ))));
    }
}

fn account_ui(ui: &mut Ui, actions: &mut Actions) {
    card_title_ui(ui, "From your AWS account");
    let about = "One of your own AWS profiles lists user pools, app clients and identity pools.";
    row_ui(ui, "Work out the profiles of an account", about, |ui| {
        if ui.add(Button::secondary("Discover…")).clicked() {
            actions.push(Action::OpenDiscover);
        }
    });
}

fn found_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    card_title_ui(ui, "Found in your AWS files");
    for (number, found) in model.found.iter().enumerate() {
        if number > 0 {
            row_end_ui(ui);
        }
        let title = format!("[{}] in {}", found.section, found.file);
        row_ui(ui, &title, &found.why, |_| {});
    }
    let is_any = model.found.iter().any(|found| found.profile.is_some());
    ui.add_space(space::L);
    let button = Button::secondary("Import found…");
    if ui.add_enabled(is_any, button).clicked() {
        actions.push(Action::Import(ImportWish::Found));
    }
}
