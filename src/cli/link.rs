//! `poolkey poolkey://…`: how the desktop opens a link.
//!
//! Deliberately absent: what is in the link. The window shows it before anything is added.

use std::ffi::{OsStr, OsString};

use clap::Parser as _;

use super::args::Arguments;

/// Takes a link out of the arguments where it stands in place of a command: behind a command it is
/// that command's.
pub fn taken_from(arguments: &mut Vec<OsString>) -> Option<String> {
    let at = arguments.iter().skip(1).position(|word| is_link(word))? + 1;
    let mut rest = arguments.clone();
    let link = rest.remove(at).into_string().ok()?;
    let alone = Arguments::try_parse_from(&rest).is_ok_and(|parsed| parsed.command.is_none());
    if !alone {
        return None;
    }
    *arguments = rest;
    Some(link)
}

fn is_link(word: &OsStr) -> bool {
    const SCHEME: &str = "poolkey:";
    let beginning = word.to_str().and_then(|word| word.get(..SCHEME.len()));
    beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(SCHEME))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(words: &[&str]) -> (Option<String>, usize) {
        let mut arguments: Vec<OsString> = words.iter().map(OsString::from).collect();
        let link = taken_from(&mut arguments);
        (link, arguments.len())
    }

    #[test]
    fn a_link_is_taken_where_no_command_is() {
        let link = "Poolkey://import#abc";
        assert_eq!(taken(&["poolkey", link]), (Some(link.to_owned()), 1));
        let with_options = ["poolkey", "--config-dir", "x", link, "-v"];
        assert_eq!(taken(&with_options), (Some(link.to_owned()), 4));
        for words in [
            &["poolkey", "profile", "import", link][..],
            &["poolkey", "exec", "dev", "--", "open", link],
            &["poolkey", "sign-in", link],
            &["poolkey", "--nonsense", link],
            &["poolkey", "https://example.com"],
            &["poolkey"],
        ] {
            assert_eq!(taken(words), (None, words.len()), "{words:?}");
        }
    }
}
