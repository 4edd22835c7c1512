//! The type scale: kinds of text, each with font, size and line height, from
//! `assets/themes/scale.toml`.
//!
//! Deliberately absent: sizes written anywhere else.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat, TextWrapping};
use eframe::egui::{Align, Align2, Color32, FontFamily, FontId, Galley, Pos2, Rect, RichText, Ui};

use super::data::{SCALE, same};
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
    /// 18/28, semibold: headings of sheets.
    SheetTitle,
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

/// Font, size, line height and room between letters of a kind.
struct Scale {
    face: Face,
    size: f32,
    line: f32,
    letter_spacing: f32,
}

#[derive(Clone, Copy)]
enum Face {
    Regular,
    Medium,
    Semibold,
    Mono,
    Icons,
}

impl Scale {
    const fn of(section: &str) -> Self {
        Self {
            face: Face::named(SCALE.word(section, "face")),
            size: SCALE.number(section, "size"),
            line: SCALE.number(section, "line"),
            letter_spacing: SCALE.number_or_zero(section, "letter_spacing"),
        }
    }
}

impl Face {
    const fn named(name: &[u8]) -> Self {
        if same(name, b"regular") {
            return Self::Regular;
        } else if same(name, b"medium") {
            return Self::Medium;
        } else if same(name, b"semibold") {
            return Self::Semibold;
        } else if same(name, b"mono") {
            return Self::Mono;
        }
        assert!(same(name, b"icons"), "no such face");
        Self::Icons
    }
}

impl Type {
    const fn scale(self) -> &'static Scale {
        match self {
            Self::Body => const { &Scale::of("text.body") },
            Self::Strong => const { &Scale::of("text.strong") },
            Self::Heading => const { &Scale::of("text.heading") },
            Self::Small => const { &Scale::of("text.small") },
            Self::SmallStrong => const { &Scale::of("text.small_strong") },
            Self::Caption => const { &Scale::of("text.caption") },
            Self::Title => const { &Scale::of("text.title") },
            Self::SheetTitle => const { &Scale::of("text.sheet_title") },
            Self::Hero => const { &Scale::of("text.hero") },
            Self::Countdown => const { &Scale::of("text.countdown") },
            Self::Mono => const { &Scale::of("text.mono") },
            Self::Icon => const { &Scale::of("text.icon") },
            Self::SmallIcon => const { &Scale::of("text.small_icon") },
        }
    }

    /// Font and size.
    #[must_use]
    pub fn font(self) -> FontId {
        let scale = self.scale();
        let family = match scale.face {
            Face::Regular => FontFamily::Proportional,
            Face::Medium => FontFamily::Name(MEDIUM.into()),
            Face::Semibold => FontFamily::Name(SEMIBOLD.into()),
            Face::Mono => FontFamily::Monospace,
            Face::Icons => FontFamily::Name(ICONS.into()),
        };
        FontId::new(scale.size, family)
    }

    /// From one line to the next.
    #[must_use]
    pub const fn line_height(self) -> f32 {
        self.scale().line
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
            extra_letter_spacing: self.scale().letter_spacing,
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

    /// Several lines, the last that there may be cut with an ellipsis.
    #[must_use]
    pub fn few_lines(
        self,
        ui: &Ui,
        text: &str,
        color: Color32,
        (width, most): (f32, usize),
    ) -> Arc<Galley> {
        let mut job = LayoutJob::single_section(text.to_owned(), self.format(color));
        job.wrap.max_width = width.max(0.0);
        job.wrap.max_rows = most;
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

/// The heights of the middles of a strong line and a small line below it, together in the middle
/// of `row`.
#[must_use]
pub fn two_lines(row: Rect) -> [f32; 2] {
    let (first, second) = (Type::Strong.line_height(), Type::Small.line_height());
    let top = row.center().y - f32::midpoint(first, second);
    [top + first / 2.0, top + first + second / 2.0]
}
