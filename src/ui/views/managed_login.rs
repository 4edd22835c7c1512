//! The card of the configuration form about managed login.
//!
//! Deliberately absent: fields that mean nothing without a domain, until there is one.

use eframe::egui::Ui;

use super::Actions;
use super::login_form::{LoginChecks, LoginDraft};
use crate::app::Action;
use crate::domain::ManagedLogin;
use crate::ui::theme::tokens::GAP;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_title_ui, card_title_with_ui, card_ui};
use crate::ui::widgets::field::Remark;
use crate::ui::widgets::text_field::TextField;

/// Draws the card.
pub fn managed_login_ui(
    ui: &mut Ui,
    draft: &mut LoginDraft,
    checks: &LoginChecks,
    actions: &mut Actions,
) {
    card_ui(ui, |ui| {
        title_ui(ui, checks, actions);
        ui.add_space(6.0);
        let is_used = !draft.domain.trim().is_empty();
        pair_ui(ui, |[left, right]| {
            domain_ui(left, &mut draft.domain, checks);
            if is_used {
                help_field(
                    "Identity provider (optional)",
                    &mut draft.identity_provider,
                    "Google",
                    "Past the choice of providers, straight to this one",
                )
                .show(right);
            }
        });
        if !is_used {
            return;
        }
        ui.add_space(14.0);
        pair_ui(ui, |[left, right]| {
            callbacks_ui(left, &mut draft.callbacks, checks);
            scopes_ui(right, &mut draft.scopes, checks);
        });
        ui.add_space(14.0);
        pair_ui(ui, |[left, _]| {
            let help =
                "Registered as a sign-out URL; without it the browser ends at the sign-in page";
            let field = help_field(
                "Sign-out URL (optional)",
                &mut draft.logout_url,
                "https://acme.example/bye",
                help,
            );
            let wrong = Remark::error(checks.logout_url.as_ref());
            let help = Remark::Help(help.to_owned());
            field.mono().remark(wrong.or(Some(help))).show(left);
        });
    });
}

/// Two fields, exactly over and under those of the cards above.
fn pair_ui(ui: &mut Ui, contents: impl FnOnce([&mut Ui; 2])) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = GAP + 34.0;
        ui.columns_const(|[left, right]| contents([left, right]));
    });
}

fn help_field<'a>(
    label: &'a str,
    text: &'a mut String,
    placeholder: &'a str,
    help: &str,
) -> TextField<'a> {
    let help = Remark::Help(help.to_owned());
    TextField::new(label, text)
        .placeholder(placeholder)
        .remark(Some(help))
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

fn domain_ui(ui: &mut Ui, typed: &mut String, checks: &LoginChecks) {
    let label = if checks.is_missing {
        "Domain"
    } else {
        "Domain (optional)"
    };
    let remark = Remark::error(checks.domain.as_ref())
        .or_else(|| checks.whole_domain.clone().map(Remark::Help))
        .or_else(|| {
            let needed = "Signing in with the browser needs the domain, or its prefix";
            checks
                .is_missing
                .then(|| Remark::Warning(needed.to_owned()))
        })
        .unwrap_or_else(|| {
            let help = "The pool's pages in the browser, also for passkeys, Google and SAML: a \
                        prefix, or a domain of your own";
            Remark::Help(help.to_owned())
        });
    TextField::new(label, typed)
        .mono()
        .placeholder("acme.auth.eu-west-1.amazoncognito.com")
        .remark(Some(remark))
        .show(ui);
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
