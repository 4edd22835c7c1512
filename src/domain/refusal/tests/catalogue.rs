//! The service's refusals as users have met them, and what Poolkey calls each. The tests against a
//! server send the same ones.

use super::{recognized, rows, said};
use crate::domain::AwsSaid;
use crate::domain::refusal::find;

const CATALOGUE: &str = include_str!("../../../../tests/core/refusals/catalogue.txt");

/// A row without a line would be in no test against a server.
#[test]
fn each_row_has_a_line() {
    let lines: Vec<AwsSaid> = CATALOGUE
        .lines()
        .filter_map(line)
        .map(|[operation, code, message, _]| said(operation, code, message))
        .collect();
    for row in rows() {
        let mut found = lines.iter().filter_map(|line| find(line, row.who));
        assert!(
            found.any(|found| std::ptr::eq(found, row)),
            "{} {}",
            row.code,
            row.part
        );
    }
}

fn line(text: &'static str) -> Option<[&'static str; 4]> {
    if text.is_empty() || text.starts_with('#') {
        return None;
    }
    let fields: Vec<&str> = text.split('|').map(str::trim).collect();
    Some(fields.try_into().unwrap())
}

#[test]
fn each_has_its_title() {
    for [operation, code, message, title] in CATALOGUE.lines().filter_map(line) {
        let problem = recognized(said(operation, code, message));
        assert_eq!(problem.sentence, title, "{code}: {message}");
        let words = problem.aws.unwrap();
        assert_eq!((&*words.code, &*words.message), (code, message));
    }
}
