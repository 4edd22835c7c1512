//! Notices in the lower right corner, or in the upper one while a sheet is open. Who reads them
//! with the pointer or the keyboard holds them.

use eframe::egui::{Align2, Area, Order, Ui, vec2};

use super::Actions;
use super::form_foot::{FORM_FOOT, has_form};
use super::shape::{Shape, is_low};
use crate::app::{Action, Model, Notice, OfNotices};
use crate::ui::theme::{size, space};
use crate::ui::widgets::toast::{is_over_toasts, toast_ui, toasts_id};

/// The part of the window's height that they may take.
const SHARE: f32 = 0.3;

/// Draws the notices, newest lowest.
pub fn notices_ui(ui: &Ui, model: &Model, actions: &mut Actions) {
    let held = model.notices.last().is_some_and(|newest| {
        let is_over = is_over_toasts(ui.ctx(), newest.id);
        toasts_ui(ui, model, actions) || is_over
    });
    if held != model.notice_list.held {
        actions.push(Action::Notices(OfNotices::Hold(held)));
    }
}

/// Those that there is room for in a part of the window, the newest first to be shown: in a low
/// window they would cover the buttons of a sheet.
fn in_sight<'a>(ui: &Ui, model: &'a Model) -> &'a [Notice] {
    let room = ui.ctx().content_rect().height() * SHARE;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few notices"
    )]
    let fit = (room / size::COPY_ROOM).max(1.0) as usize;
    let first = model.notices.len().saturating_sub(fit);
    model.notices.get(first..).unwrap_or_default()
}

/// True while the keyboard is in one of them.
fn toasts_ui(ui: &Ui, model: &Model, actions: &mut Actions) -> bool {
    // The buttons of a form or a sheet stay free.
    let foot = if has_form(model) { FORM_FOOT } else { 0.0 };
    let line = if is_low(ui.ctx()) {
        0.0
    } else {
        size::STATUS_HEIGHT
    };
    let above = line + space::XL + foot;
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
            for notice in in_sight(ui, model) {
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
