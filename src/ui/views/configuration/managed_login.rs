//! The card of the configuration form about managed login.
//!
//! Deliberately absent: fields that mean nothing without a domain, until there is one.

use eframe::egui::{Response, Ui};

use super::Known;
use crate::app::Action;
use crate::domain::{ManagedLogin, ProfileField};
use crate::ui::theme::space;
use crate::ui::views::Actions;
use crate::ui::views::form::managed_login::{LoginChecks, LoginDraft};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_title_ui, card_title_with_ui, card_ui, column_pair_ui};
use crate::ui::widgets::field::Remark;
use crate::ui::widgets::text_field::TextField;

/// Draws the card.
pub fn managed_login_ui(
    ui: &mut Ui,
    draft: &mut LoginDraft,
    checks: &LoginChecks,
    known: &Known<'_>,
    actions: &mut Actions,
) {
    card_ui(ui, |ui| {
        title_ui(ui, checks, actions);
        ui.add_space(space::S);
        let is_used = !draft.domain.trim().is_empty();
        let LoginDraft {
            domain,
            identity_provider,
            callbacks,
            scopes,
            logout_url,
        } = draft;
        column_pair_ui(
            ui,
            |ui| {
                let field = domain_ui(ui, domain, checks);
                known.lead_to(ProfileField::ManagedLogin, &field);
            },
            |ui| {
                if is_used {
                    provider_ui(ui, identity_provider);
                }
            },
        );
        if !is_used {
            return;
        }
        ui.add_space(space::XL);
        column_pair_ui(
            ui,
            |ui| callbacks_ui(ui, callbacks, checks),
            |ui| scopes_ui(ui, scopes, checks),
        );
        ui.add_space(space::XL);
        column_pair_ui(ui, |ui| logout_ui(ui, logout_url, checks), |_| ());
    });
}

fn provider_ui(ui: &mut Ui, typed: &mut String) {
    let help = "Past the choice of providers, straight to this one";
    TextField::new("Identity provider (optional)", typed)
        .placeholder("Google")
        .remark(Some(Remark::Help(help.to_owned())))
        .show(ui);
}

fn logout_ui(ui: &mut Ui, typed: &mut String, checks: &LoginChecks) {
    let help = "Registered as a sign-out URL; without it the browser ends at the sign-in page";
    let help = Remark::Help(help.to_owned());
    TextField::new("Sign-out URL (optional)", typed)
        .mono()
        .placeholder("https://acme.example/bye")
        .remark(Remark::error(checks.logout_url.as_ref()).or(Some(help)))
        .show(ui);
}

fn title_ui(ui: &mut Ui, checks: &LoginChecks, actions: &mut Actions) {
    if checks.callback_urls.is_empty() {
        card_title_ui(ui, "Managed login");
        return;
    }
    let clicked = card_title_with_ui(ui, "Managed login", |ui| {
        ui.add(Button::quiet("Copy callback URLs")).clicked()
    });
    if clicked {
        let urls = checks.callback_urls.iter().map(ToString::to_string);
        actions.push(Action::CopyText {
            what: "Callback URLs",
            text: urls.collect::<Vec<_>>().join("\n"),
        });
    }
}

fn domain_ui(ui: &mut Ui, typed: &mut String, checks: &LoginChecks) -> Response {
    let remark = Remark::error(checks.domain.as_ref())
        .or_else(|| checks.whole_domain.clone().map(Remark::Help))
        .or_else(|| {
            let needed = "Signing in with the browser needs the domain, or its prefix";
            checks
                .is_missing
                .then(|| Remark::Warning(needed.to_owned()))
        })
        .unwrap_or_else(|| {
            let help = "Optional: the pool's pages in the browser, for passkeys, Google, SAML. A \
                        prefix, or a domain of your own";
            Remark::Help(help.to_owned())
        });
    TextField::new("Domain", typed)
        .mono()
        .placeholder("acme.auth.eu-west-1.amazoncognito.com")
        .remark(Some(remark))
        .show(ui)
}

fn callbacks_ui(ui: &mut Ui, typed: &mut String, checks: &LoginChecks) {
    let urls = checks.callback_urls.iter().map(ToString::to_string);
    let urls = urls.collect::<Vec<_>>().join(", ");
    let help = format!("The first free one is used. Register all, letter by letter: {urls}");
    TextField::new("Callback ports or URLs", typed)
        .mono()
        .placeholder("8976, 8977, 8978")
        .remark(Remark::error(checks.callbacks.as_ref()).or(Some(Remark::Help(help))))
        .show(ui);
}

fn scopes_ui(ui: &mut Ui, typed: &mut String, checks: &LoginChecks) {
    let usual = ManagedLogin::DEFAULT_SCOPES.join(" ");
    let help = "aws.cognito.signin.user.admin lets you sign out everywhere and change the password";
    let help = Remark::Help(help.to_owned());
    TextField::new("Scopes", typed)
        .mono()
        .placeholder(&usual)
        .remark(Remark::error(checks.scopes.as_ref()).or(Some(help)))
        .show(ui);
}
