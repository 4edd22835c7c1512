//! Getting profiles in: a file, a text, or what is in the AWS files already.
//!
//! Deliberately absent: adding anything. What was found is shown on a sheet first (see `offers`).

pub mod draft;
pub mod drop;
pub mod offers;
pub mod share;

use eframe::egui::{Align, Key, Layout, Sense, Ui, UiBuilder, vec2};

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

const TEXT_ROWS: u16 = 4;

/// Draws the page.
pub fn import_ui(ui: &mut Ui, model: &Model, draft: &mut ImportDraft, actions: &mut Actions) {
    top_ui(ui, actions);
    ui.add_space(space::XL);
    if let Some(problem) = &model.import.problem {
        problem_ui(ui, problem);
        ui.add_space(space::XL);
    }
    card_ui(ui, |ui| file_ui(ui, model, &mut draft.path, actions));
    let [_, config] = &model.surroundings.aws_files;
    if !config.is_empty() || !model.found.is_empty() {
        ui.add_space(space::XL);
        card_ui(ui, |ui| aws_files_ui(ui, model, config, actions));
    }
    ui.add_space(space::XL);
    card_ui(ui, |ui| pasted_ui(ui, model, &mut draft.text, actions));
    ui.add_space(space::XL);
    card_ui(ui, |ui| account_ui(ui, actions));
}

fn top_ui(ui: &mut Ui, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), size::CONTROL_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        if ui.add(Button::secondary("Close")).clicked() {
            actions.push(Action::Import(ImportWish::Close));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            heading_ui(ui, Command::Import.label(), Type::Title, 1);
        });
    });
    ui.label(Type::Body.rich(
        "From an Amplify project, a colleague, or your AWS files. You see what is in it before \
         anything is added",
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
                 file or a Poolkey profile file. Dropping it on the window does the same";
    let is_busy = model.import.running.is_some();
    row_ui(ui, "An Amplify, AWS or Poolkey file", about, |ui| {
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
    let height = Type::Small.line_height() + space::S + size::FIELD_HEIGHT;
    let line = vec2(ui.available_width(), height);
    let (line, _) = ui.allocate_exact_size(line, Sense::hover());
    let end = line.with_min_x(line.right() - size::BUTTON_LEAST);
    let room = line.with_max_x(end.left() - space::L);
    let field = TextField::new("Or its path", path)
        .mono()
        .placeholder("for example ~/project/amplify_outputs.json")
        .show(&mut ui.new_child(UiBuilder::new().id_salt("path").max_rect(room)));
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let can_read = !path.trim().is_empty() && !is_busy;
    let button = Button::secondary("Import file").min_width(size::BUTTON_LEAST);
    let end = end.with_min_y(end.bottom() - size::FIELD_HEIGHT);
    let layout = Layout::right_to_left(Align::Center);
    let mut end = ui.new_child(UiBuilder::new().max_rect(end).layout(layout));
    let clicked = end.add_enabled(can_read, button).clicked();
    if can_read && (clicked || entered) {
        let file = path.trim().trim_matches('"').into();
        actions.push(Action::Import(ImportWish::LookAt(ImportFrom::File(file))));
    }
}

fn pasted_ui(ui: &mut Ui, model: &Model, text: &mut String, actions: &mut Actions) {
    card_title_ui(ui, "From text");
    let placeholder = "for example poolkey://import#…\nor what is in one of these files";
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
    let about = "One of your own AWS profiles lists user pools, app clients and identity pools";
    row_ui(ui, "Work out the profiles of an account", about, |ui| {
        let button = Button::secondary("Discover").named(Command::Discover.label());
        if ui.add(button).clicked() {
            actions.push(Action::OpenDiscover);
        }
    });
}

/// What was found there already, else the way to look into the config file.
fn aws_files_ui(ui: &mut Ui, model: &Model, config: &str, actions: &mut Actions) {
    card_title_ui(ui, "From your AWS files");
    if model.found.is_empty() {
        let look = format!("Look in {config}");
        let about = "Sections that Poolkey can serve become profiles";
        row_ui(ui, &look, about, |ui| {
            let button = Button::secondary("Look").named(look.as_str());
            let is_idle = model.import.running.is_none();
            if ui.add_enabled(is_idle, button).clicked() {
                let file = ImportFrom::File(config.into());
                actions.push(Action::Import(ImportWish::LookAt(file)));
            }
        });
        return;
    }
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
