//! Sizes of things, from `assets/themes/scale.toml`. Lengths are points.
//!
//! Deliberately absent: text, whose sizes are in `text`.

use eframe::egui::Margin;

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
    /// Of what surrounds a control.
    pub const HALO: u8 = of("halo");
    /// Of cards.
    pub const CARD: u8 = of("card");
    /// Of sheets.
    pub const SHEET: u8 = of("sheet");
    /// Round ends, whatever the height.
    pub const PILL: u8 = of("pill");
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
    /// Below this width a pair of cards stands one over the other.
    pub const PAIR_LEAST: f32 = of("pair_least");
    /// Left and right of what is in a card.
    pub const CARD_PADDING: f32 = of("card_padding");
    /// Left and right of what is typed.
    pub const FIELD_PADDING: f32 = of("field_padding");
    /// Height of a line of a card.
    pub const LINE_HEIGHT: f32 = of("line_height");
    /// Height of the boxes for a code.
    pub const CODE_HEIGHT: f32 = of("code_height");
    /// A diff that is higher scrolls.
    pub const DIFF_HEIGHT: f32 = of("diff_height");
    /// What stands around the diff in its sheet.
    pub const DIFF_AROUND: f32 = of("diff_around");
    /// What is seen of a diff in any window.
    pub const DIFF_LEAST: f32 = of("diff_least");
    /// Side of the logo in the profile list.
    pub const LOGO: f32 = of("logo");
    /// Height of the name above the profile list.
    pub const BRAND_HEIGHT: f32 = of("brand_height");
    /// Height of a badge.
    pub const BADGE_HEIGHT: f32 = of("badge_height");
    /// Height of a group's name in the profile list.
    pub const GROUP_HEIGHT: f32 = of("group_height");
    /// Height of the foot of the profile list.
    pub const FOOT_HEIGHT: f32 = of("foot_height");
    /// Height of the line at the foot of the window.
    pub const STATUS_HEIGHT: f32 = of("status_height");
    /// Diameter of a dot that shows a state.
    pub const DOT: f32 = of("dot");
    /// Diameter of a circle with a mark in it.
    pub const CIRCLE: f32 = of("circle");
    /// Width of what stands before a value.
    pub const LABEL_WIDTH: f32 = of("label_width");
    /// What a copy button needs at the end of a line.
    pub const COPY_ROOM: f32 = of("copy_room");
    /// Left and right of a button's text.
    pub const BUTTON_PADDING: f32 = of("button_padding");
    /// Least width of the button that goes on.
    pub const BUTTON_LEAST: f32 = of("button_least");
    /// Width of a menu of words.
    pub const MENU_NARROW: f32 = of("menu_narrow");
    /// Width of a menu of sentences.
    pub const MENU_WIDE: f32 = of("menu_wide");
    /// Room for a pill beside a title.
    pub const PILL_ROOM: f32 = of("pill_room");
    /// What a name keeps beside buttons that a menu can hold.
    pub const NAME_FAIR: f32 = of("name_fair");
    /// What a name keeps where there is little room.
    pub const NAME_LEAST: f32 = of("name_least");
    /// What is said of the secret store keeps this much.
    pub const STORE_LEAST: f32 = of("store_least");
    /// Width of a row of switches beside a field.
    pub const SWITCHES_WIDTH: f32 = of("switches_width");
    /// Width of a problem card's buttons.
    pub const PROBLEM_BUTTONS: f32 = of("problem_buttons");
    /// Most room above the first-run page.
    pub const HERO_TOP: f32 = of("hero_top");
    /// Height of what is on the first-run page.
    pub const FIRST_RUN: f32 = of("first_run");
    /// Room for a message of two or three lines in a sheet.
    pub const MESSAGE_HEIGHT: f32 = of("message_height");
    /// Least height of the questions of the sign-in sheet.
    pub const SIGN_IN_HEIGHT: f32 = of("sign_in_height");
    /// Side of a QR code.
    pub const QR_CODE: f32 = of("qr_code");
    /// Room for an authenticator's key.
    pub const KEY_HEIGHT: f32 = of("key_height");
    /// Most height of what a custom challenge says.
    pub const PARAMETERS_HEIGHT: f32 = of("parameters_height");
    /// Narrower windows have the profile list behind a button.
    pub const LIST_LEAST: f32 = of("list_least");
    /// Lower windows have one bar.
    pub const LOW_LEAST: f32 = of("low_least");
    /// Narrower windows have a narrower profile list.
    pub const WIDE_LEAST: f32 = of("wide_least");
    /// Width of the profile list there.
    pub const SIDEBAR_NARROW: f32 = of("sidebar_narrow");
    /// A page is no wider.
    pub const PAGE_MOST: f32 = of("page_most");
    /// Narrower, the steps stand in two rows.
    pub const FLOW_LEAST: f32 = of("flow_least");
    /// Narrower, the activity list has fewer columns.
    pub const CALLS_FOLD: f32 = of("calls_fold");
    /// Narrower, the header's buttons stand below the title.
    pub const HEADER_ROWS: f32 = of("header_rows");
    /// Height of a row of the activity list.
    pub const CALL_HEIGHT: f32 = of("call_height");
}

/// Times of movements, in seconds.
pub mod motion {
    use crate::ui::theme::data::SCALE;

    /// How long a movement takes.
    pub const SECONDS: f32 = SCALE.number("motion", "seconds");
    /// Until a tooltip appears.
    pub const TOOLTIP_SECONDS: f32 = SCALE.number("motion", "tooltip_seconds");
}

/// Room inside a frame: left and right, above and below.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    reason = "steps of the scale are small"
)]
pub const fn margin(x: f32, y: f32) -> Margin {
    Margin::symmetric(x as i8, y as i8)
}
