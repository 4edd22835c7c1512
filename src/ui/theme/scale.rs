//! Sizes of things, from `assets/themes/scale.toml`. Lengths are points.
//!
//! Deliberately absent: text, whose sizes are in `text`.

/// Room between things.
pub mod space {
    use crate::ui::theme::data::SCALE;

    const fn step(key: &str) -> f32 {
        SCALE.number("space", key)
    }

    /// 2: between two lines that belong together.
    pub const XXS: f32 = step("xxs");
    /// 4: below the heading of a card.
    pub const XS: f32 = step("xs");
    /// 6: between a label and its field.
    pub const S: f32 = step("s");
    /// 8: between things in a row.
    pub const M: f32 = step("m");
    /// 10: between buttons, or a field and the next.
    pub const L: f32 = step("l");
    /// 14: between cards, and between the fields of a form.
    pub const XL: f32 = step("xl");
    /// 18: above the buttons of a sheet.
    pub const XXL: f32 = step("xxl");
    /// 24: around what stands alone.
    pub const XXXL: f32 = step("xxxl");
}

/// Radii of corners.
pub mod radius {
    use crate::ui::theme::data::SCALE;

    const fn of(key: &str) -> u8 {
        SCALE.whole("radius", key)
    }

    /// Of a key's name.
    pub const BADGE: u8 = of("badge");
    /// Of a row of a menu.
    pub const ROW: u8 = of("row");
    /// Of buttons, fields, rows.
    pub const CONTROL: u8 = of("control");
    /// Of cards.
    pub const CARD: u8 = of("card");
    /// Of sheets.
    pub const SHEET: u8 = of("sheet");
}

/// Sizes of things.
pub mod size {
    use crate::ui::theme::data::SCALE;

    const fn of(key: &str) -> f32 {
        SCALE.number("size", key)
    }

    /// Width of borders and dividers.
    pub const LINE: f32 = of("line");
    /// Width of the line around what has the keyboard.
    pub const RING_LINE: f32 = of("ring_line");
    /// Between that line and its thing.
    pub const RING_GAP: f32 = of("ring_gap");
    /// Height of buttons.
    pub const CONTROL_HEIGHT: f32 = of("control_height");
    /// Height of fields.
    pub const FIELD_HEIGHT: f32 = of("field_height");
    /// Height of a card's heading and of small buttons.
    pub const TITLE_HEIGHT: f32 = of("title_height");
    /// Height of one of several ways to go on.
    pub const CHOICE_HEIGHT: f32 = of("choice_height");
    /// Height of a row of a menu.
    pub const MENU_ROW_HEIGHT: f32 = of("menu_row_height");
    /// Height of a row of the profile list.
    pub const ROW_HEIGHT: f32 = of("row_height");
    /// Diameter of the lifetime ring.
    pub const RING: f32 = of("ring");
    /// Width of an icon in front of a line.
    pub const MARK: f32 = of("mark");
    /// Width of the profile list.
    pub const SIDEBAR_WIDTH: f32 = of("sidebar_width");
    /// Width of a sheet.
    pub const SHEET_WIDTH: f32 = of("sheet_width");
    /// Width of a sheet with long lines, and of a column of text.
    pub const SHEET_WIDE: f32 = of("sheet_wide");
    /// Width of a menu.
    pub const MENU_WIDTH: f32 = of("menu_width");
    /// Width of a toast.
    pub const TOAST_WIDTH: f32 = of("toast_width");
    /// Left and right of the main area.
    pub const MARGIN_X: f32 = of("margin_x");
    /// Above the main area.
    pub const MARGIN_Y: f32 = of("margin_y");
}

/// Times of movements, in seconds.
pub mod motion {
    use crate::ui::theme::data::SCALE;

    /// How long a movement takes.
    pub const SECONDS: f32 = SCALE.number("motion", "seconds");
    /// Until a tooltip appears.
    pub const TOOLTIP_SECONDS: f32 = SCALE.number("motion", "tooltip_seconds");
}
