//! What a locked window shows: that it is locked, and the way back. Nothing of what it holds.

use eframe::egui::{
    Align, CentralPanel, Frame, Image, Key, Layout, Rect, Ui, UiBuilder, pos2, vec2,
};

use super::Actions;
use crate::app::{Action, Model, WorkKind};
use crate::ui::draft::PassphraseDraft;
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::field::Remark;
use crate::ui::widgets::heading::tell_heading;
use crate::ui::widgets::password_field::PasswordField;
use crate::ui::window::logo;

/// Draws the cover over the whole window.
pub fn cover_ui(ui: &mut Ui, model: &Model, draft: &mut PassphraseDraft, actions: &mut Actions) {
    CentralPanel::default().frame(Frame::new()).show(ui, |ui| {
        let whole = ui.available_rect_before_wrap();
        let width = size::SHEET_WIDTH.min(whole.width() - 2.0 * size::MARGIN_X);
        let left = whole.center().x - width / 2.0;
        let top = whole.center().y - size::HERO_TOP;
        let column = Rect::from_min_max(pos2(left, top), pos2(left + width, whole.bottom()));
        let layout = Layout::top_down(Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(column).layout(layout), |ui| {
            contents_ui(ui, model, draft, actions);
        });
    });
}

fn contents_ui(ui: &mut Ui, model: &Model, draft: &mut PassphraseDraft, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let logo = logo(ui.ctx());
    let side = 2.0 * size::LOGO;
    ui.add(
        Image::new(&logo)
            .fit_to_exact_size(vec2(side, side))
            .alt_text("Poolkey"),
    );
    ui.add_space(space::XL);
    let title = ui.label(Type::Title.rich("Poolkey is locked", tokens.text));
    tell_heading(ui, &title, "Poolkey is locked", 1);
    ui.add_space(space::S);
    ui.label(Type::Body.rich("Credentials are renewed as before", tokens.muted));
    ui.add_space(space::XXL);
    if model.unlocks_with_passphrase() {
        passphrase_ui(ui, model, draft, actions);
        return;
    }
    if let Some(problem) = &model.lock.problem {
        ui.label(Type::Small.rich(&problem.sentence, tokens.danger));
        ui.add_space(space::M);
    }
    let unlock = ui.add(Button::primary("Unlock"));
    if ui.memory(|memory| memory.focused().is_none()) {
        unlock.request_focus();
    }
    if unlock.clicked() {
        actions.push(Action::Unlock(None));
    }
}

fn passphrase_ui(ui: &mut Ui, model: &Model, draft: &mut PassphraseDraft, actions: &mut Actions) {
    let busy = model.lock.checking;
    let wrong = model.lock.problem.as_ref();
    let wrong = wrong.map(|problem| Remark::Error(problem.sentence.clone()));
    let field = ui
        .with_layout(Layout::top_down(Align::Min), |ui| {
            PasswordField::new("Passphrase of the encrypted file", draft.text.edit())
                .enabled(!busy)
                .remark(wrong)
                .show(ui)
        })
        .inner;
    if draft.focus_wanted && !busy {
        draft.focus_wanted = false;
        field.request_focus();
    }
    ui.add_space(space::XL);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let word = if busy { "Unlocking…" } else { "Unlock" };
    let typed = !draft.text.is_empty() && !busy;
    let clicked = ui.add_enabled(typed, Button::primary(word)).clicked();
    if typed && (clicked || entered) {
        draft.focus_wanted = true;
        actions.push(Action::Unlock(Some(draft.text.hand_over())));
    }
    // Below everything: nothing moves when it comes.
    if model
        .noticed()
        .any(|doing| doing.work.kind == WorkKind::Passphrase)
    {
        ui.add_space(space::M);
        if ui.add(Button::quiet("Cancel")).clicked() {
            actions.push(Action::Stop(model.works_of(WorkKind::Passphrase)));
        }
    }
}
