//! Notices in the lower right corner, or in the upper one while a sheet is open.

use eframe::egui::{Align2, Area, Id, Order, Ui, vec2};

use super::Actions;
use super::form_foot::{FORM_FOOT, has_form};
use crate::app::{Action, Model};
use crate::ui::theme::{size, space};
use crate::ui::widgets::toast::toast_ui;

/// Draws the notices, newest lowest.
pub fn notices_ui(ui: &Ui, model: &Model, actions: &mut Actions) {
    if model.notices.is_empty() {
        return;
    }
    // The buttons of a form or a sheet stay free.
    let foot = if has_form(model) { FORM_FOOT } else { 0.0 };
    let above = size::STATUS_HEIGHT + space::XL + foot;
    let (corner, offset) = if model.sheet.is_some() {
        (Align2::RIGHT_TOP, vec2(-size::MARGIN_X, size::MARGIN_Y))
    } else {
        (Align2::RIGHT_BOTTOM, vec2(-size::MARGIN_X, -above))
    };
    Area::new(Id::unique("notices"))
        .order(Order::Tooltip)
        .anchor(corner, offset)
        .show(ui.ctx(), |ui| {
            for notice in &model.notices {
                ui.push_id(notice.id, |ui| {
                    if toast_ui(ui, &notice.text, notice.is_problem).clicked() {
                        actions.push(Action::DismissNotice(notice.id));
                    }
                });
                ui.add_space(space::M);
            }
        });
}
