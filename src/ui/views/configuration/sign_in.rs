//! The card that says how somebody signs in: a user pool's app client, a developer's backend, or
//! nobody at all.

use eframe::egui::Ui;

use super::Known;
use super::identity_pool::logins_ui;
use crate::domain::{ProfileField, ProfileName, SignInMethod};
use crate::ui::theme::space;
use crate::ui::views::form::developer::{DeveloperDraft, Source};
use crate::ui::views::form::{Checks, SignInPart};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::card_title_ui;
use crate::ui::widgets::dropdown::dropdown_ui;
use crate::ui::widgets::field::{Remark, label_end_ui, label_line};
use crate::ui::widgets::password_field::PasswordField;
use crate::ui::widgets::text_field::TextField;

/// Draws the card's contents.
pub(super) fn sign_in_ui(
    ui: &mut Ui,
    part: &mut SignInPart<'_>,
    checks: &Checks,
    known: &Known<'_>,
) {
    let uses_pool = part.method.uses_user_pool();
    card_title_ui(ui, if uses_pool { "User pool" } else { "Sign-in" });
    ui.add_space(space::S);
    if uses_pool {
        pool_ui(ui, part, checks, known);
        ui.add_space(space::XL);
    }
    let methods = SignInMethod::ALL.map(|method| (method, method.label()));
    let help = part.method.explanation().trim_end_matches('.');
    let help = if uses_pool && checks.login.is_missing {
        format!("{help}. Its domain is still missing, below")
    } else {
        help.to_owned()
    };
    let field = dropdown_ui(ui, "Sign-in with", part.method, &methods, Some(&help));
    known.lead_to(ProfileField::SignIn, &field);
    if let Some(providers) = &mut part.providers {
        ui.add_space(space::XL);
        logins_ui(ui, "Providers", "None yet", providers);
    }
    if *part.method == SignInMethod::Developer {
        ui.add_space(space::XL);
        developer_ui(ui, part.developer, checks, known);
    }
    if uses_pool && !checks.sharers.is_empty() {
        ui.add_space(space::XL);
        sharing_ui(ui, part, checks);
    }
}

fn pool_ui(ui: &mut Ui, part: &mut SignInPart<'_>, checks: &Checks, known: &Known<'_>) {
    let region = checks.user_region.as_deref().unwrap_or_default();
    let field = TextField::new("User pool ID", part.user_pool_id)
        .mono()
        .placeholder("eu-west-1_aB3dE5gH7")
        .trailing(region, checks.user_region.is_some())
        .remark(Remark::error(checks.user_pool_id.as_ref()))
        .show(ui);
    known.lead_to(ProfileField::UserPool, &field);
    ui.add_space(space::XL);
    let field = TextField::new("App client ID", part.client_id)
        .mono()
        .placeholder("1h57kf5cpq17m0eml12example")
        .trailing("", checks.client_id_valid)
        .remark(Remark::error(checks.client_id.as_ref()))
        .show(ui);
    known.lead_to(ProfileField::Client, &field);
    ui.add_space(space::XL);
    let label = label_line(ui);
    let field = PasswordField::new("App client secret", part.client_secret.edit());
    if known.secret_kept {
        let field = field
            .placeholder("••••••••••••••••")
            .trailing("in the secret store")
            .show(ui);
        known.lead_to(ProfileField::ClientSecret, &field);
        let without = Button::quiet("Use no client secret");
        if label_end_ui(ui, label, true, without).clicked() {
            *part.without_secret = true;
        }
    } else {
        let field = field.placeholder("Only if the app client has one").show(ui);
        known.lead_to(ProfileField::ClientSecret, &field);
    }
}

/// One sign-in for several identity pools.
fn sharing_ui(ui: &mut Ui, part: &mut SignInPart<'_>, checks: &Checks) {
    let names: Vec<String> = checks
        .sharers
        .iter()
        .map(|other| match &other.username {
            Some(username) => format!("With {} ({username})", other.name),
            None => format!("With {}", other.name),
        })
        .collect();
    let mut options = vec![(None, "No, a sign-in of its own")];
    options.extend((0..).map(Some).zip(names.iter().map(String::as_str)));
    let current = part.shares_sign_in.as_ref();
    let place = |name: &ProfileName| checks.sharers.iter().position(|other| other.name == *name);
    let mut chosen = current.and_then(place);
    let help = "Profiles that share sign in once and out together";
    dropdown_ui(ui, "Share a sign-in", &mut chosen, &options, Some(help));
    let chosen = chosen.and_then(|number: usize| checks.sharers.get(number));
    *part.shares_sign_in = chosen.map(|other| other.name.clone());
}

fn developer_ui(ui: &mut Ui, draft: &mut DeveloperDraft, checks: &Checks, known: &Known<'_>) {
    let label = "Identity and token from";
    let field = dropdown_ui(ui, label, &mut draft.source, &Source::ALL, None);
    known.lead_to(ProfileField::Developer, &field);
    ui.add_space(space::XL);
    if draft.source == Source::Command {
        let help = "Prints {\"IdentityId\": …, \"Token\": …}, as the AWS CLI does";
        TextField::new("Command", &mut draft.command)
            .mono()
            .placeholder("vouch --for ana")
            .remark(Some(Remark::Help(help.to_owned())))
            .show(ui);
        return;
    }
    let help = "In ~/.aws; it may call GetOpenIdTokenForDeveloperIdentity";
    TextField::new("AWS profile", &mut draft.aws_profile)
        .mono()
        .placeholder("backend")
        .remark(Some(Remark::Help(help.to_owned())))
        .show(ui);
    ui.add_space(space::XL);
    TextField::new("Developer provider name", &mut draft.provider_name)
        .mono()
        .placeholder("login.acme.example")
        .show(ui);
    ui.add_space(space::XL);
    TextField::new("User identifier", &mut draft.user_id)
        .mono()
        .placeholder("As your backend knows the person")
        .show(ui);
    ui.add_space(space::XL);
    TextField::new("Token lasts (seconds, optional)", &mut draft.token_seconds)
        .mono()
        .placeholder("900")
        .remark(Remark::error(checks.developer.token_seconds.as_ref()))
        .show(ui);
}
