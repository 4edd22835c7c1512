//! A panel over the window with a field and the rows that fit what is typed into it.
//!
//! The keyboard stays in the field: arrows choose a row, Enter takes it. Only the rows in sight are
//! made, so thousands cost no more than a few. Deliberately absent: what the rows mean.

use eframe::egui;
use eframe::egui::accesskit::{Live, Role};
use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align2, Area, Context, CornerRadius, CursorIcon, Frame, Id, Key, Modal, Modifiers, Rect,
    ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::keys::keys_ui;
use crate::ui::theme::{Tokens, Type, margin, paint_galley, radius, size, space};

/// From the top of the window to the panel, as a part of its height.
const TOP: f32 = 0.1;
/// At most so many rows are in sight.
const MOST_ROWS: f32 = 9.0;

/// What a row shows.
pub struct FoundRow<'a> {
    /// Its words.
    pub label: &'a str,
    /// Numbers of the characters that are emphasised.
    pub at: &'a [usize],
    /// At the right end, quietly.
    pub remark: &'a str,
    /// Its shortcut, where it has one.
    pub keys: Option<String>,
}

/// What a person did to the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Took the row of this number.
    Take(usize),
    /// Pressed Escape.
    Leave,
}

/// Shows `contents` on a panel in the upper part of the window; true when Escape was pressed.
pub fn upper_panel_ui(ctx: &Context, name: &str, contents: impl FnOnce(&mut Ui)) -> bool {
    let style = ctx.style_of(ctx.theme());
    let tokens = Tokens::of_visuals(&style.visuals);
    let id = Id::unique(("panel", name));
    let window = ctx.content_rect();
    let frame = Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(size::LINE, tokens.line))
        .corner_radius(radius::CARD)
        .shadow(style.visuals.window_shadow)
        .inner_margin(margin(space::L, space::L));
    let area: Area = Modal::default_area(id)
        .anchor(Align2::CENTER_TOP, vec2(0.0, window.height() * TOP))
        .role(Role::Dialog)
        .accessible_name(name);
    let modal = Modal::new(id)
        .area(area)
        .backdrop_color(tokens.scrim)
        .frame(frame);
    let width = size::SHEET_WIDE.min(window.width() - 2.0 * space::XXXL);
    let shown = modal.show(ctx, |ui| {
        ui.set_width(width);
        contents(ui);
    });
    let escape = || ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    shown.is_top_modal && escape()
}

/// Moves `chosen` by the arrows and says whether Enter was pressed. Called before the field is
/// added, which would take those keys.
pub fn choose(ui: &Ui, chosen: &mut usize, count: usize) -> bool {
    let (down, up, entered) = ui.input_mut(|input| {
        let mut pressed = |key| input.count_and_consume_key(Modifiers::NONE, key);
        (
            pressed(Key::ArrowDown),
            pressed(Key::ArrowUp),
            pressed(Key::Enter) > 0,
        )
    });
    let last = count.saturating_sub(1);
    *chosen = (*chosen + down).saturating_sub(up).min(last);
    entered
}

/// Adds the rows; the number of the one that was clicked. `field` is told which row is chosen.
pub fn found_list_ui<'a>(
    ui: &mut Ui,
    field: Id,
    chosen: usize,
    count: usize,
    row: impl Fn(usize) -> Option<FoundRow<'a>>,
) -> Option<usize> {
    #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
    let offset = |number: usize| number as f32 * size::CONTROL_HEIGHT;
    let window = ui.ctx().content_rect().height();
    let most = (MOST_ROWS * size::CONTROL_HEIGHT).min(window * (1.0 - 2.0 * TOP) - offset(2));
    let moved = newly_chosen(ui, chosen);
    let mut clicked = None;
    let most = most.max(offset(2));
    ScrollArea::vertical()
        .max_height(most)
        // The room is that of the last frame; more rows than then may grow the panel.
        .min_scrolled_height(most)
        .auto_shrink([false, true])
        .show_viewport(ui, |ui, seen| {
            ui.set_height(offset(count));
            let top_left = ui.max_rect().min;
            let whole_width = ui.max_rect().width();
            let place = |number: usize| {
                let at = top_left + vec2(0.0, offset(number));
                Rect::from_min_size(at, vec2(whole_width, size::CONTROL_HEIGHT))
            };
            if moved {
                ui.scroll_to_rect(place(chosen), None);
            }
            let in_sight = (0..count)
                .filter(|number| offset(number + 1) > seen.min.y && offset(*number) < seen.max.y);
            for number in in_sight {
                let Some(row) = row(number) else {
                    continue;
                };
                let facts = Facts {
                    number,
                    count,
                    is_chosen: number == chosen,
                };
                if row_ui(ui, field, place(number), &row, &facts) {
                    clicked = Some(number);
                }
            }
        });
    clicked
}

/// Says, also aloud, that nothing is left.
pub fn nothing_found_ui(ui: &mut Ui, text: &str) {
    ui.add_space(space::L);
    let label = ui.label(Type::Body.rich(text, Tokens::of(ui).muted));
    ui.ctx().accesskit_node_builder(label.id, |node| {
        node.set_live(Live::Polite);
    });
    ui.add_space(space::L);
}

/// Which row it is.
struct Facts {
    number: usize,
    count: usize,
    is_chosen: bool,
}

fn row_ui(ui: &mut Ui, field: Id, rect: Rect, row: &FoundRow<'_>, facts: &Facts) -> bool {
    let tokens = Tokens::of(ui);
    let id = ui.scope_id().with(("row", facts.number));
    // Without the sense for focus: Tab stays in the field, which the arrows work from.
    let response = ui.interact(rect, id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, row.label));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_selected(facts.is_chosen);
        node.set_position_in_set(facts.number);
        node.set_size_of_set(facts.count);
        if let Some(keys) = &row.keys {
            node.set_keyboard_shortcut(keys.as_str());
        }
    });
    if facts.is_chosen {
        ui.ctx().accesskit_node_builder(field, |node| {
            node.set_active_descendant(response.id.accesskit_id());
        });
    }
    let fill = match (facts.is_chosen, response.hovered()) {
        (true, _) => tokens.raised,
        (false, true) => tokens.raised.gamma_multiply(0.6),
        (false, false) => egui::Color32::TRANSPARENT,
    };
    ui.painter()
        .rect_filled(rect, CornerRadius::same(radius::CONTROL), fill);
    let mut right = rect.right() - space::L;
    if let Some(keys) = &row.keys {
        right = keys_ui(ui, keys, pos2(right, rect.center().y)).left() - space::L;
    }
    let remark = Type::Small.line(ui, row.remark, tokens.muted, rect.width() / 2.0);
    let remark = paint_galley(
        ui,
        remark,
        Align2::RIGHT_CENTER,
        pos2(right, rect.center().y),
    );
    let left = rect.left() + space::L;
    let room = (remark.left() - space::L - left).max(0.0);
    let mut job = emphasised(row, tokens);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    let words = ui.painter().layout_job(job);
    paint_galley(ui, words, Align2::LEFT_CENTER, pos2(left, rect.center().y));
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}

fn emphasised(row: &FoundRow<'_>, tokens: &Tokens) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (number, char) in row.label.chars().enumerate() {
        let format = if row.at.contains(&number) {
            Type::Heading.format(tokens.accent)
        } else {
            Type::Body.format(tokens.text)
        };
        job.append(char.encode_utf8(&mut [0; 4]), 0.0, format);
    }
    job
}

/// True in the frame in which another row is chosen: it is brought into sight then, and the wheel
/// is free to move afterwards.
fn newly_chosen(ui: &Ui, chosen: usize) -> bool {
    let id = ui.scope_id().with("chosen");
    ui.data_mut(|data| {
        let before = data.get_temp_mut_or_default::<usize>(id);
        std::mem::replace(before, chosen) != chosen
    })
}
