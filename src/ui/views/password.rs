//! The sheet for another password: the present one, and the new one twice.
//!
//! Deliberately absent: the pool's rules for passwords, which only the pool knows; what it refuses
//! is shown. All three fields are emptied when they are handed over.

use eframe::egui::{Key, Response, Ui, vec2};

use super::Actions;
use crate::app::{Action, Model, Sheet, WorkKind};
use crate::domain::{Problem, Profile, Secret};
use crate::ui::draft::Hidden;
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::views::sheets::left;
use crate::ui::views::words::with_hint;
use crate::ui::widgets::alert::alert_ui;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::password_field::PasswordField;
use crate::ui::widgets::sheet::{sheet_buttons_ui, sheet_ui};

/// The three fields.
#[derive(Default)]
pub struct PasswordDraft {
    is_open: bool,
    was_busy: bool,
    /// The one that holds now.
    pub previous: Hidden,
    /// The one to be.
    pub proposed: Hidden,
    /// The same again.
    pub again: Hidden,
    /// True until the first field has been given the focus.
    pub focus_wanted: bool,
}

impl PasswordDraft {
    /// Follows the sheet: open and waiting, or gone. After a refusal it begins again.
    pub fn follow(&mut self, sheet: Option<&Sheet>) {
        let Some(Sheet::Password { running, .. }) = sheet else {
            if self.is_open {
                *self = Self::default();
            }
            return;
        };
        let busy = running.is_some();
        let begins = !self.is_open || (self.was_busy && !busy);
        self.focus_wanted |= begins;
        self.is_open = true;
        self.was_busy = busy;
    }

    /// True when the second new one is no longer on its way to be the first.
    fn differs(&self) -> bool {
        !self.proposed.starts_with(&self.again)
    }

    fn is_complete(&self) -> bool {
        !self.previous.is_empty() && !self.proposed.is_empty() && self.again == self.proposed
    }

    fn hand_over(&mut self) -> (Secret, Secret) {
        self.again.clear();
        (self.previous.hand_over(), self.proposed.hand_over())
    }
}

/// Draws the sheet while it is open.
pub fn password_ui(ui: &Ui, model: &Model, draft: &mut PasswordDraft, actions: &mut Actions) {
    let Some(Sheet::Password {
        profile,
        running,
        problem,
    }) = &model.sheet
    else {
        return;
    };
    let busy = running.is_some();
    let left = || left(model, busy.then_some(WorkKind::Password));
    let title = "Change password";
    let profile = model.profile(profile).map(|state| &state.profile);
    let escaped = sheet_ui(ui.ctx(), title, |ui| {
        if let Some(profile) = profile {
            whose_ui(ui, profile);
        }
        let entered = fields_ui(ui, draft, busy);
        message_ui(ui, problem.as_ref(), draft.differs());
        let ready = draft.is_complete() && !busy;
        let mut cancelled = false;
        if (buttons_ui(ui, ready, busy, &mut cancelled) || entered) && ready {
            let (previous, proposed) = draft.hand_over();
            actions.push(Action::ChangePassword { previous, proposed });
        }
        if cancelled {
            actions.push(left());
        }
    });
    if escaped {
        actions.push(left());
    }
}

fn whose_ui(ui: &mut Ui, profile: &Profile) {
    let pool = profile.user_pool.as_ref();
    let pool = pool.map_or("", |pool| pool.user_pool_id.as_str());
    let text = match &profile.username {
        Some(username) => format!("For {username} in user pool {pool}. You stay signed in"),
        None => format!("In user pool {pool}. You stay signed in"),
    };
    let muted = Tokens::of(ui).muted;
    ui.add_space(space::XXS);
    ui.label(Type::Body.rich(text, muted));
    ui.add_space(space::XL);
}

/// True when Enter left the last field. In the others it goes on to the next one.
fn fields_ui(ui: &mut Ui, draft: &mut PasswordDraft, busy: bool) -> bool {
    let previous = PasswordField::new("Present password", draft.previous.edit())
        .enabled(!busy)
        .show(ui);
    ui.add_space(space::XL);
    let proposed = PasswordField::new("New password", draft.proposed.edit())
        .enabled(!busy)
        .show(ui);
    ui.add_space(space::XL);
    let again = PasswordField::new("New password again", draft.again.edit())
        .enabled(!busy)
        .show(ui);
    if draft.focus_wanted && !busy {
        draft.focus_wanted = false;
        previous.request_focus();
    }
    let entered = ui.input(|input| input.key_pressed(Key::Enter));
    let left = |field: &Response| entered && field.lost_focus();
    if left(&previous) {
        proposed.request_focus();
    } else if left(&proposed) {
        again.request_focus();
    } else if left(&again) && !draft.is_complete() {
        let filled = [!draft.previous.is_empty(), !draft.proposed.is_empty()];
        let unfilled = [&previous, &proposed].into_iter().zip(filled);
        let first = unfilled.into_iter().find(|(_, filled)| !filled);
        first.map_or(&again, |(field, _)| field).request_focus();
    }
    left(&again)
}

/// Room for three lines, so that a message does not move the buttons.
fn message_ui(ui: &mut Ui, problem: Option<&Problem>, differs: bool) {
    let size = vec2(ui.available_width(), space::L + size::MESSAGE_HEIGHT);
    ui.allocate_ui(size, |ui| {
        ui.set_min_size(size);
        ui.add_space(space::L);
        if let Some(problem) = problem {
            alert_ui(ui, &with_hint(problem));
        } else if differs {
            let danger = Tokens::of(ui).danger;
            ui.label(Type::Small.rich("The two new passwords differ", danger));
        }
    });
}

/// True when the password is to be changed.
fn buttons_ui(ui: &mut Ui, ready: bool, busy: bool, cancelled: &mut bool) -> bool {
    sheet_buttons_ui(ui, |ui| {
        let word = if busy {
            "Changing…"
        } else {
            "Change password"
        };
        let clicked = ui.add_enabled(ready, Button::primary(word)).clicked();
        *cancelled = ui.add(Button::secondary("Cancel")).clicked();
        clicked
    })
}
