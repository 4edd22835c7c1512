//! The page of a window whose configuration file cannot be read.
//!
//! Deliberately absent: anything that would write the file. Poolkey waits until it can be read.

use eframe::egui::Ui;

use super::Actions;
use super::problem_card::{as_text, problem_text_ui};
use crate::app::{Action, Model};
use crate::domain::Problem;
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::bordered_card_ui;
use crate::ui::widgets::heading::tell_heading;

/// Draws the page.
pub fn config_problem_ui(ui: &mut Ui, model: &Model, problem: &Problem, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::XS);
    let words = "The configuration cannot be read";
    let title = ui.label(Type::Title.rich(words, tokens.text));
    tell_heading(ui, &title, words, 1);
    ui.add_space(space::XS);
    ui.label(Type::Body.rich(
        "Poolkey leaves the file as it is. Correct it, then try again",
        tokens.muted,
    ));
    ui.add_space(space::XXL);
    bordered_card_ui(ui, tokens.danger, |ui| {
        problem_text_ui(ui, problem);
        let path = model.config_path.display().to_string();
        if !path.is_empty() {
            ui.add_space(space::M);
            ui.label(Type::Mono.rich(path, tokens.muted));
        }
        ui.add_space(space::XL);
        ui.horizontal(|ui| {
            if ui.add(Button::primary("Try again")).clicked() {
                actions.push(Action::Reload);
            }
            let copy = Button::secondary("Copy").named("Copy the problem");
            if ui.add(copy).clicked() {
                actions.push(Action::CopyText {
                    what: "Problem",
                    text: as_text(problem),
                });
            }
        });
    });
}
