//! README, SECURITY and the guide say what is there: pages, pictures, commands, words of the window.
//!
//! In the guide text in `**` is on the window, letter by letter, or opens a paragraph (`OPENINGS`).
//! Deliberately absent: whether a step leads where the page says.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::error::ErrorKind;

use crate::source::{root, sources};

const GUIDE: &str = "assets/guide";
const PICTURES: &str = "assets/guide/pictures";
const OPENINGS: [&str; 2] = ["You get", "You need"];

/// Path from the top of the repository, and text.
fn pages() -> Vec<(String, String)> {
    let mut paths = vec!["README.md".to_owned(), "SECURITY.md".to_owned()];
    for entry in fs::read_dir(root().join(GUIDE)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_page = Path::new(&name).extension().is_some_and(|end| end == "md");
        paths.extend(is_page.then(|| format!("{GUIDE}/{name}")));
    }
    let read = |path: String| (fs::read_to_string(root().join(&path)).unwrap(), path);
    let pages = paths.into_iter().map(read);
    pages.map(|(text, path)| (path, text)).collect()
}

/// What stands between `open` and `close`, each time.
fn between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(open)
        .skip(1)
        .filter_map(move |rest| rest.split_once(close).map(|(inside, _)| inside))
}

#[test]
fn links_and_pictures_are_there() {
    let mut wrong = Vec::new();
    let mut shown = BTreeSet::new();
    for (page, text) in pages() {
        let folder = root().join(&page).parent().unwrap().to_owned();
        let links = between(&text, "](", ")");
        let pictures = between(&text, "src=\"", "\"").chain(between(&text, "srcset=\"", "\""));
        for target in links.chain(pictures) {
            let path = target.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains("://") {
                continue;
            }
            match folder.join(path).canonicalize() {
                Ok(path) => shown.extend(path.file_name().map(std::ffi::OsStr::to_owned)),
                Err(_) => wrong.push(format!("{page}: {target}")),
            }
        }
    }
    for entry in fs::read_dir(root().join(PICTURES)).unwrap() {
        let name = entry.unwrap().file_name();
        if !shown.contains(&name) {
            wrong.push(format!("{PICTURES}: no page shows {}", name.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_pictures_stay_small() {
    let pictures = fs::read_dir(root().join(PICTURES)).unwrap();
    let bytes: u64 = pictures
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum();
    assert!(bytes < 1_750_000, "{bytes} bytes");
}

#[test]
fn commands_are_as_the_program_takes_them() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (page, text) in pages() {
        let mut in_block = false;
        let mut line = String::new();
        for part in text.lines() {
            if part.trim_start().starts_with("```") {
                in_block = !in_block;
                continue;
            }
            if let Some(begun) = part.strip_suffix('\\') {
                line.push_str(begun);
                continue;
            }
            line.push_str(part);
            let whole = std::mem::take(&mut line);
            if in_block {
                let code = whole.split(" #").next().unwrap_or_default();
                let code = code.trim_start();
                if let Some(words) = words_of(code) {
                    count += 1;
                    wrong.extend(refused(&words, false).map(|why| format!("{page}: {why}")));
                }
                continue;
            }
            for code in between_ticks(&whole) {
                if let Some(words) = words_of(code) {
                    count += 1;
                    wrong.extend(refused(&words, true).map(|why| format!("{page}: {why}")));
                }
            }
        }
    }
    assert!(count > 60, "{count} commands were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `AWS_ENDPOINT_URL` is nothing to an AWS CLI before 2.13, which distributions still have: it would
/// send the sandbox's credentials to AWS.
#[test]
fn the_aws_cli_is_told_the_sandbox_by_an_option() {
    for (page, text) in pages() {
        assert!(!text.contains("AWS_ENDPOINT_URL="), "{page}");
    }
}

fn between_ticks(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// The words of a command of Poolkey, with quotes and `$(…)` as one word; none for another one.
fn words_of(code: &str) -> Option<Vec<String>> {
    let mut words = vec![String::new()];
    let (mut quoted, mut depth) = (false, 0);
    for letter in code.chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted && depth == 0 => words.push(String::new()),
            _ => {
                depth += i32::from(letter == '(') - i32::from(letter == ')');
                words.last_mut()?.push(letter);
            }
        }
    }
    words.retain(|word| !word.is_empty());
    let is_variable = |word: &String| word.contains('=') && !word.starts_with('-');
    let words: Vec<String> = words.into_iter().skip_while(is_variable).collect();
    (words.first()? == "poolkey").then_some(words)
}

/// Why the program would not take it. Where a command is only named, its arguments may be left out.
fn refused(words: &[String], is_named: bool) -> Option<String> {
    let error = poolkey::cli::command().try_get_matches_from(words).err()?;
    let missing = matches!(
        error.kind(),
        ErrorKind::MissingRequiredArgument
            | ErrorKind::MissingSubcommand
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    let asks = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    let is_fine = asks || (is_named && missing);
    (!is_fine).then(|| format!("{}: {error}", words.join(" ")))
}

#[test]
fn words_of_the_window_are_on_it() {
    let layers = ["src/ui", "src/app", "src/domain"];
    let source: String = layers
        .into_iter()
        .flat_map(sources)
        .map(|file| file.text)
        .collect();
    let mut wrong = Vec::new();
    for (page, text) in pages() {
        if !page.starts_with(GUIDE) {
            continue;
        }
        // Wrapped lines are one text.
        let text = text.replace('\n', " ");
        for label in text.split("**").skip(1).step_by(2) {
            let is_opening = OPENINGS.contains(&label);
            if !is_opening && !source.contains(&format!("\"{label}\"")) {
                wrong.push(format!("{page}: {label}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
