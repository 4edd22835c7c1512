//! The service's refusals as users have met them, and what Poolkey calls each. The tests against a
//! server send the same ones.

use super::{recognized, said};

const CATALOGUE: &str = include_str!("../../../../tests/core/refusals/catalogue.txt");

#[test]
fn each_has_its_title() {
    let lines = CATALOGUE.lines();
    let mut count = 0;
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [operation, code, message, title] = fields[..] else {
            panic!("{line}");
        };
        let problem = recognized(said(operation, code, message));
        assert_eq!(problem.sentence, title, "{line}");
        let words = problem.aws.unwrap();
        assert_eq!((&*words.code, &*words.message), (code, message), "{line}");
        count += 1;
    }
    assert!(count > 90, "{count}");
}
