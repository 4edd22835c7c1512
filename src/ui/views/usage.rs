//! The card with the places in the AWS files that Poolkey serves.

use eframe::egui::{Align, Layout, Ui, vec2};
use jiff::tz::TimeZone;

use super::Actions;
use super::words::clock_and_day;
use crate::app::{Action, Model, ProfileState};
use crate::domain::{ExportTarget, Place};
use crate::ui::theme::{Tokens, Type};
use crate::ui::widgets::card::{card_title_ui, divider_ui};
use crate::ui::widgets::switch::switch_ui;

/// Draws the card.
pub fn usage_ui(
    ui: &mut Ui,
    model: &Model,
    state: &ProfileState,
    zone: &TimeZone,
    actions: &mut Actions,
) {
    card_title_ui(ui, "Where it is used");
    ui.add_space(4.0);
    for (number, target) in ExportTarget::ALL.into_iter().enumerate() {
        if number > 0 {
            ui.add_space(9.0);
            divider_ui(ui);
            ui.add_space(9.0);
        }
        target_ui(ui, model, state, target, zone, actions);
    }
    for warning in &state.exports.warnings {
        ui.add_space(9.0);
        let color = Tokens::of(ui).warning;
        ui.label(Type::Small.rich(format!("Note: {warning}"), color));
    }
}

const fn title(target: ExportTarget) -> &'static str {
    match target {
        ExportTarget::CredentialProcess => "credential_process",
        ExportTarget::CredentialsFile => "Credentials file",
        ExportTarget::WebIdentity => "Web identity",
    }
}

fn target_ui(
    ui: &mut Ui,
    model: &Model,
    state: &ProfileState,
    target: ExportTarget,
    zone: &TimeZone,
    actions: &mut Actions,
) {
    let tokens = Tokens::of(ui);
    let on = matches!(state.exports.place(target), Place::Ours { .. });
    let width = ui.available_width();
    ui.allocate_ui_with_layout(
        vec2(width, 36.0),
        Layout::right_to_left(Align::Center),
        |ui| {
            ui.set_min_height(36.0);
            let idle = state.exporting.is_none();
            let can_switch = idle && (on || can_write(model, state, target));
            let switch = ui.add_enabled_ui(can_switch, |ui| switch_ui(ui, on, title(target)));
            if switch.inner.clicked() {
                actions.push(Action::SetExport {
                    profile: state.profile.name.clone(),
                    target,
                    on: !on,
                });
            }
            ui.add_space(12.0);
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.label(Type::Strong.rich(title(target), tokens.text));
                let about = about(model, state, target, zone);
                ui.label(Type::Small.rich(about, tokens.muted));
            });
        },
    );
}

/// Keys can only be written where there are some. An entry that runs Poolkey always can, but in
/// the demo: its secrets live in this process only.
fn can_write(model: &Model, state: &ProfileState, target: ExportTarget) -> bool {
    match target {
        ExportTarget::CredentialProcess => !model.demo,
        ExportTarget::CredentialsFile => state.session.is_some() || state.refreshable,
        ExportTarget::WebIdentity => {
            state.profile.exchange.role().is_some()
                && (state.session.is_some() || state.refreshable)
        }
    }
}

fn about(model: &Model, state: &ProfileState, target: ExportTarget, zone: &TimeZone) -> String {
    let name = &state.profile.name;
    let exports = &state.exports;
    let (section, path, usual) = match target {
        ExportTarget::CredentialProcess | ExportTarget::WebIdentity => (
            format!("[profile {name}]"),
            &exports.config_path,
            "~/.aws/config",
        ),
        ExportTarget::CredentialsFile => (
            format!("[{name}]"),
            &exports.credentials_path,
            "~/.aws/credentials",
        ),
    };
    let path = if path.is_empty() { usual } else { path };
    if state.exporting == Some(target) {
        return format!("Writing {section} in {path}…");
    }
    let tail = match (target, exports.place(target)) {
        (ExportTarget::CredentialProcess, _) if model.demo => {
            "not in the demo: its secrets end with this window".to_owned()
        }
        (_, Place::Foreign) => "not made by Poolkey".to_owned(),
        (ExportTarget::CredentialProcess, _) => "always fresh, nothing on disk".to_owned(),
        (ExportTarget::WebIdentity, _) => "a token that SDKs exchange themselves".to_owned(),
        (ExportTarget::CredentialsFile, Place::Ours { expires_at }) => match expires_at {
            Some(at) if *at <= model.now => "the keys in it have expired".to_owned(),
            Some(at) => format!("keys until {}", clock_and_day(model.now, *at, zone)),
            None => "written by Poolkey".to_owned(),
        },
        (ExportTarget::CredentialsFile, Place::Empty) => "for tools that read keys only".to_owned(),
    };
    format!("{section} in {path} · {tail}")
}
