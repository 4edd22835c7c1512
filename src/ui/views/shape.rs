//! How the window is laid out at its width: the one place with its breakpoints.
//!
//! Widths are logical points, so that larger text has the same effect as a smaller window.

use eframe::egui::{Context, Ui};

use crate::ui::theme::{size, space};

/// What there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The list beside the page.
    Wide,
    /// A narrower list beside the page.
    Medium,
    /// The page alone; the list waits behind a button.
    Narrow,
}

impl Shape {
    /// The shape of the whole window.
    #[must_use]
    pub fn of(ctx: &Context) -> Self {
        Self::at(ctx.content_rect().width())
    }

    /// The shape at a width.
    #[must_use]
    pub fn at(width: f32) -> Self {
        if width < size::LIST_LEAST {
            Self::Narrow
        } else if width < size::WIDE_LEAST {
            Self::Medium
        } else {
            Self::Wide
        }
    }

    /// Width of the list.
    #[must_use]
    pub const fn list_width(self) -> f32 {
        match self {
            Self::Wide | Self::Narrow => size::SIDEBAR_WIDTH,
            Self::Medium => size::SIDEBAR_NARROW,
        }
    }

    /// Left and right of the page.
    #[must_use]
    pub const fn margin_x(self) -> f32 {
        match self {
            Self::Wide => size::MARGIN_X,
            Self::Medium => space::XXL,
            Self::Narrow => space::XL,
        }
    }

    /// Above the page.
    #[must_use]
    pub const fn margin_y(self) -> f32 {
        match self {
            Self::Wide | Self::Medium => size::MARGIN_Y,
            Self::Narrow => space::XL,
        }
    }
}

/// True where one bar has to do: narrow, and so low that two would take the page's room.
#[must_use]
pub fn is_low(ctx: &Context) -> bool {
    Shape::of(ctx) == Shape::Narrow && ctx.content_rect().height() < size::LOW_LEAST
}

/// Left and right of a page, so that its lines do not become too long to read.
#[must_use]
pub fn page_margin(ui: &Ui) -> f32 {
    let shape = Shape::of(ui.ctx());
    let spare = ui.available_width() - 2.0 * shape.margin_x() - size::PAGE_MOST;
    shape.margin_x() + (spare / 2.0).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_at_200_percent_makes_the_usual_window_a_narrow_one() {
        assert_eq!(Shape::at(1180.0), Shape::Wide);
        assert_eq!(Shape::at(760.0), Shape::Medium);
        assert_eq!(Shape::at(1180.0 / 2.0), Shape::Narrow);
        assert_eq!(Shape::at(760.0 / 2.0), Shape::Narrow);
    }
}
