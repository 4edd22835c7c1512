//! What the argument parser found, in the form every other error has.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::domain::{Problem, ProblemKind, capital};

/// The parser's error as a problem: one sentence, its short tips, and where to read more.
pub fn problem(error: &clap::Error) -> Problem {
    let mut hints = tips(error);
    hints.push("poolkey <command> --help lists what may be typed".to_owned());
    let problem = Problem::new(ProblemKind::Usage, sentence(error));
    hints.into_iter().fold(problem, Problem::hint)
}

fn sentence(error: &clap::Error) -> String {
    let about = text(error, ContextKind::InvalidArg).unwrap_or_default();
    match error.kind() {
        // The value may be a code or a password: it is not repeated.
        _ if about.starts_with("--answer") => "An answer is written NAME=VALUE".to_owned(),
        ErrorKind::TooManyValues => format!("{about} takes no value behind ="),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            "A command is missing".to_owned()
        }
        kind => {
            let text = error.render().to_string();
            let first = text.split("\n\n").next().unwrap_or_default();
            let first = match kind {
                // The valid values on the next line are a hint.
                ErrorKind::InvalidValue => first.lines().next().unwrap_or_default(),
                _ => first,
            };
            let words: Vec<&str> = first.split_whitespace().collect();
            let first = words.join(" ");
            capital(first.strip_prefix("error: ").unwrap_or(&first))
        }
    }
}

fn tips(error: &clap::Error) -> Vec<String> {
    let kinds = [
        (ContextKind::SuggestedSubcommand, "Did you mean "),
        (ContextKind::SuggestedArg, "Did you mean "),
        (ContextKind::SuggestedValue, "Did you mean "),
        (ContextKind::ValidValue, "Possible values: "),
        (ContextKind::Usage, ""),
    ];
    let tips = kinds.into_iter().filter_map(|(kind, before)| {
        let text = text(error, kind)?;
        let after = if before.starts_with("Did") { "?" } else { "" };
        Some(format!("{before}{text}{after}"))
    });
    tips.collect()
}

/// What the parser knows of this kind, on one line.
fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    let text = match error.get(kind)? {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        _ => return None,
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(words.join(" ")).filter(|text| !text.is_empty())
}
