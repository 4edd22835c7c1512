//! The sheet while tokens of other providers are asked for: a hidden field each.
//!
//! Deliberately absent: a look into the token. The identity pool checks it and says what is wrong.

use eframe::egui::Ui;

use super::draft::SignInDraft;
use super::message::{room_ui, suggestion_ui};
use super::{WIDEST, enter, pad_ui};
use crate::app::{Action, Suggestion};
use crate::domain::{LoginProvider, Problem};
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::views::Actions;
use crate::ui::views::words::with_hint;
use crate::ui::widgets::alert::alert_ui;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::password_field::PasswordField;
use crate::ui::widgets::sheet::sheet_buttons_ui;

/// What is asked for.
pub(super) struct Wanted<'a> {
    pub providers: &'a [LoginProvider],
    pub busy: bool,
    pub problem: Option<&'a Problem>,
    pub suggestion: Option<&'a Suggestion>,
}

/// Adds the sheet's contents.
pub(super) fn tokens_ui(
    ui: &mut Ui,
    wanted: &Wanted<'_>,
    draft: &mut SignInDraft,
    actions: &mut Actions,
) {
    let top = ui.cursor().top();
    let muted = Tokens::of(ui).muted;
    ui.add_space(space::XS);
    let text = "Paste the token that the provider handed out. It is kept in the secret store until it \
                expires";
    ui.label(Type::Body.rich(text, muted));
    ui.add_space(space::XL);
    let entered = fields_ui(ui, wanted, draft);
    ui.add_space(space::L);
    room_ui(ui, |ui| {
        if let Some(problem) = wanted.problem {
            alert_ui(ui, &with_hint(problem));
        }
        if let (Some(made_up), Some(first)) = (wanted.suggestion, wanted.providers.first())
            && suggestion_ui(ui, made_up)
        {
            let field = draft.value(first.as_str());
            field.clear();
            field.edit().push_str(&made_up.value);
        }
    });
    pad_ui(ui, top);
    let complete = wanted
        .providers
        .iter()
        .all(|provider| draft.char_count(provider.as_str()) > 0);
    let clicked = buttons_ui(ui, wanted.busy, complete, actions);
    if (clicked || entered) && complete && !wanted.busy {
        let given = wanted.providers.iter().map(|provider| {
            let secret = draft.value(provider.as_str()).hand_over();
            (provider.clone(), secret)
        });
        actions.push(Action::GiveTokens(given.collect()));
    }
}

/// True when Enter left the last field; in the others it goes on to the next one.
fn fields_ui(ui: &mut Ui, wanted: &Wanted<'_>, draft: &mut SignInDraft) -> bool {
    let mut entered = false;
    let mut go_on = std::mem::take(&mut draft.focus_wanted);
    for (number, provider) in wanted.providers.iter().enumerate() {
        if number > 0 {
            ui.add_space(space::XL);
        }
        let label = format!("{} {}", provider.label(), provider.token_kind());
        let field = PasswordField::new(&label, draft.value(provider.as_str()).edit())
            .enabled(!wanted.busy)
            .show(ui);
        if std::mem::take(&mut go_on) && !wanted.busy {
            field.request_focus();
        }
        let left = field.lost_focus() && enter(ui);
        let is_last = number + 1 == wanted.providers.len();
        entered |= left && is_last;
        go_on |= left && !is_last;
    }
    entered
}

/// True when Continue was clicked.
fn buttons_ui(ui: &mut Ui, busy: bool, complete: bool, actions: &mut Actions) -> bool {
    ui.add_space(space::M);
    sheet_buttons_ui(ui, |ui| {
        let word = if busy { "Checking…" } else { "Continue" };
        let next = Button::primary(word).min_width(WIDEST);
        let clicked = ui.add_enabled(complete && !busy, next).clicked();
        if ui.add(Button::secondary("Cancel")).clicked() {
            actions.push(Action::CloseSheet);
        }
        clicked
    })
}
