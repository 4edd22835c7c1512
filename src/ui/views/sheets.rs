//! The smaller sheets: unlock the encrypted file.

use eframe::egui::{Key, Ui};

use super::Actions;
use crate::app::{Action, Model, MoveStage, Sheet, StoreState, WorkKind};
use crate::domain::{Problem, SHORTEST_PASSPHRASE};
use crate::ui::draft::PassphraseDraft;
use crate::ui::theme::{Tokens, Type, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::field::Remark;
use crate::ui::widgets::password_field::PasswordField;
use crate::ui::widgets::sheet::{sheet_buttons_ui, sheet_ui};

/// Draws whichever of them is open.
pub fn sheets_ui(ui: &Ui, model: &Model, passphrase: &mut PassphraseDraft, actions: &mut Actions) {
    match &model.sheet {
        Some(Sheet::Passphrase { is_new, problem }) => {
            let is_read = model.store == StoreState::Checking;
            let moving = model.moving.as_ref().filter(|moving| moving.asks);
            let is_tried = moving.is_some_and(|moving| moving.stage != MoveStage::Locked);
            let asked = Asked {
                is_new: *is_new,
                moves: moving.is_some(),
                problem: problem.as_ref(),
                busy: is_read || is_tried,
            };
            let left = || left(model, is_read.then_some(WorkKind::Store));
            passphrase_ui(ui, &asked, passphrase, actions, left);
        }
        Some(
            Sheet::Rename(_)
            | Sheet::Group(_)
            | Sheet::SignOut(_)
            | Sheet::SignIn(_)
            | Sheet::Password { .. }
            | Sheet::Files(_)
            | Sheet::Import(_)
            | Sheet::Share(_)
            | Sheet::Palette,
        )
        | None => {}
    }
}

pub(super) fn text_ui(ui: &mut Ui, text: &str) {
    let muted = Tokens::of(ui).muted;
    ui.add_space(space::M);
    ui.label(Type::Body.rich(text, muted));
}

/// Two buttons: the deed and Cancel, which has the focus at first.
pub(super) fn confirm_ui(ui: &mut Ui, deed: Button<'_>, done: Action, actions: &mut Actions) {
    ui.add_space(space::XXL);
    sheet_buttons_ui(ui, |ui| {
        let deed = ui.add(deed);
        let cancel = ui.add(Button::secondary("Cancel"));
        if ui.memory(|memory| memory.focused().is_none()) {
            cancel.request_focus();
        }
        if deed.clicked() {
            actions.push(done);
        }
        if cancel.clicked() {
            actions.push(Action::CloseSheet);
        }
    });
}

/// What Cancel and Escape do on a sheet: while it waits for something they stop that, and the sheet
/// stays; otherwise they close it.
pub(super) fn left(model: &Model, waits_for: Option<WorkKind>) -> Action {
    let works = waits_for.map(|kind| model.works_of(kind));
    match works {
        Some(works) if !works.is_empty() => Action::Stop(works),
        _ => Action::CloseSheet,
    }
}

/// How the encrypted file stands.
struct Asked<'a> {
    is_new: bool,
    /// Secrets are to move into it out of a store that works.
    moves: bool,
    problem: Option<&'a Problem>,
    busy: bool,
}

fn passphrase_ui(
    ui: &Ui,
    asked: &Asked<'_>,
    draft: &mut PassphraseDraft,
    actions: &mut Actions,
    left: impl Fn() -> Action,
) {
    let text = if asked.moves {
        "Secrets move into a file that a passphrase encrypts"
    } else {
        "Sign-ins are kept in a file that a passphrase encrypts"
    };
    let (title, text) = if asked.is_new {
        let warning = "Without the passphrase nobody can open it, you neither";
        ("Choose a passphrase", format!("{text}. {warning}"))
    } else {
        ("Unlock the encrypted file", text.to_owned())
    };
    let escaped = sheet_ui(ui.ctx(), title, |ui| {
        text_ui(ui, &text);
        ui.add_space(space::XL);
        let entered = passphrase_fields_ui(ui, asked, draft);
        ui.add_space(space::XXL);
        let typed = draft.is_complete(asked.is_new) && !asked.busy;
        let clicked = sheet_buttons_ui(ui, |ui| {
            let word = match (asked.busy, asked.is_new) {
                (true, _) => "Unlocking…",
                (false, true) => "Use it",
                (false, false) => "Unlock",
            };
            let clicked = ui.add_enabled(typed, Button::primary(word)).clicked();
            if ui.add(Button::secondary("Cancel")).clicked() {
                actions.push(left());
            }
            clicked
        });
        if clicked || (entered && typed) {
            draft.focus_wanted = true;
            draft.again.clear();
            actions.push(Action::UnlockStore(draft.text.hand_over()));
        }
    });
    if escaped {
        actions.push(left());
    }
}

/// What is wrong with a new passphrase that was typed twice.
fn passphrase_fault(draft: &PassphraseDraft) -> Option<String> {
    if draft.again.is_empty() {
        return None;
    }
    if draft.again != draft.text {
        return Some("The two passphrases differ".to_owned());
    }
    let is_short = draft.text.char_count() < SHORTEST_PASSPHRASE;
    is_short.then(|| format!("At least {SHORTEST_PASSPHRASE} characters: a few words are good"))
}

/// One field, or two for a new passphrase. True when Enter left one of them.
fn passphrase_fields_ui(ui: &mut Ui, asked: &Asked<'_>, draft: &mut PassphraseDraft) -> bool {
    let wrong = asked
        .problem
        .map(|problem| Remark::Error(problem.sentence.clone()));
    let field = PasswordField::new("Passphrase", draft.text.edit())
        .enabled(!asked.busy)
        .remark(wrong)
        .show(ui);
    let mut left = field.lost_focus();
    // Where Enter goes on to while something is missing.
    let mut unfilled = field.clone();
    if asked.is_new {
        ui.add_space(space::XL);
        let remark = passphrase_fault(draft).map(Remark::Error);
        let again = PasswordField::new("The same again", draft.again.edit())
            .enabled(!asked.busy)
            .remark(remark)
            .show(ui);
        left |= again.lost_focus();
        if !draft.text.is_empty() {
            unfilled = again;
        }
    }
    if draft.focus_wanted && !asked.busy {
        draft.focus_wanted = false;
        field.request_focus();
    }
    let entered = left && ui.input(|input| input.key_pressed(Key::Enter));
    if entered && !draft.is_complete(asked.is_new) {
        unfilled.request_focus();
    }
    entered
}
