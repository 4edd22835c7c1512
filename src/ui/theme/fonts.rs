//! The bundled fonts. See `assets/fonts/build.py` for how they are made.
//!
//! Everything that the window itself says is in them, so that it looks the same everywhere; what
//! people type may be in any script, and the system's fonts are searched when it is in none of ours.
//! Deliberately absent: egui's own fonts, and a look at the system's before that.

use std::sync::{Arc, OnceLock};

use eframe::egui::{
    FallbackRequest, FontData, FontDefinitions, FontFamily, FontInsert, FontProvider,
};
use egui_system_font_provider::SystemFontProvider;

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

/// Finds letters that no bundled font has among the system's fonts. Listing those takes a tenth of
/// a second and a few megabytes, so it is done when the first such letter is shown.
#[derive(Default)]
pub struct SystemFonts(OnceLock<SystemFontProvider>);

impl FontProvider for SystemFonts {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        self.0
            .get_or_init(SystemFontProvider::new)
            .font_for(request)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use eframe::egui::{Context, RawInput};

    use super::*;
    use crate::ui::theme::Type;

    const TEXTS: [Type; 8] = [
        Type::Body,
        Type::Strong,
        Type::Heading,
        Type::Small,
        Type::Caption,
        Type::Title,
        Type::Countdown,
        Type::Mono,
    ];

    /// Where the icon font has its characters.
    const ICONS: std::ops::RangeInclusive<char> = '\u{e000}'..='\u{f8ff}';

    /// Draws a QR code with half blocks.
    const FOR_TERMINALS: &str = "adapters/authenticator.rs";

    fn context() -> Context {
        let ctx = Context::default();
        ctx.set_fonts(definitions());
        let mut output = ctx.run_ui(RawInput::default(), |_| {});
        output.textures_delta.clear();
        ctx
    }

    /// Characters beyond ASCII in string literals below a folder.
    fn written(folder: &Path, found: &mut BTreeSet<char>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                written(&path, found);
            } else if !path.to_str().unwrap().ends_with("tests.rs")
                && !path.ends_with(FOR_TERMINALS)
                && path.extension().is_some_and(|end| end == "rs")
            {
                let text = fs::read_to_string(&path).unwrap();
                let product = text.split("#[cfg(test)]").next().unwrap_or_default();
                let said = product
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"));
                for line in said {
                    found.extend(line.chars().filter(|letter| !letter.is_ascii()));
                    for escape in line.split("\\u{").skip(1) {
                        let digits = escape.split('}').next().unwrap_or_default();
                        let letter = u32::from_str_radix(digits, 16)
                            .ok()
                            .and_then(char::from_u32);
                        // Of the escapes only what is there to be seen.
                        found.extend(letter.filter(|letter| ICONS.contains(letter)));
                    }
                }
            }
        }
    }

    #[test]
    fn the_bundled_fonts_have_everything_the_window_says() {
        let mut letters: BTreeSet<char> = (' '..='~').collect();
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        // Problems are worded below `ui`; the command line speaks to a terminal.
        for folder in ["ui", "app", "ops", "domain", "adapters", "runtime"] {
            written(&src.join(folder), &mut letters);
        }
        assert!(letters.contains(&'…') && letters.contains(&'→') && letters.len() > 110);
        let ctx = context();
        for kind in TEXTS {
            let font = kind.font();
            let lost: String = letters
                .iter()
                .filter(|letter| !ctx.fonts_mut(|fonts| fonts.has_glyph(&font, **letter)))
                .collect();
            assert_eq!(lost, "", "{kind:?}");
        }
        let missing = ctx.fonts_mut(|fonts| fonts.has_glyph(&Type::Body.font(), '漢'));
        assert!(!missing, "the test sees what is not there");
    }

    #[test]
    fn digits_have_one_width() {
        // Of a point: the semibold 4 is a thousandth narrower than its neighbors.
        const UNSEEN: f32 = 0.05;
        let ctx = context();
        for kind in TEXTS {
            let font = kind.font();
            let widths: Vec<f32> = ('0'..='9')
                .map(|digit| ctx.fonts_mut(|fonts| fonts.glyph_width(&font, digit)))
                .collect();
            assert!(
                widths
                    .iter()
                    .all(|width| (width - widths[0]).abs() < UNSEEN),
                "{kind:?}: {widths:?}"
            );
        }
    }

    #[test]
    fn each_font_comes_with_its_license() {
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts");
        for name in ["Inter", "JetBrainsMono", "Lucide"] {
            let text = fs::read_to_string(fonts.join(format!("LICENSE-{name}.txt"))).unwrap();
            assert!(text.contains("Copyright"), "{name}");
            assert!(text.contains("SIL Open Font License") || text.contains("ISC License"));
        }
    }
}
