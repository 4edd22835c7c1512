//! Cards, alone and in pairs of equal height.

use eframe::egui;
use eframe::egui::{Color32, Frame, Rect, Stroke, StrokeKind, Ui, UiBuilder, vec2};

use super::heading::tell_heading;
use crate::ui::theme::{Tokens, Type, margin, radius, size, space};

/// Between the border of a card and what is in it.
const INSIDE_X: f32 = size::CARD_PADDING + size::LINE;
/// The same above and below.
const INSIDE_Y: f32 = space::XL;

/// A card over the whole width.
pub fn card_ui<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let line = Tokens::of(ui).line;
    bordered_card_ui(ui, line, contents)
}

/// A card with a border of its own colour.
pub fn bordered_card_ui<R>(ui: &mut Ui, line: Color32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    Frame::new()
        .fill(Tokens::of(ui).card)
        .stroke(Stroke::new(size::LINE, line))
        .corner_radius(radius::CARD)
        .inner_margin(margin(size::CARD_PADDING, INSIDE_Y - size::LINE))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            contents(ui)
        })
        .inner
}

/// Two cards side by side, as high as the higher one.
pub fn card_pair_ui(ui: &mut Ui, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    if ui.available_width() < size::PAIR_LEAST {
        card_ui(ui, left);
        ui.add_space(space::XL);
        card_ui(ui, right);
        return;
    }
    let whole = ui.available_rect_before_wrap();
    let width = (whole.width() - space::XL) / 2.0;
    let backs = [(); 2].map(|()| ui.painter().add(egui::Shape::Noop));
    let column = |number: f32| {
        let offset = vec2(number * (width + space::XL), 0.0);
        Rect::from_min_size(whole.min + offset, vec2(width, whole.height()))
    };
    let left_height = contents_ui(ui, column(0.0), "left", left);
    let right_height = contents_ui(ui, column(1.0), "right", right);
    let height = left_height.max(right_height) + 2.0 * INSIDE_Y;
    let tokens = Tokens::of(ui);
    for (back, number) in backs.into_iter().zip([0.0, 1.0]) {
        let rect = Rect::from_min_size(column(number).min, vec2(width, height));
        let shape = egui::epaint::RectShape::new(
            rect,
            radius::CARD,
            tokens.card,
            Stroke::new(size::LINE, tokens.line),
            StrokeKind::Inside,
        );
        ui.painter().set(back, shape);
    }
    ui.allocate_rect(
        Rect::from_min_size(whole.min, vec2(whole.width(), height)),
        egui::Sense::hover(),
    );
}

/// Cards in two columns, each card as high as what is in it; one below the other where there is no
/// room for two.
pub fn card_columns_ui(ui: &mut Ui, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    if ui.available_width() < size::PAIR_LEAST {
        left(ui);
        ui.add_space(space::XL);
        right(ui);
        return;
    }
    columns_ui(ui, space::XL, left, right);
}

/// Two columns in a card over the whole width, exactly under those of a pair of cards.
pub fn column_pair_ui(ui: &mut Ui, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    if ui.available_width() + 2.0 * INSIDE_X < size::PAIR_LEAST {
        left(ui);
        ui.add_space(space::XL);
        right(ui);
        return;
    }
    columns_ui(ui, space::XL + 2.0 * INSIDE_X, left, right);
}

/// Two columns of equal width, each as high as what is in it.
fn columns_ui(ui: &mut Ui, between: f32, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    let whole = ui.available_rect_before_wrap();
    let size = vec2((whole.width() - between) / 2.0, whole.height());
    let offset = vec2(size.x + between, 0.0);
    let mut first = ui.new_child(column(Rect::from_min_size(whole.min, size), "left"));
    left(&mut first);
    let mut second = ui.new_child(column(
        Rect::from_min_size(whole.min + offset, size),
        "right",
    ));
    right(&mut second);
    let height = first.min_rect().height().max(second.min_rect().height());
    let used = Rect::from_min_size(whole.min, vec2(whole.width(), height));
    ui.allocate_rect(used, egui::Sense::hover());
}

fn column(rect: Rect, salt: &str) -> UiBuilder {
    UiBuilder::new().id_salt(salt).max_rect(rect)
}

fn contents_ui(ui: &mut Ui, column: Rect, salt: &str, contents: impl FnOnce(&mut Ui)) -> f32 {
    let inner = column.shrink2(vec2(INSIDE_X, INSIDE_Y));
    let mut child = ui.new_child(UiBuilder::new().id_salt(salt).max_rect(inner));
    child.set_width(inner.width());
    contents(&mut child);
    child.min_rect().height()
}

/// The small heading of a card.
pub fn card_title_ui(ui: &mut Ui, text: &str) {
    let muted = Tokens::of(ui).muted;
    ui.horizontal(|ui| {
        ui.set_height(size::TITLE_HEIGHT);
        let title = ui.label(Type::SmallStrong.rich(text, muted));
        tell_heading(ui, &title, text, 2);
    });
    ui.add_space(space::XS);
}

/// A card's small heading with something at the right end of the line.
pub fn card_title_with_ui<R>(ui: &mut Ui, text: &str, end: impl FnOnce(&mut Ui) -> R) -> R {
    let muted = Tokens::of(ui).muted;
    let inner = ui
        .horizontal(|ui| {
            ui.set_height(size::TITLE_HEIGHT);
            let title = ui.label(Type::SmallStrong.rich(text, muted));
            tell_heading(ui, &title, text, 2);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), end)
                .inner
        })
        .inner;
    ui.add_space(space::XS);
    inner
}

/// A thin line over the whole width.
pub fn divider_ui(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), egui::Sense::hover());
    let stroke = Stroke::new(size::LINE, Tokens::of(ui).line);
    ui.painter().hline(rect.x_range(), rect.center().y, stroke);
}
