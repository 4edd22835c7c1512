//! What was found: what could not be read, the profiles by identity pool, and what makes none.
//!
//! Deliberately absent: other names. A profile can be renamed once it is there.

use eframe::egui::{Align, Layout, Ui, vec2};

use super::copy_policy;
use super::draft::DiscoverDraft;
use crate::app::Action;
use crate::domain::discovery::{Found, Incomplete, Missed, Offers};
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::views::Actions;
use crate::ui::views::usage::row_end_ui;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{bordered_card_ui, card_title_ui, card_ui};
use crate::ui::widgets::check_box::check_box_ui;

/// Draws everything below the question.
pub fn found_ui(
    ui: &mut Ui,
    offers: &Offers,
    adding: bool,
    draft: &mut DiscoverDraft,
    actions: &mut Actions,
) {
    if !offers.missed.is_empty() {
        ui.add_space(space::XL);
        missed_ui(ui, &offers.missed, actions);
    }
    ui.add_space(space::XL);
    title_ui(ui, offers, adding, draft, actions);
    for group in offers
        .ready
        .chunk_by(|one, next| one.profile.identity_pool_id == next.profile.identity_pool_id)
    {
        ui.add_space(space::M);
        card_ui(ui, |ui| group_ui(ui, group, draft));
    }
    if !offers.incomplete.is_empty() {
        ui.add_space(space::XL);
        card_ui(ui, |ui| incomplete_ui(ui, &offers.incomplete));
    }
}

/// How many, and the button that adds them.
fn title_ui(
    ui: &mut Ui,
    offers: &Offers,
    adding: bool,
    draft: &DiscoverDraft,
    actions: &mut Actions,
) {
    let tokens = Tokens::of(ui);
    let chosen = draft.chosen(offers);
    let word = match (adding, chosen.len()) {
        (true, _) => "Adding…".to_owned(),
        (false, 0 | 1) => "Add profile".to_owned(),
        (false, several) => format!("Add {several} profiles"),
    };
    let size = vec2(ui.available_width(), size::CONTROL_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let can_add = !adding && !chosen.is_empty();
        if ui.add_enabled(can_add, Button::primary(&word)).clicked() {
            actions.push(Action::AddDiscovered(chosen));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.label(Type::Heading.rich(in_words(offers), tokens.text));
        });
    });
}

fn in_words(offers: &Offers) -> String {
    let all = offers.ready.len();
    let known = all - offers.fresh().count();
    let found = match all {
        0 => return "No app client with an identity pool was found".to_owned(),
        1 => "1 profile found".to_owned(),
        several => format!("{several} profiles found"),
    };
    match known {
        0 => found,
        known if known == all => format!("{found}, all are there already"),
        known => format!("{found}, {known} there already"),
    }
}

fn group_ui(ui: &mut Ui, group: &[Found], draft: &mut DiscoverDraft) {
    let Some(first) = group.first() else {
        return;
    };
    let pool = &first.profile.identity_pool_id;
    card_title_ui(ui, &format!("{} · {pool}", first.identity_pool));
    for (number, found) in group.iter().enumerate() {
        if number > 0 {
            row_end_ui(ui);
        }
        row_ui(ui, found, draft);
    }
}

fn row_ui(ui: &mut Ui, found: &Found, draft: &mut DiscoverDraft) {
    let tokens = Tokens::of(ui);
    let name = &found.profile.name;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        let is_chosen = draft.is_chosen(found);
        ui.add_enabled_ui(found.known.is_none(), |ui| {
            if check_box_ui(ui, is_chosen, &format!("Add {name}")).clicked() {
                draft.turn(name);
            }
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::XXS;
            ui.label(Type::Strong.rich(name.as_str(), tokens.text));
            let about = format!("{} · {}", found.who, found.profile.sign_in.label());
            ui.label(Type::Body.rich(about, tokens.muted));
            if let Some(known) = &found.known {
                let text = format!("There already: {known}");
                ui.label(Type::Small.rich(text, tokens.text));
                return;
            }
            for remark in &found.remarks {
                ui.label(Type::Small.rich(remark, tokens.muted));
            }
        });
    });
}

/// What the AWS profile may not read, and the policy that would let it.
fn missed_ui(ui: &mut Ui, missed: &[Missed], actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    bordered_card_ui(ui, tokens.warning, |ui| {
        let is_denied = missed.iter().any(Missed::is_denied);
        let title = if is_denied {
            "The AWS profile lacks permissions"
        } else {
            "Some calls got no answer"
        };
        ui.label(Type::Heading.rich(title, tokens.text));
        ui.add_space(space::XXS);
        let text = "What could be read is below. What is missing:";
        ui.label(Type::Body.rich(text, tokens.muted));
        ui.add_space(space::S);
        for missed in missed {
            ui.label(Type::Small.rich(missed.in_words(), tokens.text));
        }
        if is_denied {
            ui.add_space(space::L);
            let button = Button::secondary("Copy IAM policy");
            if ui.add(button).clicked() {
                actions.push(copy_policy());
            }
        }
    });
}

fn incomplete_ui(ui: &mut Ui, incomplete: &[Incomplete]) {
    let tokens = Tokens::of(ui);
    card_title_ui(ui, "Not ready");
    for (number, left) in incomplete.iter().enumerate() {
        if number > 0 {
            row_end_ui(ui);
        }
        ui.label(Type::Strong.rich(&left.what, tokens.text));
        ui.label(Type::Mono.rich(&left.id, tokens.muted));
        ui.label(Type::Small.rich(&left.why, tokens.muted));
    }
}
