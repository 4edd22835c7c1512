//! The places that a profile's credentials are used from: the card on Overview, and its rows.

use eframe::egui::{Align, Layout, Ui, vec2};
use jiff::tz::TimeZone;

use super::Actions;
use super::files_sheet::section;
use super::words::{clock_and_day, with_hint};
use crate::app::{Action, Endpoint, Model, ProfileState, Tab, WorkKind};
use crate::domain::{ExportTarget, Place, RoleArn};
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::widgets::alert::alert_ui;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_title_with_ui, divider_ui};
use crate::ui::widgets::switch::switch_ui;

/// What most people use; the Export tab has the others.
const USUAL: [ExportTarget; 2] = [
    ExportTarget::CredentialProcess,
    ExportTarget::CredentialsFile,
];

/// Draws the card.
pub fn usage_ui(
    ui: &mut Ui,
    model: &Model,
    state: &ProfileState,
    zone: &TimeZone,
    actions: &mut Actions,
) {
    let more = Button::quiet("All ways");
    if card_title_with_ui(ui, "Where it is used", |ui| ui.add(more).clicked()) {
        actions.push(Action::Open(Tab::Export));
    }
    for target in USUAL {
        target_ui(ui, model, state, target, None, zone, actions);
        row_end_ui(ui);
    }
    endpoint_ui(ui, state, actions);
    warnings_ui(ui, state);
}

/// Why it is not known what is in the files, and what hides what.
pub fn warnings_ui(ui: &mut Ui, state: &ProfileState) {
    if let Some(problem) = &state.exports_problem {
        ui.add_space(space::L);
        alert_ui(ui, &with_hint(problem));
    }
    for warning in &state.exports.warnings {
        ui.add_space(space::L);
        let color = Tokens::of(ui).warning;
        ui.label(Type::Small.rich(format!("Note: {warning}"), color));
    }
}

/// Between two rows.
pub fn row_end_ui(ui: &mut Ui) {
    ui.add_space(space::L);
    divider_ui(ui);
    ui.add_space(space::L);
}

/// A row: what it is, one sentence, and something at its end.
pub fn row_ui(ui: &mut Ui, title: &str, about: &str, end: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let height = Type::Strong.line_height() + Type::Small.line_height();
    let size = vec2(ui.available_width(), height);
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_height(height);
        end(ui);
        ui.add_space(space::XL);
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.label(Type::Strong.rich(title, tokens.text));
            ui.label(Type::Small.rich(about, tokens.muted));
        });
    });
}

/// The container endpoint.
pub fn endpoint_ui(ui: &mut Ui, state: &ProfileState, actions: &mut Actions) {
    let about = match &state.endpoint {
        Endpoint::Off => match not_yet(state) {
            Some(when) => format!("http://127.0.0.1 with a bearer token · {when}"),
            None => "http://127.0.0.1 with a bearer token".to_owned(),
        },
        Endpoint::Starting => "Starting…".to_owned(),
        Endpoint::On(at) => format!("{} · while this window runs", at.uri),
    };
    let on = matches!(state.endpoint, Endpoint::On(_));
    row_ui(ui, ENDPOINT, &about, |ui| {
        let idle = state.endpoint != Endpoint::Starting;
        let can_switch = idle && (on || state.has_credentials());
        if place_switch_ui(ui, can_switch, on, ENDPOINT, &about) {
            actions.push(Action::SetEndpoint {
                profile: state.profile.name.clone(),
                on: !on,
            });
        }
    });
}

/// True when clicked. Why it cannot be switched is part of the sentence beside it.
fn place_switch_ui(ui: &mut Ui, enabled: bool, on: bool, name: &str, about: &str) -> bool {
    let switch = ui.add_enabled_ui(enabled, |ui| switch_ui(ui, on, name));
    let id = switch.inner.id;
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_description(about));
    switch.inner.clicked()
}

/// From when on credentials can be used, where there are none.
fn not_yet(state: &ProfileState) -> Option<&'static str> {
    let needs_person = !state.refreshable && !state.profile.asks_nobody();
    match (state.has_credentials(), needs_person) {
        (true, _) => None,
        (false, true) => Some("after you sign in"),
        (false, false) => Some("once there are credentials"),
    }
}

const ENDPOINT: &str = "Container endpoint";

const fn title(target: ExportTarget) -> &'static str {
    match target {
        ExportTarget::CredentialProcess => "credential_process",
        ExportTarget::CredentialsFile => "Credentials file",
        ExportTarget::WebIdentity => "Web identity",
    }
}

/// One place in the AWS files. `role`: for a web identity, where the profile asks for none.
pub fn target_ui(
    ui: &mut Ui,
    model: &Model,
    state: &ProfileState,
    target: ExportTarget,
    role: Option<&RoleArn>,
    zone: &TimeZone,
    actions: &mut Actions,
) {
    let on = matches!(state.exports.place(target), Place::Ours { .. });
    let about = about(model, state, target, role, zone);
    row_ui(ui, title(target), &about, |ui| {
        let idle = state.exporting.is_none();
        let can_switch = idle && (on || model.can_export(state, target, role));
        if place_switch_ui(ui, can_switch, on, title(target), &about) {
            actions.push(Action::SetExport {
                profile: state.profile.name.clone(),
                target,
                on: !on,
                role: role.cloned(),
            });
        }
    });
}

fn about(
    model: &Model,
    state: &ProfileState,
    target: ExportTarget,
    role: Option<&RoleArn>,
    zone: &TimeZone,
) -> String {
    let name = &state.profile.name;
    let exports = &state.exports;
    let section = section(name, target);
    let (path, usual) = match target {
        ExportTarget::CredentialsFile => (&exports.credentials_path, "~/.aws/credentials"),
        _ => (&exports.config_path, "~/.aws/config"),
    };
    let path = if path.is_empty() { usual } else { path };
    let is_noticed = model.is_noticed(WorkKind::Files, name);
    if state.exporting == Some(target) && is_noticed && model.sheet.is_none() {
        return format!("Looking at {section} in {path}…");
    }
    let tail = match (target, exports.place(target)) {
        (ExportTarget::CredentialProcess, _) if model.demo => {
            "not in the demo: its secrets end with this window".to_owned()
        }
        (_, Place::Foreign) => "not made by Poolkey".to_owned(),
        (ExportTarget::CredentialProcess, _) => "always fresh, nothing on disk".to_owned(),
        (
            ExportTarget::WebIdentity,
            Place::Ours {
                expires_at: Some(at),
            },
        ) if *at <= model.now => "the token in its file has expired".to_owned(),
        (ExportTarget::WebIdentity, Place::Ours { .. }) => {
            "renewed every 8 minutes while Poolkey runs".to_owned()
        }
        (ExportTarget::WebIdentity, Place::Empty) => {
            let whom = "for tools that ask STS themselves";
            let has_role = role.is_some() || state.profile.exchange.role().is_some();
            if has_role || not_yet(state).is_some() {
                of_use(whom, state)
            } else {
                format!("{whom}, with the role below")
            }
        }
        (ExportTarget::CredentialsFile, Place::Ours { expires_at }) => match expires_at {
            Some(at) if *at <= model.now => "the keys in it have expired".to_owned(),
            Some(at) => format!("keys until {}", clock_and_day(model.now, *at, zone)),
            None => "written by Poolkey".to_owned(),
        },
        (ExportTarget::CredentialsFile, Place::Empty) => {
            of_use("for tools that read keys only", state)
        }
    };
    format!("{section} in {path} · {tail}")
}

fn of_use(whom: &str, state: &ProfileState) -> String {
    match not_yet(state) {
        Some(when) => format!("{whom}, {when}"),
        None => whom.to_owned(),
    }
}
