//! The icons, as characters of the bundled icon font.
//!
//! The order is that of `ICONS` in `assets/fonts/build.py`. Deliberately absent: an accessible
//! name, which the widget that shows an icon has to bring.

/// An icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon(&'static str);

impl Icon {
    /// Settings.
    pub const GEAR: Self = Self("\u{e000}");
    /// Something new.
    pub const PLUS: Self = Self("\u{e001}");
    /// Done, valid, chosen.
    pub const CHECK: Self = Self("\u{e002}");
    /// Put away.
    pub const CLOSE: Self = Self("\u{e004}");
    /// A list opens below.
    pub const CHEVRON: Self = Self("\u{e008}");
    /// A problem.
    pub const ALERT: Self = Self("\u{e00b}");
    /// As the system says.
    pub const MONITOR: Self = Self("\u{e012}");
    /// Light.
    pub const SUN: Self = Self("\u{e013}");
    /// More: three dots of the text font, whose middle dot is in the middle.
    pub const DOTS: Self = Self("\u{b7}\u{b7}\u{b7}");

    /// The character.
    #[must_use]
    pub const fn glyph(self) -> &'static str {
        self.0
    }
}
