//! Save, Discard and Remove: always in sight below a form, however long it is.

use eframe::egui::{Align, Layout, Stroke, Ui, UiBuilder, vec2};

use super::Actions;
use super::checks::checks_foot_ui;
use super::form::{FormDraft, check, is_changed};
use super::shape::page_margin;
use crate::app::{Action, Model, Page, Tab};
use crate::domain::Profile;
use crate::ui::draft::Drafts;
use crate::ui::theme::{Tokens, size, space};
use crate::ui::widgets::button::Button;

/// How high the foot is.
pub const FORM_FOOT: f32 = size::CONTROL_HEIGHT + 2.0 * space::L;

/// What stands under a form.
struct Foot {
    quit: &'static str,
    can_quit: bool,
    remove: Option<Action>,
}

/// True while a form is shown.
#[must_use]
pub fn has_form(model: &Model) -> bool {
    let is_form = match model.page {
        Page::NewProfile => true,
        Page::Profile => model.tab == Tab::Configuration && model.current().is_some(),
        Page::Shortcuts | Page::Import | Page::Discover | Page::Settings | Page::About => false,
    };
    is_form && model.config_problem.is_none()
}

/// Draws the foot of the form that is shown.
pub fn form_foot_ui(ui: &mut Ui, model: &Model, drafts: &mut Drafts, actions: &mut Actions) {
    let shown = model.current().filter(|_| model.page == Page::Profile);
    let Some(stored) = shown.map(|state| &state.profile) else {
        new_foot_ui(ui, model, &mut drafts.new_form, actions);
        return;
    };
    let pristine = FormDraft::of(stored);
    let foot = Foot {
        quit: "Discard",
        can_quit: drafts.form != pristine,
        remove: Some(Action::Remove(vec![stored.name.clone()])),
    };
    if foot_ui(ui, model, &mut drafts.form, foot, actions) {
        drafts.form = pristine;
    }
}

fn new_foot_ui(ui: &mut Ui, model: &Model, draft: &mut FormDraft, actions: &mut Actions) {
    let quit = if draft.is_blank() {
        "Cancel"
    } else {
        "Discard"
    };
    let foot = Foot {
        quit,
        can_quit: true,
        remove: None,
    };
    if foot_ui(ui, model, draft, foot, actions) {
        *draft = FormDraft::default();
        actions.push(Action::CloseNewProfile);
    }
}

/// True when the form is to be left as it was.
fn foot_ui(
    ui: &mut Ui,
    model: &Model,
    draft: &mut FormDraft,
    foot: Foot,
    actions: &mut Actions,
) -> bool {
    let top = ui.cursor().top();
    let line = Stroke::new(size::LINE, Tokens::of(ui).line);
    ui.painter().hline(ui.max_rect().x_range(), top + 0.5, line);
    let margin = page_margin(ui);
    ui.add_space(space::L);
    let column = ui.available_rect_before_wrap().shrink2(vec2(margin, 0.0));
    ui.scope_builder(UiBuilder::new().max_rect(column), |ui| {
        let size = vec2(ui.available_width(), size::CONTROL_HEIGHT);
        let layout = Layout::right_to_left(Align::Center);
        ui.allocate_ui_with_layout(size, layout, |ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            let checked = check(draft, model).profile;
            let changed = checked.clone();
            let changed = changed.filter(|profile| is_changed(draft, profile, model));
            save_ui(ui, draft, changed, actions);
            let quit = ui.add_enabled(foot.can_quit, Button::secondary(foot.quit));
            // In a narrow window the header's menu has it.
            let remove = foot.remove.filter(|_| size.x >= size::HEADER_ROWS);
            if let Some(remove) = remove
                && ui.add(Button::danger("Remove profile")).clicked()
            {
                actions.push(remove);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                checks_foot_ui(ui, model, draft, checked.as_ref(), actions);
            });
            quit.clicked()
        })
        .inner
    })
    .inner
}

fn save_ui(ui: &mut Ui, draft: &mut FormDraft, changed: Option<Profile>, actions: &mut Actions) {
    let save = ui.add_enabled(changed.is_some(), Button::primary("Save"));
    if let (true, Some(profile)) = (save.clicked(), changed) {
        actions.push(Action::Save(Box::new(draft.take(profile))));
    }
}
