//! What went wrong: one sentence, AWS's own words, what to do about it.

use eframe::egui;
use eframe::egui::text::LayoutJob;
use eframe::egui::{Align2, Rect, Ui, UiBuilder, pos2, vec2};
use jiff::Timestamp;

use super::Actions;
use super::words::until;
use crate::app::{Action, ProfileState};
use crate::domain::{Problem, ProblemKind};
use crate::ui::theme::{Tokens, Type, paint_line, size, space};
use crate::ui::widgets::alert::tell_live;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::bordered_card_ui;
use crate::ui::widgets::hover::text_on_hover;

const TEXT_X: f32 = size::CIRCLE + space::XL;

/// Draws the card.
pub fn problem_card_ui(
    ui: &mut Ui,
    state: &ProfileState,
    problem: &Problem,
    now: Timestamp,
    actions: &mut Actions,
) {
    let danger = Tokens::of(ui).danger;
    bordered_card_ui(ui, danger, |ui| {
        let whole = ui.available_rect_before_wrap();
        mark_ui(
            ui,
            whole.min
                + vec2(
                    size::CIRCLE / 2.0,
                    space::XXS + Type::Heading.line_height() / 2.0,
                ),
        );
        // In a narrow place the buttons stand below.
        let beside = whole.width() >= size::FLOW_LEAST;
        let end = if beside {
            size::PROBLEM_BUTTONS + space::XL
        } else {
            0.0
        };
        let text = whole
            .with_min_x(whole.left() + TEXT_X)
            .with_max_x(whole.right() - end);
        let mut left = ui.new_child(UiBuilder::new().id_salt("text").max_rect(text));
        problem_text_ui(&mut left, problem);
        by_itself_ui(&mut left, state, problem, now);
        let buttons = if beside {
            whole.with_min_x(whole.right() - size::PROBLEM_BUTTONS)
        } else {
            text.with_min_y(left.min_rect().bottom() + space::XL)
        };
        let mut right = ui.new_child(UiBuilder::new().id_salt("buttons").max_rect(buttons));
        buttons_ui(&mut right, state, problem, actions);
        let bottom = left.min_rect().bottom().max(right.min_rect().bottom());
        let used = Rect::from_min_max(whole.min, pos2(whole.right(), bottom));
        ui.allocate_rect(used, egui::Sense::hover());
    });
}

/// Without a network: what still works, and when it is tried again.
fn by_itself_ui(ui: &mut Ui, state: &ProfileState, problem: &Problem, now: Timestamp) {
    if problem.kind != ProblemKind::Network {
        return;
    }
    let muted = Tokens::of(ui).muted;
    let works = if state.is_live(now) {
        "The credentials below work until they expire"
    } else {
        "Profiles whose credentials have not expired still work"
    };
    ui.add_space(space::M);
    ui.label(Type::Small.rich(works, muted));
    if let Some(at) = state.standing().renews_at() {
        let when = until(now, at.max(now));
        ui.label(Type::Small.rich(format!("Poolkey tries again by itself {when}"), muted));
    }
}

fn mark_ui(ui: &Ui, center: egui::Pos2) {
    let tokens = Tokens::of(ui);
    ui.painter()
        .circle_filled(center, size::CIRCLE / 2.0, tokens.danger_tint);
    let at = (Align2::CENTER_CENTER, center);
    paint_line(ui, "!", Type::Heading, tokens.danger, at);
}

/// Sentence, AWS's words, numbered hints; the same on every page that shows a problem.
pub fn problem_text_ui(ui: &mut Ui, problem: &Problem) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::XXS);
    let sentence = ui.label(Type::Heading.rich(&problem.sentence, tokens.text));
    tell_live(ui, &sentence, true);
    if let Some(said) = &problem.aws {
        ui.add_space(space::XXS);
        ui.label(Type::Body.rich(said.to_string(), tokens.muted));
    }
    if let Some(mend) = problem.mend.as_ref().filter(|mend| !mend.why.is_empty()) {
        ui.add_space(space::S);
        ui.label(with_identifiers(&mend.why, tokens));
    }
    if problem.hints.is_empty() {
        return;
    }
    ui.add_space(space::M);
    let numbered = problem.hints.len() > 1;
    for (number, hint) in (1..).zip(&problem.hints) {
        let text = if numbered {
            format!("{number}. {hint}")
        } else {
            hint.clone()
        };
        ui.label(with_identifiers(&text, tokens));
    }
}

/// A sentence in which identifiers stand out.
fn with_identifiers(text: &str, tokens: &Tokens) -> LayoutJob {
    let mut job = LayoutJob::default();
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end_matches([' ', ',', '.', ':']);
        let kind = if is_identifier(bare) {
            Type::Mono
        } else {
            Type::Body
        };
        let (bare, rest) = word.split_at(bare.len());
        job.append(bare, 0.0, kind.format(tokens.text));
        job.append(rest, 0.0, Type::Body.format(tokens.text));
    }
    job
}

/// Pool IDs, client IDs, paths: digits within a longer word, or a path's start.
fn is_identifier(word: &str) -> bool {
    let has_digit = word.chars().any(|letter| letter.is_ascii_digit());
    let joined = word.contains(['_', ':', '…']) || word.len() >= 16;
    (has_digit && joined) || word.starts_with("~/")
}

/// The whole problem as text, for a mail to the administrator.
#[must_use]
pub fn as_text(problem: &Problem) -> String {
    let mut lines = vec![problem.sentence.clone()];
    lines.extend(problem.aws.iter().map(ToString::to_string));
    let mend = problem.mend.as_deref();
    lines.extend(
        mend.map(|mend| mend.why.clone())
            .filter(|why| !why.is_empty()),
    );
    lines.extend(problem.hints.iter().cloned());
    lines.extend(mend.and_then(|mend| mend.command.clone()));
    lines.extend(mend.and_then(|mend| mend.console_url.clone()));
    lines.join("\n")
}

fn buttons_ui(ui: &mut Ui, state: &ProfileState, problem: &Problem, actions: &mut Actions) {
    let name = || state.profile.name.clone();
    let wide = |button: Button<'static>| button.min_width(size::PROBLEM_BUTTONS);
    if let Some(field) = problem.field {
        if ui
            .add(wide(Button::secondary("Open Configuration")))
            .clicked()
        {
            actions.push(Action::OpenField(field));
        }
        ui.add_space(space::M);
    }
    mend_ui(ui, problem, actions);
    let copy = wide(Button::secondary("Copy the problem"));
    if ui.add(copy).clicked() {
        actions.push(Action::CopyText {
            what: "Problem",
            text: as_text(problem),
        });
    }
    ui.add_space(space::M);
    let sign_in = problem.kind == ProblemKind::SignInNeeded || !state.refreshable;
    let (button, action): (_, fn(_) -> _) = if sign_in && !state.profile.asks_nobody() {
        let button = Button::primary("Sign in").named("Sign in again");
        (button, Action::SignIn)
    } else {
        let word = match problem.kind {
            ProblemKind::Network => "Try now",
            _ => "Try again",
        };
        (Button::primary(word), Action::Renew)
    };
    let next = ui.add_enabled(!state.signing_out, wide(button));
    if next.clicked() {
        actions.push(action(name()));
    }
}

/// What would mend it, where that is known.
pub fn mend_ui(ui: &mut Ui, problem: &Problem, actions: &mut Actions) {
    let Some(mend) = &problem.mend else { return };
    if let Some(command) = &mend.command {
        let copy = Button::secondary("Copy AWS CLI command").min_width(size::PROBLEM_BUTTONS);
        if text_on_hover(ui.add(copy), command).clicked() {
            actions.push(Action::CopyText {
                what: "AWS CLI command",
                text: command.clone(),
            });
        }
        ui.add_space(space::M);
    }
    if let Some(url) = &mend.console_url {
        let open = Button::secondary("Open console page").min_width(size::PROBLEM_BUTTONS);
        if text_on_hover(ui.add(open), url).clicked() {
            actions.push(Action::OpenPage(url.clone()));
        }
        ui.add_space(space::M);
    }
}
