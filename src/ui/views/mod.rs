//! What the window shows, one file per part.
//!
//! A view reads the model, changes only its draft, and pushes actions. Deliberately absent: input
//! and output, the clock, and colours that are not tokens.

pub mod about;
mod absent;
pub mod activity;
pub mod announcer;
pub mod call_rows;
pub mod checks;
pub mod claims;
pub mod clock_warning;
pub mod commands;
pub mod config_problem;
pub mod configuration;
pub mod copy_as;
pub mod cover;
pub mod credentials;
pub mod discover;
pub mod export;
pub mod files_sheet;
pub mod first_run;
pub mod form;
pub mod form_foot;
pub mod found;
pub mod getting_started;
pub mod header;
pub mod identity;
pub mod lifetime;
pub mod list_drawer;
mod nothing_yet;
pub mod notice_list;
pub mod notices;
pub mod overview;
pub mod palette;
pub mod password;
pub mod problem_card;
pub mod settings;
pub mod shape;
pub mod sheets;
pub mod shortcuts;
pub mod sidebar;
pub mod sign_in;
pub mod sign_out;
pub mod status_bar;
pub mod tokens;
pub mod usage;
pub mod words;

use eframe::egui::{CentralPanel, Frame, Panel, ScrollArea, Ui, UiBuilder, vec2};
use jiff::tz::TimeZone;

use self::form_foot::FORM_FOOT;
use self::shape::{Shape, is_low, page_margin};
use super::draft::Drafts;
use super::theme::{Tokens, size, space};
use super::widgets::tab_bar::tab_bar_ui;
use crate::app::{Action, Model, Page, ProfileState, Tab, WorkKind};
use crate::domain::ProfileName;
use crate::ui::widgets::empty_state::empty_state_ui;

/// What people asked for during a frame, in order.
pub type Actions = Vec<Action>;

/// Draws the whole window.
pub fn window_ui(
    ui: &mut Ui,
    model: &Model,
    zone: &TimeZone,
    drafts: &mut Drafts,
    actions: &mut Actions,
) {
    if model.lock.on {
        cover::cover_ui(ui, model, &mut drafts.unlock, actions);
        return;
    }
    announcer::announcer_ui(ui, model);
    let shape = Shape::of(ui.ctx());
    if shape == Shape::Narrow {
        list_drawer::top_ui(ui, model, zone, drafts, actions);
    } else {
        // What was asked of the list beside the page is no wish for the drawer later.
        (drafts.list_open, drafts.list_asked) = (false, model.search_asked);
        Panel::left("sidebar")
            .resizable(false)
            .show_separator_line(false)
            .exact_size(shape.list_width())
            .frame(Frame::new().fill(Tokens::of(ui).sidebar))
            .show(ui, |ui| {
                sidebar::sidebar_ui(ui, model, &mut drafts.list, actions);
            });
    }
    if !is_low(ui.ctx()) {
        Panel::bottom("status bar")
            .resizable(false)
            .show_separator_line(false)
            .exact_size(size::STATUS_HEIGHT)
            .frame(Frame::new())
            .show(ui, |ui| status_bar::status_bar_ui(ui, model, zone, actions));
    }
    // The shell clears the window to the background; painting it again costs a quarter of a frame
    // where the CPU paints.
    CentralPanel::default()
        .frame(Frame::new())
        .show(ui, |ui| page_ui(ui, model, zone, drafts, actions));
    list_drawer::drawer_ui(ui, model, drafts, actions);
    sign_in::sign_in_ui(ui, model, &mut drafts.sign_in, actions);
    password::password_ui(ui, model, &mut drafts.password, actions);
    sheets::sheets_ui(ui, model, &mut drafts.passphrase, actions);
    sidebar::list_sheets_ui(ui, model, &mut drafts.list, actions);
    files_sheet::files_sheet_ui(ui, model, actions);
    getting_started::offers::offers_ui(ui, model, &mut drafts.import, actions);
    getting_started::share::share_ui(ui, model, actions);
    palette::palette_ui(ui, model, &mut drafts.palette, actions);
    notices::notices_ui(ui, model, actions);
    getting_started::drop::drop_ui(ui, model, actions);
}

/// The right side: one page, scrolled where the window is low.
fn page_ui(
    ui: &mut Ui,
    model: &Model,
    zone: &TimeZone,
    drafts: &mut Drafts,
    actions: &mut Actions,
) {
    let has_form = form_foot::has_form(model);
    let foot = if has_form { FORM_FOOT } else { 0.0 };
    // Each page keeps its own place: another one begins at its top.
    let whose = model.selected.as_ref().map(ProfileName::as_str);
    let page = match model.page {
        Page::NewProfile => ("New profile", None),
        Page::Settings => ("Settings", None),
        Page::About => ("About", None),
        Page::Import => ("Import", None),
        Page::Shortcuts => ("Keyboard shortcuts", None),
        Page::Discover => ("Discover profiles", None),
        Page::Profile => (model.tab.label(), whose),
    };
    ScrollArea::vertical()
        .id_salt(page)
        .auto_shrink([false, false])
        .max_height((ui.available_height() - foot).max(0.0))
        .show(ui, |ui| {
            let side = page_margin(ui);
            let above = if is_low(ui.ctx()) {
                space::M
            } else {
                Shape::of(ui.ctx()).margin_y()
            };
            ui.add_space(above);
            let column = ui.available_rect_before_wrap().shrink2(vec2(side, 0.0));
            ui.scope_builder(UiBuilder::new().max_rect(column), |ui| {
                ui.set_width(column.width());
                clock_warning::clock_warning_ui(ui, model);
                if let Some(problem) = &model.config_problem {
                    config_problem::config_problem_ui(ui, model, problem, actions);
                } else if model.page == Page::Shortcuts {
                    shortcuts::shortcuts_ui(ui, actions);
                } else if model.page == Page::NewProfile {
                    configuration::new_profile_ui(ui, model, &mut drafts.new_form, actions);
                } else if model.page == Page::Settings {
                    settings::settings_ui(ui, model, &mut drafts.settings, actions);
                } else if model.page == Page::About {
                    about::about_ui(ui, model, &mut drafts.about, actions);
                } else if model.page == Page::Import {
                    getting_started::import_ui(ui, model, &mut drafts.import, actions);
                } else if model.page == Page::Discover {
                    discover::discover_ui(ui, model, &mut drafts.discover, actions);
                } else if let Some(state) = model.current() {
                    profile_ui(ui, model, state, zone, drafts, actions);
                } else if model.loaded {
                    first_run::first_run_ui(ui, model, actions);
                } else if is_slow(model, WorkKind::Configuration) {
                    let text = "Another program may hold the file for a moment";
                    empty_state_ui(ui, "Reading the configuration", text, None);
                }
            });
            ui.add_space(above);
        });
    if has_form {
        form_foot::form_foot_ui(ui, model, drafts, actions);
    }
}

/// True while this kind of work has run for long enough to be spoken of.
fn is_slow(model: &Model, kind: WorkKind) -> bool {
    model.noticed().any(|doing| doing.work.kind == kind)
}

fn profile_ui(
    ui: &mut Ui,
    model: &Model,
    state: &ProfileState,
    zone: &TimeZone,
    drafts: &mut Drafts,
    actions: &mut Actions,
) {
    header::header_ui(ui, model, state, actions);
    ui.add_space(space::XL);
    let labels = Tab::ALL.map(Tab::label);
    let current = Tab::ALL.iter().position(|tab| *tab == model.tab);
    let chosen = tab_bar_ui(ui, &labels, current.unwrap_or_default());
    if let Some(tab) = chosen.and_then(|number| Tab::ALL.get(number)) {
        actions.push(Action::Open(*tab));
    }
    ui.add_space(space::XL);
    match model.tab {
        Tab::Overview => overview::overview_ui(ui, model, state, zone, actions),
        Tab::Tokens => tokens::tokens_ui(ui, model, state, zone, actions),
        Tab::Export => {
            export::export_ui(ui, model, state, zone, &mut drafts.export, actions);
        }
        Tab::Activity => {
            activity::activity_ui(ui, model, state, zone, &mut drafts.activity, actions);
        }
        Tab::Configuration => {
            let asked = drafts.asked_field.take();
            configuration::configuration_ui(ui, model, state, (&mut drafts.form, asked), actions);
        }
    }
}
