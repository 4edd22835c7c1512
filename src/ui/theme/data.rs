//! Reads the files below `assets/themes` while the program is compiled: a key that is missing or
//! spelled wrong is an error of the compiler, and nothing is read when the window opens.
//!
//! They are TOML of the simplest kind: `[section]`, `key = 14`, `key = "word"`, `key = "#rrggbb"`.
//! Deliberately absent: anything that runs later, and every other form of TOML.

#![expect(
    clippy::panic,
    reason = "evaluated by the compiler, which then names the file and the key"
)]

use eframe::egui::Color32;

/// A theme file.
pub struct Data {
    text: &'static [u8],
}

/// Colors in the dark.
pub const DARK: Data = Data::new(include_str!("../../../assets/themes/dark.toml"));
/// Colors in the light.
pub const LIGHT: Data = Data::new(include_str!("../../../assets/themes/light.toml"));
/// Sizes.
pub const SCALE: Data = Data::new(include_str!("../../../assets/themes/scale.toml"));

impl Data {
    const fn new(text: &'static str) -> Self {
        Self {
            text: text.as_bytes(),
        }
    }

    /// The color behind a key that stands before all sections.
    pub const fn color(&self, key: &str) -> Color32 {
        let text = unquoted(self.value("", key));
        assert!(text.len() == 7 || text.len() == 9, "not #rrggbb");
        assert!(text[0] == b'#', "not #rrggbb");
        let alpha = if text.len() == 9 { byte(text, 7) } else { 0xff };
        Color32::from_rgba_unmultiplied_const(byte(text, 1), byte(text, 3), byte(text, 5), alpha)
    }

    /// The number behind a key of a section.
    pub const fn number(&self, section: &str, key: &str) -> f32 {
        parsed(self.value(section, key))
    }

    /// The number behind a key of a section, 0 where there is none.
    pub const fn number_or_zero(&self, section: &str, key: &str) -> f32 {
        match self.find(section, key) {
            Some(value) => parsed(value),
            None => 0.0,
        }
    }

    /// The small whole number behind a key of a section.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 255, as the lines before say"
    )]
    pub const fn whole(&self, section: &str, key: &str) -> u8 {
        let number = self.number(section, key);
        assert!(number <= 255.0, "too large");
        number as u8
    }

    /// The word behind a key of a section.
    pub const fn word(&self, section: &str, key: &str) -> &'static [u8] {
        unquoted(self.value(section, key))
    }

    const fn value(&self, section: &str, key: &str) -> &'static [u8] {
        match self.find(section, key) {
            Some(value) => value,
            None => panic!("the theme file has no such key"),
        }
    }

    /// What stands behind `key =`, up to a comment.
    const fn find(&self, section: &str, key: &str) -> Option<&'static [u8]> {
        let (section, key) = (section.as_bytes(), key.as_bytes());
        let mut rest = self.text;
        let mut inside = section.is_empty();
        while !rest.is_empty() {
            let (line, after) = rest.split_at(until(rest, b'\n'));
            rest = if after.is_empty() {
                after
            } else {
                after.split_at(1).1
            };
            if line.is_empty() {
            } else if line[0] == b'[' {
                let name = line.split_at(1).1;
                inside = same(name.split_at(until(name, b']')).0, section);
            } else if inside {
                let (name, value) = line.split_at(until(line, b'='));
                if !value.is_empty() && same(name.trim_ascii(), key) {
                    let value = value.split_at(1).1.trim_ascii();
                    let quoted = !value.is_empty() && value[0] == b'"';
                    let end = if quoted {
                        value.len()
                    } else {
                        until(value, b'#')
                    };
                    return Some(value.split_at(end).0.trim_ascii());
                }
            }
        }
        None
    }
}

/// Whether two words are the same.
pub const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// How many bytes stand before the first `end`.
const fn until(text: &[u8], end: u8) -> usize {
    let mut at = 0;
    while at < text.len() && text[at] != end {
        at += 1;
    }
    at
}

/// What stands between the quotes.
const fn unquoted(value: &'static [u8]) -> &'static [u8] {
    assert!(!value.is_empty() && value[0] == b'"', "not in quotes");
    let inside = value.split_at(1).1;
    let end = until(inside, b'"');
    assert!(end < inside.len(), "the quotes stay open");
    inside.split_at(end).0
}

/// `12` or `0.15`; never negative.
const fn parsed(value: &[u8]) -> f32 {
    assert!(!value.is_empty(), "no number");
    let mut number = 0.0;
    let mut unit = 1.0;
    let mut fraction = false;
    let mut at = 0;
    while at < value.len() {
        match value[at] {
            b'.' if !fraction => fraction = true,
            digit @ b'0'..=b'9' => {
                number = number * 10.0 + (digit - b'0') as f32;
                if fraction {
                    unit *= 10.0;
                }
            }
            _ => panic!("not a number"),
        }
        at += 1;
    }
    number / unit
}

const fn byte(text: &[u8], at: usize) -> u8 {
    hex(text[at]) * 16 + hex(text[at + 1])
}

const fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => panic!("not #rrggbb in small letters"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: Data = Data::new(
        "# x = 1\nback = \"#0a0b0c\" # x\n[a]\nx = 12 # pt\n[b]\nx = 0.15\nw = \"mono\" # word",
    );

    #[test]
    fn keys_are_found_in_their_section() {
        assert_eq!(SAMPLE.color("back"), Color32::from_rgb(10, 11, 12));
        assert_eq!(SAMPLE.whole("a", "x"), 12);
        assert!((SAMPLE.number("b", "x") - 0.15).abs() < 1e-6);
        assert_eq!(SAMPLE.word("b", "w"), b"mono");
        assert!(SAMPLE.find("a", "w").is_none());
        assert!(SAMPLE.find("", "x").is_none());
    }

    /// The reader understands the files as a full reader of TOML does.
    #[test]
    fn the_files_are_toml_and_nothing_in_them_is_unused() {
        let readers = [
            include_str!("tokens.rs"),
            include_str!("text.rs"),
            include_str!("scale.rs"),
        ]
        .concat();
        for data in [DARK, LIGHT, SCALE] {
            let text = std::str::from_utf8(data.text).unwrap();
            let document: toml_edit::DocumentMut = text.parse().unwrap();
            let mut count = 0;
            let mut table = |section: &str, table: &toml_edit::Table| {
                for (key, item) in table.iter().filter(|(_, item)| item.is_value()) {
                    let value = item.as_value().unwrap();
                    match (value.as_str(), value.as_integer(), value.as_float()) {
                        (Some(word), ..) => {
                            assert_eq!(unquoted(data.value(section, key)), word.as_bytes());
                        }
                        (_, Some(number), _) => {
                            assert!(data.number(section, key).to_string() == number.to_string());
                        }
                        (_, _, Some(number)) => {
                            assert!((f64::from(data.number(section, key)) - number).abs() < 1e-6);
                        }
                        _ => panic!("{section}.{key} is of a kind that is not read"),
                    }
                    assert!(readers.contains(&format!("\"{key}\"")), "{key} is unused");
                    count += 1;
                }
            };
            table("", document.as_table());
            for (name, item) in document.iter().filter(|(_, item)| item.is_table()) {
                table(name, item.as_table().unwrap());
                for (inner, item) in item.as_table().unwrap() {
                    if let Some(inside) = item.as_table() {
                        table(&format!("{name}.{inner}"), inside);
                    }
                }
            }
            assert!(count > 15);
        }
    }
}
