//! Profiles out of an AWS account: with which AWS profile and where to look, how far it is, and what
//! was found.
//!
//! Deliberately absent: app clients' secrets. It is said that there is one, and it goes to the secret
//! store with its profile.

pub mod draft;
mod found;

use eframe::egui::accesskit::{Live, Role};
use eframe::egui::{Align, Layout, Ui, vec2};

use self::draft::DiscoverDraft;
use super::Actions;
use super::problem_card::problem_text_ui;
use crate::app::{Action, Discovery, Model};
use crate::domain::Problem;
use crate::domain::discovery::{AwsSource, Missed, policy};
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{bordered_card_ui, card_title_ui, card_ui};
use crate::ui::widgets::dropdown::dropdown_ui;
use crate::ui::widgets::field::Remark;
use crate::ui::widgets::heading::tell_heading;
use crate::ui::widgets::meter::meter_ui;
use crate::ui::widgets::text_field::TextField;

/// Draws the page.
pub fn discover_ui(ui: &mut Ui, model: &Model, draft: &mut DiscoverDraft, actions: &mut Actions) {
    heading_ui(ui, actions);
    ui.add_space(space::XL);
    card_ui(ui, |ui| where_ui(ui, model, draft, actions));
    let discovery = &model.discovery;
    match &discovery.result {
        None => {}
        Some(Err(problem)) => {
            ui.add_space(space::XL);
            problem_ui(ui, problem);
        }
        Some(Ok(offers)) => found::found_ui(ui, offers, discovery.adding, draft, actions),
    }
}

fn heading_ui(ui: &mut Ui, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), size::CONTROL_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        if ui.add(Button::secondary("Close")).clicked() {
            actions.push(Action::ClosePage);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let words = "Discover profiles";
            let title = ui.label(Type::Title.rich(words, tokens.text));
            tell_heading(ui, &title, words, 1);
        });
    });
    ui.label(Type::Body.rich(
        "Poolkey reads what an AWS account has, and works out which app client belongs to which \
         identity pool. Nothing in the account is changed",
        tokens.muted,
    ));
}

/// Which AWS profile, which regions.
fn where_ui(ui: &mut Ui, model: &Model, draft: &mut DiscoverDraft, actions: &mut Actions) {
    card_title_ui(ui, "Where to look");
    let muted = Tokens::of(ui).muted;
    let sources = match &model.discovery.sources {
        None => {
            ui.label(Type::Body.rich("Reading your AWS files…", muted));
            return;
        }
        Some(Err(problem)) => return problem_text_ui(ui, problem),
        Some(Ok(sources)) if sources.is_empty() => return nothing_signs_ui(ui),
        Some(Ok(sources)) => sources,
    };
    let options: Vec<(usize, &str)> = sources
        .iter()
        .enumerate()
        .map(|(number, source)| (number, source.name.as_str()))
        .collect();
    let source = sources.get(draft.source);
    let help = match source.and_then(|source| source.endpoint_url.as_ref()) {
        Some(url) => format!("Its endpoint_url is {url}: that is asked, and not AWS"),
        None => "One of your own: the calls are signed with it, and with nothing else".to_owned(),
    };
    dropdown_ui(ui, "AWS profile", &mut draft.source, &options, Some(&help));
    ui.add_space(space::L);
    let regions = draft.parsed_regions();
    let fault = regions.as_ref().err();
    TextField::new("Regions", &mut draft.regions)
        .mono()
        .placeholder("eu-west-1, us-east-1")
        .remark(Remark::error(fault))
        .show(ui);
    ui.add_space(space::XL);
    let discovery = &model.discovery;
    if discovery.is_running() {
        running_ui(ui, discovery, actions);
        return;
    }
    let regions = regions.unwrap_or_default();
    let source = draft.chosen_source(model);
    buttons_ui(ui, discovery, source, regions, actions);
}

fn buttons_ui(
    ui: &mut Ui,
    discovery: &Discovery,
    source: Option<&AwsSource>,
    regions: Vec<crate::domain::Region>,
    actions: &mut Actions,
) {
    let offers = discovery
        .result
        .as_ref()
        .and_then(|result| result.as_ref().ok());
    // What was found has the main button, and the policy where a permission is missing.
    let button = if offers.is_some_and(|offers| offers.fresh().next().is_some()) {
        Button::secondary("Discover")
    } else {
        Button::primary("Discover")
    };
    let is_denied = offers.is_some_and(|offers| offers.missed.iter().any(Missed::is_denied));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        let button = ui.add_enabled(!regions.is_empty(), button);
        if let (true, Some(source)) = (button.clicked(), source) {
            let source = source.clone();
            actions.push(Action::Discover { source, regions });
        }
        if !is_denied && ui.add(Button::secondary("Copy IAM policy")).clicked() {
            actions.push(copy_policy());
        }
    });
}

/// How far it is, and a way to stop it.
fn running_ui(ui: &mut Ui, discovery: &Discovery, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    meter_ui(ui, discovery.progress.share(), tokens.accent);
    ui.add_space(space::M);
    let size = vec2(ui.available_width(), size::CONTROL_HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        if ui.add(Button::secondary("Stop")).clicked() {
            actions.push(Action::StopDiscovering);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let text = discovery.progress.in_words();
            let label = ui.label(Type::Small.rich(&text, tokens.muted));
            ui.ctx().accesskit_node_builder(label.id, |node| {
                node.set_role(Role::Status);
                node.set_live(Live::Polite);
                node.set_label(text);
            });
        });
    });
}

/// The empty state: no AWS profile that signs.
fn nothing_signs_ui(ui: &mut Ui) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Heading.rich("No AWS profile can sign calls", tokens.text));
    ui.add_space(space::XXS);
    ui.label(Type::Body.rich(
        "Your AWS files have no profile with keys, a role or credential_process. One of IAM \
         Identity Center works once another profile fetches its keys: credential_process = aws \
         configure export-credentials --profile NAME",
        tokens.muted,
    ));
}

fn problem_ui(ui: &mut Ui, problem: &Problem) {
    let danger = Tokens::of(ui).danger;
    bordered_card_ui(ui, danger, |ui| problem_text_ui(ui, problem));
}

fn copy_policy() -> Action {
    Action::CopyText {
        what: "IAM policy",
        text: policy(),
    }
}
