//! The card of what few people need: which hosts are asked.

use eframe::egui::Ui;

use crate::ui::theme::{Tokens, Type, space};
use crate::ui::views::form::{Checks, FormDraft};
use crate::ui::widgets::card::{card_title_ui, card_ui, column_pair_ui};
use crate::ui::widgets::field::Remark;
use crate::ui::widgets::switch::switch_ui;
use crate::ui::widgets::text_field::TextField;

/// Draws the card.
pub(super) fn hosts_ui(ui: &mut Ui, draft: &mut FormDraft, checks: &Checks) {
    let FormDraft {
        endpoint_url,
        fips,
        dual_stack,
        ..
    } = draft;
    card_ui(ui, |ui| {
        card_title_ui(ui, "Hosts");
        ui.add_space(space::S);
        column_pair_ui(
            ui,
            |ui| {
                let help = "Only for a sandbox or an emulator, in place of AWS";
                let help = Remark::Help(help.to_owned());
                TextField::new("Endpoint (optional)", endpoint_url)
                    .mono()
                    .placeholder("http://127.0.0.1:5000")
                    .remark(Remark::error(checks.endpoint_url.as_ref()).or(Some(help)))
                    .show(ui);
            },
            |ui| {
                ui.add_space(space::XXXL);
                line_ui(ui, fips, "FIPS hosts", "FIPS 140 cryptography");
                ui.add_space(space::M);
                line_ui(ui, dual_stack, "Dual-stack hosts", "IPv6 beside IPv4");
            },
        );
    });
}

fn line_ui(ui: &mut Ui, on: &mut bool, name: &str, about: &str) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        if switch_ui(ui, *on, name).clicked() {
            *on = !*on;
        }
        ui.label(Type::Body.rich(name, tokens.text));
        ui.label(Type::Small.rich(about, tokens.muted));
    });
}
