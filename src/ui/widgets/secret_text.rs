//! A secret as dots, or revealed for the eye only.
//!
//! Besides `password_field` the only place of the window that looks into a [`Secret`]. The revealed
//! text is painted and never becomes a widget, so it does not enter the accessibility tree, a
//! tooltip or a selection.

use eframe::egui::accesskit::Role;
use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{Align2, Ui, WidgetInfo};

use super::key_value::{copy_button_ui, line_ui, value_room};
use crate::domain::Secret;
use crate::ui::theme::{Tokens, Type, paint_galley, size, space};

/// More lines than these of a long token would push everything else away.
const MOST_LINES: usize = 3;
/// For every secret the same, however long it is.
const DOTS: usize = 20;

/// Adds a line with a secret; true when its copy button was clicked. `remark` stands behind the
/// dots.
pub fn secret_line_ui(
    ui: &mut Ui,
    label: &str,
    secret: &Secret,
    revealed: bool,
    remark: Option<&str>,
) -> bool {
    let tokens = Tokens::of(ui);
    let room = (ui.available_width() - size::LABEL_WIDTH - size::COPY_ROOM).max(0.0);
    let galley = if revealed {
        let mut job =
            LayoutJob::single_section(secret.expose().to_owned(), Type::Mono.format(tokens.text));
        job.wrap = TextWrapping {
            max_width: room,
            max_rows: MOST_LINES,
            break_anywhere: true,
            ..TextWrapping::default()
        };
        ui.painter().layout_job(job)
    } else {
        let dots = match remark {
            Some(remark) => format!("•••••••• {remark}"),
            None => "•".repeat(DOTS),
        };
        Type::Mono.line(ui, &dots, tokens.text, room)
    };
    let (rect, response) = line_ui(
        ui,
        label,
        (galley.size().y + space::M).max(size::LINE_HEIGHT),
    );
    let spoken = if revealed {
        format!("{label}: shown on screen")
    } else {
        format!("{label}: hidden")
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let at = value_room(rect, true).left_center();
    paint_galley(ui, galley, Align2::LEFT_CENTER, at);
    copy_button_ui(ui, rect, label)
}
