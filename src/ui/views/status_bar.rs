//! The line at the foot: secret store, how many profiles, what is renewed next.

use eframe::egui::{
    Align, Color32, Layout, Rect, Response, RichText, Sense, Stroke, Ui, UiBuilder, Vec2, vec2,
};

use super::Actions;
use super::notice_list::bell_with_list_ui;
use super::shape::Shape;
use super::words::until;
use crate::app::{Action, Model, StoreState, Work, WorkKind};
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::hover::{cut_label_ui, text_on_hover};
use jiff::tz::TimeZone;

/// Between its parts.
const GAP: f32 = space::XXL;
/// Stops waiting for the secret store.
const CANCEL: &str = "Cancel";
/// The dot and the space behind it.
const DOT: f32 = size::DOT + space::M;

/// Draws the line. In a narrow window the parts that matter least go first.
pub fn status_bar_ui(ui: &mut Ui, model: &Model, zone: &TimeZone, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let rect = ui.max_rect();
    let line = Stroke::new(size::LINE, tokens.line);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, line);
    let inner = rect.shrink2(vec2(Shape::of(ui.ctx()).margin_x(), 0.0));
    status_row_ui(ui, inner, model, zone, actions);
}

/// What is in the line, in any place.
pub(super) fn status_row_ui(
    ui: &mut Ui,
    inner: Rect,
    model: &Model,
    zone: &TimeZone,
    actions: &mut Actions,
) {
    let tokens = Tokens::of(ui);
    let layout = Layout::right_to_left(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    row.spacing_mut().item_spacing.x = 0.0;
    bell_with_list_ui(&mut row, model, zone, actions);
    row.add_space(GAP);
    doing_ui(&mut row, model, actions);
    let store = store(model, tokens);
    let whole = width(ui, &store.text).min(size::STORE_LEAST);
    let button = store.button.map_or(0.0, |word| width(ui, word) + GAP);
    let mut room = row.available_width() - DOT - whole - button;
    let mut fits = |text: &String| {
        let needed = width(ui, text) + GAP;
        let fits = needed <= room;
        room -= if fits { needed } else { 0.0 };
        fits
    };
    let count = count(model).filter(&mut fits);
    let next = next(model).filter(&mut fits);
    if let Some(text) = next {
        row.label(Type::Small.rich(text, tokens.muted));
        row.add_space(GAP);
    }
    row.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let taken = count.as_ref().map_or(0.0, |text| width(ui, text) + GAP);
        let room = ui.available_width() - taken - button - DOT;
        store_ui(ui, model, &store, room, actions);
        if let Some(text) = count {
            ui.add_space(GAP);
            ui.label(Type::Small.rich(text, tokens.muted));
        }
    });
}

/// What runs and was not over in a moment, with the way to stop it.
fn doing_ui(ui: &mut Ui, model: &Model, actions: &mut Actions) {
    // The secret store's own words stand at the left.
    let works = model.noticed().map(|doing| &doing.work);
    let works: Vec<&Work> = works.filter(|work| work.kind != WorkKind::Store).collect();
    let said = match works.as_slice() {
        [] => return,
        [one] => format!("{}…", one.said()),
        [one, more @ ..] => format!("{} and {} more…", one.said(), more.len()),
    };
    let cancel = Button::quiet("Cancel").named(format!("Cancel: {said}"));
    if ui.add(cancel).clicked() {
        actions.push(Action::Stop(works.into_iter().cloned().collect()));
    }
    ui.add_space(space::M);
    let room = (ui.available_width() - size::STORE_LEAST - DOT - GAP).max(0.0);
    let size = vec2(width(ui, &said).min(room), Type::Small.line_height());
    let text = Type::Small.rich(said, Tokens::of(ui).muted);
    line_ui(ui, size, text);
    ui.add_space(GAP);
}

fn width(ui: &Ui, text: &str) -> f32 {
    let color = Tokens::of(ui).muted;
    Type::Small
        .line(ui, text, color, f32::INFINITY)
        .size()
        .x
        .ceil()
}

fn next(model: &Model) -> Option<String> {
    let (name, at) = model.next_renewal()?;
    Some(format!("Next refresh: {name} {}", until(model.now, at)))
}

fn count(model: &Model) -> Option<String> {
    let all = model.profiles.len();
    let noun = if all == 1 { "profile" } else { "profiles" };
    (all > 0).then(|| format!("{all} {noun} · {} with credentials", model.live_count()))
}

/// What is said of the secret store.
struct Store<'a> {
    text: String,
    color: Color32,
    button: Option<&'static str>,
    hint: Option<&'a str>,
}

fn store<'a>(model: &'a Model, tokens: &Tokens) -> Store<'a> {
    let said = |text: String, color, button| Store {
        text,
        color,
        button,
        hint: None,
    };
    match &model.store {
        StoreState::Checking => {
            let mut noticed = model.noticed();
            let lasts = noticed.any(|doing| doing.work.kind == WorkKind::Store);
            let text = "Waiting for your secret store…".to_owned();
            said(text, tokens.muted, lasts.then_some(CANCEL))
        }
        StoreState::Ready(report) => {
            let text = match &report.remark {
                Some(remark) => format!("Secret store: {} · {remark}", report.name),
                None => format!("Secret store: {}", report.name),
            };
            said(text, tokens.muted, None)
        }
        // Why it is the file is said, where nobody chose it.
        StoreState::Locked {
            is_new: true,
            problem,
        } => {
            let text = problem.sentence.clone();
            said(text, tokens.warning, Some("Choose a passphrase"))
        }
        StoreState::Locked { .. } => said(
            "Secret store: locked".to_owned(),
            tokens.warning,
            Some("Unlock"),
        ),
        StoreState::Broken(problem) => Store {
            hint: problem.hints.first().map(String::as_str),
            ..said(
                format!("Secret store: {}", problem.sentence),
                tokens.danger,
                Some("Try again"),
            )
        },
    }
}

/// A text in so much room. Cut, it shows itself whole under the pointer.
fn line_ui(ui: &mut Ui, room: Vec2, text: RichText) -> Response {
    let layout = Layout::centered_and_justified(ui.layout().main_dir());
    ui.allocate_ui_with_layout(room, layout, |ui| cut_label_ui(ui, text))
        .inner
}

fn store_ui(ui: &mut Ui, model: &Model, store: &Store<'_>, room: f32, actions: &mut Actions) {
    let (dot, _) = ui.allocate_exact_size(Vec2::splat(size::DOT), Sense::hover());
    ui.painter()
        .circle_filled(dot.center(), size::DOT / 2.0, store.color);
    ui.add_space(space::M);
    let size = vec2(
        width(ui, &store.text).min(room.max(0.0)),
        Type::Small.line_height(),
    );
    let text = Type::Small.rich(&store.text, store.color);
    let label = line_ui(ui, size, text);
    if let Some(hint) = store.hint {
        text_on_hover(label, hint);
    }
    if let Some(word) = store.button {
        ui.add_space(GAP / 2.0);
        let button = Button::quiet(word).named(format!("{word}: secret store"));
        if ui.add(button).clicked() {
            actions.push(match word {
                CANCEL => Action::Stop(model.works_of(WorkKind::Store)),
                _ => Action::RetryStore,
            });
        }
    }
}
