//! The configuration form, for a profile and for a new one: one file a card. Its buttons are in
//! `form_foot`.
//!
//! Deliberately absent: cards that mean nothing for the sign-in method.

mod hosts;
mod identity_pool;
mod managed_login;
mod providers;
mod sign_in;

use eframe::egui::{Response, Ui};

use self::hosts::hosts_ui;
use self::identity_pool::identity_pool_ui;
use self::managed_login::managed_login_ui;
use self::providers::providers_ui;
use self::sign_in::sign_in_ui;
use super::Actions;
use super::checks::checks_ui;
use super::form::{Checks, FormDraft, check};
use super::found::found_ui;
use crate::app::{Model, ProfileState};
use crate::domain::{ProfileField, RoleArn, SignInMethod};
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::widgets::card::{card_pair_ui, card_ui, column_pair_ui};
use crate::ui::widgets::field::Remark;
use crate::ui::widgets::heading::tell_heading;
use crate::ui::widgets::text_field::TextField;

/// What the form shows beside the draft.
struct Known<'a> {
    /// True while a client secret is stored and used.
    secret_kept: bool,
    /// The roles that the last token offered.
    roles: &'a [RoleArn],
    /// The field that a problem led to.
    asked: Option<ProfileField>,
}

impl Known<'_> {
    /// Brings the keyboard to a field, where it is the one that was asked for.
    fn lead_to(&self, field: ProfileField, response: &Response) {
        if self.asked == Some(field) {
            response.request_focus();
        }
    }
}

/// Draws the Configuration tab of a profile.
pub fn configuration_ui(
    ui: &mut Ui,
    model: &Model,
    state: &ProfileState,
    (draft, asked): (&mut FormDraft, Option<ProfileField>),
    actions: &mut Actions,
) {
    let checks = check(draft, model);
    let session = state.session.as_ref();
    let known = Known {
        secret_kept: state.profile.has_client_secret() && !draft.without_secret,
        roles: session.map_or(&[], |session| &session.roles),
        asked,
    };
    checks_ui(ui, model, draft, actions);
    fields_ui(ui, draft, &checks, &known, actions);
}

/// Draws the page of a new profile.
pub fn new_profile_ui(ui: &mut Ui, model: &Model, draft: &mut FormDraft, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::XS);
    let title = ui.label(Type::Title.rich("New profile", tokens.text));
    tell_heading(ui, &title, "New profile", 1);
    ui.add_space(space::XS);
    ui.label(Type::Body.rich(
        "The IDs are in the Amazon Cognito console: user pool, its app client, and identity pool",
        tokens.muted,
    ));
    ui.add_space(space::XXL);
    let checks = check(draft, model);
    let known = Known {
        secret_kept: false,
        roles: &[],
        asked: None,
    };
    checks_ui(ui, model, draft, actions);
    found_ui(ui, model, draft);
    fields_ui(ui, draft, &checks, &known, actions);
}

fn fields_ui(
    ui: &mut Ui,
    draft: &mut FormDraft,
    checks: &Checks,
    known: &Known<'_>,
    actions: &mut Actions,
) {
    card_ui(ui, |ui| name_ui(ui, draft, checks));
    ui.add_space(space::XL);
    let mut parts = draft.parts();
    card_pair_ui(
        ui,
        |ui| sign_in_ui(ui, &mut parts.sign_in, checks, known),
        |ui| identity_pool_ui(ui, &mut parts.identity_pool, checks, known),
    );
    let takes_logins = draft.sign_in == SignInMethod::Provider || !draft.providers.is_empty();
    if takes_logins && (draft.sign_in.uses_user_pool() || draft.sign_in == SignInMethod::Provider) {
        ui.add_space(space::XL);
        providers_ui(ui, draft, checks, known);
    }
    if draft.sign_in.uses_user_pool() {
        ui.add_space(space::XL);
        managed_login_ui(ui, &mut draft.login, &checks.login, known, actions);
    }
    ui.add_space(space::XL);
    hosts_ui(ui, draft, checks);
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
