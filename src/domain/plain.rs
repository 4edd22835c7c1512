//! Text as a terminal or a window may show it: a server's, and the beginning of a sentence.
//!
//! Deliberately absent: a limit of its length, which depends on where it is shown, and escaping,
//! which would show what nobody has to see.

/// Without control characters and without what turns the direction of writing.
pub(super) fn plain(text: &str) -> String {
    let steers = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .map(|letter| if steers(letter) { ' ' } else { letter })
        .collect()
}

/// With a capital letter first, as a sentence begins.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers() {
        let steering = "a\u{1b}[2J\r\n\u{202e}b\u{2067}c";
        assert_eq!(plain(steering), "a [2J   b c");
        assert_eq!(plain("Käse <b>ß</b> 漢字"), "Käse <b>ß</b> 漢字");
    }
}
