//! The rows of the settings: words at the left, a control at the end; and a field that is only taken
//! when it is complete.

use eframe::egui::{Align, Key, Layout, Rect, Ui, UiBuilder, vec2};

use crate::app::Model;
use crate::domain::{Override, Problem};
use crate::ui::theme::{Tokens, Type, size, space};
use crate::ui::views::usage::row_end_ui;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::{card_title_ui, card_ui};
use crate::ui::widgets::field::Remark;
use crate::ui::widgets::text_field::TextField;

/// A card with rows.
pub fn section_ui(ui: &mut Ui, title: &str, contents: impl FnOnce(&mut Ui)) {
    card_ui(ui, |ui| {
        card_title_ui(ui, title);
        contents(ui);
    });
    ui.add_space(space::XL);
}

/// Between two rows.
pub fn between_ui(ui: &mut Ui) {
    row_end_ui(ui);
}

/// A row: what it is, what it means, and a control at its end; below it where there is no room.
pub fn row_ui(ui: &mut Ui, title: &str, about: &str, control: impl FnOnce(&mut Ui)) {
    let tokens = Tokens::of(ui);
    let whole = ui.available_width();
    let is_wide = whole >= size::PAIR_LEAST;
    let width = if is_wide {
        whole - size::MENU_NARROW
    } else {
        whole
    };
    let title_lines = Type::Strong.lines(ui, title, tokens.text, width);
    let about_lines = Type::Small.lines(ui, about, tokens.muted, width);
    let words = title_lines.size().y + about_lines.size().y;
    let height = if is_wide {
        words.max(size::CONTROL_HEIGHT)
    } else {
        words + space::M + size::CONTROL_HEIGHT
    };
    let (rect, _) = ui.allocate_exact_size(vec2(whole, height), eframe::egui::Sense::hover());
    let top = if is_wide {
        rect.center().y - words / 2.0
    } else {
        rect.top()
    };
    let left = Rect::from_min_size(rect.min, vec2(width, words)).with_min_y(top);
    let layout = Layout::top_down(Align::Min);
    // The room is taken: what stands in it must not say where the next row begins.
    let mut beside = ui.new_child(UiBuilder::new().max_rect(left).layout(layout));
    beside.label(Type::Strong.rich(title, tokens.text));
    beside.label(Type::Small.rich(about, tokens.muted));
    let (place, layout) = if is_wide {
        let place = rect.with_min_x(rect.left() + width);
        (place, Layout::right_to_left(Align::Center))
    } else {
        let place = rect.with_min_y(rect.bottom() - size::CONTROL_HEIGHT);
        (place, Layout::left_to_right(Align::Center))
    };
    let place = UiBuilder::new().id_salt(title).max_rect(place);
    control(&mut ui.new_child(place.layout(layout)));
}

/// A setting that is typed.
pub struct Entry<'a> {
    /// Of the field.
    pub label: &'a str,
    /// The key in the configuration file.
    pub key: &'static str,
    /// What holds while nothing is set.
    pub default: &'a str,
    /// What is set.
    pub set: Option<String>,
    /// Who decides in place of it.
    pub decided: Option<&'a Override>,
    /// What it is for.
    pub help: &'a str,
    /// A file, which can be chosen in the system's dialog.
    pub is_file: bool,
}

/// What became of the text.
#[derive(Debug, PartialEq, Eq)]
pub enum Typed {
    /// To be set.
    Set(String),
    /// Back to the default.
    Cleared,
    /// To be chosen in the system's dialog.
    Chosen,
}

/// Draws the field with its buttons. Where something else decides, that is shown and nothing typed.
pub fn entry_ui(ui: &mut Ui, model: &Model, entry: &Entry<'_>, text: &mut String) -> Option<Typed> {
    if let Some(decided) = entry.decided {
        let mut shown = decided.value.clone();
        let why = format!("{} decides this. Unset it to choose here", decided.by);
        let field = TextField::new(entry.label, &mut shown)
            .mono()
            .read_only(true);
        field.remark(Some(Remark::Help(why))).show(ui);
        return None;
    }
    let set = entry.set.clone().unwrap_or_default();
    let refused = refused(model, entry.key).filter(|_| *text != set || entry.set.is_some());
    let remark = match refused {
        Some(problem) => Remark::Error(in_words(problem)),
        None => Remark::Help(entry.help.to_owned()),
    };
    let field = TextField::new(entry.label, text).mono();
    let field = field.placeholder(entry.default).remark(Some(remark));
    let entered = field.show(ui).lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let typed = text.trim();
    let differs = typed != set && !typed.is_empty();
    let mut became = None;
    ui.add_space(space::M);
    // Always there: nothing moves while somebody types.
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let choose = Button::secondary("Choose…").named(format!("Choose: {}", entry.label));
        if entry.is_file && ui.add_enabled(!model.import.choosing, choose).clicked() {
            became = Some(Typed::Chosen);
        }
        let take = Button::secondary("Use it").named(format!("Use this: {}", entry.label));
        if ui.add_enabled(differs, take).clicked() || (entered && differs) {
            became = Some(Typed::Set(typed.to_owned()));
        }
        let clear =
            Button::quiet("Use the default").named(format!("Use the default: {}", entry.label));
        if entry.set.is_some() && ui.add(clear).clicked() {
            became = Some(Typed::Cleared);
        }
    });
    became
}

/// Why a setting was not taken, or could not be written.
#[must_use]
pub fn refused<'a>(model: &'a Model, key: &str) -> Option<&'a Problem> {
    let refused = model.setting_refused.as_ref();
    refused
        .filter(|(of, _)| *of == key)
        .map(|(_, problem)| problem)
}

/// The sentence with its hints.
#[must_use]
pub fn in_words(problem: &Problem) -> String {
    let hints = problem.hints.iter().map(|hint| hint.trim_end_matches('.'));
    let all: Vec<&str> = std::iter::once(problem.sentence.as_str())
        .chain(hints)
        .collect();
    all.join(". ")
}
