//! Notices in the lower right corner, or in the upper one while a sheet is open. Who reads them
//! with the pointer or the keyboard holds them.

use eframe::egui::{Align2, Area, Order, Ui, vec2};

use super::Actions;
use super::form_foot::{FORM_FOOT, has_form};
use super::shape::Shape;
use crate::app::{Action, Model, OfNotices};
use crate::ui::theme::{size, space};
use crate::ui::widgets::toast::{is_over_toasts, toast_ui, toasts_id};

/// Draws the notices, newest lowest.
pub fn notices_ui(ui: &Ui, model: &Model, actions: &mut Actions) {
    let held = if model.notices.is_empty() {
        false
    } else {
        toasts_ui(ui, model, actions) || is_over_toasts(ui.ctx())
    };
    if held != model.notice_list.held {
        actions.push(Action::Notices(OfNotices::Hold(held)));
    }
}

/// True while the keyboard is in one of them.
fn toasts_ui(ui: &Ui, model: &Model, actions: &mut Actions) -> bool {
    // The buttons of a form or a sheet stay free.
    let foot = if has_form(model) { FORM_FOOT } else { 0.0 };
    let above = size::STATUS_HEIGHT + space::XL + foot;
    let margin = Shape::of(ui.ctx()).margin_x();
    let (corner, offset) = if model.sheet.is_some() {
        (Align2::RIGHT_TOP, vec2(-margin, margin))
    } else {
        (Align2::RIGHT_BOTTOM, vec2(-margin, -above))
    };
    let room = ui.ctx().content_rect().width() - 2.0 * margin;
    let mut focused = false;
    Area::new(toasts_id())
        .order(Order::Tooltip)
        .anchor(corner, offset)
        .show(ui.ctx(), |ui| {
            ui.set_max_width(size::TOAST_WIDTH.min(room));
            for notice in &model.notices {
                ui.push_id(notice.id, |ui| {
                    let offer = notice.offer;
                    let word = offer.map(|(word, _)| word);
                    let said = toast_ui(ui, &notice.text, notice.is_problem, word);
                    if said.dismissed {
                        actions.push(Action::DismissNotice(notice.id));
                    }
                    if let (true, Some((_, offer))) = (said.taken, offer) {
                        actions.push(offer.action(notice.id));
                    }
                    focused |= said.focused;
                });
                ui.add_space(space::M);
            }
        });
    focused
}
