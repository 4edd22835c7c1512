//! What the argument parser found, in the form every other error has.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::domain::{Problem, ProblemKind};

/// The parser's error as a problem: its first paragraph is the sentence, the others are hints.
pub fn problem(error: &clap::Error) -> Problem {
    let text = error.render().to_string();
    let mut paragraphs = text.split("\n\n").map(joined);
    let first = paragraphs.next().unwrap_or_default();
    let sentence = if is_about_an_answer(error) {
        // The value may be a code or a password: it is not repeated.
        "An answer is written NAME=VALUE".to_owned()
    } else if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        "A command is missing".to_owned()
    } else {
        capital(first.strip_prefix("error: ").unwrap_or(&first))
    };
    let hints = paragraphs
        .map(|hint| hint.trim_start_matches("tip: ").to_owned())
        .filter(|hint| hint.starts_with("Usage: ") || hint.contains('\''));
    hints.fold(Problem::new(ProblemKind::Usage, sentence), Problem::hint)
}

fn is_about_an_answer(error: &clap::Error) -> bool {
    matches!(
        error.get(ContextKind::InvalidArg),
        Some(ContextValue::String(name)) if name.starts_with("--answer")
    )
}

/// A paragraph on one line.
fn joined(paragraph: &str) -> String {
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    words.join(" ")
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
