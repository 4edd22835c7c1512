//! The lines of an INI file, read the way botocore, the JavaScript SDK and the Rust SDK read them.
//!
//! Deliberately absent: values (a line knows where things are, not what they mean) and any copy of
//! the text, which may hold secrets.

use std::ops::Range;

/// One line: where it is, its text, and the line ending it has (empty on an unfinished last line).
#[derive(Clone, Copy)]
pub struct Line<'a> {
    /// Counted from one, for people.
    pub number: usize,
    /// The byte the line begins at.
    pub start: usize,
    /// The text without its line ending.
    pub body: &'a str,
    /// `\n`, `\r\n` or nothing.
    pub eol: &'a str,
}

/// All lines of `text`, in order; together they are the whole text.
pub fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n')
        .enumerate()
        .map(move |(index, raw)| {
            let (body, eol) = if let Some(body) = raw.strip_suffix("\r\n") {
                (body, "\r\n")
            } else if let Some(body) = raw.strip_suffix('\n') {
                (body, "\n")
            } else {
                (raw, "")
            };
            let line = Line {
                number: index + 1,
                start,
                body,
                eol,
            };
            start += raw.len();
            line
        })
}

impl<'a> Line<'a> {
    /// The same line in a text that has `bytes` more above it, and whose first line is `number`.
    pub const fn moved(self, bytes: usize, number: usize) -> Self {
        Self {
            number: self.number + number.saturating_sub(1),
            start: self.start + bytes,
            ..self
        }
    }

    /// The bytes of the line with its ending.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.body.len() + self.eol.len()
    }

    /// Leading white space, in characters: what configparser compares to tell a continuation.
    pub fn indent(&self) -> usize {
        self.body.chars().take_while(|c| c.is_whitespace()).count()
    }

    /// The leading white space itself.
    pub fn margin(&self) -> &'a str {
        let bytes = self.body.len() - self.body.trim_start().len();
        self.body.get(..bytes).unwrap_or_default()
    }

    /// Nothing, a remark, or something that counts.
    pub fn counts(&self) -> bool {
        !matches!(
            self.body.trim_start().chars().next(),
            None | Some('#' | ';')
        )
    }

    /// For a section header, the bytes between the brackets. What follows the first `]` is a
    /// trailing comment to every reader.
    pub fn header(&self) -> Option<Range<usize>> {
        let inside = self.body.trim_start().strip_prefix('[')?;
        let from = self.start + (self.body.len() - inside.len());
        inside.find(']').map(|length| from..from + length)
    }

    /// For `key = value` or `key: value`: key, delimiter, and the bytes of the trimmed value.
    pub fn setting(&self) -> Option<(&'a str, char, Range<usize>)> {
        let (at, delimiter) = self
            .body
            .char_indices()
            .find(|(_, c)| matches!(c, '=' | ':'))?;
        let (key, rest) = self.body.split_at_checked(at)?;
        let value = rest.get(1..)?;
        let text = value.trim();
        let from = self.start + self.body.len() - value.trim_start().len();
        Some((key.trim(), delimiter, from..from + text.len()))
    }
}

/// How many lines end in `text`.
pub fn line_ends(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

/// The line ending new lines get: that of the first line, or LF where there is none.
pub fn line_ending(text: &str) -> &'static str {
    match lines(text).next() {
        Some(line) if line.eol == "\r\n" => "\r\n",
        _ => "\n",
    }
}
