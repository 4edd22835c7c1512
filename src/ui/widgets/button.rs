//! Buttons: primary, secondary, ghost, danger and quiet ones.
//!
//! Deliberately absent: egui's own button, whose padding and states differ.

use std::sync::Arc;

use eframe::egui;
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, Color32, CornerRadius, CursorIcon, Galley, Rect, Response, Sense, Stroke, StrokeKind,
    Ui, Vec2, Widget, WidgetInfo, vec2,
};

use super::focus::focus_ring;
use crate::ui::theme::{Icon, Tokens, Type, paint_galley, radius, size, space};

/// What a button looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Primary,
    Secondary,
    Ghost,
    Danger,
    Quiet,
    Aside,
}

/// A button that is yet to be added.
#[must_use]
pub struct Button<'a> {
    text: &'a str,
    icon: Option<Icon>,
    icon_at_end: bool,
    name: Option<String>,
    look: Look,
    min_width: f32,
}

impl<'a> Button<'a> {
    const fn new(text: &'a str, look: Look) -> Self {
        Self {
            text,
            icon: None,
            icon_at_end: false,
            name: None,
            look,
            min_width: 0.0,
        }
    }

    /// The one thing to do next.
    pub const fn primary(text: &'a str) -> Self {
        Self::new(text, Look::Primary)
    }

    /// Something else that can be done.
    pub const fn secondary(text: &'a str) -> Self {
        Self::new(text, Look::Secondary)
    }

    /// Without a surface until the pointer is over it.
    pub const fn ghost(text: &'a str) -> Self {
        Self::new(text, Look::Ghost)
    }

    /// Removes something.
    pub const fn danger(text: &'a str) -> Self {
        Self::new(text, Look::Danger)
    }

    /// A small word inside a card or beside a sentence.
    pub const fn quiet(text: &'a str) -> Self {
        Self::new(text, Look::Quiet)
    }

    /// The same where it stands at the end of many lines.
    pub const fn aside(text: &'a str) -> Self {
        Self::new(text, Look::Aside)
    }

    /// A square with an icon; the name is for assistive technology.
    pub fn icon(icon: Icon, name: &str) -> Self {
        Self {
            icon: Some(icon),
            name: Some(name.to_owned()),
            ..Self::new("", Look::Ghost)
        }
    }

    /// The name for assistive technology where the text does not say enough.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// An icon before the text.
    pub const fn with_icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// An icon after the text: something opens.
    pub const fn with_end_icon(mut self, icon: Icon) -> Self {
        self.icon_at_end = true;
        self.with_icon(icon)
    }

    /// At least this wide.
    pub const fn min_width(mut self, width: f32) -> Self {
        self.min_width = width;
        self
    }

    /// How wide it is going to be.
    #[must_use]
    pub fn width(&self, ui: &Ui) -> f32 {
        self.size(&self.content(ui)).x
    }

    /// Without a surface.
    const fn is_quiet(&self) -> bool {
        matches!(self.look, Look::Quiet | Look::Aside)
    }

    fn content(&self, ui: &Ui) -> Content {
        let kind = if self.is_quiet() {
            Type::Small
        } else {
            Type::Strong
        };
        let white = Color32::PLACEHOLDER;
        let text = kind.line(ui, self.text, white, f32::INFINITY);
        let icon = self
            .icon
            .map(|icon| Type::Icon.line(ui, icon.glyph(), white, f32::INFINITY));
        let icon_width = icon.as_ref().map_or(0.0, |icon| icon.size().x);
        let has_both = icon.is_some() && !self.text.is_empty();
        let between = if has_both { space::M } else { 0.0 };
        Content {
            width: icon_width + between + text.size().x,
            text,
            icon,
            icon_width,
            between,
        }
    }

    fn size(&self, content: &Content) -> Vec2 {
        let (padding, height) = match (self.is_quiet(), self.text.is_empty()) {
            (true, _) => (0.0, size::TITLE_HEIGHT),
            (false, true) => (
                (size::CONTROL_HEIGHT - Type::Icon.line_height()) / 2.0,
                size::CONTROL_HEIGHT,
            ),
            (false, false) => (size::BUTTON_PADDING, size::CONTROL_HEIGHT),
        };
        vec2((content.width + 2.0 * padding).max(self.min_width), height)
    }
}

/// Text and icon, laid out.
struct Content {
    text: Arc<Galley>,
    icon: Option<Arc<Galley>>,
    icon_width: f32,
    between: f32,
    width: f32,
}

/// Surface, border and text.
struct Paint {
    fill: Color32,
    line: Color32,
    text: Color32,
}

fn paint_of(look: Look, tokens: &Tokens, hovered: bool) -> Paint {
    let none = Color32::TRANSPARENT;
    let paint = |fill, line, text| Paint { fill, line, text };
    match (look, hovered) {
        (Look::Primary, false) => paint(tokens.accent, none, tokens.on_accent),
        (Look::Primary, true) => paint(tokens.accent_hovered, none, tokens.on_accent),
        (Look::Secondary, false) => paint(tokens.raised, tokens.line, tokens.text),
        (Look::Secondary, true) => paint(tokens.hovered, tokens.line, tokens.text),
        (Look::Ghost | Look::Aside, false) => paint(none, none, tokens.muted),
        (Look::Ghost, true) => paint(tokens.hovered, none, tokens.text),
        (Look::Quiet, false) => paint(none, none, tokens.accent),
        (Look::Quiet | Look::Aside, true) => paint(none, none, tokens.accent_hovered),
        (Look::Danger, false) => paint(none, none, tokens.danger),
        (Look::Danger, true) => paint(tokens.danger_tint, none, tokens.danger),
    }
}

/// A surface under the pointer while its button is held down: a step back into the window.
#[must_use]
pub fn pressed_fill(fill: Color32, tokens: &Tokens) -> Color32 {
    const SHARE: f32 = 0.25;
    if fill == Color32::TRANSPARENT {
        fill
    } else {
        fill.lerp_to_gamma(tokens.background, SHARE)
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let tokens = Tokens::of(ui);
        let quiet = self.is_quiet();
        let content = self.content(ui);
        let (rect, response) = ui.allocate_exact_size(self.size(&content), Sense::click());
        let name = self.name.as_deref().unwrap_or(self.text);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
        let pressed = response.is_pointer_button_down_on();
        let mut paint = paint_of(self.look, tokens, response.hovered() || pressed);
        if pressed {
            paint.fill = pressed_fill(paint.fill, tokens);
        }
        let radius = CornerRadius::same(radius::CONTROL);
        ui.painter().rect(
            rect,
            radius,
            paint.fill,
            Stroke::new(size::LINE, paint.line),
            StrokeKind::Inside,
        );
        let Content {
            text,
            icon,
            icon_width,
            between,
            width,
        } = content;
        let left = rect.center().x - width / 2.0;
        let at = |x: f32| egui::pos2(x, rect.center().y);
        let (icon_left, text_left) = if self.icon_at_end {
            (left + text.size().x + between, left)
        } else {
            (left, left + icon_width + between)
        };
        if let Some(icon) = icon {
            let place = Align2::LEFT_CENTER.anchor_size(at(icon_left), icon.size());
            ui.painter().galley(place.min, icon, paint.text);
        }
        let place = Align2::LEFT_CENTER.anchor_size(at(text_left), text.size());
        ui.painter().galley(place.min, text, paint.text);
        if quiet {
            underline(ui, &response, place, paint.text);
        }
        let ring = if quiet { vec2(2.0, -2.0) } else { Vec2::ZERO };
        focus_ring(ui, &response, rect.expand2(ring), radius::CONTROL);
        response.on_hover_cursor(CursorIcon::PointingHand)
    }
}

/// A small word has no surface that answers the pointer: a line below it does.
fn underline(ui: &Ui, response: &Response, text: Rect, color: Color32) {
    if response.hovered() || response.is_pointer_button_down_on() {
        let line = Stroke::new(size::LINE, color);
        ui.painter().hline(text.x_range(), text.bottom(), line);
    }
}

/// An icon in the middle of a rectangle.
pub fn paint_icon(ui: &Ui, icon: Icon, kind: Type, color: Color32, center: egui::Pos2) {
    let galley = kind.line(ui, icon.glyph(), color, f32::INFINITY);
    paint_galley(ui, galley, Align2::CENTER_CENTER, center);
}

/// A check mark, drawn as a stroke so that it is crisp at small sizes.
pub fn paint_check(ui: &Ui, center: egui::Pos2, color: Color32) {
    let points = [vec2(-3.8, 0.2), vec2(-1.2, 2.8), vec2(3.8, -2.8)].map(|step| center + step);
    let line = egui::Shape::line(points.to_vec(), Stroke::new(1.8, color));
    ui.painter().add(line);
}
