//! The type scale: eleven kinds of text, each with font, size and line height.
//!
//! Deliberately absent: sizes written anywhere else.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Align, Align2, Color32, FontFamily, FontId, Galley, Pos2, Rect, RichText, Ui};

use super::fonts::{ICONS, MEDIUM, SEMIBOLD};

/// A kind of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// 14/20.
    Body,
    /// 14/20, medium: names, buttons.
    Strong,
    /// 14/20, semibold: headings inside a card.
    Heading,
    /// 12/16.
    Small,
    /// 12/16, medium: card titles, pills.
    SmallStrong,
    /// 11/16, spaced out: headings of groups.
    Caption,
    /// 20/28, semibold.
    Title,
    /// 24/32, semibold: the first-run page.
    Hero,
    /// 34/40, semibold.
    Countdown,
    /// 13/20, monospace: identifiers.
    Mono,
    /// 16/16 icons.
    Icon,
    /// 12/16 icons.
    SmallIcon,
}

impl Type {
    /// Font and size.
    #[must_use]
    pub fn font(self) -> FontId {
        let named = |name: &str| FontFamily::Name(name.into());
        match self {
            Self::Body => FontId::new(14.0, FontFamily::Proportional),
            Self::Strong => FontId::new(14.0, named(MEDIUM)),
            Self::Heading => FontId::new(14.0, named(SEMIBOLD)),
            Self::Small => FontId::new(12.0, FontFamily::Proportional),
            Self::SmallStrong => FontId::new(12.0, named(MEDIUM)),
            Self::Caption => FontId::new(11.0, FontFamily::Proportional),
            Self::Title => FontId::new(20.0, named(SEMIBOLD)),
            Self::Hero => FontId::new(24.0, named(SEMIBOLD)),
            Self::Countdown => FontId::new(34.0, named(SEMIBOLD)),
            Self::Mono => FontId::new(13.0, FontFamily::Monospace),
            Self::Icon => FontId::new(16.0, named(ICONS)),
            Self::SmallIcon => FontId::new(12.0, named(ICONS)),
        }
    }

    /// From one line to the next.
    #[must_use]
    pub const fn line_height(self) -> f32 {
        match self {
            Self::Body | Self::Strong | Self::Heading | Self::Mono => 20.0,
            Self::Small | Self::SmallStrong | Self::Caption | Self::Icon | Self::SmallIcon => 16.0,
            Self::Title => 28.0,
            Self::Hero => 32.0,
            Self::Countdown => 40.0,
        }
    }

    /// Text for a label.
    #[must_use]
    pub fn rich(self, text: impl Into<String>, color: Color32) -> RichText {
        RichText::new(text)
            .font(self.font())
            .line_height(Some(self.line_height()))
            .color(color)
    }

    /// A format for a layout job.
    #[must_use]
    pub fn format(self, color: Color32) -> TextFormat {
        TextFormat {
            font_id: self.font(),
            color,
            line_height: Some(self.line_height()),
            valign: Align::Center,
            extra_letter_spacing: if self == Self::Caption { 0.8 } else { 0.0 },
            ..TextFormat::default()
        }
    }

    /// One line, cut with an ellipsis where it is wider than `width`.
    #[must_use]
    pub fn line(self, ui: &Ui, text: &str, color: Color32, width: f32) -> Arc<Galley> {
        let mut job = LayoutJob::single_section(text.to_owned(), self.format(color));
        job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
        ui.painter().layout_job(job)
    }

    /// Several lines, as many as `width` makes necessary.
    #[must_use]
    pub fn lines(self, ui: &Ui, text: &str, color: Color32, width: f32) -> Arc<Galley> {
        let mut job = LayoutJob::single_section(text.to_owned(), self.format(color));
        job.wrap.max_width = width.max(0.0);
        ui.painter().layout_job(job)
    }
}

/// Paints a galley with one of its nine points at `pos`; returns where it is.
pub fn paint_galley(ui: &Ui, galley: Arc<Galley>, anchor: Align2, pos: Pos2) -> Rect {
    let rect = anchor.anchor_size(pos, galley.size());
    let color = ui.visuals().text_color();
    ui.painter().galley(rect.min, galley, color);
    rect
}

/// Paints one line that has all the room it needs.
pub fn paint_line(ui: &Ui, text: &str, kind: Type, color: Color32, at: (Align2, Pos2)) -> Rect {
    paint_galley(ui, kind.line(ui, text, color, f32::INFINITY), at.0, at.1)
}
