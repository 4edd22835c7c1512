//! The card with the ways that leave no file behind: endpoint, terminal, console.

use eframe::egui::Ui;

use crate::app::{Action, Endpoint, EndpointAt, ProfileState};
use crate::domain::Region;
use crate::ui::theme::space;
use crate::ui::views::Actions;
use crate::ui::views::usage::{endpoint_ui, row_end_ui, row_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::card_title_ui;
use crate::ui::widgets::key_value::key_value_ui;

/// Draws the card.
pub fn hand_on_ui(ui: &mut Ui, state: &ProfileState, actions: &mut Actions) {
    card_title_ui(ui, "Without a file");
    endpoint_ui(ui, state, actions);
    if let Endpoint::On(at) = &state.endpoint {
        endpoint_at_ui(ui, at, &state.profile.region(), actions);
    }
    let can = state.has_credentials();
    let name = || state.profile.name.clone();
    row_end_ui(ui);
    let about = "A shell with these credentials in its environment, and no others";
    row_ui(ui, "Terminal", about, |ui| {
        let button = Button::secondary("Open").named("Open a terminal");
        if ui.add_enabled(can, button).clicked() {
            actions.push(Action::OpenTerminal(name()));
        }
    });
    row_end_ui(ui);
    let about = if state.profile.endpoints.url.is_some() {
        "The sandbox has a page in place of the console"
    } else {
        "Signs in your browser; the role says what it shows"
    };
    row_ui(ui, "AWS console", about, |ui| {
        let button = Button::secondary("Open").named("Open the AWS console");
        if ui
            .add_enabled(can && !state.opening_console, button)
            .clicked()
        {
            actions.push(Action::OpenConsole(name()));
        }
    });
}

/// What an SDK wants: where the endpoint is, and a region, which it does not tell.
fn endpoint_at_ui(ui: &mut Ui, at: &EndpointAt, region: &Region, actions: &mut Actions) {
    ui.add_space(space::S);
    for (label, what, value) in [
        ("Address", "Address", &at.uri),
        ("Token file", "Path of the token file", &at.token_file),
    ] {
        if key_value_ui(ui, label, value, true, true) {
            actions.push(Action::CopyText {
                what,
                text: value.clone(),
            });
        }
    }
    let lines = Button::quiet("Copy as environment variables");
    if ui.add(lines).clicked() {
        actions.push(Action::CopyText {
            what: "Environment variables",
            text: format!(
                "export AWS_CONTAINER_CREDENTIALS_FULL_URI='{}'\n\
                 export AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE='{}'\n\
                 export AWS_REGION='{region}' AWS_DEFAULT_REGION='{region}'\n",
                at.uri, at.token_file
            ),
        });
    }
}
