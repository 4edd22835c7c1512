//! "Check configuration": the button in a form's foot, and what was found, above the form.
//!
//! Deliberately absent: a mark that is told by its color alone.

use eframe::egui::accesskit::Role;
use eframe::egui::{Align, Color32, Id, Layout, Rect, Sense, Ui, WidgetInfo, vec2};

use super::Actions;
use super::form::FormDraft;
use super::problem_card::{mend_ui, problem_text_ui};
use super::words::just_now;
use crate::app::checks::CheckRun;
use crate::app::{Action, Model};
use crate::domain::{Check, Outcome, Profile, ProfileName};
use crate::ui::theme::{Icon, Tokens, Type, size, space};
use crate::ui::widgets::button::{Button, paint_icon};
use crate::ui::widgets::card::{bordered_card_ui, card_title_with_ui, divider_ui};
use crate::ui::widgets::hover::cut_label_ui;

/// The button and how the last run went, at the left of the foot.
pub fn checks_foot_ui(
    ui: &mut Ui,
    model: &Model,
    draft: &FormDraft,
    checked: Option<&Profile>,
    actions: &mut Actions,
) {
    let original = draft.original.as_ref();
    let run = model.check_run(original).filter(|_| is_shown(draft));
    if run.is_some_and(|run| run.running.is_some()) {
        if ui.add(Button::secondary("Stop checking")).clicked() {
            actions.push(Action::CloseChecks(original.cloned()));
        }
    } else {
        let whole = "Check configuration";
        // What stands at the right has taken its room already.
        let fits = ui.available_width() >= size::MENU_NARROW;
        let button = Button::secondary(if fits { whole } else { "Check" }).named(whole);
        let button = ui.add_enabled(checked.is_some(), button);
        if let (true, Some(profile)) = (button.clicked(), checked) {
            actions.push(Action::Check(Box::new(draft.copy(profile.clone()))));
            ui.data_mut(|data| data.insert_temp(begun(), true));
        }
    }
    if let Some(run) = run {
        let muted = Tokens::of(ui).muted;
        let text = Type::Small.rich(in_words(model, run, checked), muted);
        cut_label_ui(ui, text);
    }
}

/// True from the press of the button until the card of what is found has been brought into sight.
fn begun() -> Id {
    Id::unique("check begun")
}

/// An empty form of a new profile shows nothing of the one before.
fn is_shown(draft: &FormDraft) -> bool {
    draft.original.is_some() || !draft.is_blank()
}

/// `4 of 5 checks pass · last run 3 s ago`.
fn in_words(model: &Model, run: &CheckRun, checked: Option<&Profile>) -> String {
    let Some(finished_at) = run.finished_at else {
        return "Checking…".to_owned();
    };
    let (passed, tried) = run.passed_of();
    let when = if checked == Some(&run.profile) {
        format!("last run {}", just_now(model.now, finished_at))
    } else {
        "changed since".to_owned()
    };
    format!("{passed} of {tried} checks pass · {when}")
}

/// What was found, in a card above the form.
pub fn checks_ui(ui: &mut Ui, model: &Model, draft: &FormDraft, actions: &mut Actions) {
    let original = draft.original.as_ref();
    let Some(run) = model.check_run(original).filter(|_| is_shown(draft)) else {
        return;
    };
    if ui
        .data_mut(|data| data.remove_temp::<bool>(begun()))
        .is_some()
    {
        // Its top: it grows with what is found.
        let top = ui.cursor().left_top();
        let size = vec2(ui.available_width(), size::TITLE_HEIGHT);
        ui.scroll_to_rect(Rect::from_min_size(top, size).expand(space::XL), None);
    }
    let tokens = Tokens::of(ui);
    let worst = run.checks.iter().map(|check| check.outcome).min();
    let line = match worst {
        Some(Outcome::Failed) => tokens.danger,
        Some(Outcome::Warned) => tokens.warning,
        _ => tokens.line,
    };
    bordered_card_ui(ui, line, |ui| {
        title_ui(ui, original, actions);
        list_ui(ui, &run.checks, actions);
    });
    ui.add_space(space::XL);
}

fn title_ui(ui: &mut Ui, original: Option<&ProfileName>, actions: &mut Actions) {
    let closed = card_title_with_ui(ui, "Configuration check", |ui| {
        ui.add(Button::quiet("Close").named("Close the check"))
            .clicked()
    });
    if closed {
        actions.push(Action::CloseChecks(original.cloned()));
    }
}

/// What needs somebody first, then what is well, and last what was not tried.
fn list_ui(ui: &mut Ui, checks: &[Check], actions: &mut Actions) {
    let of = |outcome| checks.iter().filter(move |check| check.outcome == outcome);
    for check in of(Outcome::Failed).chain(of(Outcome::Warned)) {
        problem_ui(ui, check, actions);
        ui.add_space(space::L);
        divider_ui(ui);
        ui.add_space(space::M);
    }
    for check in of(Outcome::Passed) {
        row_ui(ui, check);
    }
    let skipped: Vec<String> = of(Outcome::Skipped)
        .map(|check| format!("{} ({})", check.id.title(), check.detail))
        .collect();
    if !skipped.is_empty() {
        ui.add_space(space::S);
        let text = format!("Not tried: {}", skipped.join(", "));
        ui.label(Type::Small.rich(text, Tokens::of(ui).muted));
    }
}

fn row_ui(ui: &mut Ui, check: &Check) {
    let tokens = Tokens::of(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        mark_ui(ui, check.outcome);
        let size = vec2(size::LABEL_WIDTH, Type::Strong.line_height());
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Min), |ui| {
            ui.set_min_width(size::LABEL_WIDTH);
            ui.label(Type::Strong.rich(check.id.title(), tokens.text));
        });
        ui.vertical(|ui| ui.label(Type::Body.rich(&check.detail, tokens.muted)));
    });
}

fn problem_ui(ui: &mut Ui, check: &Check, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let Some(problem) = &check.problem else {
        return row_ui(ui, check);
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        mark_ui(ui, check.outcome);
        ui.vertical(|ui| {
            ui.label(Type::SmallStrong.rich(check.id.title(), tokens.muted));
            problem_text_ui(ui, problem);
            if problem.mend.is_some() {
                ui.add_space(space::M);
                mend_ui(ui, problem, actions);
            }
        });
    });
}

/// A shape and a word of its own for each outcome.
fn mark_ui(ui: &mut Ui, outcome: Outcome) {
    let tokens = Tokens::of(ui);
    let (icon, color): (Icon, Color32) = match outcome {
        Outcome::Passed => (Icon::CHECK, tokens.accent),
        Outcome::Warned => (Icon::ALERT, tokens.warning),
        Outcome::Failed | Outcome::Skipped => (Icon::CLOSE, tokens.danger),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(size::MARK, size::MARK), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, outcome.name()));
    paint_icon(ui, icon, Type::Icon, color, rect.center());
}
