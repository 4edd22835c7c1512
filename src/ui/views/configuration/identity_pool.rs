//! The card that says where tokens are exchanged, in which flow and for which role.

use eframe::egui::{Response, Ui};

use super::Known;
use crate::domain::{ProfileField, RoleArn};
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::views::form::exchange::{ExchangeDraft, Flow};
use crate::ui::views::form::providers::ProviderDraft;
use crate::ui::views::form::{Checks, IdentityPoolPart};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::card_title_ui;
use crate::ui::widgets::dropdown::dropdown_ui;
use crate::ui::widgets::field::Remark;
use crate::ui::widgets::switch::switch_ui;
use crate::ui::widgets::text_field::TextField;

/// Draws the card's contents.
pub(super) fn identity_pool_ui(
    ui: &mut Ui,
    part: &mut IdentityPoolPart<'_>,
    checks: &Checks,
    known: &Known<'_>,
) {
    card_title_ui(ui, "Identity pool");
    ui.add_space(space::S);
    let mismatch = || checks.mismatch.clone().map(Remark::Warning);
    let field = TextField::new("Identity pool ID", part.id)
        .mono()
        .placeholder("eu-west-1:9f0c1d2e-…")
        .remark(Remark::error(checks.identity_pool_id.as_ref()).or_else(mismatch))
        .show(ui);
    known.lead_to(ProfileField::IdentityPool, &field);
    ui.add_space(space::XL);
    let exchange = &mut *part.exchange;
    let help = exchange.flow.explanation();
    let field = dropdown_ui(ui, "Flow", &mut exchange.flow, &Flow::ALL, Some(help));
    known.lead_to(ProfileField::Flow, &field);
    match exchange.flow {
        Flow::Enhanced if part.has_roles => {
            ui.add_space(space::XL);
            role_ui(ui, exchange, checks, known);
        }
        // Guests have no token that could offer roles, nor has a developer's backend.
        Flow::Enhanced => {}
        Flow::Basic => {
            ui.add_space(space::XL);
            basic_ui(ui, exchange, checks, known);
        }
    }
    if part.can_carry_over {
        ui.add_space(space::XL);
        carry_over_ui(ui, part.carries_over_guest);
    }
    if let Some(providers) = &mut part.more_logins {
        ui.add_space(space::XL);
        logins_ui(ui, "More logins", "None beside the user pool", providers);
    }
    if let Some(together) = &checks.together {
        ui.add_space(space::L);
        ui.label(Type::Small.rich(together, Tokens::of(ui).danger));
    }
}

/// The pool's own choice, a role of the last token, or one that is typed.
fn role_ui(ui: &mut Ui, draft: &mut ExchangeDraft, checks: &Checks, known: &Known<'_>) {
    const POOL: usize = 0;
    let typed = known.roles.len() + 1;
    let mut options = vec![(POOL, "Chosen by the identity pool")];
    options.extend((1..).zip(known.roles.iter().map(RoleArn::role_name)));
    options.push((typed, "Another role…"));
    let place = known
        .roles
        .iter()
        .position(|role| role.as_str() == draft.role);
    let mut chosen = match place {
        Some(place) if !draft.types_role => place + 1,
        None if draft.role.is_empty() && !draft.types_role => POOL,
        _ => typed,
    };
    let before = chosen;
    let help = if known.roles.is_empty() {
        "Sign in once, and the roles in your token are listed here"
    } else {
        "One of the roles in your token, or the pool's own rule"
    };
    let field = dropdown_ui(ui, "Role", &mut chosen, &options, Some(help));
    known.lead_to(ProfileField::Role, &field);
    if chosen != before {
        draft.types_role = chosen == typed;
        let picked = chosen
            .checked_sub(1)
            .and_then(|number| known.roles.get(number));
        draft.role = picked.map(ToString::to_string).unwrap_or_default();
    }
    if chosen == typed {
        ui.add_space(space::XL);
        role_arn_ui(
            ui,
            draft,
            checks,
            "It has to be among the roles in the token",
        );
    }
}

fn role_arn_ui(ui: &mut Ui, draft: &mut ExchangeDraft, checks: &Checks, help: &str) -> Response {
    let help = Remark::Help(help.to_owned());
    let fault = checks
        .exchange
        .role
        .as_ref()
        .filter(|_| !draft.role.is_empty());
    TextField::new("Role ARN", &mut draft.role)
        .mono()
        .placeholder("arn:aws:iam::123456789012:role/readers")
        .remark(Remark::error(fault).or(Some(help)))
        .show(ui)
}

fn basic_ui(ui: &mut Ui, draft: &mut ExchangeDraft, checks: &Checks, known: &Known<'_>) {
    let help = "Its trust policy has to name the identity pool";
    let field = role_arn_ui(ui, draft, checks, help);
    known.lead_to(ProfileField::Role, &field);
    ui.add_space(space::XL);
    TextField::new("Role session name (optional)", &mut draft.session_name)
        .mono()
        .placeholder(crate::domain::BasicFlow::SESSION_NAME)
        .remark(Remark::error(checks.exchange.session_name.as_ref()))
        .show(ui);
    ui.add_space(space::XL);
    let help = Remark::Help("900 to what the role allows, at most 43200".to_owned());
    let field = TextField::new("Duration (seconds, optional)", &mut draft.duration)
        .mono()
        .placeholder("3600")
        .remark(Remark::error(checks.exchange.duration.as_ref()).or(Some(help)))
        .show(ui);
    known.lead_to(ProfileField::Duration, &field);
    ui.add_space(space::XL);
    let help = Remark::Help("Narrows what the role may do".to_owned());
    let field = TextField::new("Session policy (JSON, optional)", &mut draft.policy)
        .mono()
        .placeholder("{\"Version\": \"2012-10-17\", \"Statement\": […]}")
        .remark(Remark::error(checks.exchange.policy.as_ref()).or(Some(help)))
        .show(ui);
    known.lead_to(ProfileField::Policy, &field);
}

fn carry_over_ui(ui: &mut Ui, on: &mut bool) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        if switch_ui(ui, *on, "Carry a guest identity over").clicked() {
            *on = !*on;
        }
        ui.label(Type::Body.rich("Carry a guest identity over", tokens.text));
    });
    let help = "The first sign-in keeps the identity ID that this computer had as a guest of the \
                pool. If you have one already, the guest's is disabled";
    ui.add_space(space::XS);
    ui.label(Type::Small.rich(help, tokens.muted));
}

/// `Google, Login with Amazon: below   + Add provider`.
pub(super) fn logins_ui(ui: &mut Ui, title: &str, none: &str, providers: &mut Vec<ProviderDraft>) {
    let tokens = Tokens::of(ui);
    ui.label(Type::Small.rich(title, tokens.muted));
    ui.add_space(space::XXS);
    ui.horizontal(|ui| {
        let names: Vec<&str> = providers.iter().map(ProviderDraft::name).collect();
        let said = if names.is_empty() {
            none.to_owned()
        } else {
            format!("{}: see below", names.join(", "))
        };
        ui.label(Type::Small.rich(said, tokens.muted));
        if ui.add(Button::quiet("+ Add provider")).clicked() {
            providers.push(ProviderDraft::default());
        }
    });
}
