//! Title, state and the main buttons of a profile.

use eframe::egui;
use eframe::egui::text::LayoutJob;
use eframe::egui::{Align, Layout, Ui, vec2};

use super::Actions;
use super::commands::{Folded, command_ui, more_button, more_ui};
use super::copy_as::{copy_as_button, copy_as_ui};
use super::sign_out::{sign_out_button, sign_out_ui};
use super::words::{Status, pill, shortened, status, who};
use crate::app::{Command, Model, ProfileState};
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::heading::tell_heading;
use crate::ui::widgets::hover::{cut_label_ui, text_on_hover};
use crate::ui::widgets::pill::{PillColors, pill_ui};

/// The pill, and the space around it.
const BESIDE_NAME: f32 = size::PILL_ROOM + space::XXXL;

/// Draws the header.
pub fn header_ui(ui: &mut Ui, model: &Model, state: &ProfileState, actions: &mut Actions) {
    let size = vec2(ui.available_width(), size::CONTROL_HEIGHT);
    let layout = Layout::right_to_left(Align::Center);
    if size.x < size::HEADER_ROWS {
        let layout = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(size, layout, |ui| title_ui(ui, model, state));
        ui.add_space(space::XXS);
        subtitle_ui(ui, state);
        ui.add_space(space::M);
        ui.allocate_ui_with_layout(size, layout, |ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            buttons_ui(ui, model, state, actions);
        });
        return;
    }
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().item_spacing.x = space::XL;
        buttons_ui(ui, model, state, actions);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            title_ui(ui, model, state);
        });
    });
    ui.add_space(space::XXS);
    subtitle_ui(ui, state);
}

fn buttons_ui(ui: &mut Ui, model: &Model, state: &ProfileState, actions: &mut Actions) {
    if state.running.is_some() {
        let button = Button::secondary(Command::Cancel.label());
        command_ui(ui, model, Command::Cancel, button, actions);
        return;
    }
    let asks_nobody = state.profile.asks_nobody();
    let first = first_command(state);
    let console = Command::OpenConsole;
    let console_button = || Button::secondary(console.label());
    command_ui(ui, model, first, Button::primary(first.label()), actions);
    // What does not fit is in the menu; what is needed more finds room first.
    let mut room = ui.available_width() - title_least(ui, state);
    let mut fits = |button: Button<'_>| {
        let needed = button.width(ui) + ui.spacing().item_spacing.x;
        let fits = needed <= room;
        room -= if fits { needed } else { 0.0 };
        fits
    };
    let _always = fits(more_button());
    let anything_kept = (state.refreshable && !asks_nobody) || state.session.is_some();
    let signs_out = anything_kept && fits(sign_out_button(state));
    let copies = state.has_credentials() && fits(copy_as_button());
    let opens_console = copies && fits(console_button());
    if signs_out {
        sign_out_ui(ui, state, actions);
    }
    if copies {
        copy_as_ui(ui, state, actions);
    }
    if opens_console {
        command_ui(ui, model, console, console_button(), actions);
    }
    let folded = Folded {
        sign_out: !signs_out,
        copy: !copies,
    };
    more_ui(ui, model, folded, actions);
}

/// What the title keeps of the line that it shares with the buttons: room for a name of usual length
/// and the pill. Nothing where it has a line of its own.
fn title_least(ui: &Ui, state: &ProfileState) -> f32 {
    if ui.max_rect().width() < size::HEADER_ROWS {
        return 0.0;
    }
    let color = Tokens::of(ui).text;
    let name = Type::Title.line(ui, state.profile.name.as_str(), color, size::NAME_FAIR);
    name.size().x + BESIDE_NAME
}

/// The one thing to do next.
pub fn first_command(state: &ProfileState) -> Command {
    if state.profile.asks_nobody() && state.session.is_none() {
        Command::GetCredentials
    } else if state.refreshable {
        Command::Refresh
    } else {
        Command::SignIn
    }
}

fn title_ui(ui: &mut Ui, model: &Model, state: &ProfileState) {
    let tokens = Tokens::of(ui);
    let word = pill(state, model.now);
    let width = (ui.available_width() - BESIDE_NAME).max(size::NAME_LEAST);
    let title = Type::Title.line(ui, state.profile.name.as_str(), tokens.text, width);
    let is_cut = title.elided;
    let (rect, response) = ui.allocate_exact_size(title.size(), egui::Sense::hover());
    let spoken = state.profile.name.as_str();
    let response = if is_cut {
        text_on_hover(response, spoken)
    } else {
        response
    };
    tell_heading(ui, &response, spoken, 1);
    crate::ui::theme::paint_galley(ui, title, egui::Align2::LEFT_TOP, rect.min);
    pill_ui(ui, word, pill_colors(model, state, tokens));
}

fn pill_colors(model: &Model, state: &ProfileState, tokens: &Tokens) -> PillColors {
    let colors = |front, back| PillColors { front, back };
    match status(state, model.now) {
        Status::Running => colors(tokens.muted, tokens.hovered),
        _ if state.problem.is_some() => colors(tokens.danger, tokens.danger_tint),
        Status::Valid => colors(tokens.accent, tokens.accent_tint),
        Status::Expiring => colors(tokens.warning, tokens.warning_tint),
        Status::Expired => colors(tokens.danger, tokens.danger_tint),
        Status::SignedOut => colors(tokens.muted, tokens.hovered),
    }
}

/// `ana@acme.example in user pool eu-west-1_aB3dE5gH7 → identity pool eu-west-1:9f0c…c41e`.
fn subtitle_ui(ui: &mut Ui, state: &ProfileState) {
    let tokens = Tokens::of(ui);
    let profile = &state.profile;
    let words = Type::Body.format(tokens.muted);
    let ids = Type::Mono.format(tokens.muted);
    let mut job = LayoutJob::default();
    if let Some(pool) = &profile.user_pool {
        let whose = match &profile.username {
            Some(username) => format!("{username} in user pool "),
            None => "User pool ".to_owned(),
        };
        job.append(&whose, 0.0, words.clone());
        job.append(pool.user_pool_id.as_str(), 0.0, ids.clone());
    } else {
        job.append(&who(profile), 0.0, words.clone());
    }
    job.append(" → identity pool ", 0.0, words);
    job.append(&shortened(profile.identity_pool_id.as_str()), 0.0, ids);
    // One line, always: cut text shows itself whole under the pointer.
    cut_label_ui(ui, job);
}
