//! One sentence in a corner, announced to assistive technology.

use eframe::egui;
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, CornerRadius, Id, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::alert::tell_live;
use super::button::{Button, paint_icon};
use crate::ui::theme::{Icon, Tokens, Type, paint_galley, radius, size, space};

const TEXT_X: f32 = space::XL + Type::Icon.line_height() + space::L;
const END: f32 = size::COPY_ROOM;

/// The whole of a longer text is in the list of notices.
const MOST_LINES: usize = 4;

/// What came of a toast in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ToastSaid {
    /// It is to be put away.
    pub dismissed: bool,
    /// Its button was pressed.
    pub taken: bool,
    /// The keyboard is in it.
    pub focused: bool,
}

/// Adds a toast as wide as there is room, with a button where `offer` is a word.
pub fn toast_ui(ui: &mut Ui, text: &str, is_problem: bool, offer: Option<&str>) -> ToastSaid {
    let tokens = Tokens::of(ui);
    let width = size::TOAST_WIDTH.min(ui.available_width());
    let offered = offer.map(|word| Type::Small.line(ui, word, tokens.accent, f32::INFINITY));
    let offer_width = offered.map_or(0.0, |word| word.size().x + space::L);
    let room = width - TEXT_X - END - offer_width;
    let galley = Type::Body.few_lines(ui, text, tokens.text, (room, MOST_LINES));
    let size = vec2(width, (galley.size().y + END / 2.0).max(END));
    // Pressed anywhere it makes way for what lies below. The keyboard has a button for that.
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, text));
    tell_live(ui, &response, is_problem);
    let (icon, color, line) = if is_problem {
        (Icon::ALERT, tokens.danger, tokens.danger)
    } else {
        (Icon::CHECK, tokens.accent, tokens.line)
    };
    let radius = CornerRadius::same(radius::CARD);
    let shadow = ui.visuals().popup_shadow;
    ui.painter().add(shadow.as_shape(rect, radius));
    ui.painter().rect(
        rect,
        radius,
        tokens.card,
        Stroke::new(size::LINE, line),
        StrokeKind::Inside,
    );
    let icon_at = rect.min + vec2(END / 2.0, END / 2.0);
    paint_icon(ui, icon, Type::Icon, color, icon_at);
    let text_at = pos2(rect.left() + TEXT_X, rect.center().y);
    paint_galley(ui, galley, Align2::LEFT_CENTER, text_at);
    let middle = rect.top() + END / 2.0;
    let close = Rect::from_center_size(
        pos2(rect.right() - END / 2.0, middle),
        vec2(size::CONTROL_HEIGHT, size::CONTROL_HEIGHT),
    );
    let mut said = ToastSaid::default();
    if let Some(word) = offer {
        let place = Rect::from_center_size(
            pos2(close.left() - offer_width / 2.0, middle),
            vec2(offer_width - space::L, size::TITLE_HEIGHT),
        );
        let taken = ui.place(place, Button::quiet(word));
        said.taken = taken.clicked();
        said.focused |= taken.has_focus();
    }
    let dismiss = ui.place(close, Button::icon(Icon::CLOSE, "Dismiss"));
    said.dismissed = dismiss.clicked() || response.clicked();
    said.focused |= dismiss.has_focus();
    said
}

/// The place of the toasts on the screen, by which the pointer over them is found.
#[must_use]
pub fn toasts_id() -> Id {
    Id::unique("notices")
}

/// True while the pointer is over the toasts and was brought there: one that only rested where
/// the `newest` came up reads nothing.
#[must_use]
pub fn is_over_toasts(ctx: &egui::Context, newest: u64) -> bool {
    let place = ctx.memory(|memory| memory.area_rect(toasts_id()));
    let pointer = ctx.input(|input| input.pointer.hover_pos());
    let rested: (u64, Option<Pos2>) = ctx.data_mut(|data| {
        let known = data.get_temp_mut_or_default::<(u64, Option<Pos2>)>(toasts_id());
        if known.0 != newest {
            *known = (newest, pointer);
        }
        *known
    });
    place
        .zip(pointer)
        .is_some_and(|(place, at)| place.contains(at) && rested.1 != Some(at))
}
