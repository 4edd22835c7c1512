//! The two palettes, from `assets/themes`, read through [`Tokens::of`].
//!
//! Deliberately absent: what a colour is used for in a particular view; views name a token.

use eframe::egui::{Color32, Ui, Visuals};

use super::data::{self, Data};

/// One palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tokens {
    /// Main area, fields.
    pub background: Color32,
    /// Profile list.
    pub sidebar: Color32,
    /// Cards, sheets.
    pub card: Color32,
    /// Buttons, the selected row, an empty meter.
    pub raised: Color32,
    /// A button or row under the pointer.
    pub hovered: Color32,
    /// Borders, dividers.
    pub line: Color32,
    /// Body text.
    pub text: Color32,
    /// Secondary text.
    pub muted: Color32,
    /// What an empty field shows, on the background alone.
    pub placeholder: Color32,
    /// Primary button, rings, valid.
    pub accent: Color32,
    /// The primary button under the pointer.
    pub accent_hovered: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Behind accent text.
    pub accent_tint: Color32,
    /// Below ten minutes.
    pub warning: Color32,
    /// Behind warning text.
    pub warning_tint: Color32,
    /// Expired, refused.
    pub danger: Color32,
    /// Behind danger text.
    pub danger_tint: Color32,
    /// The knob of a switch.
    pub knob: Color32,
    /// The groove of a switch that is off.
    pub groove: Color32,
    /// Over the window while a sheet is open.
    pub scrim: Color32,
    /// Under sheets and menus.
    pub shadow: Color32,
}

/// The dark palette.
pub const DARK: Tokens = Tokens::read(&data::DARK);
/// The light palette.
pub const LIGHT: Tokens = Tokens::read(&data::LIGHT);

/// Under a QR code in both themes: cameras want it dark on light.
pub const PAPER: Color32 = Color32::WHITE;
/// The modules of a QR code.
pub const INK: Color32 = Color32::BLACK;

impl Tokens {
    const fn read(data: &Data) -> Self {
        Self {
            background: data.color("background"),
            sidebar: data.color("sidebar"),
            card: data.color("card"),
            raised: data.color("raised"),
            hovered: data.color("hovered"),
            line: data.color("line"),
            text: data.color("text"),
            muted: data.color("muted"),
            placeholder: data.color("placeholder"),
            accent: data.color("accent"),
            accent_hovered: data.color("accent_hovered"),
            on_accent: data.color("on_accent"),
            accent_tint: data.color("accent_tint"),
            warning: data.color("warning"),
            warning_tint: data.color("warning_tint"),
            danger: data.color("danger"),
            danger_tint: data.color("danger_tint"),
            knob: data.color("knob"),
            groove: data.color("groove"),
            scrim: data.color("scrim"),
            shadow: data.color("shadow"),
        }
    }

    /// The palette that a part of the window is drawn in.
    #[must_use]
    pub fn of(ui: &Ui) -> &'static Self {
        Self::of_visuals(ui.visuals())
    }

    /// The palette behind egui's own visuals.
    #[must_use]
    pub const fn of_visuals(visuals: &Visuals) -> &'static Self {
        if visuals.dark_mode { &DARK } else { &LIGHT }
    }
}
