//! The way to AWS: proxy, certificates, and a request that tries them.

use eframe::egui::Ui;

use super::draft::SettingsDraft;
use super::files::file_ui;
use super::rows::{Entry, Typed, between_ui, entry_ui, in_words, row_ui, section_ui};
use crate::app::{Action, Model, Trial};
use crate::domain::{FileSetting, ProxyAddress, SettingChange};
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::views::Actions;
use crate::ui::widgets::alert::alert_ui;
use crate::ui::widgets::button::Button;

/// Draws the card.
pub fn network_ui(ui: &mut Ui, model: &Model, draft: &mut SettingsDraft, actions: &mut Actions) {
    section_ui(ui, "Network", |ui| {
        proxy_ui(ui, model, &mut draft.proxy, actions);
        between_ui(ui);
        let [_, _, ca] = &mut draft.files;
        file_ui(ui, model, FileSetting::Ca, ca, actions);
        between_ui(ui);
        trial_ui(ui, model, actions);
    });
}

fn proxy_ui(ui: &mut Ui, model: &Model, text: &mut String, actions: &mut Actions) {
    let wrong = text.trim().parse::<ProxyAddress>().err();
    let wrong = wrong
        .filter(|_| !text.trim().is_empty())
        .map(|why| why.to_string());
    let help = "For every request that leaves this machine, but for the hosts in NO_PROXY. A user \
                and password belong into HTTPS_PROXY: this configuration holds no secrets";
    let set = model.settings.proxy.as_ref();
    let entry = Entry {
        label: "Proxy",
        key: "proxy",
        default: "None",
        set: set.map(ToString::to_string),
        decided: model.surroundings.proxy_override.as_ref(),
        help,
        is_file: false,
    };
    let typed = entry_ui(ui, model, &entry, text);
    if let Some(why) = &wrong
        && entry.decided.is_none()
    {
        ui.add_space(space::S);
        alert_ui(ui, why);
    }
    let proxy = match typed {
        Some(Typed::Set(text)) => match text.parse() {
            Ok(proxy) => Some(proxy),
            Err(_) => return,
        },
        Some(Typed::Cleared) => None,
        Some(Typed::Chosen) | None => return,
    };
    actions.push(Action::Change(SettingChange::Proxy(proxy)));
}

fn trial_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    let current = model.current();
    let about = match current {
        Some(state) => format!(
            "One request without any secret to where {} signs in",
            state.profile.name
        ),
        None => "There is no profile whose user pool could be asked".to_owned(),
    };
    row_ui(ui, "Try the way to AWS", &about, |ui| {
        let is_busy = matches!(model.trial, Trial::Running(_));
        let word = if is_busy { "Trying…" } else { "Try it" };
        let button = Button::secondary(word).named("Try it");
        if ui
            .add_enabled(!is_busy && current.is_some(), button)
            .clicked()
        {
            actions.push(Action::TryNetwork);
        }
    });
    match &model.trial {
        Trial::Idle | Trial::Running(_) => {}
        Trial::Ended(Ok(said)) => {
            ui.add_space(space::M);
            let accent = Tokens::of(ui).accent;
            ui.label(Type::Small.rich(said, accent));
        }
        Trial::Ended(Err(problem)) => {
            ui.add_space(space::M);
            alert_ui(ui, &in_words(problem));
        }
    }
}
