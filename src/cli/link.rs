//! `poolkey poolkey://…` and `poolkey FILE.toml`: how the desktop opens a link or a file.
//!
//! Deliberately absent: what is in it. The window shows it before anything is added.

use std::ffi::{OsStr, OsString};
use std::path;

use clap::Parser as _;
use url::Url;

use super::args::Arguments;

/// Takes a link or a file of profiles out of the arguments where it stands in place of a command:
/// behind a command it is that command's. A file's path becomes a whole one.
pub fn taken_from(arguments: &mut Vec<OsString>) -> Option<String> {
    let mut words = arguments.iter().enumerate().skip(1);
    let (at, opened) = words.find_map(|(at, word)| Some((at, opened(word)?)))?;
    let mut rest = arguments.clone();
    rest.remove(at);
    let alone = Arguments::try_parse_from(&rest).is_ok_and(|parsed| parsed.command.is_none());
    if !alone {
        return None;
    }
    *arguments = rest;
    Some(opened)
}

fn opened(word: &OsStr) -> Option<String> {
    let word = word.to_str()?;
    if begins(word, "poolkey:") {
        return Some(word.to_owned());
    }
    let file = if begins(word, "file:") {
        Url::parse(word).ok()?.to_file_path().ok()?
    } else {
        path::absolute(word).ok()?
    };
    let file = file.to_str()?;
    let is_profiles = file.to_ascii_lowercase().ends_with(".toml");
    is_profiles.then(|| file.to_owned())
}

fn begins(word: &str, scheme: &str) -> bool {
    let beginning = word.get(..scheme.len());
    beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(scheme))
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

    #[test]
    fn a_file_of_profiles_is_taken_whole() {
        let here = path::absolute("dev.poolkey.toml").unwrap();
        let here = here.to_str().map(str::to_owned);
        assert_eq!(taken(&["poolkey", "dev.poolkey.toml"]), (here, 1));
        for words in [
            &["poolkey", "dev.json"][..],
            &["poolkey", "profile", "import", "dev.poolkey.toml"],
            &["poolkey", "--config-dir", "dev.poolkey.toml"],
        ] {
            assert_eq!(taken(words), (None, words.len()), "{words:?}");
        }
        #[cfg(unix)]
        {
            let word = "file:///tmp/two%20words.poolkey.toml";
            let path = "/tmp/two words.poolkey.toml".to_owned();
            assert_eq!(taken(&["poolkey", word]), (Some(path), 1));
        }
    }
}
