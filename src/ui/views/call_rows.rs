//! The rows of the Activity tab. Only those on screen are drawn.

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, CursorIcon, Rect, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use jiff::tz::TimeZone;

use super::Actions;
use super::words::grouped;
use crate::app::{Action, Model};
use crate::domain::{CallRecord, FlowStep};
use crate::ui::theme::{Tokens, Type, paint_galley, radius, size, space};
use crate::ui::widgets::focus::focus_ring;
use crate::ui::widgets::hover::text_on_hover;
use crate::ui::widgets::key_value::middle_out;

/// Where the columns end, in parts of the width.
const ENDS: [f32; 6] = [0.12, 0.39, 0.52, 0.61, 0.80, 1.0];
/// The same where there is no room for the step.
const FEWER: [f32; 6] = [0.13, 0.46, 0.46, 0.58, 0.84, 1.0];
/// The same where there is none for the request ID either.
const FEWEST: [f32; 6] = [0.19, 0.60, 0.60, 0.76, 1.0, 1.0];
const GAP: f32 = space::L;

/// Draws the rows.
pub fn call_rows_ui(
    ui: &mut Ui,
    model: &Model,
    calls: &[&CallRecord],
    all_profiles: bool,
    zone: &TimeZone,
    actions: &mut Actions,
) {
    #[expect(clippy::cast_precision_loss, reason = "a few hundred rows")]
    let height = size::CALL_HEIGHT * calls.len() as f32;
    let size = vec2(ui.available_width(), height);
    let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut remaining = whole;
    for (number, call) in calls.iter().enumerate() {
        let (rect, below) = remaining.split_top_bottom_at_y(remaining.top() + size::CALL_HEIGHT);
        remaining = below;
        if ui.is_rect_visible(rect) {
            // Named by its place from the end: new calls come in front.
            let salt = ("call", calls.len() - number);
            let builder = UiBuilder::new().id_salt(salt).max_rect(rect);
            ui.scope_builder(builder, |ui| {
                row_ui(ui, model, call, all_profiles, zone, actions);
            });
        }
    }
}

fn row_ui(
    ui: &mut Ui,
    model: &Model,
    call: &CallRecord,
    all_profiles: bool,
    zone: &TimeZone,
    actions: &mut Actions,
) {
    let tokens = Tokens::of(ui);
    let whole = ui.max_rect();
    let (time, took) = (time(model, call, zone), took(call));
    let step = call.step().map_or("Other", FlowStep::label);
    let outcome = call.outcome.label();
    let service = match &call.profile {
        Some(profile) if all_profiles => format!("{} · {profile}", call.service),
        _ => call.service.clone(),
    };
    let operation = &call.operation;
    let spoken = format!("{operation} {service}: {outcome}, {step}, {time}, {took}");
    let [at, what, of, long, how, id] = columns(whole);
    let label = whole.with_max_x(how.right());
    let response = ui.interact(label, ui.scope_id().with("row"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));

    let color = if call.outcome.is_ok() {
        tokens.accent
    } else {
        tokens.danger
    };
    let inner = what.shrink2(vec2(0.0, space::XXS));
    let (above, below) = inner.split_top_bottom_at_fraction(0.55);
    for (rect, text, kind, color) in [
        (at, time.as_str(), Type::Small, tokens.muted),
        (above, operation, Type::Strong, tokens.text),
        (below, &service, Type::Small, tokens.muted),
        (of, step, Type::Small, tokens.muted),
        (long, &took, Type::Small, tokens.text),
        (how, outcome, Type::SmallStrong, color),
    ] {
        if rect.width() <= 0.0 {
            continue;
        }
        let galley = kind.line(ui, text, color, rect.width());
        paint_galley(ui, galley, Align2::LEFT_CENTER, rect.left_center());
    }
    // Cut or left out, all of it is there under the pointer.
    text_on_hover(response, &spoken);
    if let Some(text) = call.request_id.as_ref().filter(|_| id.width() > 0.0)
        && request_id_ui(ui, id, text)
    {
        actions.push(Action::CopyText {
            what: "Request ID",
            text: text.clone(),
        });
    }
    let stroke = Stroke::new(size::LINE, tokens.line);
    ui.painter()
        .hline(whole.x_range(), whole.bottom() - 0.5, stroke);
}

/// Time, operation, step, duration, outcome, request ID.
fn columns(row: Rect) -> [Rect; 6] {
    let mut left = row.left();
    let ends = if row.width() < size::FLOW_LEAST {
        FEWEST
    } else if row.width() < size::CALLS_FOLD {
        FEWER
    } else {
        ENDS
    };
    ends.map(|part| {
        let right = row.left() + row.width() * part;
        let column = Rect::from_x_y_ranges(left..=(right - GAP).max(left), row.y_range());
        left = right;
        column
    })
}

/// `14:22:04`, with the day where it is another one.
fn time(model: &Model, call: &CallRecord, zone: &TimeZone) -> String {
    let then = call.began_at.to_zoned(zone.clone());
    let is_today = model.now.to_zoned(zone.clone()).date() == then.date();
    let format = if is_today { "%H:%M:%S" } else { "%b %-d %H:%M" };
    then.strftime(format).to_string()
}

/// `212 ms`, `212 ms · 3×`.
fn took(call: &CallRecord) -> String {
    let millis = usize::try_from(call.took.as_millis()).unwrap_or(usize::MAX);
    let took = format!("{} ms", grouped(millis));
    match call.attempts {
        0 | 1 => took,
        attempts => format!("{took} · {attempts}×"),
    }
}

/// True when it was clicked.
fn request_id_ui(ui: &Ui, rect: Rect, id: &str) -> bool {
    let tokens = Tokens::of(ui);
    let place = Rect::from_center_size(rect.center(), vec2(rect.width(), size::TITLE_HEIGHT));
    let response = ui.interact(place, ui.scope_id().with("id"), Sense::click());
    let name = format!("Copy request ID {id}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let color = if response.hovered() {
        tokens.accent
    } else {
        tokens.muted
    };
    let letter = Type::Mono.line(ui, "0", color, f32::INFINITY).size().x;
    let mut shown = Type::Mono.line(ui, id, color, place.width());
    if shown.elided {
        let short = middle_out(id, place.width() / letter.max(1.0));
        shown = Type::Mono.line(ui, &short, color, place.width());
    }
    let at = pos2(place.left(), place.center().y);
    paint_galley(ui, shown, Align2::LEFT_CENTER, at);
    focus_ring(ui, &response, place, radius::BADGE);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    text_on_hover(response, id).clicked()
}
