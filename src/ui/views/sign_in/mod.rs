//! The sign-in sheet: one question after the other, drawn from what the sign-in machine asks.
//!
//! Every question has the same parts from top to bottom: what is asked and why, who signs in, what
//! is to be filled in, what else can be done, a message, the buttons. Deliberately absent:
//! knowledge of the order; the machine decides what comes next.

mod browser;
pub mod draft;
mod fields;
mod message;
mod setup;
mod tokens;

use eframe::egui::{Align, Key, Layout, Rect, Ui, UiBuilder};

use self::draft::SignInDraft;
use super::Actions;
use crate::app::{Action, Model, Sheet, Shown, SignInPhase, SignInSheet, Suggestion};
use crate::domain::Profile;
use crate::domain::sign_in::{Answer, Input, Move, Question, QuestionKind};
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::sheet::{sheet_buttons_ui, sheet_ui};

/// Most questions fit into it, so that the buttons stay where they are from step to step.
const BODY_HEIGHT: f32 = size::SIGN_IN_HEIGHT;

/// "Checking…", so that Cancel stays where it is.
const WIDEST: f32 = size::BUTTON_LEAST;

/// A question on screen.
struct Step<'a> {
    shown: &'a Shown,
    /// None while the answer is being checked.
    question: Option<&'a Question>,
    suggestion: Option<&'a Suggestion>,
    /// Where.
    profile: &'a Profile,
}

impl Step<'_> {
    const fn is_busy(&self) -> bool {
        self.question.is_none()
    }

    fn kind(&self) -> Option<&QuestionKind> {
        self.question.map(|question| &question.kind)
    }

    fn is_first(&self) -> bool {
        self.shown
            .fields
            .iter()
            .any(|field| field.name == "username")
    }

    /// The one field of a question that is answered by choosing.
    fn choices(&self) -> Option<(&str, &[(String, String)])> {
        self.shown
            .fields
            .iter()
            .find_map(|field| match &field.input {
                Input::Choice(choices) => Some((field.name.as_str(), choices.as_slice())),
                _ => None,
            })
    }

    fn is_about_device(&self) -> bool {
        self.shown.is_about_device()
    }
}

/// Draws the sheet while it is open.
pub fn sign_in_ui(ui: &Ui, model: &Model, draft: &mut SignInDraft, actions: &mut Actions) {
    let Some(Sheet::SignIn(sheet)) = &model.sheet else {
        return;
    };
    let Some(state) = model.profile(&sheet.profile) else {
        return;
    };
    let title = format!("Sign in to {}", sheet.profile);
    let escaped = sheet_ui(ui.ctx(), &title, |ui| {
        let profile = &state.profile;
        let step = |shown, question| Step {
            shown,
            question,
            suggestion: model.suggestion.as_ref(),
            profile,
        };
        match &sheet.phase {
            SignInPhase::Asking(sign_in) => {
                if let Some(shown) = Shown::of(sign_in) {
                    step_ui(ui, &step(&shown, sign_in.question()), draft, actions);
                }
            }
            SignInPhase::Busy(shown) => step_ui(ui, &step(shown, None), draft, actions),
            SignInPhase::Tokens {
                providers,
                busy,
                problem,
            } => {
                let wanted = tokens::Wanted {
                    providers,
                    busy: *busy,
                    problem: problem.as_ref(),
                    suggestion: model.suggestion.as_ref(),
                };
                tokens::tokens_ui(ui, &wanted, draft, actions);
            }
            SignInPhase::Browser { url, problem, .. } => {
                let waiting = browser::Waiting {
                    url: url.as_deref(),
                    ended: sheet.phase.browser_ended(),
                    problem: problem.as_ref(),
                    profile,
                };
                browser::browser_ui(ui, &waiting, draft, actions);
            }
        }
    });
    if escaped {
        actions.push(leave(sheet));
    }
}

/// What Escape does. Signed in already, it only declines the offer to remember the device.
fn leave(sheet: &SignInSheet) -> Action {
    let kind = sheet.phase.question().map(|question| &question.kind);
    match kind {
        Some(QuestionKind::RememberDevice) => {
            let no = Answer::default().with_text("remember_device", "no");
            Action::Move(Move::Answer(no))
        }
        _ => Action::CloseSheet,
    }
}

fn step_ui(ui: &mut Ui, step: &Step<'_>, draft: &mut SignInDraft, actions: &mut Actions) {
    let top = ui.cursor().top();
    heading_ui(ui, step);
    let mut labels = Vec::new();
    let entered = body_ui(ui, step, draft, &mut labels, actions);
    others_ui(ui, step, draft, &labels, actions);
    ui.add_space(space::S);
    message::message_ui(ui, step, draft);
    if !step.is_about_device() {
        pad_ui(ui, top);
    }
    let clicked = buttons_ui(ui, step, draft, actions);
    let goes_on = (clicked || entered) && !step.is_busy();
    if goes_on && fields::are_complete(step, draft) {
        let answer = fields::hand_over(step, draft);
        actions.push(Action::Move(Move::Answer(answer)));
    }
}

/// Fills up to the usual height.
fn pad_ui(ui: &mut Ui, top: f32) {
    let missing = BODY_HEIGHT - (ui.cursor().top() - top);
    if missing > 0.0 {
        ui.add_space(missing);
    }
}

fn heading_ui(ui: &mut Ui, step: &Step<'_>) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::XS);
    if step.is_first() {
        ui.label(Type::Body.rich(&step.shown.explanation, tokens.muted));
    } else {
        ui.label(Type::Body.rich(step.shown.title, tokens.text));
        ui.label(Type::Small.rich(&step.shown.explanation, tokens.muted));
    }
    ui.add_space(space::XL);
}

/// The question itself; true when Enter asks to go on.
fn body_ui(
    ui: &mut Ui,
    step: &Step<'_>,
    draft: &mut SignInDraft,
    labels: &mut Vec<Rect>,
    actions: &mut Actions,
) -> bool {
    setup::setup_ui(ui, step, draft, actions);
    setup::parameters_ui(ui, &step.shown.parameters);
    match step.choices() {
        Some(_) if step.is_about_device() => false,
        Some((name, choices)) => {
            fields::choices_ui(ui, step, name, choices, draft, actions);
            false
        }
        None => fields::fields_ui(ui, step, draft, labels),
    }
}

/// What can be done instead of answering: at the end of the label of the field that it is about, so
/// that a message stands directly below the fields.
fn others_ui(
    ui: &mut Ui,
    step: &Step<'_>,
    draft: &mut SignInDraft,
    labels: &[Rect],
    actions: &mut Actions,
) {
    let Some(question) = step.question else {
        return;
    };
    if question.can_resend()
        && let Some(line) = labels.first()
        && at_end_ui(ui, *line, "Send a new code", true)
    {
        actions.push(Action::Move(Move::Resend));
    }
    if question.can_reset_password()
        && let Some(line) = labels.last()
    {
        let username = fields::username(step, draft);
        if at_end_ui(ui, *line, "Forgot password?", !username.is_empty()) {
            actions.push(Action::Move(Move::ForgotPassword { username }));
        }
    }
}

/// A button at the end of a line that is there already; true when clicked.
fn at_end_ui(ui: &mut Ui, line: Rect, word: &str, enabled: bool) -> bool {
    let layout = Layout::right_to_left(Align::Center);
    let builder = UiBuilder::new().max_rect(line).layout(layout);
    let mut end = ui.new_child(builder);
    end.add_enabled(enabled, Button::quiet(word)).clicked()
}

/// True when Continue was clicked.
fn buttons_ui(
    ui: &mut Ui,
    step: &Step<'_>,
    draft: &mut SignInDraft,
    actions: &mut Actions,
) -> bool {
    let complete = fields::are_complete(step, draft);
    ui.add_space(space::M);
    sheet_buttons_ui(ui, |ui| {
        if step.is_about_device() {
            device_buttons_ui(ui, step, actions);
            return false;
        }
        let word = if step.is_busy() {
            "Checking…"
        } else {
            "Continue"
        };
        // A choice goes on by itself.
        let next = Button::primary(word).min_width(WIDEST);
        let clicked = (step.choices().is_none() || step.is_busy())
            && ui.add_enabled(complete && !step.is_busy(), next).clicked();
        if ui.add(Button::secondary("Cancel")).clicked() {
            actions.push(Action::CloseSheet);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            another_way_ui(ui, step, draft, actions);
        });
        clicked
    })
}

/// Another method, where the pool or the profile has one.
fn another_way_ui(ui: &mut Ui, step: &Step<'_>, draft: &mut SignInDraft, actions: &mut Actions) {
    let Some(question) = step.question else {
        return;
    };
    if question.other_method {
        if ui.add(Button::quiet("Use another method")).clicked() {
            actions.push(Action::Move(Move::OtherMethod));
        }
    } else if step.is_first()
        && step.profile.managed_login.is_some()
        && ui.add(Button::quiet("Use the browser")).clicked()
    {
        let username = Some(fields::username(step, draft));
        actions.push(Action::UseBrowser { username });
    }
}

/// Yes and no; Continue would have to be guessed.
fn device_buttons_ui(ui: &mut Ui, step: &Step<'_>, actions: &mut Actions) {
    let mut say = |word: &str| {
        let answer = Answer::default().with_text("remember_device", word);
        actions.push(Action::Move(Move::Answer(answer)));
    };
    let enabled = !step.is_busy();
    let yes = ui.add_enabled(enabled, Button::primary("Remember it"));
    let no = ui.add_enabled(enabled, Button::secondary("Not now"));
    if enabled && ui.memory(|memory| memory.focused().is_none()) {
        yes.request_focus();
    }
    if yes.clicked() {
        say("yes");
    }
    if no.clicked() {
        say("no");
    }
}

fn enter(ui: &Ui) -> bool {
    ui.input(|input| input.key_pressed(Key::Enter))
}
