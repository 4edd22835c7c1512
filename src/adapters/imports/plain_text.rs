//! Bytes as text, whatever program wrote them.
//!
//! Deliberately absent: guessing of old code pages, which none of these files is in.

use crate::domain::{Problem, ProblemKind};

/// UTF-8 with or without a byte order mark, or UTF-16, which Windows' shell writes.
///
/// # Errors
/// Anything else, with the line.
pub(super) fn decoded(bytes: &[u8], source: &str) -> Result<String, Problem> {
    let wide = |units: &[u8], of: fn([u8; 2]) -> u16| {
        let pairs = units.chunks_exact(2).map(|pair| match pair {
            [first, second] => of([*first, *second]),
            _ => 0,
        });
        char::decode_utf16(pairs)
            .collect::<Result<String, _>>()
            .map_err(|_| not_text(source, 1))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [first, 0, ..] if *first != 0 => wide(bytes, u16::from_le_bytes),
        [0, second, ..] if *second != 0 => wide(bytes, u16::from_be_bytes),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            let text = std::str::from_utf8(bytes).map_err(|error| {
                let before = bytes.iter().take(error.valid_up_to());
                not_text(source, before.filter(|byte| **byte == b'\n').count() + 1)
            })?;
            Ok(text.replace("\r\n", "\n"))
        }
    }
}

fn not_text(source: &str, line: usize) -> Problem {
    let sentence = format!("{source} cannot be read, line {line}: it is not text");
    Problem::new(ProblemKind::Usage, sentence)
}

/// As it was before a chat program or a mail was kind to it: straight quotes, no quotation marks in
/// front of lines, no fences around it.
pub(super) fn mended(text: &str) -> String {
    let straight = |letter: char| match letter {
        '“' | '”' | '„' | '‟' | '″' => Some('"'),
        '‘' | '’' | '‚' => Some('\''),
        '\u{a0}' | '\u{2007}' | '\u{202f}' => Some(' '),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        other => Some(other),
    };
    let text: String = text.chars().filter_map(straight).collect();
    let lines = text.lines().map(|line| {
        let line = line.trim();
        let line = line.trim_start_matches(['>', ' ']);
        if line.starts_with("```") { "" } else { line }
    });
    lines.collect::<Vec<_>>().join("\n")
}
