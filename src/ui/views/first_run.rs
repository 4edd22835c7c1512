//! The page of a window without profiles: two ways to begin.

use eframe::egui::{Align, Layout, Rect, Response, Ui, UiBuilder, pos2, vec2};

use super::Actions;
use crate::app::{Action, Command, Model};
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::card_ui;
use crate::ui::widgets::focus::first_focus;
use crate::ui::widgets::heading::tell_heading;

const TITLE: &str = "AWS credentials from Amazon Cognito, one click away";

/// Draws the page.
pub fn first_run_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let whole = ui.available_rect_before_wrap();
    let width = whole.width().min(size::SHEET_WIDE);
    let left = whole.center().x - width / 2.0;
    let top =
        whole.top() + ((whole.height() - size::FIRST_RUN) / 2.0).clamp(space::XXXL, size::HERO_TOP);
    let column = Rect::from_min_max(pos2(left, top), pos2(left + width, whole.bottom()));
    ui.scope_builder(UiBuilder::new().max_rect(column), |ui| {
        let tokens = Tokens::of(ui);
        let title = ui.label(Type::Hero.rich(TITLE, tokens.text));
        tell_heading(ui, &title, TITLE, 1);
        ui.add_space(space::S);
        ui.label(Type::Body.rich(
            "Sign in to a user pool, exchange the token at an identity pool, and use the result \
             in the AWS CLI and SDKs",
            tokens.muted,
        ));
        ui.add_space(space::XXXL);
        if !model.demo {
            let button = Button::primary("Open the demo");
            let text = "A sandbox Cognito starts inside Poolkey. No AWS account, nothing on your \
                        machine is changed";
            let demo = choice_ui(ui, "Try it now", text, button);
            first_focus(ui, &demo);
            if demo.clicked() {
                actions.push(Action::OpenDemo);
            }
            ui.add_space(space::L);
        }
        let button = Button::secondary(Command::NewProfile.label());
        let text = "User pool ID, app client ID and identity pool ID. Each is checked as you type";
        if choice_ui(ui, "Enter the IDs yourself", text, button).clicked() {
            actions.push(Action::NewProfile);
        }
        ui.add_space(space::L);
        let button = Button::secondary(Command::Import.label());
        let text = "An Amplify project's file, a link or a text that a colleague sent, or what is \
                    in your AWS files";
        if choice_ui(ui, "Bring what you have", text, button).clicked() {
            actions.push(Action::OpenImport);
        }
        ui.add_space(space::L);
        let button = Button::secondary(Command::Discover.label());
        let text = "One of your own AWS profiles lists what an account has, and Poolkey works out \
                    the profiles";
        if choice_ui(ui, "Look in your AWS account", text, button).clicked() {
            actions.push(Action::OpenDiscover);
        }
    });
}

/// A card with a title, two lines and the button that it returns.
fn choice_ui(ui: &mut Ui, title: &str, text: &str, button: Button<'_>) -> Response {
    let tokens = Tokens::of(ui);
    card_ui(ui, |ui| {
        let height = Type::Heading.line_height() + space::XXS + 2.0 * Type::Body.line_height();
        let size = vec2(ui.available_width(), height);
        let layout = Layout::right_to_left(Align::Center);
        ui.allocate_ui_with_layout(size, layout, |ui| {
            ui.set_min_height(size.y);
            let button = ui.add(button);
            ui.add_space(space::XXXL);
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.label(Type::Heading.rich(title, tokens.text));
                ui.add_space(space::XXS);
                ui.label(Type::Body.rich(text, tokens.muted));
            });
            button
        })
        .inner
    })
}
