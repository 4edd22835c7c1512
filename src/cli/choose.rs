//! A list on the terminal: shown with numbers, chosen by number or by name.
//!
//! Deliberately absent: what follows from a choice.

use super::ask::Other;
use super::given;
use super::output::Output;
use super::prompt;
use crate::domain::sign_in::Field;
use crate::domain::{Problem, capital};

/// Yes and no need no list.
pub async fn ask(
    field: &Field,
    options: &[(String, String)],
    others: &[Other],
    output: &Output,
) -> Result<String, Problem> {
    let label = if is_yes_or_no(options) {
        "yes or no".to_owned()
    } else {
        for (number, (_, label)) in (1..).zip(options) {
            output.note(&format!("  {number}  {label}"));
        }
        for (letter, meaning, _) in others {
            output.note(&format!("  {letter}  {}", capital(meaning)));
        }
        format!("{}, 1 to {}", field.label, options.len())
    };
    let typed = prompt::text(&label).await?;
    Ok(typed.as_str().to_owned())
}

/// By number, by name, by what the list says, or by the first letter of yes and no.
pub fn choice(options: &[(String, String)], typed: &str, output: &Output) -> Option<String> {
    let number = typed.parse::<usize>().ok();
    let by_number = number.and_then(|number| options.get(number.checked_sub(1)?));
    let is_begun = |name: &str| !typed.is_empty() && name.starts_with(&typed.to_lowercase());
    let by_letter = || {
        let mut names = options.iter().filter(|_| is_yes_or_no(options));
        names.find(|(name, _)| is_begun(name))
    };
    let found = by_number.or_else(by_letter).map(|(name, _)| name.clone());
    let is_label = |label: &str| label.eq_ignore_ascii_case(typed);
    let by_label = || options.iter().find(|(_, label)| is_label(label));
    let found = found
        .or_else(|| given::named(options, typed))
        .or_else(|| by_label().map(|(name, _)| name.clone()));
    if found.is_none() {
        output.note("That is not one of the choices.");
    }
    found
}

fn is_yes_or_no(options: &[(String, String)]) -> bool {
    options
        .iter()
        .map(|(name, _)| name.as_str())
        .eq(["yes", "no"])
}
