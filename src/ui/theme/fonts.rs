//! The bundled fonts. See `assets/fonts/build.py` for how they are made.
//!
//! Deliberately absent: egui's own fonts and the system's, so that the window looks the same
//! everywhere.

use std::sync::Arc;

use eframe::egui::{FontData, FontDefinitions, FontFamily};

/// The family of medium text.
pub const MEDIUM: &str = "medium";
/// The family of semibold text.
pub const SEMIBOLD: &str = "semibold";
/// The family of the icons.
pub const ICONS: &str = "icons";

/// Every bundled font and the families they form. Each family falls back on the others, so that a
/// glyph which one lacks is found in another.
#[must_use]
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let mut add = |name: &str, bytes: &'static [u8]| {
        let mut data = FontData::from_static(bytes);
        // Hinting closes the small letters of the monospace font at 13 points.
        data.tweak.hinting = (name == "JetBrains Mono").then_some(false);
        let data = Arc::new(data);
        fonts.font_data.insert(name.to_owned(), data);
    };
    add(
        "Inter",
        include_bytes!("../../../assets/fonts/Inter-Regular.otf"),
    );
    add(
        "Inter Medium",
        include_bytes!("../../../assets/fonts/Inter-Medium.otf"),
    );
    add(
        "Inter SemiBold",
        include_bytes!("../../../assets/fonts/Inter-SemiBold.otf"),
    );
    add(
        "JetBrains Mono",
        include_bytes!("../../../assets/fonts/JetBrainsMono-Regular.ttf"),
    );
    add("Icons", include_bytes!("../../../assets/fonts/icons.ttf"));
    let mut family = |family: FontFamily, names: &[&str]| {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        fonts.families.insert(family, names);
    };
    family(
        FontFamily::Proportional,
        &["Inter", "JetBrains Mono", "Icons"],
    );
    family(FontFamily::Monospace, &["JetBrains Mono", "Inter", "Icons"]);
    family(
        FontFamily::Name(MEDIUM.into()),
        &["Inter Medium", "Inter", "JetBrains Mono", "Icons"],
    );
    family(
        FontFamily::Name(SEMIBOLD.into()),
        &["Inter SemiBold", "Inter", "JetBrains Mono", "Icons"],
    );
    family(FontFamily::Name(ICONS.into()), &["Icons", "Inter"]);
    fonts
}
