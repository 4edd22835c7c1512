//! Where in the file something is wrong, said to the person who has to correct it.

use std::ops::Range;
use std::path::Path;

use crate::domain::{Fault, Problem, ProblemKind, ProfileName};

pub(super) fn line_of(text: &str, span: Option<Range<usize>>) -> usize {
    let start = span.map_or(0, |span| span.start);
    text.bytes()
        .take(start)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}

pub(super) fn syntax(path: &Path, text: &str, error: &toml_edit::TomlError) -> Problem {
    unreadable(path, line_of(text, error.span()), error.message())
}

pub(super) fn unreadable(path: &Path, line: usize, why: &str) -> Problem {
    let why = why.lines().next().unwrap_or_default();
    Problem::new(
        ProblemKind::Usage,
        format!("{} cannot be read, line {line}: {why}", path.display()),
    )
    .hint("Correct that line. Poolkey does not write the file until it can read it.")
}

/// The file as text.
pub(super) fn utf8<'a>(path: &Path, bytes: &'a [u8]) -> Result<&'a str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes
            .iter()
            .take(error.valid_up_to())
            .filter(|byte| **byte == b'\n')
            .count()
            + 1;
        unreadable(path, line, "it is not UTF-8 text")
    })
}

/// Two profiles must not have one name.
pub(super) fn taken(name: &ProfileName) -> Problem {
    Problem::new(
        ProblemKind::Usage,
        format!("There is a profile {name} already"),
    )
    .hint("Choose another name, or remove the other profile first.")
}

/// A profile that would not be read again.
pub(super) fn faulty(name: &ProfileName, fault: &Fault) -> Problem {
    Problem::new(
        ProblemKind::Usage,
        format!("The profile {name} cannot be kept: {}", fault.sentence),
    )
    .hint(format!(
        "See {} in the profile; nothing was written.",
        fault.key
    ))
}
