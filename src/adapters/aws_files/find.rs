//! Finds one section in the text.
//!
//! Deliberately absent: other sections. They are stepped over, whatever is in them.

use std::ops::Range;

use super::lines::{Line, line_ends, lines};
use super::refusal::Refusal;
use super::section::{Section, SectionId};

/// Finds the section in `text`. Other sections are stepped over from header to header, and lines are
/// counted only where somebody is told one: the file may have thousands of sections.
pub fn find(text: &str, id: SectionId<'_>) -> Result<Option<Section>, Refusal> {
    let mut found: Option<Section> = None;
    let mut headers = headers(text).peekable();
    while let Some(header) = headers.next() {
        if !id.is(header.inside(text)) {
            continue;
        }
        if header.indented {
            return Err(header.refused(text, |line| Refusal::IndentedHeader { line }));
        }
        if header.bracketed {
            return Err(header.refused(text, |line| Refusal::TwoBrackets { line }));
        }
        if let Some(first) = &found {
            let first = text.get(first.inside.clone()).unwrap_or_default().trim();
            // `[default]` and `[profile default]`: each is the right one to some SDK.
            let same = first.starts_with("profile") == header.inside(text).starts_with("profile");
            return Err(header.refused(text, |line| {
                if same || id.name != "default" {
                    Refusal::DuplicateSection { line }
                } else {
                    Refusal::TwoDefaults { line }
                }
            }));
        }
        let next = headers.peek();
        if let Some(next) = next.filter(|next| next.indented) {
            // A header to JavaScript, a continuation to botocore, an error to Rust.
            return Err(next.refused(text, |line| Refusal::IndentedHeader { line }));
        }
        let end = next.map_or(text.len(), |next| next.start);
        found = read(text, &header, end, line_number(text, header.start));
    }
    Ok(found)
}

/// A header's line: where it begins, what is between the brackets, and whether it is indented.
pub struct Header {
    start: usize,
    inside: Range<usize>,
    indented: bool,
    /// Another bracket follows: the name reaches as far as that to botocore.
    bracketed: bool,
}

impl Header {
    /// Where its line begins.
    pub const fn start(&self) -> usize {
        self.start
    }

    /// What is between the brackets, trimmed.
    pub fn inside<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.inside.clone()).unwrap_or_default().trim()
    }

    fn refused(&self, text: &str, refusal: impl Fn(usize) -> Refusal) -> Refusal {
        refusal(line_number(text, self.start))
    }
}

/// Every line that some reader takes for a header, each line looked at once.
pub fn headers(text: &str) -> impl Iterator<Item = Header> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + text.get(from..)?.find('[')?;
            let start = text
                .get(from..at)?
                .rfind('\n')
                .map_or(from, |end| from + end + 1);
            let line = lines(text.get(start..)?).next()?;
            from = start + line.range().end;
            if let Some(inside) = line.header() {
                let name = inside.end + 1;
                return Some(Header {
                    bracketed: line.body.get(name..).is_some_and(|rest| rest.contains(']')),
                    start,
                    inside: start + inside.start..start + inside.end,
                    indented: line.indent() > 0,
                });
            }
        }
    })
}

/// Counted from one.
fn line_number(text: &str, at: usize) -> usize {
    1 + line_ends(text.get(..at).unwrap_or_default())
}

/// The section from its header, in the line of this number, up to `end`.
fn read(text: &str, header: &Header, end: usize, number: usize) -> Option<Section> {
    let above = text.get(..header.start)?;
    let mark_at = line_start(above);
    let gap_at = line_start(above.get(..mark_at)?);
    let from = |start: usize, end: usize, number: usize| {
        let here = lines(text.get(start..end).unwrap_or_default());
        here.map(move |line| line.moved(start, number))
    };
    let mut inner = from(header.start, end, number);
    let mark = from(mark_at, header.start, 0).next();
    let gap = from(gap_at, mark_at, 0).next();
    let head = inner.next()?;
    let mut section = Section::open(&head, header.inside.clone(), [gap, mark]);
    for line in inner.filter(Line::counts) {
        section.read(&line);
    }
    Some(section)
}

/// Where the last line of `text` begins.
fn line_start(text: &str) -> usize {
    let line = text.strip_suffix('\n').unwrap_or(text);
    line.rfind('\n').map_or(0, |end| end + 1)
}

/// All sections with what is between their brackets, in order. An indented header belongs to the
/// section above, as botocore has it.
pub fn sections(text: &str) -> impl Iterator<Item = (&str, Section)> {
    let mut headers = headers(text).filter(|header| !header.indented).peekable();
    // Lines are counted on from the section before: each once.
    let (mut counted, mut number) = (0, 1);
    std::iter::from_fn(move || {
        let header = headers.next()?;
        number += line_ends(text.get(counted..header.start)?);
        counted = header.start;
        let end = headers.peek().map_or(text.len(), |next| next.start);
        Some((header.inside(text), read(text, &header, end, number)?))
    })
}
