//! What comes in without a button: files dropped on the window, and a paste beside every field.

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, Area, CornerRadius, Event, Id, Order, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
};

use crate::app::import::looks_importable;
use crate::app::{Action, ImportFrom, ImportWish, Model};
use crate::ui::theme::{Tokens, Type, paint_line, radius, size, space};
use crate::ui::views::Actions;

/// Takes what was dropped or pasted, and says so while something is dragged over the window.
pub fn drop_ui(ui: &Ui, model: &Model, actions: &mut Actions) {
    let (is_dragged, dropped) = ui.input(|input| {
        let files = input.raw.dropped_files.iter();
        let dropped = files.map(|file| file.path().to_path_buf()).next_back();
        (!input.raw.hovered_files.is_empty(), dropped)
    });
    if let Some(path) = dropped {
        actions.push(Action::Import(ImportWish::LookAt(ImportFrom::File(path))));
    }
    if is_dragged && model.config_problem.is_none() {
        overlay_ui(ui);
    }
    if model.sheet.is_none()
        && let Some(text) = pasted(ui)
    {
        actions.push(Action::Import(ImportWish::LookAt(ImportFrom::Text(text))));
    }
}

/// A text that is meant for no field, and is meant to be imported.
fn pasted(ui: &Ui) -> Option<String> {
    if ui.ctx().text_edit_focused() {
        return None;
    }
    ui.input(|input| {
        input.events.iter().rev().find_map(|event| match event {
            Event::Paste(text) if looks_importable(text) => Some(text.clone()),
            _ => None,
        })
    })
}

fn overlay_ui(ui: &Ui) {
    const TEXT: &str = "Drop it to see which profiles are in it";
    let whole = ui.ctx().content_rect();
    Area::new(Id::unique("drop"))
        .order(Order::Foreground)
        .fixed_pos(whole.min)
        .show(ui.ctx(), |ui| {
            let tokens = Tokens::of(ui);
            let (_, response) = ui.allocate_exact_size(whole.size(), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Status, true, TEXT));
            let painter = ui.painter();
            painter.rect_filled(whole, CornerRadius::ZERO, tokens.scrim);
            let frame = whole.shrink(space::XXXL);
            let stroke = Stroke::new(size::RING_LINE, tokens.accent);
            let corners = CornerRadius::same(radius::SHEET);
            painter.rect_filled(frame, corners, tokens.card);
            painter.rect_stroke(frame, corners, stroke, StrokeKind::Inside);
            let at = (Align2::CENTER_CENTER, frame.center());
            paint_line(ui, TEXT, Type::Heading, tokens.text, at);
        });
}
