//! The configuration form, for a profile and for a new one; its buttons are in `form_foot`.

use eframe::egui::Ui;

use super::Actions;
use super::form::{Checks, FormDraft, check};
use super::managed_login::managed_login_ui;
use crate::app::{Model, ProfileState};
use crate::domain::SignInMethod;
use crate::ui::theme::tokens::GAP;
use crate::ui::theme::{Tokens, Type};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_pair_ui, card_title_ui, card_ui, column_pair_ui};
use crate::ui::widgets::dropdown::dropdown_ui;
use crate::ui::widgets::field::Remark;
use crate::ui::widgets::password_field::PasswordField;
use crate::ui::widgets::text_field::TextField;

/// Draws the Configuration tab of a profile.
pub fn configuration_ui(
    ui: &mut Ui,
    model: &Model,
    state: &ProfileState,
    draft: &mut FormDraft,
    actions: &mut Actions,
) {
    let checks = check(draft, model);
    let kept = state.profile.has_client_secret() && !draft.without_secret;
    fields_ui(ui, draft, &checks, kept);
    ui.add_space(GAP);
    managed_login_ui(ui, &mut draft.login, &checks.login, actions);
}

/// Draws the page of a new profile.
pub fn new_profile_ui(ui: &mut Ui, model: &Model, draft: &mut FormDraft, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    ui.add_space(3.0);
    ui.label(Type::Title.rich("New profile", tokens.text));
    ui.add_space(4.0);
    ui.label(Type::Body.rich(
        "The IDs are in the Amazon Cognito console: user pool, its app client, and identity pool",
        tokens.muted,
    ));
    ui.add_space(18.0);
    let checks = check(draft, model);
    fields_ui(ui, draft, &checks, false);
    ui.add_space(GAP);
    managed_login_ui(ui, &mut draft.login, &checks.login, actions);
}

fn fields_ui(ui: &mut Ui, draft: &mut FormDraft, checks: &Checks, secret_kept: bool) {
    card_ui(ui, |ui| name_ui(ui, draft, checks));
    ui.add_space(GAP);
    let FormDraft {
        user_pool_id,
        client_id,
        client_secret,
        without_secret,
        sign_in,
        identity_pool_id,
        endpoint_url,
        ..
    } = draft;
    card_pair_ui(
        ui,
        |ui| {
            card_title_ui(ui, "User pool");
            ui.add_space(6.0);
            let region = checks.user_region.as_deref().unwrap_or_default();
            TextField::new("User pool ID", user_pool_id)
                .mono()
                .placeholder("eu-west-1_aB3dE5gH7")
                .trailing(region, checks.user_region.is_some())
                .remark(Remark::error(checks.user_pool_id.as_ref()))
                .show(ui);
            ui.add_space(14.0);
            TextField::new("App client ID", client_id)
                .mono()
                .placeholder("1h57kf5cpq17m0eml12example")
                .trailing("", checks.client_id_valid)
                .remark(Remark::error(checks.client_id.as_ref()))
                .show(ui);
            ui.add_space(14.0);
            secret_ui(ui, client_secret.edit(), without_secret, secret_kept);
            ui.add_space(14.0);
            let methods = SignInMethod::ALL.map(|method| (method, method.label()));
            let help = sign_in.explanation().trim_end_matches('.');
            let help = if checks.login.is_missing {
                format!("{help}. Its domain is still missing, below")
            } else {
                help.to_owned()
            };
            dropdown_ui(ui, "Sign-in with", sign_in, &methods, Some(&help));
        },
        |ui| identity_pool_ui(ui, identity_pool_id, endpoint_url, checks),
    );
}

fn identity_pool_ui(ui: &mut Ui, id: &mut String, endpoint: &mut String, checks: &Checks) {
    card_title_ui(ui, "Identity pool");
    ui.add_space(6.0);
    let mismatch = || checks.mismatch.clone().map(Remark::Warning);
    TextField::new("Identity pool ID", id)
        .mono()
        .placeholder("eu-west-1:9f0c1d2e-…")
        .remark(Remark::error(checks.identity_pool_id.as_ref()).or_else(mismatch))
        .show(ui);
    ui.add_space(14.0);
    let help = Remark::Help("Only for a sandbox or an emulator, in place of AWS".to_owned());
    TextField::new("Endpoint (optional)", endpoint)
        .mono()
        .placeholder("http://127.0.0.1:5000")
        .remark(Remark::error(checks.endpoint_url.as_ref()).or(Some(help)))
        .show(ui);
}

fn name_ui(ui: &mut Ui, draft: &mut FormDraft, checks: &Checks) {
    let FormDraft {
        name,
        group,
        focus_wanted,
        ..
    } = draft;
    column_pair_ui(
        ui,
        |ui| {
            let field = TextField::new("Profile name", name)
                .placeholder("acme-prod")
                .remark(Remark::error(checks.name.as_ref()))
                .show(ui);
            if std::mem::take(focus_wanted) {
                field.request_focus();
            }
        },
        |ui| {
            TextField::new("Group (optional)", group)
                .placeholder("A heading in the list")
                .show(ui);
        },
    );
}

fn secret_ui(ui: &mut Ui, typed: &mut String, without_secret: &mut bool, kept: bool) {
    let field = PasswordField::new("App client secret", typed);
    if kept {
        field
            .placeholder("••••••••••••••••")
            .trailing("in keychain")
            .show(ui);
        ui.add_space(3.0);
        if ui.add(Button::quiet("Use no client secret")).clicked() {
            *without_secret = true;
        }
        ui.add_space(-8.0);
    } else {
        field.placeholder("Only if the app client has one").show(ui);
    }
}
