//! Whether text can be read: the ratios that WCAG 2.2 defines (success criterion 1.4.3), of every
//! pair of colors that the window puts together.
//!
//! Deliberately absent: anything but tests.

use eframe::egui::Color32;

use super::tokens::{DARK, LIGHT, Tokens};

/// What 1.4.3 asks of text of any size.
const LEAST: f64 = 4.5;
/// What 1.4.11 asks of the parts of a control.
const LEAST_OF_PARTS: f64 = 3.0;

fn luminance(color: Color32) -> f64 {
    let [red, green, blue] = [color.r(), color.g(), color.b()].map(|byte| {
        let share = f64::from(byte) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn ratio(one: Color32, other: Color32) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

#[test]
fn the_ratio_is_that_of_the_standard() {
    assert!((ratio(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
    // From the examples of the standard's technique G18: #767676 is the lightest gray on white.
    assert!(ratio(Color32::from_gray(0x76), Color32::WHITE) >= LEAST);
    assert!(ratio(Color32::from_gray(0x77), Color32::WHITE) < LEAST);
}

#[test]
fn text_can_be_read_on_everything_it_stands_on() {
    for (theme, tokens) in [("dark", &DARK), ("light", &LIGHT)] {
        for (pair, ratio) in text_pairs(tokens) {
            assert!(ratio >= LEAST, "{theme}: {pair} has {ratio:.2} to 1");
        }
    }
}

#[test]
fn parts_can_be_told_from_what_is_behind_them() {
    for tokens in [&DARK, &LIGHT] {
        let surfaces = [tokens.background, tokens.sidebar, tokens.card];
        for surface in surfaces {
            // The focus ring, the lifetime ring, the switch that is on.
            for part in [tokens.accent, tokens.warning, tokens.danger] {
                assert!(ratio(part, surface) >= LEAST_OF_PARTS);
            }
        }
        assert!(ratio(tokens.knob, tokens.accent) >= 2.0);
    }
}

fn text_pairs(tokens: &Tokens) -> Vec<(String, f64)> {
    let surfaces = [
        ("background", tokens.background),
        ("sidebar", tokens.sidebar),
        ("card", tokens.card),
        ("raised", tokens.raised),
        ("hovered", tokens.hovered),
    ];
    let texts = [
        ("text", tokens.text),
        ("muted", tokens.muted),
        ("accent", tokens.accent),
        ("warning", tokens.warning),
        ("danger", tokens.danger),
    ];
    let tints = [
        (
            "placeholder on background",
            tokens.placeholder,
            tokens.background,
        ),
        ("on accent on accent", tokens.on_accent, tokens.accent),
        (
            "on accent on accent, hovered",
            tokens.on_accent,
            tokens.accent_hovered,
        ),
        ("accent on its tint", tokens.accent, tokens.accent_tint),
        ("warning on its tint", tokens.warning, tokens.warning_tint),
        ("danger on its tint", tokens.danger, tokens.danger_tint),
        ("text on warning tint", tokens.text, tokens.warning_tint),
        ("text on danger tint", tokens.text, tokens.danger_tint),
        ("text on accent tint", tokens.text, tokens.accent_tint),
    ];
    let plain = surfaces.iter().flat_map(|(surface, back)| {
        texts
            .iter()
            .map(move |(text, front)| (format!("{text} on {surface}"), ratio(*front, *back)))
    });
    let tinted = tints
        .iter()
        .map(|(pair, front, back)| ((*pair).to_owned(), ratio(*front, *back)));
    plain.chain(tinted).collect()
}
