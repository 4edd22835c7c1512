//! The two palettes and the sizes. The only place with colour literals.
//!
//! Deliberately absent: what a colour is used for in a particular view; views name a token.

use eframe::egui::{Color32, Ui, Visuals};

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
    /// Decoration only: below 4.5 to 1.
    pub faint: Color32,
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
pub const DARK: Tokens = Tokens {
    background: Color32::from_rgb(0x0e, 0x12, 0x17),
    sidebar: Color32::from_rgb(0x12, 0x17, 0x1e),
    card: Color32::from_rgb(0x16, 0x1c, 0x24),
    raised: Color32::from_rgb(0x1c, 0x24, 0x2e),
    hovered: Color32::from_rgb(0x23, 0x2d, 0x39),
    line: Color32::from_rgb(0x25, 0x2e, 0x3a),
    text: Color32::from_rgb(0xe8, 0xee, 0xf5),
    muted: Color32::from_rgb(0x8c, 0x9a, 0xab),
    faint: Color32::from_rgb(0x5d, 0x6a, 0x7a),
    accent: Color32::from_rgb(0x2c, 0xc6, 0xb4),
    accent_hovered: Color32::from_rgb(0x45, 0xd4, 0xc3),
    on_accent: Color32::from_rgb(0x04, 0x21, 0x1e),
    accent_tint: Color32::from_rgb(0x12, 0x30, 0x2f),
    warning: Color32::from_rgb(0xf2, 0xb6, 0x4a),
    warning_tint: Color32::from_rgb(0x33, 0x29, 0x0f),
    danger: Color32::from_rgb(0xf0, 0x64, 0x6e),
    danger_tint: Color32::from_rgb(0x37, 0x19, 0x1d),
    knob: Color32::from_rgb(0xff, 0xff, 0xff),
    groove: Color32::from_rgb(0x25, 0x2e, 0x3a),
    scrim: Color32::from_rgba_premultiplied(0x02, 0x03, 0x04, 0xa8),
    shadow: Color32::from_rgba_premultiplied(0x00, 0x00, 0x00, 0x70),
};

/// The light palette.
pub const LIGHT: Tokens = Tokens {
    background: Color32::from_rgb(0xf4, 0xf6, 0xf8),
    sidebar: Color32::from_rgb(0xeb, 0xef, 0xf3),
    card: Color32::from_rgb(0xff, 0xff, 0xff),
    raised: Color32::from_rgb(0xf3, 0xf6, 0xf9),
    hovered: Color32::from_rgb(0xe6, 0xec, 0xf2),
    line: Color32::from_rgb(0xd9, 0xe0, 0xe8),
    text: Color32::from_rgb(0x16, 0x20, 0x2b),
    muted: Color32::from_rgb(0x5c, 0x6b, 0x7b),
    faint: Color32::from_rgb(0x94, 0xa1, 0xb0),
    accent: Color32::from_rgb(0x0b, 0x8f, 0x82),
    accent_hovered: Color32::from_rgb(0x0a, 0x7d, 0x72),
    on_accent: Color32::from_rgb(0xff, 0xff, 0xff),
    accent_tint: Color32::from_rgb(0xdc, 0xf3, 0xf0),
    warning: Color32::from_rgb(0xa8, 0x6a, 0x00),
    warning_tint: Color32::from_rgb(0xff, 0xf0, 0xcf),
    danger: Color32::from_rgb(0xc7, 0x31, 0x3d),
    danger_tint: Color32::from_rgb(0xfd, 0xe1, 0xe3),
    knob: Color32::from_rgb(0xff, 0xff, 0xff),
    groove: Color32::from_rgb(0xc3, 0xcd, 0xd8),
    scrim: Color32::from_rgba_premultiplied(0x08, 0x0c, 0x10, 0x78),
    shadow: Color32::from_rgba_premultiplied(0x08, 0x0c, 0x10, 0x30),
};

/// Under a QR code in both themes: cameras want it dark on light.
pub const PAPER: Color32 = Color32::WHITE;
/// The modules of a QR code.
pub const INK: Color32 = Color32::BLACK;

impl Tokens {
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

/// Corner radius of cards.
pub const RADIUS_CARD: u8 = 12;
/// Corner radius of buttons, fields, rows.
pub const RADIUS_CONTROL: u8 = 8;
/// Corner radius of sheets.
pub const RADIUS_SHEET: u8 = 16;
/// Between cards.
pub const GAP: f32 = 14.0;
/// Height of buttons.
pub const CONTROL_HEIGHT: f32 = 34.0;
/// Height of fields.
pub const FIELD_HEIGHT: f32 = 38.0;
/// Width of the profile list.
pub const SIDEBAR_WIDTH: f32 = 264.0;
/// Height of a row in the profile list.
pub const ROW_HEIGHT: f32 = 50.0;
/// Diameter of the lifetime ring.
pub const RING: f32 = 18.0;
/// Left and right of the main area.
pub const MARGIN_X: f32 = 26.0;
/// Above the main area.
pub const MARGIN_Y: f32 = 20.0;
/// How long a movement takes, in seconds.
pub const MOTION: f32 = 0.15;
