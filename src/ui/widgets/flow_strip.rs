//! Four steps in a row, joined by lines.

use eframe::egui::accesskit::Role;
use eframe::egui::{Align2, Color32, Pos2, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::button::paint_check;
use super::hover::text_on_hover;
use crate::ui::theme::{Tokens, Type, paint_galley, paint_line, size, space, two_lines};

/// How a step looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Not reached.
    Waiting,
    /// Under way.
    Current,
    /// Finished.
    Done,
    /// Refused or failed.
    Failed,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowItem {
    /// The step's name.
    pub title: &'static str,
    /// How it stands, in words.
    pub detail: String,
    /// How it looks.
    pub mark: Mark,
}

const TEXT_X: f32 = size::CIRCLE + space::L;
const HEIGHT: f32 = Type::Strong.line_height() + Type::Small.line_height();
/// The least line between two steps, with its margins.
const LEAST_GAP: f32 = 2.0 * space::L + space::M;

/// Adds the strip over the whole width; in a narrow place in two rows.
pub fn flow_strip_ui(ui: &mut Ui, items: &[FlowItem]) {
    if ui.available_width() >= size::FLOW_LEAST {
        row_ui(ui, items, 0);
        return;
    }
    let (first, second) = items.split_at(items.len().div_ceil(2));
    row_ui(ui, first, 0);
    ui.add_space(space::L);
    row_ui(ui, second, first.len());
}

/// `before`: how many steps stand in the rows above.
fn row_ui(ui: &mut Ui, items: &[FlowItem], before: usize) {
    let tokens = Tokens::of(ui);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let count = f32::from(u8::try_from(items.len()).unwrap_or(1)).max(1.0);
    let most = (rect.width() - (count - 1.0) * space::XL) / count - TEXT_X;
    let texts: Vec<_> = items
        .iter()
        .map(|item| {
            let title = Type::Strong.line(ui, item.title, tokens.text, most);
            let detail = Type::Small.line(ui, &item.detail, tokens.muted, most);
            (title, detail)
        })
        .collect();
    let widths: Vec<f32> = texts
        .iter()
        .map(|(title, detail)| TEXT_X + title.size().x.max(detail.size().x))
        .collect();
    let gap = (rect.width() - widths.iter().sum::<f32>()) / (count - 1.0).max(1.0);
    let [first, second] = two_lines(rect);
    let mut left = rect.left();
    for (number, ((item, width), (title, detail))) in
        items.iter().zip(widths).zip(texts).enumerate()
    {
        let place = Rect::from_min_size(pos2(left, rect.top()), vec2(width, HEIGHT));
        let response = ui.interact(
            place,
            ui.scope_id().with(("step", before + number)),
            Sense::hover(),
        );
        let spoken = format!("{}: {}", item.title, item.detail);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
        if detail.elided || title.elided {
            text_on_hover(response, &spoken);
        }
        mark_ui(
            ui,
            pos2(left + size::CIRCLE / 2.0, rect.center().y),
            item.mark,
            before + number,
        );
        let text_x = left + TEXT_X;
        paint_galley(ui, title, Align2::LEFT_CENTER, pos2(text_x, first));
        paint_galley(ui, detail, Align2::LEFT_CENTER, pos2(text_x, second));
        left += width + gap;
        if number + 1 < items.len() && gap > LEAST_GAP {
            let color = if item.mark == Mark::Done {
                tokens.accent
            } else {
                tokens.line
            };
            let range = left - gap + space::L..=left - space::L;
            ui.painter()
                .hline(range, rect.center().y, Stroke::new(2.0, color));
        }
    }
}

fn mark_ui(ui: &Ui, center: Pos2, mark: Mark, number: usize) {
    let tokens = Tokens::of(ui);
    let (fill, line, front) = match mark {
        Mark::Waiting => (tokens.raised, tokens.line, tokens.muted),
        Mark::Current => (tokens.accent, Color32::TRANSPARENT, tokens.on_accent),
        Mark::Done => (tokens.accent_tint, Color32::TRANSPARENT, tokens.accent),
        Mark::Failed => (tokens.danger_tint, Color32::TRANSPARENT, tokens.danger),
    };
    let radius = size::CIRCLE / 2.0;
    ui.painter()
        .circle(center, radius - 0.5, fill, Stroke::new(size::LINE, line));
    match mark {
        Mark::Done => paint_check(ui, center, front),
        Mark::Failed => {
            paint_line(
                ui,
                "!",
                Type::Heading,
                front,
                (Align2::CENTER_CENTER, center),
            );
        }
        Mark::Waiting | Mark::Current => {
            let digit = (number + 1).to_string();
            let at = (Align2::CENTER_CENTER, center);
            paint_line(ui, &digit, Type::SmallStrong, front, at);
        }
    }
}
