//! Answers as text, and the files that hold them. `UPDATE=1 cargo test --test core refusals` stores
//! them anew.

use std::path::Path;

use poolkey::domain::{Problem, Profile};

/// The whole answer, without the port that differs from run to run.
pub fn text(problem: &Problem, profile: &Profile) -> String {
    let mut lines = vec![problem.sentence.clone()];
    lines.extend(problem.aws.as_ref().map(ToString::to_string));
    let mend = problem.mend.as_deref();
    lines.extend(mend.map(|mend| format!("Why: {}", mend.why)));
    let steps = (1..).zip(&problem.hints);
    lines.extend(steps.map(|(number, step)| format!("{number}. {step}")));
    let command = mend.and_then(|mend| mend.command.as_ref());
    lines.extend(command.map(|command| format!("AWS CLI: {command}")));
    let page = mend.and_then(|mend| mend.console_url.as_ref());
    lines.extend(page.map(|page| format!("AWS console: {page}")));
    let text = lines.join("\n");
    match &profile.endpoints.url {
        Some(url) => text.replace(url.as_str().trim_end_matches('/'), "http://127.0.0.1:PORT"),
        None => text,
    }
}

/// Fails where an answer differs from the stored one.
pub fn hold_against(file: &str, answers: &[String]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/core/refusals");
    let path = folder.join(file);
    let now = format!("{}\n", answers.join("\n\n"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, now).unwrap();
        return;
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    for (stored, now) in stored.trim_end().split("\n\n").zip(answers) {
        assert_eq!(stored, now, "{file}: UPDATE=1 stores the new answer");
    }
    assert_eq!(stored, now, "{file}: UPDATE=1 stores the new answers");
}
