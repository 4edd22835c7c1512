//! No literal of the look outside the theme: colors, fonts, radii, margins and lengths are named.
//!
//! Views may write shares of a whole (0.0 to 1.0) and 2.0, for doubling. Widgets may name a length
//! that belongs to their own shape, such as the strokes of a check mark.

use std::fmt::Write as _;

use crate::source::{code, sources};

/// What a line of code may not say, in views and widgets alike.
const NAMED: [(&str, &str); 9] = [
    ("FontId", "a font is a `Type`"),
    ("RichText::new", "a text is `Type::rich`"),
    ("from_rgb", "a color is a token"),
    ("from_rgba", "a color is a token"),
    ("CornerRadius::same(#", "a radius is `radius::…`"),
    ("CornerRadius {", "a radius is `radius::…`"),
    ("corner_radius(#", "a radius is `radius::…`"),
    ("Margin::same(#", "a margin is `margin(…)`"),
    ("Margin::symmetric(#", "a margin is `margin(…)`"),
];
/// The colors that are none.
const NO_COLORS: [&str; 2] = ["TRANSPARENT", "PLACEHOLDER"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    View,
    Widget,
}

#[test]
fn views_and_widgets_name_what_they_look_like() {
    let mut wrong = String::new();
    for file in sources("src/ui") {
        let place = if file.name.starts_with("ui/views/") {
            Place::View
        } else if file.name.starts_with("ui/widgets/") {
            Place::Widget
        } else {
            continue;
        };
        if file.is_test() {
            continue;
        }
        for (number, line) in code(file.product()).lines().enumerate() {
            if let Some(fault) = fault(line, place) {
                let line = file.text.lines().nth(number).unwrap_or_default().trim();
                writeln!(wrong, "{}:{}: {fault}: {line}", file.path, number + 1).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn fault(line: &str, place: Place) -> Option<String> {
    let digits = line.replace(|letter: char| letter.is_ascii_digit(), "#");
    for (word, rule) in NAMED {
        if digits.contains(word) {
            return Some(rule.to_owned());
        }
    }
    let mut colors = line.split("Color32::").skip(1);
    if colors.any(|rest| !NO_COLORS.iter().any(|none| rest.starts_with(none))) {
        return Some("a color is a token".to_owned());
    }
    let bare = |word: &str| {
        let after = line.split(word).nth(1).unwrap_or_default();
        after.starts_with(|first: char| first.is_ascii_digit() || first == '-')
            && fractions(after).next().is_some_and(|number| number > 0.0)
    };
    let lengths = [
        "add_space(",
        "item_spacing.x = ",
        "item_spacing.y = ",
        "set_width(",
        "set_height(",
    ];
    if lengths.into_iter().any(bare) {
        return Some("a length is `space::…` or `size::…`".to_owned());
    }
    let stray =
        fractions(line).find(|number| *number > 1.0 && (*number - 2.0).abs() > f32::EPSILON);
    match stray {
        Some(number) if place == Place::View => {
            Some(format!("{number} is a length: `space::…` or `size::…`"))
        }
        _ => None,
    }
}

/// The numbers with a point.
fn fractions(line: &str) -> impl Iterator<Item = f32> {
    line.split(|letter: char| !letter.is_alphanumeric() && letter != '.' && letter != '_')
        .flat_map(|word| word.split(".."))
        .filter(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .filter(|word| word.contains('.'))
        .filter_map(|word| word.replace('_', "").parse().ok())
}

/// One rule for the whole window: the last sentence of a description has no period.
#[test]
fn descriptions_end_without_a_period() {
    let mut wrong = String::new();
    for file in sources("src/ui") {
        if file.is_test() {
            continue;
        }
        for (number, line) in file.product().lines().enumerate() {
            let is_comment = line.trim_start().starts_with("//");
            if !is_comment && ends_a_sentence(line) {
                writeln!(wrong, "{}:{}: {}", file.path, number + 1, line.trim()).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(ends_a_sentence("let text = \"Nobody signs in here.\";"));
    assert!(ends_a_sentence("                   until they expire.\","));
    assert!(!ends_a_sentence("if host.starts_with(\"cognito-idp.\")"));
    assert!(!ends_a_sentence("let text = \"Waiting...\";"));
}

/// True where a literal of several words ends with a period on this line.
fn ends_a_sentence(line: &str) -> bool {
    let Some((before, _)) = line.split_once(".\"") else {
        return false;
    };
    let words = before.rsplit('"').next().unwrap_or_default();
    words.trim().contains(' ') && !words.ends_with('.')
}

#[test]
fn each_kind_of_literal_is_refused() {
    let everywhere = [
        "let red = Color32::from_rgb(200, 0, 0);",
        "let red = Color32::RED;",
        "let line = Stroke::new(size::LINE, egui::Color32::from_gray(30));",
        "let font = FontId::new(size, FontFamily::Monospace);",
        "ui.label(RichText::new(text).strong());",
        "let radius = CornerRadius::same(8);",
        "frame.corner_radius(12)",
        "let margin = Margin::symmetric(16, 13);",
        "frame.inner_margin(Margin::same(5))",
        "ui.add_space(7.0);",
        "ui.spacing_mut().item_spacing.x = 9.5;",
        "ui.set_width(250.0);",
    ];
    let in_views = [
        "let size = vec2(34.0, 17.0);",
        "const WIDTH: f32 = 640.0;",
        "rect.left() + 12.5",
        "height.clamp(24.0, size::TOP)",
    ];
    for line in everywhere {
        assert!(fault(line, Place::View).is_some(), "{line}");
        assert!(fault(line, Place::Widget).is_some(), "{line}");
    }
    for line in in_views {
        assert!(fault(line, Place::View).is_some(), "{line}");
        assert!(fault(line, Place::Widget).is_none(), "{line}");
    }
    let fine = [
        "ui.add_space(space::M);",
        "ui.spacing_mut().item_spacing.x = 0.0;",
        "let middle = pos2(rect.left() + rect.width() / 2.0, rect.top() + 0.5);",
        "let fill = egui::Color32::TRANSPARENT;",
        "fn of(color: Color32) -> PillColors {",
        "let pair = (draft.0, self.items.1);",
        "let minutes = seconds / 60 % 60;",
        "const ENDS: [f32; 3] = [0.12, 0.61, 1.0];",
        "match age { 0..60 => 1, 60..=3600 => 2 }",
    ];
    for line in fine {
        assert!(fault(line, Place::View).is_none(), "{line}");
    }
    let code = code("let a = \"12.5\"; // 12.5\n/* */ let b = 13.5;");
    assert_eq!(
        code.lines()
            .filter(|line| fault(line, Place::View).is_some())
            .count(),
        1
    );
}
