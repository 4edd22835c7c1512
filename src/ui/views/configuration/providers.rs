//! The card of other providers' entries in the logins map.

use eframe::egui::Ui;

use super::Known;
use crate::domain::{ProfileField, SignInMethod};
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::views::form::providers::{Kind, ProviderChecks, ProviderDraft, Source};
use crate::ui::views::form::{Checks, FormDraft};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_title_with_ui, card_ui, column_pair_ui, divider_ui};
use crate::ui::widgets::dropdown::dropdown_ui;
use crate::ui::widgets::field::Remark;
use crate::ui::widgets::password_field::PasswordField;
use crate::ui::widgets::text_field::TextField;

/// Draws the card.
pub(super) fn providers_ui(ui: &mut Ui, draft: &mut FormDraft, checks: &Checks, known: &Known<'_>) {
    let title = if draft.sign_in == SignInMethod::Provider {
        "Providers"
    } else {
        "More logins"
    };
    card_ui(ui, |ui| {
        let add = card_title_with_ui(ui, title, |ui| {
            let add = ui.add(Button::quiet("+ Add provider").named("Add a provider"));
            if draft.providers.is_empty() {
                known.lead_to(ProfileField::Providers, &add);
            }
            add.clicked()
        });
        ui.add_space(space::XS);
        let muted = Tokens::of(ui).muted;
        let about = "Several at once are linked to one identity; a provider counts once";
        if draft.providers.is_empty() {
            let text = "Add the provider whose token the identity pool takes";
            ui.label(Type::Body.rich(text, muted));
        } else {
            ui.label(Type::Small.rich(about, muted));
        }
        let mut removed = None;
        for (number, provider) in draft.providers.iter_mut().enumerate() {
            ui.add_space(space::XL);
            divider_ui(ui);
            ui.add_space(space::XL);
            let Some(checks) = checks.providers.get(number) else {
                continue;
            };
            // Fields of the same name are told apart by their number.
            ui.push_id(number, |ui| {
                let known = (number == 0).then_some(known);
                if provider_ui(ui, provider, checks, known) {
                    removed = Some(number);
                }
            });
        }
        if let Some(number) = removed {
            draft.providers.remove(number);
        }
        if add {
            draft.providers.push(ProviderDraft::default());
        }
    });
}

/// True when it is to be removed.
fn provider_ui(
    ui: &mut Ui,
    draft: &mut ProviderDraft,
    checks: &ProviderChecks,
    first: Option<&Known<'_>>,
) -> bool {
    let ProviderDraft {
        kind, key, source, ..
    } = draft;
    let sources: Vec<(Source, &str)> = Source::ALL
        .into_iter()
        .filter(|(source, _)| *source != Source::Browser || kind.has_browser())
        .collect();
    if *source == Source::Browser && !kind.has_browser() {
        *source = Source::Typed;
    }
    // What the frame began with: both columns see the same.
    let chosen = *kind;
    column_pair_ui(
        ui,
        |ui| {
            let field = dropdown_ui(ui, "Provider", kind, &Kind::ALL, None);
            if let Some(known) = first {
                known.lead_to(ProfileField::Providers, &field);
            }
            key_ui(ui, chosen, key, checks);
        },
        |ui| {
            dropdown_ui(ui, "Token from", source, &sources, Some(wanted(chosen)));
        },
    );
    match draft.source {
        Source::Typed => {}
        Source::File => {
            ui.add_space(space::XL);
            let help = "Read anew for each exchange; while the window is open, changes are noticed";
            TextField::new("Token file", &mut draft.path)
                .mono()
                .placeholder("~/tokens/google.jwt")
                .remark(Some(Remark::Help(help.to_owned())))
                .show(ui);
        }
        Source::Command => {
            ui.add_space(space::XL);
            let help = "Prints the token and nothing else; run by the system's shell";
            TextField::new("Token command", &mut draft.command)
                .mono()
                .placeholder("gcloud auth print-identity-token")
                .remark(Some(Remark::Help(help.to_owned())))
                .show(ui);
        }
        Source::Browser => browser_ui(ui, draft, checks),
    }
    ui.add_space(space::M);
    ui.add(Button::quiet("Remove provider")).clicked()
}

/// What the identity pool wants of it.
const fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Public(0) => "An ID token of a client that the identity pool knows",
        Kind::Public(1) => "A user access token, not the OIDC token of Limited Login",
        Kind::Public(2) => "An access token (Atza…)",
        Kind::Public(_) => "An ID token; Apple sends nobody to an address on this computer",
        Kind::Oidc => "An ID token; its issuer is the provider's key",
        Kind::Saml => "The SAMLResponse in Base64; enhanced flow only",
    }
}

fn key_ui(ui: &mut Ui, kind: Kind, key: &mut String, checks: &ProviderChecks) {
    let (label, placeholder) = match kind {
        Kind::Public(_) => return,
        Kind::Oidc => ("Issuer", "https://login.acme.example"),
        Kind::Saml => (
            "Provider ARN",
            "arn:aws:iam::123456789012:saml-provider/Okta",
        ),
    };
    ui.add_space(space::XL);
    TextField::new(label, key)
        .mono()
        .placeholder(placeholder)
        .remark(Remark::error(checks.key.as_ref()))
        .show(ui);
}

fn browser_ui(ui: &mut Ui, draft: &mut ProviderDraft, checks: &ProviderChecks) {
    let ProviderDraft {
        client_id,
        client_secret,
        has_client_secret,
        callbacks,
        scopes,
        ..
    } = draft;
    ui.add_space(space::XL);
    column_pair_ui(
        ui,
        |ui| {
            TextField::new("Client ID at the provider", client_id)
                .mono()
                .placeholder("desktop.apps.example")
                .show(ui);
        },
        |ui| {
            let field = PasswordField::new("Client secret at the provider", client_secret.edit());
            if *has_client_secret {
                field
                    .placeholder("••••••••••••••••")
                    .trailing("in the secret store")
                    .show(ui);
            } else {
                field.placeholder("Only if it wants one").show(ui);
            }
        },
    );
    ui.add_space(space::XL);
    column_pair_ui(
        ui,
        |ui| {
            let help = Remark::Help("Register them at the provider, letter by letter".to_owned());
            TextField::new("Callback ports or URLs at the provider", callbacks)
                .mono()
                .placeholder("8976, 8977, 8978")
                .remark(Remark::error(checks.callbacks.as_ref()).or(Some(help)))
                .show(ui);
        },
        |ui| {
            let help = "offline_access, where the provider gives a refresh token for it";
            TextField::new("More scopes (optional)", scopes)
                .mono()
                .placeholder("email offline_access")
                .remark(
                    Remark::error(checks.scopes.as_ref()).or(Some(Remark::Help(help.to_owned()))),
                )
                .show(ui);
        },
    );
}
